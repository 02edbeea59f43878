"""Find rows by what they say: every part of two characters or more is found, and nothing else."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    BooleanField,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.lookups import Exact, IsNull

from daodi.core.search.models import MANY, MATTER, Indexed, salt_of
from daodi.core.search.shares import shares_of_pairs
from daodi.lib.pairs import pairs_of, words_of
from daodi.lib.statements import planned_anew

Rows = TypeVar("Rows", bound=QuerySet[Any])
# So many hits are looked up by their keys. More mean a common word: the first rows of any list
# soon have enough of it, and nothing that large is ever sorted.
MOST_HITS = 50_000
# How far back a single letter is looked for: it has no pair, so no index leads to it.
SINGLE_REACH = 20_000
# What so many texts say is soon found by walking down a list, whoever may see little of it.
EVERYWHERE = 0.05


def matching(rows: Rows, text: str, *, kind: str = MATTER, also: Iterable[int] = ()) -> Rows:
    """Keep the rows that say every word of `text`, and those with the keys `also`.

    `kind` is the name under which they were indexed. The index is asked at once; what comes back
    can be filtered, ordered and paged like any other rows. Without a word in it, `text` finds
    nothing.
    """
    words = words_of(text)
    also = list(also)
    if not words:
        return rows.filter(with_keys(also))
    if not pairs_of(" ".join(words)):
        last = Indexed.objects.of(kind).aggregate(last=Max("ref"))["last"] or 0
        said = _says(kind, words) & Q(pk__gt=last - SINGLE_REACH)
    elif kind in MANY and _stand_everywhere(kind, words):
        said = _says(kind, words, everywhere=True)
    else:
        keys = _keys_saying(kind, words)
        if len(keys) <= MOST_HITS:
            return rows.filter(with_keys([*keys, *also]))
        said = _says(kind, words)
    return rows.filter(said | with_keys(also) if also else said)


def _keys_saying(kind: str, words: Sequence[str]) -> list[int]:
    """Return the keys of what says all these words, whoever may see it; not all of very many."""
    found = Indexed.objects.about_with_pairs(kind, words).saying(words)
    keys: list[int] | None = found[: MOST_HITS + 1].aggregate(keys=ArrayAgg("ref"))["keys"]
    return keys or []


def _says(kind: str, words: Sequence[str], *, everywhere: bool = False) -> Q:
    """Look into the text of each row, by its key.

    PostgreSQL cannot know how many say it, and it decides by that whether to walk down the list or
    to look into all that the member sees. It takes `= 1` for rare and `IS NOT NULL` for common.
    """
    said = Indexed.objects.about(kind).filter(ref=OuterRef("pk")).saying(words)
    one = Subquery(said.values(one=Value(1, IntegerField()))[:1], output_field=IntegerField())
    asked = IsNull(one, rhs=False) if everywhere else Exact(one, Value(1))
    return Q(asked) & planned_anew()


def _stand_everywhere(kind: str, words: Sequence[str]) -> bool:
    """Say whether very many texts have the pairs of these words; they may say something else."""
    shares, pairs = shares_of_pairs(kind), pairs_of(" ".join(words), salt_of(kind))
    return min(shares.get(pair, 0.0) for pair in pairs) > EVERYWHERE


def with_keys(keys: Iterable[int]) -> Q:
    """Keep these rows; the keys go over as one value, for thousands would be read one by one."""
    whole = Value(f"{{{','.join(map(str, keys))}}}")
    among = {"arg_joiner": " = ANY(", "template": "%(expressions)s::bigint[])"}
    return Q(Func(F("pk"), whole, output_field=BooleanField(), **among))
