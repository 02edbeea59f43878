"""Texts as sparse vectors: a run counts the more, the fewer messages it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from daodi.lib.learning.texts import PARTS, WORDS, Codes, Message, Part, codes_in, rows_of_codes

FEWEST = 2  # messages in which a run must stand to be known

Floats = NDArray[np.float32]
Matrix = Any  # a scipy CSR matrix of float32; scipy has no types


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The runs that one part knows, sorted, and how much each of them tells."""

    part: Part
    codes: Codes
    weights: Floats

    @classmethod
    def learn(cls, part: Part, messages: Sequence[Message], fewest: int) -> Self:
        rows, codes = rows_of_codes(messages, part)
        order = np.lexsort((rows, codes))
        codes, rows = codes[order], rows[order]
        is_new = np.ones(len(codes), bool)
        is_new[1:] = (codes[1:] != codes[:-1]) | (rows[1:] != rows[:-1])
        known, spread = np.unique(codes[is_new], return_counts=True)
        kept = spread >= fewest
        weights = np.log((1 + len(messages)) / (1 + spread[kept])) + 1
        return cls(part, known[kept], weights.astype(np.float32))

    def matrix(self, messages: Sequence[Message]) -> Matrix:
        """Return a row of length 1 for each message, times the root of the part's weight."""
        rows, codes = rows_of_codes(messages, self.part)
        places, is_known = self._places(codes)
        counts = sp.csr_matrix(
            (np.ones(len(places), np.float32), (rows[is_known], places)),
            shape=(len(messages), len(self.codes)),
        )
        counts.sum_duplicates()
        counts.data = (1 + np.log(counts.data)) * self.weights[counts.indices]
        length = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
        scale = np.sqrt(self.part.weight) / np.maximum(length, 1e-9)
        return (sp.diags(scale.astype(np.float32)) @ counts).tocsr().astype(np.float32)

    def vector(self, message: Message) -> tuple[NDArray[np.intp], Floats]:
        """Return the same for one message: where the vector is not 0, and what stands there."""
        places, _is_known = self._places(codes_in(message, self.part))
        places, counts = np.unique(places, return_counts=True)
        values = (1 + np.log(counts)) * self.weights[places]
        length = max(float(np.sqrt((values * values).sum())), 1e-9)
        return places, (values * (np.sqrt(self.part.weight) / length)).astype(np.float32)

    def _places(self, codes: Codes) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        if not len(self.codes):
            return np.empty(0, np.intp), np.zeros(len(codes), bool)
        places = np.searchsorted(self.codes, codes)
        places[places == len(self.codes)] = 0
        is_known = self.codes[places] == codes
        return places[is_known], is_known


@dataclass(frozen=True, slots=True)
class Vectors:
    """All parts of a message side by side."""

    vocabularies: Sequence[Vocabulary]

    @classmethod
    def learn(
        cls, messages: Sequence[Message], parts: Sequence[Part] = PARTS, fewest: int = FEWEST
    ) -> Self:
        return cls([Vocabulary.learn(part, messages, fewest) for part in parts])

    @property
    def spelt(self) -> int:
        """Return how many columns, from the first one, stand for runs that can be spelt."""
        return sum(len(each.codes) for each in self.vocabularies if each.part.name != WORDS)

    def codes_at(self, places: NDArray[np.intp]) -> Codes:
        """Return the runs that these columns stand for; the columns must be sorted."""
        found, start = [], 0
        for each in self.vocabularies:
            end = start + len(each.codes)
            first, last = np.searchsorted(places, (start, end))
            found.append(each.codes[places[first:last] - start])
            start = end
        return np.concatenate(found)

    def matrix(self, messages: Sequence[Message]) -> Matrix:
        return sp.hstack([each.matrix(messages) for each in self.vocabularies], format="csr")

    def vector(self, message: Message) -> tuple[NDArray[np.intp], Floats]:
        """Return the columns in which a message is not 0, and the values there."""
        places, values, start = [], [], 0
        for each in self.vocabularies:
            place, value = each.vector(message)
            places.append(place + start)
            values.append(value)
            start += len(each.codes)
        return np.concatenate(places), np.concatenate(values)
