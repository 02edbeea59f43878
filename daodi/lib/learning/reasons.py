"""Which words of a message spoke for a class."""

from math import sqrt

import numpy as np

from daodi.lib.learning.texts import Codes, spell
from daodi.lib.learning.vectors import Floats

MOST_WORDS = 4
SHORTEST_WORD = 2
# What is looked at before words that lie within one another are left out, and what a word must
# have added next to the first one to be worth naming.
_FIRST, _WORTH = 40, 0.25
_LOOKED_AT = 120  # runs, strongest first


def speaking(codes: Codes, weighed: Floats, most: int = MOST_WORDS) -> tuple[str, ...]:
    """Return the runs that added most, as they can be read: no piece of another, no half words."""
    added: dict[str, float] = {}
    strongest = np.argsort(-weighed)[:_LOOKED_AT]
    for code, weight in zip(codes[strongest].tolist(), weighed[strongest].tolist(), strict=True):
        if weight > 0:
            word = spell(code)
            added[word] = added.get(word, 0.0) + weight
    whole = {word: _with_inner(word, added) for word in added if _is_word(word)}
    found: list[str] = []
    ranked = sorted(whole, key=lambda each: (-whole[each], each))[:_FIRST]
    for word in ranked:
        worth = whole[word] >= _WORTH * whole[ranked[0]]
        if worth and not any(_overlap(word, other) for other in found):
            found.append(word)
    return tuple(found[:most])


def _is_word(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and word.isalpha()


def _with_inner(word: str, added: dict[str, float]) -> float:
    """Return what a run and the runs inside it added, so that a word beats its pieces."""
    ends = range(1, len(word) + 1)
    inner = {word[start:end] for end in ends for start in range(end)}
    return sum(added.get(piece, 0.0) for piece in inner) / sqrt(len(word))


def _overlap(one: str, other: str) -> bool:
    """Say whether two runs share two neighbouring characters."""
    return any(one[start : start + 2] in other for start in range(len(one) - 1))
