"""Issue a plan: its tasks become matters of its ledger; and change it afterwards, on record."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.apps.plans.drafting import NewLine, lacking, put_lines
from daodi.apps.plans.models import Amendment, Line, Plan
from daodi.apps.plans.rights import check_issuer
from daodi.apps.plans.sending import send_line
from daodi.core.exceptions import Refused
from daodi.core.matters.models import Matter
from daodi.core.matters.sight import sight
from daodi.core.people.models import Member, Unit
from daodi.core.workflow.act import needed
from daodi.core.workflow.services import perform
from daodi.lib.jobs import queue

# What an amendment may change about a task that was sent out.
AMENDABLE = (
    "title", "text", "standard", "evidence", "leader", "handler", "due", "due_words", "repeats",
    "target", "measure",
)  # fmt: skip
SENDING = "daodi.apps.plans.tasks.send_plan"
SHOWN = 3
# So many days after it was cleared, a problem that is there again is one that came back.
RETURNS_WITHIN = timedelta(days=180)


@transaction.atomic
def issue(plan: Plan, *, by: Member, now: datetime) -> None:
    """Make the draft the first edition; `send_tasks` then makes matters of its tasks."""
    check_issuer(by, plan)
    if not plan.is_draft:
        raise Refused(_("This plan was issued already."))
    if not plan.lines.tasks().exists():
        raise Refused(_("There is no task in this plan yet."))
    if open_doubts := plan.lines.doubtful().count():
        raise Refused(_("%(n)s lines have doubts: settle them first.") % {"n": open_doubts})
    if missing := lacking(plan):
        raise Refused(
            _("%(n)s tasks are not complete: %(which)s")
            % {"n": len(missing), "which": _in_words(missing[:SHOWN])}
        )
    if plan.last_day < timezone.localtime(now).date():
        raise Refused(_("The last day of this plan is over."))
    plan.edition, plan.issued_by, plan.issued_at = 1, by.hand, now
    plan.seen_by_units = _sight(plan)
    plan.save(update_fields=["edition", "issued_by", "issued_at", "seen_by_units"])
    queue(SENDING, plan_id=plan.pk)


def send_tasks(plan: Plan, *, by: Member, now: datetime) -> int:
    """Make matters of all tasks that have none, each by itself: what stops is gone on with."""
    keys = plan.lines.not_sent().order_by("place").values_list("pk", flat=True)
    return sum(send_line(plan, pk, by=by, now=now) for pk in list(keys))


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
    return _next_edition(line.plan, [{"line": str(line), "fields": changes}], why, by, now)


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
    plan.seen_by_units = _sight(plan)
    plan.save(update_fields=["seen_by_units"])
    _next_edition(plan, [{"line": str(line), "fields": {}}], why, by, now)
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


def changed_words(changes: Mapping[str, Sequence[Any]]) -> list[str]:
    """Say of each field what it was and is."""
    return [
        _("%(field)s: %(was)s → %(is)s")
        % {"field": Line.label_of(name), "was": was or "—", "is": now or "—"}
        for name, (was, now) in changes.items()
    ]


def _next_edition(
    plan: Plan, changes: list[dict[str, Any]], why: str, by: Member, now: datetime
) -> Amendment:
    there = Plan.objects.select_for_update().get(pk=plan.pk)
    plan.edition = there.edition + 1
    plan.save(update_fields=["edition"])
    return Amendment.objects.create(
        plan=plan, edition=plan.edition, why=why, changes=changes, by=by.hand, at=now
    )


def _sight(plan: Plan) -> list[int]:
    """Return who sees an issued plan: whoever keeps its ledger, and the units of its tasks."""
    leads = Unit.objects.filter(pk__in=plan.lines.tasks().values("lead"))
    joint = Unit.objects.filter(
        pk__in=Line.joint.through.objects.filter(line__plan=plan).values("unit")
    )
    return sight(plan.ledger, None, [*leads, *joint])["seen_by_units"]


def _open_matter(line: Line) -> Matter:
    matter = Matter.objects.for_page().filter(plan_line=line).first()
    if matter is None or not matter.is_open:
        raise Refused(_("This task is not worked on: there is nothing to amend."))
    return matter


def _in_words(missing: Sequence[tuple[Line, str]]) -> str:
    return "; ".join(f"{line} ({words})" for line, words in missing)


def _plain(value: Any) -> Any:
    """Return a value as an amendment keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
