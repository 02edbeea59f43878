"""Change a plan that was issued: each change is the next edition, with its reason and its hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.apps.plans.drafting import NewLine, lacking, put_lines
from daodi.apps.plans.issuing import sight_of_units
from daodi.apps.plans.models import Amendment, Line, Plan
from daodi.apps.plans.rights import check_issuer
from daodi.apps.plans.sending import send_line
from daodi.core.exceptions import Refused
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.workflow.act import needed
from daodi.core.workflow.services import perform
from daodi.lib.text import listed

# What an amendment may change about a task that was sent out.
AMENDABLE = (
    "title", "text", "standard", "evidence", "leader", "handler", "due", "due_words", "repeats",
    "target", "measure",
)  # fmt: skip
# So many days after it was cleared, a problem that is there again is one that came back.
RETURNS_WITHIN = timedelta(days=180)
ADDED, DROPPED = "added", "dropped"
Changes = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Units:
    """Who does a task: the units, and the names that the plan gives for the one that leads."""

    lead: Unit
    joint: Sequence[Unit] = field(default_factory=list)
    leader: str = ""
    handler: str = ""


@transaction.atomic
def amend(
    line: Line, given: Mapping[str, Any], *, why: str, by: Member, now: datetime
) -> Amendment | None:
    """Change a task that was sent out: the next edition says what and why, the unit is told.

    A new day goes to the matter, whose clock and history have it from then on.
    """
    check_issuer(by, line.plan)
    why = needed(why, _("why the plan is changed"))
    changes = {
        name: [_plain(getattr(line, name)), _plain(given[name])]
        for name in AMENDABLE
        if name in given and _plain(getattr(line, name)) != _plain(given[name])
    }
    if not changes:
        return None
    matter = _open_matter(line)
    for name in changes:
        setattr(line, name, given[name])
    line.save(update_fields=list(changes))
    if "due" in changes or "repeats" in changes:
        until = line.ends(line.plan)
        perform(matter, "schedule", until=until, text=why, by=by, now=now)
    else:
        words = "\n".join((why, *changed_words(changes)))
        perform(matter, "note", text=words, by=by, now=now)
    return _next_edition(line.plan, [_change(line, changes)], why, by, now)


@transaction.atomic
def change_units(
    line: Line, units: Units, *, why: str, by: Member, now: datetime
) -> Amendment | None:
    """Let another unit lead for a task that was sent out, or others join in it.

    The matter goes along: a new unit signs for it, and the one before is told.
    """
    check_issuer(by, line.plan)
    why = needed(why, _("why the plan is changed"))
    changes = _unit_changes(line, units)
    if not changes:
        return None
    matter, joint = _open_matter(line), list(units.joint)
    if "lead" in changes:
        perform(matter, "reassign", lead=units.lead, joint=joint, text=why, by=by, now=now)
    elif "joint" in changes:
        perform(matter, "rejoin", joint=joint, text=why, by=by, now=now)
    else:
        text = "\n".join((why, *changed_words(changes)))
        perform(matter, "note", text=text, by=by, now=now)
    line.lead, line.leader, line.handler = units.lead, units.leader, units.handler
    line.save(update_fields=["lead", "leader", "handler"])
    line.joint.set(joint)
    _see_anew(line.plan)
    return _next_edition(line.plan, [_change(line, changes)], why, by, now)


@transaction.atomic
def drop_task(line: Line, *, why: str, by: Member, now: datetime) -> Amendment:
    """Take a task that was sent out off the plan: it ends, and stays to be read."""
    check_issuer(by, line.plan)
    why = needed(why, _("why the plan is changed"))
    perform(_open_matter(line), "drop", text=why, by=by, now=now)
    return _next_edition(line.plan, [_change(line, {}, DROPPED)], why, by, now)


@transaction.atomic
def add_task(
    plan: Plan, new: NewLine, after: Line | None, *, why: str, by: Member, now: datetime
) -> Line:
    """Put a further task into a plan that was issued, and send it out."""
    check_issuer(by, plan)
    if plan.is_draft:
        raise Refused(_("This plan was not issued yet: add the line to the draft."))
    why = needed(why, _("why the plan is changed"))
    new.line.first_day = new.line.first_day or timezone.localtime(now).date()
    (line,) = put_lines(plan, [new], after)
    if any(each.pk == line.pk for each, _missing in lacking(plan)):
        raise Refused(_("A task needs a lead unit, a standard of completion and a day."))
    send_line(plan, line.pk, by=by, now=now)
    _see_anew(plan)
    _next_edition(plan, [_change(line, {}, ADDED)], why, by, now)
    line.refresh_from_db()
    return line


@transaction.atomic
def bring_back(line: Line, *, due: date, text: str, by: Member, now: datetime) -> Line:
    """Send a cleared task out anew because its problem is there again, and link the two."""
    text = needed(text, _("what is there again"))
    cleared = line.matter.cleared_at if line.matter else None
    if cleared is None:
        raise Refused(_("Only what was cleared can come back."))
    if now - cleared > RETURNS_WITHIN:
        raise Refused(_("It was cleared too long ago: put it into the plan as a new task."))
    again = Line(
        level=line.level, number=line.number, title=line.title, text=text, standard=line.standard,
        evidence=line.evidence, lead=line.lead, units=line.units, leader=line.leader,
        handler=line.handler, due=due, earlier=line,
    )  # fmt: skip
    new = NewLine(again, list(line.joint.all()))
    return add_task(line.plan, new, line, why=text, by=by, now=now)


def words_of(change: Mapping[str, Any]) -> list[str]:
    """Say what an amendment did to a line."""
    if change.get("what") == DROPPED:
        return [_("Dropped")]
    # Before there was a word for it, a change of nothing was a line that was added.
    return changed_words(change["fields"]) or [_("Added")]


def changed_words(changes: Mapping[str, Sequence[Any]]) -> list[str]:
    """Say of each field what it was and is."""
    return [
        _("%(field)s: %(was)s → %(is)s")
        % {"field": _label(name), "was": was or "—", "is": now or "—"}
        for name, (was, now) in changes.items()
    ]


def _label(name: str) -> str:
    units = {"lead": _("Lead unit"), "joint": _("Joint units")}
    return units.get(name) or Line.label_of(name)


def _unit_changes(line: Line, units: Units) -> Changes:
    before, after = list(line.joint.all()), list(units.joint)
    changes: Changes = {}
    if line.lead != units.lead:
        changes["lead"] = [str(line.lead or ""), str(units.lead)]
    if {unit.pk for unit in before} != {unit.pk for unit in after}:
        changes["joint"] = [listed(before), listed(after)]
    for name in ("leader", "handler"):
        was, now = getattr(line, name), getattr(units, name)
        if was != now:
            changes[name] = [was, now]
    return changes


def _change(line: Line, fields: Changes, what: str = "") -> dict[str, Any]:
    return {"line": str(line), "what": what, "fields": fields}


def _see_anew(plan: Plan) -> None:
    """Let the units that are in the plan now read it."""
    plan.seen_by_units = sight_of_units(plan)
    plan.save(update_fields=["seen_by_units"])


def _next_edition(
    plan: Plan, changes: list[dict[str, Any]], why: str, by: Member, now: datetime
) -> Amendment:
    there = Plan.objects.select_for_update().get(pk=plan.pk)
    plan.edition = there.edition + 1
    plan.save(update_fields=["edition"])
    return Amendment.objects.create(
        plan=plan, edition=plan.edition, why=why, changes=changes, by=by.hand, at=now
    )


def _open_matter(line: Line) -> Matter:
    matter = Matter.objects.for_page().filter(plan_line=line).first()
    if matter is None or not matter.is_open:
        raise Refused(_("This task is not worked on: there is nothing to amend."))
    return matter


def _plain(value: Any) -> Any:
    """Return a value as an amendment keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
