"""A model of several levels: the first says where to look, those below it say where there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daodi.lib.learning.model import FEWEST_ROWS, Guess, Model, TooFew, train_model
from daodi.lib.learning.texts import LOWER_PARTS, PARTS, Message, words_part

MOST = 3
# The class of all that are too few to be learnt: then it stays with what is above them.
OTHER = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The model of the first level, and those of what lies below a label that has one."""

    top: Model
    below: Mapping[str, Model]

    @property
    def labels(self) -> set[str]:
        """Return every label that can be guessed."""
        return {name for model in (self.top, *self.below.values()) for name in model.labels} - {""}

    def guess(self, message: Message, most: int = MOST) -> list[Guess]:
        """Return the likeliest labels, each as far down as was learnt, the best first."""
        found = [
            deeper
            for guess in self.top.guess(message, most)
            for deeper in self._down(guess, message, most)
        ]
        return sorted(found, key=lambda each: -each.probability)[:most]

    def _down(self, guess: Guess, message: Message, most: int) -> list[Guess]:
        model = self.below.get(guess.label)
        if model is None:
            return [guess]
        found = []
        for each in model.guess(message, most):
            share = guess.probability * each.probability
            if each.label == OTHER:
                found.append(Guess(guess.label, share, guess.words))
            else:
                # The words that tell where to look come first, then those that tell where there.
                words = tuple(dict.fromkeys((*each.words, *guess.words)))[: len(guess.words) + 1]
                found += self._down(Guess(each.label, share, words), message, most)
        return found


def train(
    messages: Sequence[Message], paths: Sequence[Sequence[str]], cut_texts: Sequence[str] = ()
) -> Tree:
    """Learn from messages that people have sorted; raise TooFew if there is too little.

    A path is the labels on the way down; a label must not occur below two others. Texts that were
    cut into words with spaces, of any messages, add a lexicon.
    """
    words = words_part(cut_texts)
    parts = (*PARTS, words) if words else PARTS
    top = train_model(messages, [path[0] for path in paths], parts)
    below: dict[str, Model] = {}
    for depth in range(1, max(map(len, paths))):
        for label in {path[depth - 1] for path in paths if len(path) > depth}:
            mine = [place for place, path in enumerate(paths) if label in path[depth - 1 : depth]]
            model = _inside([messages[place] for place in mine], [paths[place] for place in mine],
                            depth)  # fmt: skip
            if model:
                below[label] = model
    return Tree(top, below)


def _inside(
    messages: Sequence[Message], paths: Sequence[Sequence[str]], depth: int
) -> Model | None:
    """Tell apart what lies below one label; None: too little is known of it."""
    labels = [path[depth] if len(path) > depth else OTHER for path in paths]
    times = Counter(labels)
    labels = [label if times[label] >= FEWEST_ROWS else OTHER for label in labels]
    try:
        return train_model(messages, labels, LOWER_PARTS)
    except TooFew:
        return None
