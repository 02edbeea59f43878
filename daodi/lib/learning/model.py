"""A model of one level: which of some classes a message belongs to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext_lazy as _

from daodi.lib.learning.grouping import folds_of, near_groups
from daodi.lib.learning.mixing import Mixer
from daodi.lib.learning.reasons import speaking
from daodi.lib.learning.solving import Ints, Linear, fit_bayes, fit_ridge
from daodi.lib.learning.texts import PARTS, THEME_PARTS, Message, Part
from daodi.lib.learning.vectors import Floats, Matrix, Vectors
from daodi.lib.text import Said

FEWEST_ROWS = 10  # messages of a class from which it can be learnt
FEWEST_CLASSES = 2
MACHINES = (fit_ridge, fit_bayes)


class TooFew(Said):
    message = _(
        "There is too little to learn from: at least two classes with %(rows)s messages each."
    )


@dataclass(frozen=True, slots=True)
class Guess:
    """A class with how likely it is, 0 to 1, and the words that spoke for it."""

    label: str
    probability: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """What `train_model` found; texts and arrays only."""

    labels: tuple[str, ...]
    vectors: Vectors
    machines: tuple[Linear, ...]
    themes: Vectors
    mixer: Mixer

    def guess(self, message: Message, most: int = 3) -> list[Guess]:
        """Return the likeliest labels of one message, the best first, with words from it."""
        places, values = self.vectors.vector(message)
        scores = np.concatenate([each.score(places, values) for each in self.machines])
        shares = self.mixer.probabilities(scores, self.themes.matrix([message]).toarray()[0])
        best = np.argsort(-shares)[:most]
        can_be_spelt = places < self.vectors.spelt
        places, values = places[can_be_spelt], values[can_be_spelt]
        weights = self.machines[0].weights[places]
        weighed = (weights - weights.mean(axis=1, keepdims=True)) * values[:, None]
        codes = self.vectors.codes_at(places)
        return [
            Guess(self.labels[place], float(shares[place]), speaking(codes, weighed[:, place]))
            for place in best
        ]


def train_model(
    messages: Sequence[Message], labels: Sequence[str], parts: Sequence[Part] = PARTS
) -> Model:
    """Learn from messages that people have sorted; raise TooFew if there is too little."""
    counts = Counter(labels)
    names = tuple(sorted(name for name, times in counts.items() if times >= FEWEST_ROWS))
    if len(names) < FEWEST_CLASSES:
        raise TooFew(rows=FEWEST_ROWS)
    numbers = {name: number for number, name in enumerate(names)}
    kept = [place for place, label in enumerate(labels) if label in numbers]
    messages = [messages[place] for place in kept]
    targets = np.array([numbers[labels[place]] for place in kept], np.intp)
    vectors = Vectors.learn(messages, parts)
    rows = vectors.matrix(messages)
    folds = folds_of(near_groups(messages), targets)
    scores = _unseen(rows, targets, folds)
    machines = tuple(fit(rows, targets, len(names)) for fit in MACHINES)
    themes = Vectors.learn(messages, THEME_PARTS)
    mixer = Mixer.learn(scores, themes.matrix(messages).toarray(), targets)
    return Model(names, vectors, machines, themes, mixer)


def _unseen(rows: Matrix, targets: Ints, folds: Ints) -> Floats:
    """Return what machines say of each row that have learnt from the other folds only."""
    classes = int(targets.max()) + 1
    found = np.zeros((len(targets), classes * len(MACHINES)), np.float32)
    for fold in np.unique(folds):
        seen, unseen = folds != fold, folds == fold
        machines = [fit(rows[seen], targets[seen], classes) for fit in MACHINES]
        found[unseen] = np.hstack([each.scores(rows[unseen]) for each in machines])
    return found
