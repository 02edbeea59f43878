"""Text as pairs of neighbouring characters, so that any part of it can be found by an index.

No list of words is needed: whatever somebody types, its pairs stand in the text that has it.
"""

import unicodedata
from itertools import pairwise
from struct import unpack, unpack_from

from daodi.lib.text import clean

LONGEST_QUERY = 200
MOST_WORDS = 12
_UNIT = 2  # bytes of a UTF-16 unit; a pair has two units


class _Folding(dict[int, str]):
    """What each character is compared as: half as wide, in small letters."""

    def __missing__(self, code: int) -> str:
        self[code] = unicodedata.normalize("NFKC", chr(code)).casefold()
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return `text` as it is compared: Ａ, A and a are one, ㎡ is m2.

    Character by character: so the folded form of a part is a part of the folded whole.
    """
    return text.translate(_FOLDING)


def words_of(query: str) -> list[str]:
    """Return what is asked for, folded: all of it must be there, in any order.

    Of a very long question only the beginning counts.
    """
    words = fold(clean(query[:LONGEST_QUERY], lines=False)).split()
    return list(dict.fromkeys(words))[:MOST_WORDS]


def pairs_of(folded: str, salt: int = 0) -> set[int]:
    """Return the pairs of a folded text as signed numbers of 32 bits; no pair crosses a blank.

    A pair is two units of UTF-16, so an emoji is one by itself. `salt` is such a number too: the
    pairs of one salt are other numbers than those of another, but for chance.
    """
    found: set[int] = set()
    for word in folded.split():
        units = word.encode("utf-16-le", "surrogatepass")
        for start in (0, _UNIT):
            count = (len(units) - start) // (2 * _UNIT)
            found.update(unpack(f"<{count}i", units[start : start + count * 2 * _UNIT]))
    return {pair ^ salt for pair in found}


def pairs_in_order(folded: str, salt: int = 0) -> dict[str, int]:
    """Return each two neighbouring characters and their number, in the order of the text."""
    neighbours = (a + b for word in folded.split() for a, b in pairwise(word))
    return {two: _first(two) ^ salt for two in neighbours}


def _first(text: str) -> int:
    (pair,) = unpack_from("<i", text.encode("utf-16-le", "surrogatepass"))
    return int(pair)
