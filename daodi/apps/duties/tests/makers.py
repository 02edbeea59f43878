"""Make duties; every argument has a default that does no harm."""

from datetime import datetime

from daodi.apps.duties.models import Duty, Handbook, Version
from daodi.apps.duties.steps import Step
from daodi.apps.duties.writing import Content, add_duty, approve
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from tests.makers import NOON, make_member, make_unit

STEPS = (
    Step("Take the papers in", "Window", "Application", "Receipt", 1, "Form 1"),
    Step("Look at the place", "Two inspectors", "Receipt", "Record", 3),
    Step("Decide", "Head of the bureau", "Record", "Permit", 2, back=2),
)


def content(title: str = "Permit for a street stall", **given) -> Content:
    fields = {
        "duties": "Receive applications.\nDecide within six days.", "steps": STEPS,
        "cautions": "Both inspectors sign.", "basis": "Regulation, article 12", **given,
    }  # fmt: skip
    return Content(title=title, **fields)


def writer(unit: str = "bureau") -> Member:
    """Return somebody who writes for a unit and never approves."""
    there = Member.objects.filter(user__username=f"writer-{unit}").first()
    return there or make_member(f"writer-{unit}", Role.HANDLER, unit=unit)


def chief(unit: str = "bureau") -> Member:
    there = Member.objects.filter(user__username=f"chief-{unit}").first()
    return there or make_member(f"chief-{unit}", Role.LEADER, unit=unit)


def draft(unit: str = "bureau", now: datetime = NOON, **given) -> Version:
    return add_duty(make_unit(unit), content(**given), by=writer(unit), now=now)


def duty(unit: str = "bureau", now: datetime = NOON, **given) -> Duty:
    """Return a duty in force."""
    version = draft(unit, now, **given)
    approve(version, by=chief(unit), now=now)
    return Duty.objects.for_page().get(pk=version.duty_id)


def handbook(asked_by: Member, **given) -> Handbook:
    """Return the handbook of somebody's whole house, as a job has written it."""
    values = {"asked_at": NOON, "made_at": NOON, "content": b"%PDF-", **given}
    top = Unit.objects.get(path=asked_by.unit.line()[0])
    return Handbook.objects.create(unit=top, kind="pdf", asked_by=asked_by, **values)
