"""Posts as sparse vectors: what tells most in each, the title first."""

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from daodi.lib.topics.runs import (
    IN_TEXT,
    IN_TITLE,
    THING_IN_TEXT,
    THING_IN_TITLE,
    WHERE,
    WIDTH,
    Counts,
    Pile,
)

TITLE, TEXT = 2.5, 1.0
ANYHOW = 0.1  # of three posts that say the same, all of it counts a little
KEPT = 48  # the most telling runs of a post; more would cost memory and tell nothing
FEWEST = 2  # posts in which a run must stand
# A run in more than this share of all posts, and in more than so many, tells nothing; of few posts
# what half of them have, and more than a handful.
COMMON, COMMON_FROM, FEW = 0.03, 40, 5

Matrix = Any  # a scipy CSR matrix of float32; scipy has no types
Floats = NDArray[np.float32]
_BITS = np.arange(1 << WHERE)
_WHOLE = (TITLE * (_BITS & IN_TITLE > 0) + TEXT * (_BITS & IN_TEXT > 0)).astype(np.float32)
_THINGS = (
    TITLE * (_BITS & THING_IN_TITLE > 0) + TEXT * (_BITS & THING_IN_TEXT > 0)
).astype(np.float32)  # fmt: skip


def weighed(pile: Pile, *, names: bool = True) -> Matrix:
    """Return rows of length 1 with what tells most in each: the rarer a run, the more it tells.

    Without `names` it goes by what is left without the names of places.
    """
    weights, total = _WHOLE if names else _THINGS, len(pile)
    rarity = _rarity(pile, weights)
    columns, values = np.empty(total * KEPT, np.int32), np.empty(total * KEPT, np.float32)
    lengths = [np.zeros(1, np.int64)]
    end = 0
    for block in pile.blocks():
        length, column, value = _heaviest(block, weights, rarity)
        columns[end : end + len(column)], values[end : end + len(column)] = column, value
        lengths.append(length)
        end += len(column)
    starts = np.cumsum(np.concatenate(lengths))
    return sp.csr_matrix((values[:end], columns[:end], starts), shape=(total, WIDTH))


def _rarity(pile: Pile, weights: Floats) -> Floats:
    """Return what each column tells; 0 of those that stand in too few posts, or in too many."""
    spread = np.zeros(WIDTH, np.int64)
    for block in pile.blocks():
        there = block.runs[weights[_where(block)] > 0]
        spread += np.bincount(there >> WHERE, minlength=WIDTH)
    total = len(pile)
    most = max(COMMON * total, min(COMMON_FROM, max(FEW, total / 2)))
    tells = (spread >= FEWEST) & (spread <= most)
    return np.where(tells, ANYHOW + np.log((1 + total) / (1 + spread)), 0).astype(np.float32)


def _heaviest(
    block: Counts, weights: Floats, rarity: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int32], Floats]:
    """Return the KEPT heaviest columns of each post, scaled; of equal ones the first."""
    columns = block.runs >> WHERE
    values = weights[_where(block)] * rarity[columns]
    rows = np.repeat(np.arange(len(block.lengths)), block.lengths)
    starts = np.cumsum(block.lengths) - block.lengths
    places = np.arange(len(rows)) - starts[rows]
    table = np.zeros((len(block.lengths), max(KEPT, *block.lengths.tolist(), 0)), np.float32)
    table[rows, places] = values
    least = -np.partition(-table, KEPT - 1, axis=1)[:, KEPT - 1 : KEPT]
    sure, even = table > least, (table == least) & (table > 0)
    kept = sure | even & (np.cumsum(even, axis=1) <= KEPT - sure.sum(axis=1, keepdims=True))
    table *= kept
    table /= np.sqrt(np.maximum((table**2).sum(axis=1, keepdims=True), np.float32(1e-12)))
    mask = kept[rows, places]
    return kept.sum(axis=1), columns[mask], table[rows, places][mask]


def _where(block: Counts) -> NDArray[np.int32]:
    return block.runs & ((1 << WHERE) - 1)
