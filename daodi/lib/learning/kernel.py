"""The machine that compares a message as a whole with those it has learnt from.

Messages become points in a few hundred directions, those in which the rows differ most; near points
say more of each other than far ones (a Gaussian kernel, least squares). It finds what runs of
characters miss: the same thing said in other words.
"""

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd

from daodi.lib.learning.solving import Ints, signs
from daodi.lib.learning.vectors import Floats, Matrix

DIRECTIONS = 300
# Columns that carry most of the rows' length; the others hardly turn a point and cost memory.
MOST_COLUMNS = 60_000
# Solving needs the cube of this: half a minute, and a gigabyte for a moment.
MOST_ROWS = 9_000
RIDGE = 0.3


@dataclass(frozen=True, slots=True)
class Kernel:
    """Points with weights, and how a message becomes a point."""

    columns: NDArray[np.int64]  # sorted
    directions: Floats  # columns × directions
    rows: Floats  # points × directions, each of length 1
    weights: Floats  # points × classes
    bias: Floats

    def score(self, places: Ints, values: Floats) -> Floats:
        """Return the scores of one message, given where its vector is not 0."""
        at = np.searchsorted(self.columns, places)
        at[at == len(self.columns)] = 0
        known = self.columns[at] == places
        point = values[known] @ self.directions[at[known]]
        point /= max(float(np.sqrt(point @ point)), 1e-9)
        return np.asarray(_near(self.rows @ point) @ self.weights + self.bias, np.float32)


def fit_kernel(rows: Matrix, targets: Ints, folds: Ints) -> tuple[Kernel, Floats]:
    """Return the machine, and what it says of each row when that row's fold was not learnt."""
    columns = _weightiest(rows)
    kept = rows[:, columns]
    count = min(DIRECTIONS, min(kept.shape) - 1)
    directions = randomized_svd(kept, count, n_iter=2, random_state=0)[2].T.astype(np.float32)
    points = np.asarray(kept @ directions, np.float32)
    points /= np.maximum(np.sqrt((points * points).sum(axis=1, keepdims=True)), 1e-9)
    wanted = signs(targets, int(targets.max()) + 1)
    bias = wanted.mean(axis=0)
    learnt = np.sort(np.random.default_rng(0).permutation(len(targets))[:MOST_ROWS])
    mine = points[learnt]
    solved = _inverse(mine)
    weights = solved @ (wanted[learnt] - bias)
    said = _near(points @ mine.T) @ weights + bias
    for fold in np.unique(folds):
        block = np.flatnonzero(folds[learnt] == fold)
        # What leaving the block out does to it follows from the inverse, without solving again.
        miss = np.linalg.solve(solved[np.ix_(block, block)], weights[block])
        said[learnt[block]] = wanted[learnt[block]] - miss
    kernel = Kernel(columns, directions, mine, weights.astype(np.float32), bias)
    return kernel, said.astype(np.float32)


def _weightiest(rows: Matrix) -> NDArray[np.int64]:
    lengths = np.bincount(rows.indices, weights=rows.data**2, minlength=rows.shape[1])
    return np.sort(np.argsort(-lengths)[:MOST_COLUMNS])


def _near(cosines: Floats) -> Floats:
    return np.exp(2 * cosines - 2)


def _inverse(points: Floats) -> Floats:
    near = _near(points @ points.T)
    near[np.diag_indices(len(near))] += RIDGE
    factor = scipy.linalg.cho_factor(near, lower=True, overwrite_a=True, check_finite=False)
    unit = np.eye(len(points), dtype=np.float32)
    return np.asarray(
        scipy.linalg.cho_solve(factor, unit, overwrite_b=True, check_finite=False), np.float32
    )
