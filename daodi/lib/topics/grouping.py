"""Groups of posts: two groups become one while their middles are near each other."""

from collections import defaultdict
from heapq import nlargest
from itertools import starmap
from math import sqrt

from daodi.lib.topics.links import links
from daodi.lib.topics.vectors import Matrix

NEAR = 0.16  # from which likeness on two posts are looked at
JOINED = 0.24  # from which likeness of their middles on two groups become one
ABOUT = 0.15  # the same, looking at what is left without names of places
MIDDLE = 80  # runs of the middle of a group that are kept

Middle = dict[int, float]


def groups(rows: Matrix, things: Matrix) -> list[list[int]]:
    """Return groups of two rows and more that say much the same, the largest first.

    By the middles and not by a chain of neighbours: else one post that names two things would make
    them one.
    """
    ones, others, _scores = links(rows, NEAR)
    middles = _Middles((rows, things), (JOINED, ABOUT))
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        middles.join(one, other)
    found: dict[int, list[int]] = defaultdict(list)
    for row in sorted(middles.seen()):
        found[middles.root(row)].append(row)
    return sorted((rows for rows in found.values() if len(rows) > 1), key=lambda g: (-len(g), g))


class _Middles:
    """Which group each row is in, and of each group the sum of its rows: whole, and of things."""

    def __init__(self, rows: tuple[Matrix, ...], least: tuple[float, ...]) -> None:
        self._rows = rows
        self._least = least
        self._parents: dict[int, int] = {}
        self._sums: dict[int, tuple[Middle, ...]] = {}

    def seen(self) -> list[int]:
        return list(self._parents)

    def root(self, row: int) -> int:
        while self._parents[row] != row:
            self._parents[row] = self._parents[self._parents[row]]
            row = self._parents[row]
        return row

    def join(self, one: int, other: int) -> None:
        """Make the groups of two rows one, if their middles are near enough."""
        first, second = self._group(one), self._group(other)
        if first == second:
            return
        pairs = zip(self._sums[first], self._sums[second], strict=True)
        if all(starmap(_is_near, zip(pairs, self._least, strict=True))):
            theirs = self._sums.pop(second)
            mine = self._sums[first]
            self._sums[first] = tuple(starmap(_together, zip(mine, theirs, strict=True)))
            self._parents[second] = first

    def _group(self, row: int) -> int:
        if row not in self._parents:
            self._parents[row] = row
            self._sums[row] = tuple(_middle(matrix, row) for matrix in self._rows)
        return self.root(row)


def _is_near(pair: tuple[Middle, Middle], least: float) -> bool:
    return _cosine(*pair) >= least


def _middle(rows: Matrix, row: int) -> Middle:
    begin, end = rows.indptr[row], rows.indptr[row + 1]
    runs = rows.indices[begin:end].tolist()
    return dict(zip(runs, rows.data[begin:end].tolist(), strict=True))


def _together(mine: Middle, theirs: Middle) -> Middle:
    large, small = (mine, theirs) if len(mine) >= len(theirs) else (theirs, mine)
    for run, weight in small.items():
        large[run] = large.get(run, 0.0) + weight
    if len(large) <= 2 * MIDDLE:
        return large
    return dict(nlargest(MIDDLE, large.items(), key=lambda pair: pair[1]))


def _cosine(one: Middle, other: Middle) -> float:
    small, large = sorted((one, other), key=len)
    dot = sum(weight * large.get(run, 0.0) for run, weight in small.items())
    return dot / sqrt(_square(one) * _square(other)) if dot else 0.0


def _square(middle: Middle) -> float:
    return sum(weight * weight for weight in middle.values())
