"""Find what is most alike: rare words count much, what everybody writes counts nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from daodi.core.search.models import MATTER, Indexed, salt_of
from daodi.core.search.reading import with_keys
from daodi.core.search.shares import shares_of_pairs
from daodi.lib.pairs import fold, pairs_in_order, pairs_of
from daodi.lib.text import clean

LONGEST = 600  # characters of a text that are looked at
# The telling stretches of a text lead to candidates: some of three characters, some of two.
MOST_THREES, MOST_TWOS = 16, 8
MOST_OF_A_STRETCH = 200
MOST_CANDIDATES = 50
LEAST_SCORE = 0.15
OF_THE_LONGER = 0.3
MOST_WORDS = 5
# What stands in more than this share of all texts tells nothing of any.
COMMON = 0.15
# Before anything has been counted.
RARE = 0.001
_CANDIDATES = """
SELECT ref FROM unnest(%s::int[], %s::int[], %s::float[]) AS asked(one, two, weight), LATERAL (
       SELECT ref FROM core_indexed WHERE pairs @> ARRAY[one, two] AND kind = %s LIMIT %s) AS found
 GROUP BY ref ORDER BY sum(weight) DESC, ref DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """A row that is much like a text: how much (up to 1), and the telling words they share."""

    pk: int
    score: float
    words: list[str]


def similar(
    text: str,
    rows: QuerySet[Any],
    limit: int = 5,
    *,
    kind: str = MATTER,
    leave_out: Iterable[int] = (),
    twos: int = MOST_TWOS,
    least: float = LEAST_SCORE,
) -> list[Alike]:
    """Return those of `rows` that are most like `text`, the most alike first.

    A place and a thing that both name make two texts alike, not a greeting. `kind` is the name
    under which the rows were indexed; `leave_out` are keys that need not be told, such as that of
    the matter itself. Rows of a sentence or two need more short stretches to be found by (`twos`),
    and share less of a long text (`least`).
    """
    folded = fold(clean(text[:LONGEST], lines=True))
    rarity = _Rarity()
    weights = _weighed(folded, rarity)
    keys = set(_candidates(kind, folded, weights, twos)) - set(leave_out)
    if not keys:
        return []
    allowed = rows.filter(with_keys(keys)).order_by().values_list("pk", flat=True)
    texts = Indexed.objects.of(kind).filter(ref__in=list(allowed)).values_list("ref", "text")
    found = (_compared(pk, folded, weights, said, rarity) for pk, said in texts)
    alike = sorted(found, key=lambda one: (-one.score, -one.pk))
    return [one for one in alike if one.score >= least and one.words][:limit]


def keys_alike(text: str, *, kind: str = MATTER) -> list[int]:
    """Return the keys of what shares most of the telling stretches with a text, unfiltered."""
    folded = fold(clean(text[:LONGEST], lines=True))
    return _candidates(kind, folded, _weighed(folded, _Rarity()), MOST_TWOS)


def _weighed(folded: str, rarity: "_Rarity") -> dict[str, float]:
    """Return each pair of a text with how much it tells."""
    return {
        two: rarity.of(number)
        for two, number in pairs_in_order(folded, salt_of(MATTER)).items()
        if two.isalnum()
    }


class _Rarity:
    """How much a pair tells, by how many matters have it: the database has counted a sample."""

    def __init__(self) -> None:
        self._shares = shares_of_pairs(MATTER)
        self._uncounted = log(COMMON / (min(self._shares.values(), default=RARE * 2) / 2))

    def of(self, number: int) -> float:
        share = self._shares.get(number)
        return max(0.0, log(COMMON / share)) if share else self._uncounted


def _candidates(kind: str, folded: str, weights: dict[str, float], most: int) -> list[int]:
    """Return the keys of what shares most of the telling stretches with a text."""
    numbers = pairs_in_order(folded, salt_of(kind))
    telling = {two: weight for two, weight in weights.items() if weight}
    threes = {
        (a + b, b + c): telling[a + b] + telling[b + c]
        for word in folded.split()
        for a, b, c in zip(word, word[1:], word[2:], strict=False)
        if a + b in telling and b + c in telling
    }
    twos = {(two, two): weight for two, weight in telling.items()}
    asked = _heaviest(threes, MOST_THREES) | _heaviest(twos, most)
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES,
            [
                [numbers[one] for one, _two in asked],
                [numbers[two] for _one, two in asked],
                list(asked.values()),
                kind,
                MOST_OF_A_STRETCH,
                MOST_CANDIDATES,
            ],
        )
        return [ref for (ref,) in cursor.fetchall()]


def _heaviest(stretches: dict[tuple[str, str], float], most: int) -> dict[tuple[str, str], float]:
    keys = sorted(stretches, key=stretches.__getitem__, reverse=True)[:most]
    return {key: stretches[key] for key in keys}


def _compared(pk: int, folded: str, weights: dict[str, float], said: str, rarity: _Rarity) -> Alike:
    """Say how much two texts share of what tells: all of the shorter one, and of the longer some.

    By the cosine alone, a few words would never be like a long text that has them all.
    """
    shared = {two for two in weights if two in said}
    dot = sum(weights[two] ** 2 for two in shared)
    mine = sqrt(sum(weight**2 for weight in weights.values()))
    theirs = sqrt(sum(rarity.of(number) ** 2 for number in pairs_of(said, salt_of(MATTER))))
    shorter, longer = sorted((mine, theirs))
    whole = shorter * ((1 - OF_THE_LONGER) * shorter + OF_THE_LONGER * longer)
    words = {word: sum(weights[a + b] for a, b in pairwise(word)) for word in _runs(folded, shared)}
    telling = sorted(filter(words.get, words), key=words.__getitem__, reverse=True)
    return Alike(pk, dot / whole if dot else 0.0, telling[:MOST_WORDS])


def _runs(folded: str, shared: set[str]) -> Iterator[str]:
    """Yield the longest stretches of a text of which all pairs are shared."""
    for word in folded.split():
        start = 0
        for end in range(1, len(word) + 1):
            if word[end - 1 : end + 1] not in shared:
                if end - start > 1:
                    yield word[start:end]
                start = end
