"""Which units an office's words mean: “牵头单位：城管局；配合单位：住建局、各乡镇”."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from daodi.core.people.models import Unit
from daodi.lib.text import words_in
from daodi.web.forms.choices import leading_units

_ROLES = re.compile(
    r"(牵头|主办|主责|责任|承办|配合|协办|协同|参与)(?:责任)?(?:单位|部门)?\s*[:：]"
)
_JOINT = frozenset({"配合", "协办", "协同", "参与"})
_AND = re.compile("[和及与]")
_TOWNS = re.compile(r"各(?:乡镇|镇|街道|办事处|乡|[(（/、]|[)）]|\s)+")
# What stands before or behind a name and says nothing of which unit it is.
_AROUND = re.compile(r"^(?:[县市区]|由)|(?:等(?:单位|部门)?|负责)$")
_SHORTEST = 3


@dataclass(slots=True)
class Named:
    """The units that were meant, and the words that mean none that is known."""

    lead: Unit | None = None
    joint: list[Unit] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, units: Iterable[Unit], *, leads: bool) -> None:
        for unit in units:
            if self.lead is None and leads:
                self.lead = unit
            elif unit != self.lead and unit not in self.joint:
                self.joint.append(unit)


class Register:
    """The units that can lead, found by their names, with and without the place before them."""

    def __init__(self) -> None:
        self.units = list(leading_units())
        self.towns = [unit for unit in self.units if unit.kind == Unit.Kind.TOWN]
        top = min((unit.path for unit in self.units), default="")
        place = next((unit.name[:2] for unit in self.units if unit.path == top), "")
        self._place = place
        self._by_name: dict[str, Unit] = {}
        for unit in self.units:
            for name in (unit.name, self._short(unit.name), unit.code, unit.name_en):
                if name:
                    self._by_name.setdefault(name, unit)

    def named(self, words: str, *, leads: bool = True) -> Named:
        """Read one cell; without words about roles the first one leads and the others join."""
        found = Named()
        role, rest = "", words
        parts = _ROLES.split(words)
        for text in parts:
            if text in _JOINT or _ROLES.fullmatch(f"{text}:"):
                role = text
                continue
            rest = text
            for word in words_in(rest.strip(" 。.；;"), also=r"/\s"):
                self._add(found, word, leads=leads and role not in _JOINT)
        return found

    def _add(self, found: Named, word: str, *, leads: bool) -> None:
        if _TOWNS.fullmatch(word):
            found.add(self.towns, leads=False)
        elif unit := self._find(word):
            found.add([unit], leads=leads)
        else:
            halves = [half for half in _AND.split(word) if half]
            units = [self._find(half) for half in halves]
            if len(halves) > 1 and all(units):
                found.add([unit for unit in units if unit], leads=leads)
            else:
                found.unknown.append(word)

    def _find(self, word: str) -> Unit | None:
        short = self._short(_AROUND.sub("", word))
        exact = self._by_name.get(word) or self._by_name.get(short)
        if exact or len(short) < _SHORTEST:
            return exact
        # An abbreviation: its marks stand in one name only, in this order, and end as it does.
        fitting = [unit for unit in self.units if _abbreviates(short, self._short(unit.name))]
        return fitting[0] if len(fitting) == 1 else None

    def _short(self, name: str) -> str:
        return name.removeprefix(self._place)


def _abbreviates(short: str, name: str) -> bool:
    if not name or (short[0], short[-1]) != (name[0], name[-1]):
        return False
    marks = iter(name)
    return all(mark in marks for mark in short)
