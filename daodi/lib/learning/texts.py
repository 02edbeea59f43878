"""A message as numbers: which runs of one to four characters stand where in it.

A run of up to four characters is one 64-bit number, 16 bits a character: counting, looking up and
naming them again are then work on arrays, and a vocabulary is one sorted array.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LONGEST = 4  # characters in a run: 4 × 16 bits
# Nobody needs more to tell what a message is about, and a suggestion must be quick.
MOST_CHARACTERS = 4000
HEAD = 80

Codes = NDArray[np.uint64]

_SPACES = re.compile(r"\s+")
_NUMBERS = re.compile(r"\d+")
_STRANGE = re.compile("[^\x01-\uffff]")


class Message(NamedTuple):
    """What somebody wrote: its title and its text."""

    title: str
    text: str


class Part(NamedTuple):
    """A way to look at a message: which text of it, in runs of how many characters."""

    name: str
    longest: int
    weight: float


PARTS = (Part("text", 4, 0.4), Part("title", 4, 0.4), Part("head", 3, 0.2))


def plain(text: str) -> str:
    """Return a text as it is compared: one width, one case, without spaces, numbers as 0."""
    text = unicodedata.normalize("NFKC", text).lower()
    return _STRANGE.sub("?", _NUMBERS.sub("0", _SPACES.sub("", text)))[:MOST_CHARACTERS]


def part_of(message: Message, part: str) -> str:
    """Return the text that a part looks at."""
    if part == "title":
        return plain(message.title)
    text = plain(message.text)
    return text[:HEAD] if part == "head" else text


def runs(text: str, longest: int = LONGEST) -> Codes:
    """Return the code of every run of one to `longest` neighbouring characters."""
    letters = np.frombuffer(text.encode("utf-16-le"), np.uint16).astype(np.uint64)
    found = [letters]
    for length in range(2, longest + 1):
        longer = found[-1][:-1] << np.uint64(16)
        found.append(longer | letters[length - 1 :] if len(longer) else longer)
    return np.concatenate(found)


def spell(code: int) -> str:
    """Return the characters of a run."""
    letters = [code >> shift & 0xFFFF for shift in (48, 32, 16, 0)]
    return "".join(chr(letter) for letter in letters if letter)


def rows_of_runs(texts: Sequence[str], longest: int) -> tuple[NDArray[np.int32], Codes]:
    """Return the runs of many texts one after another, each with the row that it stands in."""
    each = [runs(text, longest) for text in texts]
    lengths = [len(found) for found in each]
    rows = np.repeat(np.arange(len(each), dtype=np.int32), lengths)
    return rows, np.concatenate(each) if each else np.empty(0, np.uint64)
