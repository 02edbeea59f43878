"""Rows that say nearly the same: they must lie in one fold, or a model is tested on what it saw."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from daodi.lib.learning.texts import Message, Part
from daodi.lib.learning.vectors import Vectors

FOLDS = 5
ALIKE = 0.6  # cosine from which two messages count as nearly the same
_AT_ONCE = 500
# Runs that stand in more messages than this share (but at least so many) say little and cost most.
_TOO_COMMON, _COMMON = 0.02, 100
_PARTS = (Part("text", 3, 0.6), Part("title", 3, 0.4))

Groups = NDArray[np.intp]


def near_groups(messages: Sequence[Message]) -> Groups:
    """Return the number of each row's group: rows linked by likeness have the same."""
    rows = Vectors.learn(messages, _PARTS).matrix(messages)
    spread = np.bincount(rows.indices, minlength=rows.shape[1])
    rare = rows[:, (spread > 1) & (spread <= max(_COMMON, _TOO_COMMON * len(messages)))]
    length = np.sqrt(np.asarray(rare.multiply(rare).sum(axis=1)).ravel())
    rare = (sp.diags(1 / np.maximum(length, 1e-9)) @ rare).tocsr()
    turned = rare.T.tocsr()
    links = []
    for start in range(0, len(messages), _AT_ONCE):
        like = (rare[start : start + _AT_ONCE] @ turned).tocoo()
        near = like.data >= ALIKE
        links.append((like.row[near] + start, like.col[near]))
    one, other = (np.concatenate(side) for side in zip(*links, strict=True))
    size = len(messages)
    graph = sp.coo_matrix((np.ones(len(one), bool), (one, other)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], np.intp)


def folds_of(groups: Groups, targets: NDArray[np.intp], count: int = FOLDS) -> Groups:
    """Spread groups over folds, large ones first, so that each has about as many of a class."""
    members: dict[int, list[int]] = {}
    for row in np.random.default_rng(0).permutation(len(groups)).tolist():
        members.setdefault(int(groups[row]), []).append(row)
    sizes = np.zeros((count, int(targets.max()) + 1))
    folds = np.zeros(len(groups), np.intp)
    for rows in sorted(members.values(), key=len, reverse=True):
        # The fold with the fewest of this class; of several, the smallest.
        fold = int(np.lexsort((sizes.sum(axis=1), sizes[:, targets[rows[0]]]))[0])
        folds[rows] = fold
        np.add.at(sizes[fold], targets[rows], 1)
    return folds
