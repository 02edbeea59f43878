"""Groups of posts: two groups become one while their middles are near each other."""

from collections import defaultdict
from itertools import starmap
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from daodi.lib.topics.links import links
from daodi.lib.topics.vectors import Floats, Matrix

NEAR = 0.16  # from which likeness on two posts are looked at
JOINED = 0.24  # from which likeness of their middles on two groups become one
ABOUT = 0.15  # the same, looking at what is left without names of places
MIDDLE = 80  # runs of the middle of a group that are kept
AT_ONCE = 100_000  # pairs taken out of their arrays at once


class Middle(NamedTuple):
    """The sum of some rows: its columns in order, their weights, and its length, squared."""

    columns: NDArray[np.int32]
    weights: Floats
    square: float


def groups(rows: Matrix, things: Matrix) -> list[list[int]]:
    """Return groups of two rows and more that say much the same, the largest first.

    By the middles and not by a chain of neighbours: else one post that names two things would make
    them one.
    """
    ones, others, scores = links(rows, NEAR)
    middles = _Middles((rows, things), (JOINED, ABOUT))
    for start in range(0, len(ones), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        pairs = (ones[part].tolist(), others[part].tolist(), scores[part].tolist())
        for one, other, score in zip(*pairs, strict=True):
            middles.join(one, other, score)
    return sorted(middles.groups(), key=lambda group: (-len(group), group))


class _Middles:
    """Which group each row is in, and of each group of two and more its middle.

    A middle is kept twice: of the whole rows, and of things.
    """

    def __init__(self, matrices: tuple[Matrix, ...], least: tuple[float, ...]) -> None:
        self._matrices = matrices
        self._least = least
        self._parents = list(range(matrices[0].shape[0]))
        self._sums: dict[int, tuple[Middle, ...]] = {}

    def groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for row in range(len(self._parents)):
            if (root := self._root(row)) in self._sums:
                found[root].append(row)
        return list(found.values())

    def join(self, one: int, other: int, score: float) -> None:
        """Make the groups of two rows that are so much alike one, if their middles are near."""
        first, second = self._root(one), self._root(other)
        if first == second:
            return
        if score < self._least[0] and not {first, second} & self._sums.keys():
            return
        pairs = list(zip(self._middles(first), self._middles(second), strict=True))
        if all(_cosine(*pair) >= least for pair, least in zip(pairs, self._least, strict=True)):
            self._sums.pop(second, None)
            self._sums[first] = tuple(starmap(_together, pairs))
            self._parents[second] = first

    def _root(self, row: int) -> int:
        while (up := self._parents[row]) != row:
            self._parents[row] = self._parents[up]
            row = up
        return row

    def _middles(self, root: int) -> tuple[Middle, ...]:
        return self._sums.get(root) or tuple(_middle(matrix, root) for matrix in self._matrices)


def _middle(rows: Matrix, row: int) -> Middle:
    part = slice(rows.indptr[row], rows.indptr[row + 1])
    return Middle(rows.indices[part], rows.data[part], float(rows.data[part] @ rows.data[part]))


def _together(mine: Middle, theirs: Middle) -> Middle:
    """Add two middles; of a long sum the heaviest columns are kept, of equal ones the first."""
    columns = np.concatenate([mine.columns, theirs.columns])
    order = np.argsort(columns, kind="stable")
    columns = columns[order]
    firsts = np.flatnonzero(np.concatenate([[True], columns[1:] != columns[:-1]]))
    weights = np.concatenate([mine.weights, theirs.weights])[order]
    columns, weights = columns[firsts], np.add.reduceat(weights, firsts)
    if len(columns) > 2 * MIDDLE:
        kept = np.sort(np.argsort(-weights, kind="stable")[:MIDDLE])
        columns, weights = columns[kept], weights[kept]
    return Middle(columns, weights, float(weights @ weights))


def _cosine(one: Middle, other: Middle) -> float:
    small, large = sorted((one, other), key=lambda middle: len(middle.columns))
    if not len(small.columns):
        return 0.0
    at = np.searchsorted(large.columns, small.columns)
    at[at == len(large.columns)] = 0
    dot = float(small.weights @ np.where(large.columns[at] == small.columns, large.weights[at], 0))
    return dot / sqrt(one.square * other.square) if dot else 0.0
