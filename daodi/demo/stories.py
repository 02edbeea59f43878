"""What each category's phrases offer, and which of them go together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from daodi.demo.phrasebook import PRESET, book, load, wordings

SEASONS = "1234"
# "(13) " before a phrase: it suits the first and the third fact.
_TAG = re.compile(r"\((\d+)\) ?")


@dataclass(frozen=True, slots=True)
class Line:
    """A phrase, and the facts it suits (numbered from 1; none named: all; 0: none)."""

    text: str
    facts: str

    def suits(self, fact: int) -> bool:
        return not self.facts or str(fact + 1) in self.facts


@dataclass(frozen=True, slots=True)
class Story:
    """One thing that people of a category ask about, in several wordings."""

    at: tuple[str, ...]
    kinds: tuple[str, ...]
    urgencies: tuple[str, ...]
    seasons: str
    trade: str
    weight: int
    facts: tuple[str, ...]
    titles: tuple[Line, ...]
    more: tuple[Line, ...]
    asks: tuple[Line, ...]
    questions: tuple[Line, ...]
    results: tuple[Line, ...]

    def is_in(self, season: int | None) -> bool:
        return season is None or str(season) in self.seasons

    def wishes(self, kind: str) -> tuple[Line, ...]:
        return self.questions if kind == "consult" and self.questions else self.asks

    def facts_for(self, kind: str) -> list[int]:
        """Return the facts about which such a wish can be had."""
        numbers = range(len(self.facts))
        return [n for n in numbers if fitting(self.wishes(kind), n)] or list(numbers)


def fitting(lines: Sequence[Line], fact: int) -> list[str]:
    return [line.text for line in lines if line.suits(fact)]


@cache
def leads() -> dict[str, str]:
    """Return the unit that usually leads, by leaf category."""
    return {
        leaf["code"]: leaf["lead"]
        for first in load(PRESET)
        for second in first["below"]
        for leaf in second["below"]
    }


@cache
def stories(category: str) -> tuple[Story, ...]:
    return tuple(_read(one) for one in book(category[:2].lower())["leaves"][category])


def _read(one: dict[str, Any]) -> Story:
    return Story(
        at=tuple(one["at"].split()),
        kinds=tuple(one["kind"].split()),
        urgencies=tuple(one.get("urgency", "normal").split()),
        seasons=str(one.get("season", SEASONS)),
        trade=one.get("trade", "any"),
        weight=one.get("weight", 1),
        facts=tuple(one["fact"]),
        titles=tuple(_line(wording) for phrase in one["title"] for wording in wordings(phrase)),
        more=_lines(one, "more"),
        asks=_lines(one, "ask"),
        questions=_lines(one, "query"),
        results=_lines(one, "result"),
    )


def _lines(one: dict[str, Any], name: str) -> tuple[Line, ...]:
    return tuple(_line(text) for text in one.get(name, ()))


def _line(text: str) -> Line:
    """Read the tags out of a phrase; with several, what all of them allow."""
    tags = _TAG.findall(text)
    facts = "".join(fact for fact in tags[0] if all(fact in tag for tag in tags)) if tags else ""
    return Line(_TAG.sub("", text), facts or ("0" if tags else ""))
