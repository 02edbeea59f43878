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
    cut = _cut(rows)
    turned = cut.T.tocsr()
    ones, others, scores = [], [], []
    for start in range(0, cut.shape[0], AT_ONCE):
        alike = (cut[start : start + AT_ONCE] @ turned).tocoo()
        one = alike.row + start
        near = (alike.data >= least) & (one < alike.col)
        row, column, score = one[near], alike.col[near], alike.data[near]
        order = np.lexsort((column, -score, row))
        row, column, score = row[order], column[order], score[order]
        first = np.concatenate([[True], row[1:] != row[:-1]]) if len(row) else np.zeros(0, bool)
        place = np.arange(len(row)) - np.maximum.accumulate(np.where(first, np.arange(len(row)), 0))
        kept = place < most
        ones.append(row[kept].astype(np.int32))
        others.append(column[kept].astype(np.int32))
        scores.append(score[kept].astype(np.float32))
    if not ones:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32)
    one, other, score = map(np.concatenate, (ones, others, scores))
    order = np.lexsort((other, one, -score))
    return one[order], other[order], score[order]


def _cut(rows: Matrix) -> Matrix:
    """Return the rows with each column cut into columns of TOGETHER entries, in order."""
    turned = rows.tocsc()
    lengths = np.diff(turned.indptr)
    blocks = -(-lengths // TOGETHER)
    first = np.concatenate([[0], np.cumsum(blocks)[:-1]])
    column = np.repeat(np.arange(rows.shape[1]), lengths)
    place = np.arange(turned.nnz) - turned.indptr[column]
    fresh = first[column] + place // TOGETHER
    shape = (rows.shape[0], int(blocks.sum()) or 1)
    return sp.csr_matrix((turned.data, (turned.indices, fresh)), shape=shape, dtype=np.float32)
