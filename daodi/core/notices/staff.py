"""Find who has a role at a matter's units, or at the nearest unit above that has anybody."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import time
from typing import NamedTuple

from django.db import connection

from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.notices.rules import Audience, Place, audiences
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role

Cause = tuple[Matter, Event]
Sought = tuple[Audience, Unit]


# Written out: it belongs to nearly every act, and putting it together takes longer than asking it.
_WHO = """
    SELECT m.id, m.user_id, u.path, m.roles,
           a.id, a.unit_id, a.carrier, a.pace, a.quiet_from, a.quiet_to
    FROM core_member m
    JOIN core_user p ON p.id = m.user_id AND p.is_active
    JOIN core_unit u ON u.id = m.unit_id
    LEFT JOIN core_address a
      ON (a.user_id = m.user_id OR a.unit_id = m.unit_id) AND a.pace <> 'never'
    WHERE m.id IN (
        SELECT m.id FROM core_member m JOIN core_unit u ON u.id = m.unit_id WHERE u.path = ANY(%s)
        UNION SELECT unnest(%s::bigint[])
    ) AND m.is_active AND m.roles && %s::varchar[]
    ORDER BY m.id, a.id
"""


class Way(NamedTuple):
    """An address as `_WHO` reads it: of a person, or (`unit`) of a unit's group."""

    pk: int
    unit: int | None
    carrier: str
    pace: str
    quiet_from: time
    quiet_to: time


class Staff(NamedTuple):
    """A member who may be told, with the addresses of theirs and of their unit's group."""

    pk: int
    user: int
    path: str
    roles: list[str]
    ways: list[Way]


def who_is_told(causes: Iterable[Cause]) -> Iterator[tuple[Cause, list[tuple[Staff, str]]]]:
    """Return for each cause who of the house is told, and the name of their notice.

    One query, however many causes there are. Nobody is told of what they did themselves, nor
    twice; of a confidential matter only its named members are.
    """
    plan = [(cause, _sought(*cause)) for cause in causes]
    there = _Register(plan)
    for cause, sought in plan:
        yield cause, _chosen(cause, sought, there)


def nearest_to(units: Iterable[Unit], *roles: Role) -> dict[int, list[Staff]]:
    """Return by key of each unit who has one of these roles there, or nearest above it."""
    wanted = list(units)
    paths = {path for unit in wanted for path in unit.line()}
    there: dict[str, list[Staff]] = defaultdict(list)
    for each in _read(paths, set(), set(roles)) if paths else ():
        there[each.path].append(each)
    return {
        unit.pk: next((there[path] for path in reversed(unit.line()) if path in there), [])
        for unit in wanted
    }


def _sought(matter: Matter, event: Event) -> list[Sought]:
    return [
        (audience, unit)
        for audience in audiences(matter, event)
        for unit in _units(matter, event, audience.place)
    ]


def _units(matter: Matter, event: Event, place: Place) -> list[Unit]:
    if place is Place.JOINT:
        codes = event.data["joint"]
        return list(Unit.objects.filter(code__in=codes)) if codes else []
    if place is Place.NAMED:
        return list(Unit.objects.filter(code=event.data["unit"]))
    if place is Place.LEDGER:
        return [matter.ledger.unit]
    if place is Place.SUPERVISING:
        return [matter.ledger.supervising_unit]
    return [matter.unit] if matter.unit else []


class _Register:
    """Everybody who may be concerned, read once, and found by place and role."""

    def __init__(self, plan: list[tuple[Cause, list[Sought]]]) -> None:
        paths: set[str] = set()
        named: set[int] = set()
        roles: set[Role] = set()
        for (matter, _event), sought in plan:
            roles |= {audience.role for audience, _unit in sought}
            if matter.is_confidential:
                named |= set(matter.seen_by_members)
            else:
                paths |= {path for _audience, unit in sought for path in unit.line()}
        self.all = _read(paths, named, roles) if roles else []
        self._by_place: dict[tuple[str, str], list[Staff]] = defaultdict(list)
        for each in self.all:
            for role in each.roles:
                self._by_place[each.path, role].append(each)

    def nearest(self, line: list[str], role: Role) -> list[Staff]:
        for path in reversed(line):
            if found := self._by_place.get((path, role)):
                return found
        return []

    def named(self, matter: Matter, unit: Unit, role: Role) -> list[Staff]:
        """Return those of a unit's line and house who are named on a confidential matter."""
        return [
            each
            for each in self.all
            if each.pk in matter.seen_by_members
            and role in each.roles
            and (each.path.startswith(unit.path) or unit.path.startswith(each.path))
        ]


def _read(paths: set[str], named: set[int], roles: set[Role]) -> list[Staff]:
    with connection.cursor() as cursor:
        cursor.execute(_WHO, [list(paths), list(named), list(roles)])
        rows = cursor.fetchall()
    found: dict[int, Staff] = {}
    for pk, user, path, has, *way in rows:
        staff = found.setdefault(pk, Staff(pk, user, path, has, []))
        if way[0]:
            staff.ways.append(Way(*way))
    return list(found.values())


def _chosen(cause: Cause, sought: list[Sought], there: _Register) -> list[tuple[Staff, str]]:
    matter, event = cause
    told = {event.by.user_id} if event.by else set()
    chosen = []
    for audience, unit in sought:
        line = unit.line()[:-1] if audience.place is Place.ABOVE else unit.line()
        found = (
            there.named(matter, unit, audience.role)
            if matter.is_confidential
            else there.nearest(line, audience.role)
        )
        for each in found:
            if each.user not in told:
                told.add(each.user)
                chosen.append((each, audience.says or event.name))
    return chosen
