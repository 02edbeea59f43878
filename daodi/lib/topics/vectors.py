"""Posts as sparse vectors: runs of two and three characters, hashed, those of the title first."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from daodi.lib.pairs import fold
from daodi.lib.places import without
from daodi.lib.text import clean

WIDTH = 1 << 22  # columns; runs that fall together are too few to matter
LOOKED_AT = 300  # characters of a text
TITLE, TEXT = 2.5, 1.0
ANYHOW = 0.1  # of three posts that say the same, all of it counts a little
KEPT = 48  # the most telling runs of a post; more would cost memory and tell nothing
FEWEST = 2  # posts in which a run must stand
# A run in more than this share of all posts, and in more than so many, tells nothing; of few posts
# what half of them have, and more than a handful.
COMMON, COMMON_FROM, FEW = 0.03, 40, 5

Matrix = Any  # a scipy CSR matrix of float32; scipy has no types
Floats = NDArray[np.float32]
_MIXER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - 22)


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
    """Which runs stand in each post: in all of it, and in what is left without names of places."""

    whole: Matrix
    things: Matrix


def counted(posts: Sequence[Post]) -> Counts:
    """Count the runs of each post, a row each: this much can be done piece by piece."""
    texts = [(post.title, post.text[:LOOKED_AT]) for post in posts]
    things = [(without(title), without(text)) for title, text in texts]
    return Counts(_counted(texts), _counted(things))


def _counted(texts: Sequence[tuple[str, str]]) -> Matrix:
    rows: list[NDArray[np.int32]] = []
    columns: list[NDArray[np.int32]] = []
    weights: list[Floats] = []
    for number, (head, body) in enumerate(texts):
        title, text = _runs(head), _runs(body)
        found = np.concatenate([title, text])
        rows.append(np.full(len(found), number, np.int32))
        columns.append(found)
        weights.append(np.repeat(np.array([TITLE, TEXT], np.float32), [len(title), len(text)]))
    if not rows:
        return sp.csr_matrix((0, WIDTH), dtype=np.float32)
    given = (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns)))
    matrix = sp.csr_matrix(given, shape=(len(texts), WIDTH), dtype=np.float32)
    matrix.data = np.minimum(matrix.data, TITLE + TEXT)
    return matrix


def weighed(counts: Matrix) -> Matrix:
    """Return rows of length 1 with what tells most in each: the rarer a run, the more it tells."""
    total = counts.shape[0]
    spread = np.bincount(counts.indices, minlength=WIDTH)
    most = max(COMMON * total, min(COMMON_FROM, max(FEW, total / 2)))
    tells = (spread >= FEWEST) & (spread <= most)
    rarity = np.where(tells, ANYHOW + np.log((1 + total) / (1 + spread)), 0).astype(np.float32)
    matrix = counts.copy()
    matrix.data = matrix.data * rarity[matrix.indices]
    matrix.eliminate_zeros()
    return _scaled(_heaviest(matrix))


def _runs(text: str) -> NDArray[np.int32]:
    """Return the columns of the runs of a text, each once."""
    letters = [ord(one) if one.isalnum() else 0 for one in fold(clean(text, lines=False))]
    codes = np.array(letters, np.uint64)
    twos = (codes[:-1] << np.uint64(21)) | codes[1:]
    threes = (twos[:-1] << np.uint64(21)) | codes[2:]
    whole = codes != 0
    pairs = whole[:-1] & whole[1:]
    runs = np.concatenate([twos[pairs], threes[pairs[:-1] & whole[2:]]])
    return np.unique((runs * _MIXER) >> _SHIFT).astype(np.int32)


def _heaviest(matrix: Matrix) -> Matrix:
    """Keep the KEPT heaviest entries of each row."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((-matrix.data, rows))
    place = np.arange(len(order)) - matrix.indptr[rows[order]]
    kept = order[place < KEPT]
    given = (matrix.data[kept], (rows[kept], matrix.indices[kept]))
    return sp.csr_matrix(given, shape=matrix.shape, dtype=np.float32)


def _scaled(matrix: Matrix) -> Matrix:
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    lengths = np.sqrt(np.maximum(squares, np.float32(1e-12)))
    matrix.data = (
        matrix.data / lengths[np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))]
    )
    return matrix
