"""Make plans and their lines; every argument has a default that does no harm."""

from datetime import date, datetime

from django.utils import timezone

from daodi.apps.plans.contacts import ContactPlace, Visit
from daodi.apps.plans.drafting import NewLine, add_lines, make_plan
from daodi.apps.plans.issuing import issue, send_tasks
from daodi.apps.plans.models import Line, Plan, Step, TeamMember
from daodi.apps.plans.visiting import record_visit, take_place
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member
from tests.makers import NOON, make_category, make_ledger, make_unit

STANDARD = {"name": "standard", "label": "Standard", "type": "long", "required": True}


def make_tasks_ledger() -> Ledger:
    return make_ledger(
        "tasks", "13710-days", prefix="RW", kinds=["task"], fields=[STANDARD], leader_signs=False,
        residents_file=False, clear_after_silence=None,
    )  # fmt: skip


def draft_plan(by: Member, now: datetime = NOON, **given) -> Plan:
    """Begin a plan of the first half-year."""
    ledger = make_tasks_ledger()
    fields = {
        "title": "City management", "source_kind": "meeting", "source": "Meeting of 28 February",
        "first_day": date(2026, 3, 1), "last_day": date(2026, 6, 30), **given,
    }  # fmt: skip
    plan = Plan(ledger=ledger, category=make_category(ledger), **fields)
    team = [TeamMember(duty="leader", name="Zhao", post="Deputy head")]
    return make_plan(plan, team, by=by, now=now)


def task(title: str = "Renew 123 lanes", **given) -> NewLine:
    """Return a complete task that the bureau leads for."""
    joint = [make_unit(code) for code in given.pop("joint", ())]
    steps = [Step(title=step, day=day) for step, day in given.pop("steps", ())]
    fields = {
        "level": 3, "title": title, "standard": "Level, lit and clean.", "due": date(2026, 5, 31),
        "lead": make_unit("bureau"), **given,
    }  # fmt: skip
    return NewLine(Line(**fields), joint, steps)


def head(title: str = "Facilities", level: int = 1) -> NewLine:
    return NewLine(Line(level=level, title=title))


def issued_plan(by: Member, *lines: NewLine, now: datetime = NOON, **given) -> Plan:
    """Issue a plan with these lines, or with one task below a head and an item."""
    plan = draft_plan(by, now, **given)
    add_lines(plan, lines or (head(), head("Lanes", 2), task()), by=by)
    issue(plan, by=by, now=now)
    send_tasks(plan, by=by, now=now)
    return Plan.objects.for_page().get(pk=plan.pk)


def make_place(
    member: Member, name: str = "Zhang village", now: datetime = NOON, **given
) -> ContactPlace:
    """Give a leading cadre a village to look after."""
    place = ContactPlace(member=member, **{"kind": "village", "name": name, **given})
    return take_place(place, by=member, now=now)


def make_visit(place: ContactPlace, now: datetime = NOON, **given) -> Visit:
    """Let a place be visited on the day of `now` by who looks after it."""
    day = timezone.localtime(now).date()
    return record_visit(
        place, **{"day": day, "seen": "The road is used.", "by": place.member, "now": now, **given}
    )
