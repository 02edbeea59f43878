"""Follow what residents and others did by themselves: who has spoken need not be called."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from daodi.core.followup.models import FollowUp
from daodi.core.history.models import Event
from daodi.core.ledgers.kinds import Satisfied, Solved
from daodi.core.matters.states import Side, State
from daodi.core.workflow.models import Judgement

# Judgements so old were looked at long ago; a worker that stood still for longer misses them.
LATELY = timedelta(days=7)
# By these a resident says how it went without judging.
SPOKEN = ("redo", "reopen", "withdraw")
CONTENT = ~Q(solved=Solved.NO) & ~Q(satisfied=Satisfied.NO)
Row = FollowUp.State


def settle(now: datetime) -> None:
    """Bring the rows up to date with what was said and done since; safe at any time.

    Who is not satisfied is called, drawn or not: nothing else would end such a matter.
    """
    said = Judgement.objects.filter(
        matter=OuterRef("matter"), round=OuterRef("round"), at__gte=now - LATELY
    )
    own = said.filter(by=None)
    rows = FollowUp.objects.all()
    unasked = rows.filter(state__in=(Row.WAITING, Row.NOT_REACHED))
    unasked.filter(Exists(said.filter(by__isnull=False))).update(state=Row.REACHED)
    unasked.filter(Exists(own.filter(CONTENT))).update(state=Row.JUDGED)
    cross = Exists(own.filter(~CONTENT))
    rows.filter(cross, state=Row.NOT_DRAWN).update(state=Row.WAITING, call_from=now)
    rows.waiting().filter(cross, tries=0, call_from__gt=now).update(call_from=now)
    over = rows.waiting().filter(~Q(matter__state=State.HANDED_IN) | ~Q(matter__round=F("round")))
    spoken = Event.objects.filter(
        matter=OuterRef("matter"), name__in=SPOKEN, side=Side.RESIDENT,
        recorded_at__gte=OuterRef("call_from"),
    )  # fmt: skip
    over.filter(Exists(spoken)).update(state=Row.JUDGED)
    over.update(state=Row.NOT_REACHED)
