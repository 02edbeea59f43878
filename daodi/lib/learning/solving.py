"""Linear machines on sparse rows: one weight for each column and class."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from daodi.lib.learning.vectors import Floats, Matrix

Ints = NDArray[np.intp]
MOST_STEPS, CLOSE_ENOUGH = 40, 1e-4
RIDGE, SMOOTHING = 0.3, 0.1


@dataclass(frozen=True, slots=True)
class Linear:
    """A score for each class: the row times the weights, plus what a row has without words."""

    weights: Floats  # columns × classes
    bias: Floats

    def scores(self, rows: Matrix) -> Floats:
        return np.asarray(rows @ self.weights + self.bias, np.float32)

    def score(self, places: Ints, values: Floats) -> Floats:
        """Return the scores of one message, given where its vector is not 0."""
        return np.asarray(values @ self.weights[places] + self.bias, np.float32)


def signs(targets: Ints, classes: int) -> Floats:
    """Return +1 for a row's own class and -1 for the others."""
    wanted = np.full((len(targets), classes), -1, np.float32)
    wanted[np.arange(len(targets)), targets] = 1
    return wanted


def fit_ridge(rows: Matrix, targets: Ints, classes: int) -> Linear:
    """Return the least-squares machine for these signs.

    Solved in as many unknowns as there are rows, by conjugate gradients: time and memory grow with
    the words in the rows.
    """
    wanted = signs(targets, classes)
    bias = wanted.mean(axis=0)
    rest = wanted - bias
    turned = rows.T.tocsr()
    found, step, size = np.zeros_like(rest), rest.copy(), (rest * rest).sum(0)
    least = size * CLOSE_ENOUGH
    for _step in range(MOST_STEPS):
        pushed = rows @ (turned @ step) + RIDGE * step
        stride = size / np.maximum((step * pushed).sum(0), 1e-12)
        found += stride * step
        rest -= stride * pushed
        before, size = size, (rest * rest).sum(0)
        if (size <= least).all():
            break
        step = rest + size / np.maximum(before, 1e-12) * step
    return Linear(np.asarray(turned @ found, np.float32), bias)


def fit_bayes(rows: Matrix, targets: Ints, classes: int) -> Linear:
    """Return the machine of word counts: how much rarer a run is in all the other classes."""
    ones = np.ones(len(targets), np.float32)
    member = sp.csr_matrix((ones, (targets, np.arange(len(targets)))), (classes, len(targets)))
    own = np.asarray((member @ rows).todense(), np.float32).T
    others = own.sum(1, keepdims=True) - own + SMOOTHING
    weights = -np.log(others / others.sum(0))
    weights -= weights.mean(1, keepdims=True)
    weights /= np.abs(weights).sum(0) / len(weights)
    return Linear(weights.astype(np.float32), np.zeros(classes, np.float32))
