"""Asking residents how it went: whom to call next, tries that reached nobody, and what they say."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.exceptions import Refused
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

# After so many tries a matter rests, and the ledger's rule of silence ends it.
MOST_TRIES = 3
TRY_AGAIN_AFTER = timedelta(hours=1)
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


def to_call(member: Member, now: datetime) -> MatterQuerySet:
    """Return whose residents the member may call now, the oldest hand-in first.

    Not those of the member's own unit; not who has said all that there is to ask, who was tried
    within the hour, three times or under a wrong number.
    """
    tries = tries_of(OuterRef("pk"), OuterRef("handed_in_at"))
    counted = tries.order_by().values("matter").annotate(n=Count("pk")).values("n")
    resting = tries.filter(
        Q(recorded_at__gt=now - TRY_AGAIN_AFTER) | Q(data__call=Try.WRONG_NUMBER)
    )
    content = ~Q(solved=Solved.NO) & ~Q(satisfied=Satisfied.NO)
    said = Judgement.objects.filter(matter=OuterRef("pk"), round=OuterRef("round"))
    ours = Matter.objects.visible_to(member).filter(ledger__in=Ledger.objects.run_by(member))
    return (
        ours.to_follow_up()
        .filter(Q(is_confidential=False) | Q(seen_by_members__contains=[member.pk]))
        .exclude(unit__path__in=member.unit.line())
        .exclude(Exists(said.filter(content | Q(by__isnull=False))))
        .exclude(Exists(resting))
        .annotate(tries=Coalesce(Subquery(counted), 0))
        .filter(tries__lt=MOST_TRIES)
        .order_by("handed_in_at", "pk")
    )


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
    """Write down that a call brought no answers; the resident does not read it."""
    if how not in Try:
        raise Refused(_("Please say what came of the call."))
    text = _("Follow-up call: %(how)s") % {"how": Try(how).label}
    return act(matter, "note", by=by, now=now, text=text, data={CALL: str(how)}, public=False)


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
    event = judge(matter, solved=solved, satisfied=satisfied, remark=remark, by=by, now=now)
    if then == Then.CLEAR:
        return clear(matter, by=by, now=now)
    if then == Then.SEND_BACK:
        return send_back(matter, text=remark, by=by, now=now)
    return event
