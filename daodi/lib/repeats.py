"""Texts of a list that say the same: letter by letter, nearly, or of one thing in one place."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from daodi.lib.pairs import fold
from daodi.lib.places import names_in
from daodi.lib.topics.links import links
from daodi.lib.topics.runs import LOOKED_AT, Pile, Post, counted
from daodi.lib.topics.vectors import weighed

NEARLY, ALIKE = 0.7, 0.3  # likeness from which on texts are nearly equal, or of one thing
WITHIN = 30  # days between two messages about one thing
SHORTEST = 10  # characters; what is shorter is equal by chance


class How(StrEnum):
    """In what way the texts of a group are the same, the surest first."""

    EQUAL = "equal"
    NEAR = "near"
    MATTER = "matter"


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows of the list that are the same, in their order, and how so."""

    how: How
    rows: tuple[int, ...]


class _Sets:
    """Rows that belong together."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}

    def root(self, row: int) -> int:
        while (up := self._first.get(row, row)) != row:
            row = up
        return row

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._first[second] = first

    def groups(self, size: int) -> list[tuple[int, ...]]:
        found: dict[int, list[int]] = defaultdict(list)
        for row in range(size):
            found[self.root(row)].append(row)
        return [tuple(rows) for rows in found.values() if len(rows) > 1]


def equal(posts: Sequence[Post]) -> list[tuple[int, ...]]:
    """Return the rows with one text: only letters and digits are compared."""
    found: dict[str, list[int]] = defaultdict(list)
    for row, post in enumerate(posts):
        plain = "".join(filter(str.isalnum, fold(post.text)))
        if len(plain) >= SHORTEST:
            found[plain].append(row)
    return [tuple(rows) for rows in found.values() if len(rows) > 1]


def find_repeats(posts: Sequence[Post]) -> list[Repeats]:
    """Return groups of rows that say the same, each row once for each way, the surest first.

    `equal` are one text. `near` differ in a few words. `matter` name one place and one thing within
    WITHIN days. A group of a later way contains what an earlier one found of its rows.
    """
    sets = _Sets()
    found = [Repeats(How.EQUAL, rows) for rows in equal(posts)]
    for group in found:
        _join_all(sets, group.rows)
    order = sorted(range(len(posts)), key=lambda row: (posts[row].day, row))
    pairs = _pairs([posts[row] for row in order])
    for how in (How.NEAR, How.MATTER):
        known = set(sets.groups(len(posts)))
        for one, other, score in pairs:
            if _is_same(how, score, posts[order[one]], posts[order[other]]):
                sets.join(order[one], order[other])
        found += [Repeats(how, rows) for rows in sets.groups(len(posts)) if rows not in known]
    return found


def _pairs(posts: Sequence[Post]) -> list[tuple[int, int, float]]:
    ones, others, scores = links(weighed(Pile(BytesIO(), [counted(posts)])), ALIKE)
    return list(zip(ones.tolist(), others.tolist(), scores.tolist(), strict=True))


def _join_all(sets: _Sets, rows: Sequence[int]) -> None:
    for row in rows[1:]:
        sets.join(rows[0], row)


def _is_same(how: How, score: float, one: Post, other: Post) -> bool:
    if how is How.NEAR:
        return score >= NEARLY
    return abs((one.day - other.day).days) <= WITHIN and bool(_names(one) & _names(other))


def _names(post: Post) -> set[str]:
    return set(names_in(f"{post.title}\n{post.text[:LOOKED_AT]}"))
