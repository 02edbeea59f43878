from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Self
from zlib import crc32

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from daodi.lib.pairs import pairs_of

# Matters as those see them who work on them, and as everybody may read them: each its own words.
# Questions of the knowledge base stand beside them.
# What was said in the course of the work leads to a matter too, each matter's in one row.
MATTER, COURSE, PUBLISHED, ENTRY = "matter", "course", "published", "entry"
TOGETHER = {MATTER: (MATTER, COURSE)}
# Of these there may be a million; of all else, some thousands at most.
MANY = (MATTER, PUBLISHED)
MOST_PAIRS = 40


class IndexedQuerySet(models.QuerySet["Indexed"]):
    def of(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def saying(self, words: Iterable[str]) -> Self:
        """Keep the texts in which all these folded words stand."""
        return self.filter(*(Q(text__contains=word) for word in words))

    def about(self, kind: str) -> Self:
        """Keep the rows that lead to what is indexed as `kind`."""
        return self.filter(kind__in=TOGETHER.get(kind, (kind,)))

    def with_pairs(self, kind: str, words: Iterable[str]) -> Self:
        """Keep those of a kind that the index has under the pairs of these words.

        No hit is left out; some may have the pairs, and not the words.
        """
        return self.of(kind).filter(_has(kind, " ".join(words)))

    def about_with_pairs(self, kind: str, words: Iterable[str]) -> Self:
        """Keep those that lead to what is indexed as `kind`, like `with_pairs`."""
        asked, kinds = " ".join(words), TOGETHER.get(kind, (kind,))
        return self.about(kind).filter(reduce(or_, (_has(each, asked) for each in kinds)))


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


def _has(kind: str, asked: str) -> Q:
    return Q(pairs__contains=sorted(pairs_of(asked, salt_of(kind)))[:MOST_PAIRS])


def salt_of(kind: str) -> int:
    return crc32(kind.encode()) - 2**31
