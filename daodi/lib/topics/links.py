"""Which posts are near each other, without comparing each with each."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from daodi.lib.topics.vectors import Floats, Matrix

AT_ONCE = 2000  # rows compared at once: what it takes of memory
TOGETHER = 200  # a run that stands in more posts is compared within so many neighbours in time

Edges = tuple[NDArray[np.int32], NDArray[np.int32], Floats]


def links(rows: Matrix, least: float, most: int = 40) -> Edges:
    """Return the pairs of rows that are alike by `least` and more, the most alike first.

    Rows stand in the order of time: a run of very many posts links only those that came near each
    other, so that the work grows with their number and not with its square. Of one row the `most`
    alike are kept.
    """
    turned = _cut(rows)
    cut = turned.T.tocsr()
    found = [(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))]
    for start in range(0, cut.shape[0], AT_ONCE):
        alike = cut[start : start + AT_ONCE] @ turned
        found.append(_best(alike, start, least, most))
    del cut, turned
    one, other, score = map(np.concatenate, zip(*found, strict=True))
    order = np.lexsort((other, one, -score))
    return one[order], other[order], score[order]


def _cut(rows: Matrix) -> Matrix:
    """Return the columns as rows, each cut into rows of TOGETHER entries, in order.

    That changes only where they begin: nothing is copied but the turned matrix itself.
    """
    turned = rows.tocsc()
    lengths = np.diff(turned.indptr)
    blocks = -(-lengths // TOGETHER)
    first = np.cumsum(blocks) - blocks
    column = np.repeat(np.arange(len(lengths)), blocks)
    begins = turned.indptr[column] + (np.arange(len(column)) - first[column]) * TOGETHER
    starts = np.concatenate([begins, [turned.nnz]]).astype(turned.indptr.dtype)
    shape = (len(begins), rows.shape[0])
    return sp.csr_matrix((turned.data, turned.indices, starts), shape=shape)


def _best(alike: Matrix, start: int, least: float, most: int) -> Edges:
    """Return of each row, numbered from `start`, the most alike of those behind it."""
    near = np.flatnonzero(alike.data >= least)
    row = np.searchsorted(alike.indptr, near, side="right").astype(np.int32) - 1
    column, score = alike.indices[near], alike.data[near]
    behind = row + start < column
    row, column, score = row[behind], column[behind], score[behind]
    order = np.lexsort((column, -score, row))
    row, column, score = row[order], column[order], score[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    kept = place < most
    return row[kept] + np.int32(start), column[kept].astype(np.int32), score[kept]
