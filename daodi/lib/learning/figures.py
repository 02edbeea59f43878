"""How good suggestions are: how often right, for each class, and whether they know it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One class: precision (suggested rightly), recall (found), F1, and how many there were."""

    precision: float
    recall: float
    f1: float
    rows: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Suggestions that were about equally sure: how sure on average, and how many were right."""

    rows: int
    said: float
    right: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What a model did on messages whose class is known."""

    rows: int
    accuracy: float
    macro_f1: float
    classes: dict[str, ClassFigures]
    bins: tuple[Bin, ...]
    # How far, on average, what was said is from how often it was right.
    calibration_error: float


def measure(said: Sequence[str], sure: Sequence[float], wanted: Sequence[str]) -> Measured:
    """Compare what was `said` of each message, and how `sure`, with the class that was `wanted`.

    Macro-F1 is the mean over the classes that occur in `wanted`.
    """
    given, truth, shares = np.array(said), np.array(wanted), np.array(sure)
    right = given == truth
    classes = {str(name): _of_class(given == name, truth == name) for name in np.unique(truth)}
    bins = _bins(shares, right)
    return Measured(
        rows=len(truth),
        accuracy=float(right.mean()),
        macro_f1=float(np.mean([each.f1 for each in classes.values()])),
        classes=classes,
        bins=bins,
        calibration_error=sum(each.rows * abs(each.said - each.right) for each in bins)
        / len(truth),
    )


def _of_class(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> ClassFigures:
    both, each, of = int((said & true).sum()), int(said.sum()), int(true.sum())
    return ClassFigures(
        precision=both / each if each else 0.0,
        recall=both / of if of else 0.0,
        f1=2 * both / (each + of) if each + of else 0.0,
        rows=of,
    )


def _bins(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[Bin, ...]:
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(int(mine.sum()), float(sure[mine].mean()), float(right[mine].mean()))
        for mine in (places == number for number in range(BINS))
        if mine.any()
    )
