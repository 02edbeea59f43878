"""Asking residents how it went: whom to call next, tries that reached nobody, and what they say."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.exceptions import Refused
from daodi.core.followup.models import FollowUp, FollowUpRule
from daodi.core.followup.rules import rule_of
from daodi.core.followup.settling import CONTENT
from daodi.core.history.models import Event
from daodi.core.intake.models import Claim
from daodi.core.ledgers.kinds import Satisfied, Solved
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.people.models import Member
from daodi.core.workflow.act import act
from daodi.core.workflow.closing import clear, judge, send_back
from daodi.core.workflow.models import Judgement

CALL = "call"  # in an event's data: what came of a call that brought no answers


class Try(models.TextChoices):
    NO_ANSWER = "no_answer", gettext_lazy("No answer")
    LATER = "later", gettext_lazy("Asks to be called later")
    WRONG_NUMBER = "wrong_number", gettext_lazy("Wrong number")


class Then(models.TextChoices):
    """What follows on the resident's word."""

    NOTHING = "", gettext_lazy("Record only")
    CLEAR = "clear", gettext_lazy("Record and clear")
    SEND_BACK = "send_back", gettext_lazy("Record and send back")


def to_ask(matters: MatterQuerySet, member: Member) -> MatterQuerySet:
    """Keep whose residents the member is to call: who was drawn and has not said how it went.

    Not those of the member's own unit: nobody asks about their own work.
    """
    row = {"matter": OuterRef("pk"), "round": OuterRef("round")}
    said = Judgement.objects.filter(CONTENT | Q(by__isnull=False), **row)
    waiting = matters.to_follow_up().filter(Exists(FollowUp.objects.waiting().filter(**row)))
    ours = waiting.filter(ledger__in=Ledger.objects.run_by(member))
    # The job that settles rows comes round only once a minute.
    return ours.exclude(unit__path__in=member.unit.line()).exclude(Exists(said))


def to_call(member: Member, now: datetime) -> MatterQuerySet:
    """Return whom of them the member may call now, the oldest hand-in first."""
    row = {"matter": OuterRef("pk"), "round": OuterRef("round"), "call_from__lte": now}
    asked = to_ask(Matter.objects.visible_to(member), member)
    return asked.filter(Exists(FollowUp.objects.filter(**row))).order_by("handed_in_at", "pk")


def next_to_call(member: Member, now: datetime, after: Matter | None = None) -> Matter | None:
    """Return whom nobody else has open: behind `after`, then round again."""
    claimed = Claim.objects.live(now).of_others(member).values("matter")
    free = to_call(member, now).exclude(pk__in=claimed)
    if after is None or after.handed_in_at is None:
        return free.first()
    same = Q(handed_in_at=after.handed_in_at, pk__gt=after.pk)
    later = free.filter(same | Q(handed_in_at__gt=after.handed_in_at))
    return later.first() or free.exclude(pk=after.pk).first()


def tries_of(matter: Any, since: Any) -> models.QuerySet[Event]:
    """Return the calls on a matter since `since` that brought no answers."""
    return Event.objects.filter(
        matter=matter, name="note", data__has_key=CALL, recorded_at__gte=since
    )


@transaction.atomic
def record_try(matter: Matter, *, how: str, by: Member, now: datetime) -> Event:
    """Write down that a call brought no answers; the resident does not read it.

    After the rule's last try, or under a wrong number, the matter rests: the ledger's days of
    silence end it. A try that comes too soon after the last one does not count.
    """
    if how not in Try:
        raise Refused(_("Please say what came of the call."))
    text = _("Follow-up call: %(how)s") % {"how": Try(how).label}
    event = act(matter, "note", by=by, now=now, text=text, data={CALL: str(how)}, public=False)
    row = FollowUp.objects.of(matter).waiting().first()
    if row:
        _count_try(row, rule_of(matter.ledger), how, now)
    return event


def _count_try(row: FollowUp, rule: FollowUpRule, how: str, now: datetime) -> None:
    if row.tries == 0 or row.call_from <= now:
        row.tries += 1
        row.call_from = now + timedelta(hours=rule.hours_apart)
    if how == Try.WRONG_NUMBER or row.tries >= rule.most_tries:
        row.state = FollowUp.State.NOT_REACHED
    row.save(update_fields=["tries", "call_from", "state"])


@transaction.atomic
def record_call(
    matter: Matter,
    *,
    solved: str,
    satisfied: str,
    remark: str = "",
    then: str = Then.NOTHING,
    by: Member,
    now: datetime,
) -> Event:
    """Judge a result with the resident's words, and clear it or send it back with them."""
    if then == Then.CLEAR and (solved == Solved.NO or satisfied == Satisfied.NO):
        raise Refused(_("The resident is not content: send it back, or record only."))
    FollowUp.objects.of(matter).update(state=FollowUp.State.REACHED)
    event = judge(matter, solved=solved, satisfied=satisfied, remark=remark, by=by, now=now)
    if then == Then.CLEAR:
        return clear(matter, by=by, now=now)
    if then == Then.SEND_BACK:
        return send_back(matter, text=remark, by=by, now=now)
    return event
