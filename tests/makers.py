"""Make the things that tests are about; every argument has a default that does no harm."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from daodi.core.clocks.models import PolicyVersion
from daodi.core.clocks.services import publish_policy, seed_calendar, shipped_policies
from daodi.core.intake.filing import Filing, file_matter
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.contacts import Person
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division, Member, Unit
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.people.roles import Role
from daodi.core.people.services import add_member, add_unit
from daodi.core.workflow.services import perform

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, tzinfo=SHANGHAI)  # a Monday
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def make_unit(code: str = "bureau", parent: str | None = "county") -> Unit:
    """Return the unit with this code, making it and what is above it when it is not there."""
    there = Unit.objects.filter(code=code).first()
    if there:
        return there
    above = make_unit(parent, None if parent == "county" else "county") if parent else None
    return add_unit(code=code, name=code.capitalize(), parent=above)


def make_town(code: str = "410221100", name: str = "East") -> Division:
    """Return the area with this code: a town, or a village where the code is longer."""
    level = "village" if len(code) > TOWN_DIGITS else "town"
    made = {"name": name, "level": level}
    return Division.objects.get_or_create(code=code, defaults=made)[0]


def make_member(
    name: str, *roles: Role, unit: str = "bureau", parent: str | None = "county"
) -> Member:
    return add_member(
        username=name, name=name.capitalize(), unit=make_unit(unit, parent), roles=roles
    )


@cache
def _shipped() -> dict[str, dict]:
    return shipped_policies()


def make_policy(code: str = "henan-12345") -> PolicyVersion:
    return publish_policy(code, _shipped()[code])


def make_calendar() -> None:
    seed_calendar()


def make_ledger(code: str = "appeals", policy: str = "henan-12345", **fields) -> Ledger:
    """Return the ledger with this code: run by the hotline centre, supervised by an office."""
    there = Ledger.objects.filter(code=code).first()
    if there:
        return there
    given = {
        "name": code.capitalize(),
        "prefix": "SQ",
        "kinds": ["help", "consult", "complaint"],
        "residents_file": True,
        "is_public": True,
        "decline_reasons": ["Not ours"],
        **fields,
    }
    ledger = Ledger.objects.create(
        code=code,
        unit=make_unit("centre"),
        supervising_unit=make_unit("oversight"),
        policy=make_policy(policy),
        **given,
    )
    make_category(ledger)
    return ledger


def make_category(
    ledger: Ledger, code: str = "CX01", name: str = "Street lights", **fields
) -> Category:
    return Category.objects.get_or_create(
        ledger=ledger, code=code, defaults={"name": name, "level": 1, **fields}
    )[0]


def make_matter(
    text: str = "The street lamp is broken.",
    *,
    ledger: Ledger | None = None,
    now: datetime = NOON,
    **filing,
) -> Matter:
    """File a matter as a resident who leaves a phone number."""
    filing = {"person": Person("Wang", "13800000000"), **filing}
    receipt = file_matter(ledger or make_ledger(), Filing(text=text, **filing), now=now)
    return reread(receipt.matter)


def reread(matter: Matter) -> Matter:
    """Read a matter again as a page does."""
    return Matter.objects.for_page().get(pk=matter.pk)


class Course:
    """Take a matter along its way with the cast, a minute a step, as far as a test wants it."""

    def __init__(self, matter: Matter, cast: dict[str, Member], now: datetime = NOON) -> None:
        self.matter, self.cast, self.now = matter, cast, now

    def step(self, name: str, by: object, **given) -> "Course":
        self.now += timedelta(minutes=1)
        perform(self.matter, name, by=self.cast.get(by, by), now=self.now, **given)
        self.matter = reread(self.matter)
        return self

    def listed(self, urgency: str = "normal", kind: str = "help") -> "Course":
        category = make_category(self.matter.ledger)
        return self.step("list", "operator", category=category, kind=kind, urgency=urgency)

    def dispatched(self, **given) -> "Course":
        lead = {"lead": make_unit("bureau"), "content": "Please repair.", **given}
        return self.listed().step("dispatch", "operator", **lead)

    def accepted(self) -> "Course":
        return self.dispatched().step("accept", "handler")

    def handed_in(self) -> "Course":
        return self.accepted().step("hand_in", "handler", account="New bulb.", answer="Repaired.")

    def cleared(self) -> "Course":
        return self.handed_in().step("clear", "caller")


StartCourse = Callable[..., Course]
