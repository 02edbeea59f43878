"""Mask what points to a person in a text that becomes public: numbers, names, front doors.

It looks for patterns, not for meaning: it is right nearly always, and somebody reads the result
before it is published. What an office is known by stays: numbers of requests and documents, dates,
amounts, hotlines, routes, names of units, estates and villages.
"""

from dataclasses import dataclass

from daodi.lib.masking.homes import homes
from daodi.lib.masking.names import names
from daodi.lib.masking.numbers import numbers
from daodi.lib.masking.shadow import STAR, Span, shadow

NUMBER, NAME, HOME = "number", "name", "home"
SOMEBODY = "某某"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that points to a person: where it stands, what it is, what is put in its place."""

    start: int
    end: int
    kind: str
    instead: str


def find(text: str) -> list[Found]:
    """Return what has to be masked in a text, in its order; nothing overlaps."""
    plain = shadow(text)
    found: list[Found] = []
    taken: list[Span] = []
    for kind, spans in ((NUMBER, numbers(plain)), (HOME, homes(plain)), (NAME, names(plain))):
        for start, end in spans:
            if all(end <= first or start >= last for first, last in taken):
                taken.append((start, end))
                instead = SOMEBODY if kind == NAME else STAR
                found.append(Found(start, end, kind, instead))
    return sorted(found, key=lambda one: one.start)


def mask(text: str) -> str:
    """Return the text with everything masked that points to a person; masking again changes
    nothing."""
    parts, done = [], 0
    for one in find(text):
        parts += [text[done : one.start], one.instead]
        done = one.end
    return "".join([*parts, text[done:]])
