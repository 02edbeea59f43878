"""Ask for opinions and answer them, hold meetings, and let residents judge."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.rights import check_issuer, check_planner
from daodi.apps.plans.sending import filing_for, send_matter
from daodi.apps.plans.showing import Row
from daodi.apps.plans.talks import Meeting, Opinion, Resolution, Round, Verdict
from daodi.core.exceptions import NotYours, Refused
from daodi.core.matters.sight import sight
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.workflow.act import needed

SPEAKERS = (Role.HANDLER, Role.LEADER)
URGENT = ("late", "near", "halted")


@transaction.atomic
def open_round(
    plan: Plan, units: Sequence[Unit], *, until: date, by: Member, now: datetime
) -> Round:
    """Ask units for their opinion on a draft: from now on they see it."""
    check_planner(by, plan, draft=True)
    if not units:
        raise Refused(_("Choose the units that are asked."))
    if until < timezone.localtime(now).date():
        raise Refused(_("Choose a day that is not over."))
    number = plan.rounds.count() + 1
    made = Round.objects.create(plan=plan, number=number, until=until, opened_at=now, by=by.hand)
    made.asked.set(units)
    plan.seen_by_units = sorted(
        {*plan.seen_by_units, *sight(plan.ledger, None, units)["seen_by_units"]}
    )
    plan.save(update_fields=["seen_by_units"])
    return made


@transaction.atomic
def give_opinion(
    asked: Round, *, unit: Unit, text: str, way: str, line: Line | None, by: Member, now: datetime
) -> Opinion:
    """Write down what a unit thinks: its own people, or a planner whom it told by other ways."""
    if not asked.plan.is_draft:
        raise Refused(_("The plan was issued meanwhile."))
    if not asked.asked.filter(pk=unit.pk).exists():
        raise Refused(_("This unit was not asked in this round."))
    if not (by.has(*SPEAKERS) and by.unit.is_within(unit)):
        check_planner(by, asked.plan)
    return Opinion.objects.create(
        round=asked, unit=unit, line=line, way=way, text=needed(text, _("the opinion")), by=by.hand,
        at=now,
    )  # fmt: skip


@transaction.atomic
def answer_opinion(
    opinion: Opinion, *, is_taken: bool, answer: str, by: Member, now: datetime
) -> None:
    """Say whether an opinion was taken up, and how or why not."""
    check_planner(by, opinion.round.plan)
    opinion.is_taken, opinion.answer = is_taken, needed(answer, _("how, or why not"))
    opinion.answered_by, opinion.answered_at = by.hand, now
    opinion.save(update_fields=["is_taken", "answer", "answered_by", "answered_at"])


@transaction.atomic
def call_meeting(meeting: Meeting, rows: Sequence[Row], *, by: Member, now: datetime) -> Meeting:
    """Call a meeting; its agenda is what is late, near, suspended, stuck or back by now."""
    check_planner(by, meeting.plan)
    if meeting.plan.is_draft:
        raise Refused(_("Issue the plan first: a draft has no course to look at."))
    meeting.agenda = agenda_of(rows)
    meeting.by, meeting.at = by.hand, now
    meeting.save(force_insert=True)
    return meeting


def agenda_of(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return what a meeting has to look at, the late first."""
    tasks = [row for row in rows if row.line.is_task]
    open_tasks = [row for row in tasks if row.line.matter and row.line.matter.is_open]
    chosen = [row for row in open_tasks if _presses(row)]
    chosen.sort(key=lambda row: (not row.light.is_late, row.last))
    return [
        {
            "line": row.line.pk,
            "title": str(row.line),
            "unit": str(row.line.lead or ""),
            "light": row.light.code,
            "back": row.is_back,
            "blocked": row.said.blocked if row.said else "",
        }
        for row in chosen
    ]


def _presses(row: Row) -> bool:
    return row.light.code in URGENT or row.is_back or bool(row.said and row.said.blocked)


@transaction.atomic
def write_minutes(meeting: Meeting, minutes: str, *, by: Member) -> None:
    """Store what was said in a meeting."""
    check_planner(by, meeting.plan)
    meeting.minutes = needed(minutes, _("the minutes"))
    meeting.save(update_fields=["minutes"])


@transaction.atomic
def resolve(
    meeting: Meeting, *, text: str, lead: Unit, due: date, by: Member, now: datetime
) -> Resolution:
    """Make what a meeting decided a matter of the plan's ledger, with its unit and day."""
    check_issuer(by, meeting.plan)
    text = needed(text, _("what was decided"))
    source = _("%(meeting)s on %(plan)s") % {"meeting": meeting, "plan": meeting.plan}
    title = next(filter(str.strip, text.splitlines()))
    filing = filing_for(meeting.plan, title, f"{text}\n\n{source}", text, source)
    matter = send_matter(meeting.plan, filing, (lead, ()), until=due, by=by, now=now)
    return Resolution.objects.create(meeting=meeting, text=text, matter=matter)


def judge_deed(line: Line, answer: str, *, browser: str, now: datetime) -> None:
    """Let a resident say what they see of a deed; said again from the same browser, it changes."""
    if not line.plan.is_public or line.plan.is_draft or answer not in Verdict.Answer:
        raise NotYours
    digest = hashlib.sha256(browser.encode()).digest()
    day = timezone.localtime(now).date()
    Verdict.objects.update_or_create(
        line=line, browser=digest, defaults={"answer": answer, "day": day}
    )
