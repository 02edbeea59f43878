"""A message as numbers: which runs of one to four characters stand where in it.

A run of up to four characters is one 64-bit number, 16 bits a character: counting, looking up and
naming them again are then work on arrays, and a vocabulary is one sorted array.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from daodi.lib.learning.themes import LONGEST_WORD, themes_of_words

LONGEST = 4  # characters in a run: 4 × 16 bits
# Nobody needs more to tell what a message is about, and a suggestion must be quick.
MOST_CHARACTERS = 4000
HEAD = 80
WORDS = "words"
THEMES, TITLE_THEMES = "themes", "title themes"
SHORTEST_WORD = 2
FEWEST_TIMES = 3  # as often a word must stand in the texts to be taken into the lexicon

Codes = NDArray[np.uint64]

_MIXER = np.uint64(0x9E3779B97F4A7C15)
_SPACES = re.compile(r"\s+")
_NUMBERS = re.compile(r"\d+")
_STRANGE = re.compile("[^\x01-\uffff]")


class Message(NamedTuple):
    """What somebody wrote: its title and its text."""

    title: str
    text: str


class Part(NamedTuple):
    """A way to look at a message: which text of it, in runs of how many characters.

    The part `words` looks at title and text, cut into the words of its lexicon; the parts of themes
    count what the words are about.
    """

    name: str
    longest: int
    weight: float
    lexicon: frozenset[str] = frozenset()


PARTS = (Part("text", 4, 0.4), Part("title", 4, 0.4), Part("head", 3, 0.2))
# Below the first level there are many models, each of few messages: they must be small.
LOWER_PARTS = (Part("text", 3, 0.5), Part("title", 3, 0.5))
WORDS_WEIGHT = 0.25
# Beside the scores of machines, which vary by 1: more themes than this and they outvote them.
THEME_WEIGHT = 16.0
THEME_PARTS = (
    Part(THEMES, LONGEST_WORD, THEME_WEIGHT),
    Part(TITLE_THEMES, LONGEST_WORD, THEME_WEIGHT),
)


def plain(text: str) -> str:
    """Return a text as it is compared: one width, one case, without spaces, numbers as 0."""
    text = unicodedata.normalize("NFKC", text).lower()
    return _STRANGE.sub("?", _NUMBERS.sub("0", _SPACES.sub("", text)))[:MOST_CHARACTERS]


def part_of(message: Message, part: str) -> str:
    """Return the text that a part looks at."""
    if part in ("title", TITLE_THEMES):
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


def codes_in(message: Message, part: Part) -> Codes:
    """Return the code of everything that a part sees in a message, as often as it stands there."""
    if part.name in (THEMES, TITLE_THEMES):
        return _themes_in(part_of(message, part.name))
    if part.name != WORDS:
        return runs(part_of(message, part.name), part.longest)
    found = cut(f"{plain(message.title)} {plain(message.text)}", part.lexicon, part.longest)
    words = np.array([_code(word) for word in found], np.uint64)
    # Two words one after the other have a code that cannot be spelt, and hardly ever meets another.
    return np.concatenate([words, words[:-1] * _MIXER ^ words[1:]])


def _themes_in(text: str) -> Codes:
    known = themes_of_words()
    found = cut(text, known, LONGEST_WORD)
    return np.array([_code(theme) for word in found for theme in known[word]], np.uint64)


def cut(text: str, lexicon: Container[str], longest: int) -> list[str]:
    """Return the words of the lexicon that stand in a text, the longest first at each place."""
    found, place = [], 0
    while place < len(text):
        for length in range(longest, SHORTEST_WORD - 1, -1):
            word = text[place : place + length]
            if word in lexicon:
                found.append(word)
                place += length
                break
        else:
            place += 1
    return found


def words_part(texts: Iterable[str]) -> Part | None:
    """Return the part that knows the words of texts which somebody has cut with spaces."""
    times = Counter(word for text in texts for word in plain_words(text))
    known = frozenset(word for word, count in times.items() if count >= FEWEST_TIMES)
    return Part(WORDS, LONGEST, WORDS_WEIGHT, known) if known else None


def plain_words(text: str) -> list[str]:
    words = map(plain, text.split())
    return [word for word in words if SHORTEST_WORD <= len(word) <= LONGEST and word.isalpha()]


def _code(word: str) -> int:
    code = 0
    for letter in word:
        code = code << 16 | ord(letter)
    return code


def rows_of_codes(messages: Sequence[Message], part: Part) -> tuple[NDArray[np.int32], Codes]:
    """Return the codes of many messages one after another, each with the row it stands in."""
    each = [codes_in(message, part) for message in messages]
    lengths = [len(found) for found in each]
    rows = np.repeat(np.arange(len(each), dtype=np.int32), lengths)
    return rows, np.concatenate(each) if each else np.empty(0, np.uint64)
