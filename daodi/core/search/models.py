from collections.abc import Iterable
from typing import Self
from zlib import crc32

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from daodi.lib.pairs import pairs_of

# Matters as those see them who work on them, and as everybody may read them: each its own words.
# Questions of the knowledge base stand beside them.
MATTER, PUBLISHED, ENTRY = "matter", "published", "entry"
# Of these there may be a million; of all else, some thousands at most.
MANY = (MATTER, PUBLISHED)
MOST_PAIRS = 40


class IndexedQuerySet(models.QuerySet["Indexed"]):
    def of(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def saying(self, words: Iterable[str]) -> Self:
        """Keep the texts in which all these folded words stand."""
        return self.filter(*(Q(text__contains=word) for word in words))

    def with_pairs(self, kind: str, words: Iterable[str]) -> Self:
        """Keep what the index has under the pairs of these words: no hit is left out."""
        pairs = sorted(pairs_of(" ".join(words), salt_of(kind)))[:MOST_PAIRS]
        return self.filter(pairs__contains=pairs)


class Indexed(models.Model):
    """What can be found by its words: the folded text of one row of another table, and its pairs.

    `kind` says which texts they are, `ref` is the key of their row. Pairs are salted with the
    kind: in the one index, a search among matters does not read what stands in other texts.
    """

    pk = models.CompositePrimaryKey("kind", "ref")
    kind = models.CharField(max_length=20)
    ref = models.BigIntegerField()
    text = models.TextField()
    pairs = ArrayField(models.IntegerField())

    objects = IndexedQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["pairs"], name="indexed_pairs")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


def salt_of(kind: str) -> int:
    return crc32(kind.encode()) - 2**31
