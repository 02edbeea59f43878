"""Measure suggestions on a table of labelled messages: grouped folds, near-duplicates together.

    DJANGO_SETTINGS_MODULE=daodi.settings PYTHONPATH=. .venv/bin/python bench/suggest.py FILE

Each fold is learnt without its rows and everything near them, saved, loaded and asked message by
message, as a site does. Prints one line for each fold and one for all.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from daodi.core.judgement.tables import Sorted, read_sorted
from daodi.lib.learning import Guess, load, measure, save, train
from daodi.lib.learning.grouping import FOLDS, folds_of, near_groups


def main() -> None:
    asked = _asked()
    report(asked.file, asked.folds)


def report(file: Path, count: int = FOLDS) -> None:
    """Print what is right in the first `count` folds of a table, and in all of these."""
    rows = read_sorted(file, {})
    names = sorted(set(rows.labels))
    targets = np.array([names.index(label) for label in rows.labels])
    folds = folds_of(near_groups(rows.messages), targets)
    said: list[Guess] = []
    wanted: list[str] = []
    for fold in range(count):
        guesses, truth = _one_fold(rows, folds == fold)
        said += guesses
        wanted += truth
    print(f"all: {_figures(said, wanted)}")


def _one_fold(rows: Sorted, is_unseen: NDArray[np.bool_]) -> tuple[list[Guess], list[str]]:
    """Learn without a fold, ask what was learnt for each message of it; return that and truth."""
    seen = np.flatnonzero(~is_unseen).tolist()
    unseen = np.flatnonzero(is_unseen).tolist()
    begun = time.monotonic()
    tree = train(
        [rows.messages[place] for place in seen],
        [(rows.labels[place],) for place in seen],
        [rows.cut_texts[place] for place in seen if rows.cut_texts[place]],
    )
    with tempfile.TemporaryFile() as file:
        save(tree, file)
        size, learnt = file.tell(), time.monotonic() - begun
        file.seek(0)
        tree = load(file)
    begun = time.monotonic()
    guesses = [tree.guess(rows.messages[place], 1)[0] for place in unseen]
    each = (time.monotonic() - begun) / len(unseen)
    truth = [rows.labels[place] for place in unseen]
    spent = f"{learnt:.0f} s, {each * 1000:.1f} ms each, {size / 2**20:.0f} MB"
    print(f"{_figures(guesses, truth)}, {spent}", flush=True)
    return guesses, truth


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("file", type=Path, help="a table as `daodi suggest train` reads it")
    parser.add_argument("--folds", type=int, default=FOLDS, help="only the first so many folds")
    return parser.parse_args()


def _figures(guesses: Sequence[Guess], wanted: Sequence[str]) -> str:
    found = measure([g.label for g in guesses], [g.probability for g in guesses], wanted)
    return (
        f"macro-F1 {found.macro_f1:.4f}, accuracy {found.accuracy:.4f}, "
        f"calibration error {found.calibration_error:.4f}, n = {found.rows}"
    )


if __name__ == "__main__":
    main()
