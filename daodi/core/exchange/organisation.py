"""Units and members from a table, as offices have it: in two sheets, or all in one."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.exchange.columns import (
    MEMBER_COLUMNS,
    MEMBERS,
    UNIT_COLUMNS,
    UNITS,
    heads,
    need,
    read_lines,
)
from daodi.core.exchange.house import House
from daodi.core.exchange.members import take_member
from daodi.core.exchange.trial import Line, Outcome, Step, Verdict, carry_out, step_of
from daodi.core.exchange.units import has_unit, take_unit
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.lib.sheets import write_tables

Rows = Iterator[list[str]]


def read_organisation(path: Path) -> list[Line]:
    """Return the lines of an organisation; raise Refused or Unreadable when it is none."""
    lines = read_lines(path, UNITS, MEMBERS)
    need(lines, "unit", "code")
    return lines


def take_organisation(
    lines: list[Line],
    *,
    by: Member | None,
    now: datetime,
    mark: str | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Add and change what the lines say, all of it or nothing; who is not named stays as they are.

    With `dry_run`, or when a line is wrong, nothing is changed. Only the house of `by` is reached.
    """

    def work() -> Iterator[Step]:
        house = House.with_members(by)
        steps = list(_units(lines, house, by))
        wrong = {(step.sheet, step.row) for step in steps if step.verdict == Verdict.WRONG}
        # What is wrong with a line is said once.
        rest = [line for line in lines if (line.sheet, line.row) not in wrong]
        steps += _members(rest, house, by, now)
        yield from steps
        counts = Outcome(steps).counts
        if not Outcome(steps).changes_nothing:
            note(Act.ORGANISATION_IMPORTED, counts["new"] + counts["changed"], by=by, after=counts)

    return carry_out(work, mark=mark, dry_run=dry_run)


def write_organisation(target: BinaryIO | Path, by: Member | None) -> None:
    """Write the house of `by` as a workbook that `take_organisation` takes and changes nothing."""
    house = House.with_members(by)
    write_tables(
        target,
        [
            (str(UNITS[0]), heads(UNIT_COLUMNS), _unit_rows(house)),
            (str(MEMBERS[0]), heads(MEMBER_COLUMNS), _member_rows(house)),
        ],
        title=str(by.unit if by else UNITS[0]),
    )


def _units(lines: list[Line], house: House, by: Member | None) -> Iterator[Step]:
    seen: dict[str, Line] = {}
    for line in lines:
        if has_unit(line, seen):
            yield step_of(line, lambda line: take_unit(line, house, by))


def _members(lines: list[Line], house: House, by: Member | None, now: datetime) -> Iterator[Step]:
    for line in lines:
        if line.get("person") or line.get("account"):
            yield step_of(line, lambda line: take_member(line, house, by, now))


def _unit_rows(house: House) -> Rows:
    for unit in sorted(house.codes.values(), key=lambda unit: str(unit.path)):
        parent = house.above(unit)
        yield [
            unit.code,
            unit.name,
            unit.name_en,
            str(Unit.Kind(unit.kind).label),
            house.name_of(parent) if parent else "",
            unit.division.official_code if unit.division else "",
            _yes(yes=unit.is_active),
        ]


def _member_rows(house: House) -> Rows:
    for member in house.members.values():
        yield [
            member.user.username,
            member.user.name,
            house.name_of(house.codes[member.unit.code]),
            member.post,
            "、".join(str(Role(role).label) for role in member.roles),
            member.phone,
            member.user.email,
            _yes(yes=member.is_active),
        ]


def _yes(*, yes: bool) -> str:
    return "是" if yes else "否"


def template_of(target: BinaryIO) -> None:
    """Write the empty table, with one line that shows how it is meant."""
    unit = ["LY-01", "示例：林业站", "", str(Unit.Kind.SECTION.label), "", "", "是"]
    member = ["", "张三", "示例：林业站", "站长", str(Role.HANDLER.label), "", "", "是"]
    write_tables(
        target,
        [
            (str(UNITS[0]), heads(UNIT_COLUMNS), [unit]),
            (str(MEMBERS[0]), heads(MEMBER_COLUMNS), [member]),
        ],
        title=str(UNITS[0]),
    )
