"""Show where in a text something was found."""

from dataclasses import dataclass
from itertools import groupby

from daodi.lib.pairs import fold

AROUND = 90


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text, and whether it is what was asked for."""

    text: str
    is_hit: bool = False


def marked(text: str, words: list[str]) -> list[Part]:
    """Cut `text` where what was asked for (folded words) begins and ends; nothing gets lost."""
    return _cut(text, _hits(text, words))


def snippet(text: str, words: list[str], around: int = AROUND) -> list[Part]:
    """Return the stretch of `text` with the first hit, marked; empty when there is none."""
    line = " ".join(text.split())
    hits = _hits(line, words)
    if True not in hits:
        return []
    first = hits.index(True)
    start = max(0, min(first - around // 3, len(line) - around))
    end = start + around
    before, after = "…" if start else "", "…" if end < len(line) else ""
    parts = [Part(before), *_cut(line[start:end], hits[start:end]), Part(after)]
    return [part for part in parts if part.text]


def _cut(text: str, hits: list[bool]) -> list[Part]:
    return [
        Part("".join(text[at] for at in run), is_hit)
        for is_hit, run in groupby(range(len(text)), hits.__getitem__)
    ]


def _hits(text: str, words: list[str]) -> list[bool]:
    """Say of each character whether it is part of a hit."""
    folded = [fold(character) for character in text]
    # A character may fold to several: where each of them came from.
    origin = [at for at, parts in enumerate(folded) for _part in parts]
    whole, hits = "".join(folded), [False] * len(text)
    for word in filter(None, words):
        at = whole.find(word)
        while at >= 0:
            for place in origin[at : at + len(word)]:
                hits[place] = True
            at = whole.find(word, at + len(word))
    return hits
