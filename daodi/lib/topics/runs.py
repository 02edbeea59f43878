"""Posts as runs of two and three characters, hashed: small enough that a million wait in a file."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from daodi.lib.pairs import fold
from daodi.lib.places import find
from daodi.lib.text import clean

COLUMNS = 22  # bits; runs that fall into one column by chance are too few to matter
WIDTH = 1 << COLUMNS
LOOKED_AT = 300  # characters of a text
# Where in a post a run stands, as bits behind its column; a thing is no part of a place's name.
IN_TITLE, IN_TEXT, THING_IN_TITLE, THING_IN_TEXT = 1, 2, 4, 8
WHERE = 4  # bits
AT_ONCE = 5000  # posts of a block

Ints = NDArray[np.int32]
_MIXER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - COLUMNS)
_LETTER = np.uint64(21)  # bits of a character


class Post(NamedTuple):
    """What somebody wrote: by whom (any key), when, and how many said that they think so too."""

    key: str
    person: str
    day: date
    title: str
    text: str
    likes: int = 0
    is_done: bool = False


class Counts(NamedTuple):
    """The runs of some posts, one post behind the other, and how many each of them has."""

    lengths: Ints
    runs: Ints


def counted(posts: Sequence[Post]) -> Counts:
    """Return the runs of each post: this much can be done piece by piece, and anywhere."""
    found = [_runs_of(post) for post in posts]
    lengths = np.array([len(runs) for runs in found], np.int32)
    return Counts(lengths, np.concatenate([np.zeros(0, np.int32), *found]))


class Pile:
    """The runs of very many posts, kept in a file: of all of them memory holds one block."""

    def __init__(self, file: IO[bytes], counts: Iterable[Counts] = ()) -> None:
        self._file = file
        self._lengths: list[Ints] = []
        for each in counts:
            self.add(each)

    def __len__(self) -> int:
        return sum(map(len, self._lengths))

    def add(self, counts: Counts) -> None:
        """Put the runs of more posts behind those that are there."""
        self._lengths.append(counts.lengths)
        self._file.write(counts.runs.tobytes())

    def blocks(self) -> Iterator[Counts]:
        """Yield all of it again, in the same blocks however it came in."""
        self._file.seek(0)
        lengths = np.concatenate([np.zeros(0, np.int32), *self._lengths])
        for start in range(0, len(lengths), AT_ONCE):
            block = lengths[start : start + AT_ONCE]
            size = int(block.sum()) * np.dtype(np.int32).itemsize
            yield Counts(block, np.frombuffer(self._file.read(size), np.int32))


def _runs_of(post: Post) -> Ints:
    parts = (
        _marked(post.title, IN_TITLE, THING_IN_TITLE),
        _marked(post.text[:LOOKED_AT], IN_TEXT, THING_IN_TEXT),
    )
    packed = np.sort(np.concatenate(parts))
    if not len(packed):
        return packed
    columns = packed >> WHERE
    firsts = np.flatnonzero(np.concatenate([[True], columns[1:] != columns[:-1]]))
    joined: Ints = np.bitwise_or.reduceat(packed, firsts)
    return joined


def _marked(text: str, anywhere: int, thing: int) -> Ints:
    """Return the runs of a text with the bits that say where they stand."""
    pieces = [(fold(piece), is_name) for piece, is_name in _pieces(clean(text, lines=False))]
    letters = [ord(one) if one.isalnum() else 0 for piece, _is_name in pieces for one in piece]
    named = np.repeat([is_name for _piece, is_name in pieces], [len(piece) for piece, _ in pieces])
    codes = np.array(letters, np.uint64)
    twos = (codes[:-1] << _LETTER) | codes[1:]
    threes = (twos[:-1] << _LETTER) | codes[2:]
    whole, free = codes != 0, ~named.astype(bool)
    runs, is_whole, is_thing = [], [], []
    for size, found in ((2, twos), (3, threes)):
        shifts = [slice(at, len(codes) - size + 1 + at) for at in range(size)]
        runs.append(found)
        is_whole.append(np.logical_and.reduce([whole[shift] for shift in shifts]))
        is_thing.append(np.logical_and.reduce([free[shift] for shift in shifts]))
    kept = np.concatenate(is_whole)
    columns = ((np.concatenate(runs)[kept] * _MIXER) >> _SHIFT).astype(np.int32)
    bits = np.where(np.concatenate(is_thing)[kept], anywhere | thing, anywhere).astype(np.int32)
    marked: Ints = columns << WHERE | bits
    return marked


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into names of places and what stands between them."""
    done = 0
    for place in find(text):
        yield text[done : place.start], False
        yield text[place.start : place.end], True
        done = place.end
    yield text[done:], False
