"""One line of a table about a unit."""

import re
from typing import Any

from django.utils.translation import gettext as _

from daodi.core.exchange.columns import NAMES, NO, NOTHING, YES, kinds
from daodi.core.exchange.house import House
from daodi.core.exchange.trial import Line, Taken, Verdict, WrongCell, told
from daodi.core.matters.moving import move_unit
from daodi.core.people.models import Member, Unit
from daodi.core.people.services import add_unit, change_unit

CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
SAYS = ("code", "parent", "kind", "name_en", "division")
LONGEST = {"unit": 100, "name_en": 120}
BELOW = {"government": Unit.Kind.DEPARTMENT, "town": Unit.Kind.VILLAGE}
Changes = dict[str, tuple[Any, Any]]


def has_unit(line: Line, seen: dict[str, Line]) -> bool:
    """Say whether a line tells something of a unit that no line before it told the same of."""
    names = [line.get(name) for name in SAYS]
    if not (line.get("unit") or line.get("code")) or not any(names):
        return False
    key = line.get("code") or f"{line.get('unit')} < {line.get('parent')}"
    before = seen.setdefault(key, line)
    is_repeated = all(before.get(name) == line.get(name) for name in (*SAYS, "unit"))
    return before is line or not is_repeated


def take_unit(line: Line, house: House, by: Member | None) -> Taken:
    """Add the unit of a line, or change what differs."""
    for name, longest in LONGEST.items():
        if len(line.get(name)) > longest:
            raise WrongCell(name, _("at most %(most)s characters.") % {"most": longest})
    found = house.unit_of(line)
    return _change(line, found, house, by) if found else _add(line, house, by)


def is_yes(line: Line, *, default: bool) -> bool:
    text = line.get("active").casefold()
    if text and text not in (*YES, *NO):
        raise WrongCell("active", _("Write 是 or 否."))
    return text in YES if text else default


def _add(line: Line, house: House, by: Member | None) -> Taken:
    if not line.get("unit"):
        raise WrongCell("unit", _("A new unit needs a name."))
    parent = house.unit(line.get("parent"), "parent") if line.get("parent") else None
    if parent is None and (by or house.codes):
        raise WrongCell("parent", _("A new unit needs the unit above it."))
    kind = BELOW.get(parent.kind, Unit.Kind.SECTION) if parent else Unit.Kind.GOVERNMENT
    made = add_unit(
        code=_code(line, house, parent),
        name=line.get("unit"),
        name_en=_or_nothing(line.get("name_en")),
        kind=_kind(line, kind),
        parent=parent,
        division=_area(line, house, parent.division if parent else None),
        by=by,
    )
    if not is_yes(line, default=True):
        _store(made, _facts(made) | {"is_active": False}, by)
    house.put(made)
    return Verdict.NEW, made, told({_column("parent"): ("", parent)} if parent else {})


def _change(line: Line, unit: Unit, house: House, by: Member | None) -> Taken:
    before = _facts(unit)
    person = bool(line.get("person") or line.get("account"))
    after = {
        "name": line.get("unit") or unit.name,
        "name_en": _or_nothing(line.get("name_en")) if line.get("name_en") else unit.name_en,
        "kind": _kind(line, unit.kind),
        "division": _area(line, house, unit.division),
        # On a line with a person, the column is about the person.
        "is_active": unit.is_active if person else is_yes(line, default=unit.is_active),
    }
    changes: Changes = {
        _column(name): (_said(before[name]), _said(after[name]))
        for name in after
        if after[name] != before[name]
    }
    if changes:
        _store(unit, after, by)
        house.renamed(unit, before["name"])
    changes |= _move(line, unit, house, by)
    return (Verdict.CHANGED if changes else Verdict.SAME), unit, told(changes)


def _move(line: Line, unit: Unit, house: House, by: Member | None) -> Changes:
    if not line.get("parent") or (by and unit.pk == by.unit_id):
        return {}
    before, to = house.above(unit), house.unit(line.get("parent"), "parent")
    if to == before:
        return {}
    move_unit(unit, to, by=by)
    house.moved()
    return {_column("parent"): (before, to)}


def _store(unit: Unit, facts: dict[str, Any], by: Member | None) -> None:
    change_unit(unit, by=by, **facts)


def _facts(unit: Unit) -> dict[str, Any]:
    names = ("name", "name_en", "kind", "division", "is_active")
    return {name: getattr(unit, name) for name in names}


def _said(value: Any) -> object:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return Unit.Kind(value).label if value in Unit.Kind.values else value


def _column(name: str) -> str:
    return str(NAMES[{"name": "unit", "is_active": "active"}.get(name, name)][0])


def _code(line: Line, house: House, parent: Unit | None) -> str:
    """Return the code of a new unit: its own, or the next one below its parent."""
    code = line.get("code")
    if code and not CODE.fullmatch(code):
        raise WrongCell("code", _("A code has up to 40 letters, digits, - and _."))
    stem = parent.code if parent else "top"
    number = 1
    while not code:
        wanted = f"{stem}-{number}"
        code, number = ("" if wanted in house.codes else wanted), number + 1
    return code


def _kind(line: Line, default: str) -> str:
    text = line.get("kind")
    if text and text not in kinds():
        known = "、".join(str(each.label) for each in Unit.Kind)
        raise WrongCell("kind", _("Write one of: %(known)s.") % {"known": known})
    return kinds()[text] if text else default


def _area(line: Line, house: House, default: Any) -> Any:
    text = line.get("division")
    if not text:
        return default
    return None if text in NOTHING else house.area(text)


def _or_nothing(text: str) -> str:
    return "" if text in NOTHING else text
