"""The county as it is in the database, looked up once: who is there, and when they work."""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zlib import crc32

from daodi.core.clocks.services import load_calendar
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import DEMO_PREFIX, Division, Member, Unit
from daodi.core.people.roles import Role
from daodi.demo.phrasebook import closest
from daodi.demo.sisters import Sister
from daodi.lib.worktime import WorkCalendar

# Whom many things concern.
NEIGHBOURS = ("CGJ", "ZJJ", "SZZX", "HBJ", "GAJ", "JYJ", "SLJ", "SCJ", "ZRJ", "NYJ", "YJJ")
REMEMBERED = 60
# When somebody is at work: every day, or on working days only.
HOTLINE = (time(7, 30), time(22))
OFFICE = (time(8, 10), time(18, 10))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a unit works: how slow, how often its answers say nothing, how often it objects."""

    pace: float
    poor: float
    objects: float


GOOD, USUAL = Manner(0.55, 0.03, 0.01), Manner(0.95, 0.1, 0.03)
SLOW, BAD = Manner(1.7, 0.2, 0.07), Manner(2.6, 0.45, 0.16)
# A county has some of each; the others are good, usual or slow by chance.
KNOWN = {
    "ZJJ": BAD, "HBJ": BAD, "T410221205": BAD, "TGB": BAD, "KGJ": BAD,
    "SZZX": USUAL, "GSGS": GOOD, "GDGS": GOOD, "CGJ": SLOW, "NYJ": SLOW, "WJW": USUAL,
}  # fmt: skip


def manner_of(code: str) -> Manner:
    """Return how a unit works; that of the unit above goes for its sections."""
    house = code.partition("-")[0]
    return KNOWN.get(house) or (GOOD, USUAL, USUAL, USUAL, SLOW)[crc32(house.encode()) % 5]


@dataclass
class World:
    """One county and its dice. Units and divisions are found by the codes that texts know."""

    rng: Random
    ledgers: dict[str, Ledger]
    categories: dict[str, dict[str, Category]]
    divisions: dict[str, Division]
    units: dict[str, Unit]
    # By the path of their unit and by role.
    members: dict[tuple[str, str], list[Member]]
    # Who may list what is confidential.
    confidants: list[Member]
    calendar: WorkCalendar
    by_id: dict[int, Unit] = field(init=False)
    # Cases (which know the world) that others may report too, and that may come back.
    open: deque[Any] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    solved: deque[Any] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    # When the sweep has looked last, and when something comes due next.
    looked: datetime | None = None
    wakes: datetime | None = None
    # What was done how often, and what the rules were against.
    acts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    # Files that were stored: if the rest is taken back, they go too.
    files: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_id = {unit.pk: unit for unit in self.units.values()}
        self._codes = {unit.pk: code for code, unit in self.units.items()}

    def code_of(self, unit: Unit) -> str:
        """Return the code by which texts know a unit."""
        return self._codes[unit.pk]

    def operator(self, matter: Matter) -> Member:
        """Return who lists a matter: of a confidential one, somebody who may see it."""
        return (
            self.rng.choice(self.confidants)
            if matter.is_confidential
            else self.someone(Role.OPERATOR)
        )

    def other(self, unit: Unit) -> Unit:
        """Return a unit that might have something to do with it as well."""
        near = [self.units[code] for code in NEIGHBOURS]
        return self.rng.choice([one for one in near if not unit.is_within(one)])

    def below(self, unit: Unit, place_code: str, about: str) -> Unit | None:
        """Return where a unit passes something on to: a village of the town, or a section."""
        village = self.units.get(f"V{place_code}")
        if village and village.is_within(unit) and self.happens(0.6):
            return village
        sections = {
            one.name: one
            for one in self.by_id.values()
            if one.is_within(unit) and one.kind == Unit.Kind.SECTION and one.pk != unit.pk
        }
        return sections[closest(self.rng, list(sections), about)] if sections else None

    def member(self, unit: Unit, role: Role) -> Member:
        """Return somebody with this role in the unit or in the nearest one above it."""
        for path in reversed(unit.line()):
            if found := self.members.get((path, role)):
                return self.rng.choice(found)
        raise LookupError(f"nobody is {role} for {unit}")

    def someone(self, role: Role) -> Member:
        """Return somebody of those who keep the ledgers, or of those who supervise."""
        ledger = self.ledgers["appeals"]
        return self.member(
            ledger.supervising_unit if role is Role.SUPERVISOR else ledger.unit, role
        )

    def happens(self, share: float) -> bool:
        return self.rng.random() < share

    def at_work(self, at: datetime, hours: tuple[time, time] | None) -> datetime:
        """Return when somebody who works at these hours gets to it; None: whenever it is."""
        if hours is None:
            return at
        opens, closes = hours
        days_off = hours is OFFICE
        if at.time() > closes:
            at = self._opening(at.date() + timedelta(days=1), opens, at)
        while days_off and not self.calendar.is_workday(at.date()):
            at = self._opening(at.date() + timedelta(days=1), opens, at)
        return self._opening(at.date(), opens, at) if at.time() < opens else at

    def _opening(self, day: date, opens: time, like: datetime) -> datetime:
        """What waited is looked at in the first hours of the morning."""
        minutes = self.rng.randrange(100)
        return datetime.combine(day, opens, like.tzinfo) + timedelta(minutes=minutes)


def make_world(rng: Random, sister: Sister) -> World:
    """Look a county up."""
    root = Unit.objects.get(code=sister.unit("QX"))
    members: dict[tuple[str, str], list[Member]] = defaultdict(list)
    staff = Member.objects.active().in_house(root).exclude(user__username__startswith=DEMO_PREFIX)
    for member in staff.select_related("unit", "user").order_by("user__username"):
        for role in member.roles:
            members[member.unit.path, role].append(member)
    ledgers = Ledger.objects.with_units().filter(unit__path__startswith=root.path)
    by_code = {ledger.code.partition("-")[0]: ledger for ledger in ledgers}
    return World(
        rng=rng,
        ledgers=by_code,
        categories={
            code: {one.code: one for one in ledger.categories.all()}
            for code, ledger in by_code.items()
        },
        divisions={
            sister.own_division(area.code): area
            for area in Division.objects.within(sister.division("410221"))
        },
        units={
            sister.own(unit.code): unit for unit in Unit.objects.filter(path__startswith=root.path)
        },
        members=members,
        confidants=list(by_code["helpline"].confidants.select_related("unit").order_by("pk")),
        calendar=load_calendar(),
    )
