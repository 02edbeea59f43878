"""Make matters of tasks and resolutions: filed, listed, given their day, dispatched."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.apps.plans.models import Line, Plan
from daodi.core.intake.filing import LONGEST_TEXT, Filing, file_matter
from daodi.core.ledgers.kinds import Channel, Kind, Urgency
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.workflow.services import perform

LONGEST_TITLE = 120


@transaction.atomic
def send_line(plan: Plan, pk: int, *, by: Member, now: datetime) -> bool:
    """Make a matter of a task, unless it has one or nobody leads for it."""
    line = Line.objects.select_for_update(of=("self",)).select_related("lead").get(pk=pk)
    if line.matter_id or line.lead is None:
        return False
    line.plan = plan
    filing = filing_for(
        plan, line.title, _text(line), line.standard, f"{plan.source} {plan.source_number}"
    )
    until = max(line.ends(plan), timezone.localtime(now).date())
    sent = (line.lead, list(line.joint.all()))
    line.matter = send_matter(plan, filing, sent, until=until, note=line.due_words, by=by, now=now)
    line.save(update_fields=["matter"])
    return True


@transaction.atomic
def send_matter(
    plan: Plan,
    filing: Filing,
    units: tuple[Unit, Sequence[Unit]],
    *,
    until: date,
    note: str = "",
    by: Member,
    now: datetime,
) -> Matter:
    """File a task in the plan's ledger and send it to the unit that leads and those that join."""
    matter = file_matter(plan.ledger, filing, now=now, by=by, channel=Channel.IMPORT).matter
    perform(
        matter, "list", category=plan.category, kind=Kind.TASK, urgency=Urgency.NORMAL, by=by,
        now=now,
    )  # fmt: skip
    perform(matter, "schedule", until=until, text=note, by=by, now=now)
    lead, joint = units
    perform(matter, "dispatch", lead=lead, joint=joint, by=by, now=now)
    return matter


def filing_for(plan: Plan, title: str, text: str, standard: str, source: str) -> Filing:
    """Return what is filed; of the extra fields those that the ledger asks for."""
    known = {"standard": standard, "source": source.strip()}
    asked = {spec.name for spec in plan.ledger.extra_fields()}
    return Filing(
        title=title[:LONGEST_TITLE],
        text=text[:LONGEST_TEXT],
        kind=Kind.TASK,
        category=plan.category,
        extra={name: value for name, value in known.items() if name in asked},
    )


def _text(line: Line) -> str:
    """Write a task as its unit reads it."""
    steps = [
        f"{number}. {step.title}" + (f"（{step.day:%Y-%m-%d}）" if step.day else "")
        for number, step in enumerate(line.steps.all(), start=1)
    ]
    amount = f"{line.target:g} {line.measure}" if line.target else ""
    parts = (
        (Line.label_of("standard"), line.standard),
        (Line.label_of("target"), amount),
        (Line.label_of("leader"), line.leader),
        (Line.label_of("handler"), line.handler),
        (_("Nodes"), "\n".join(["", *steps]) if steps else ""),
        (Line.label_of("evidence"), line.evidence),
        (_("Belongs to the plan"), line.plan.title),
    )
    said = [f"{label}：{value}" for label, value in parts if value]
    return "\n".join([line.text or line.title, *said])
