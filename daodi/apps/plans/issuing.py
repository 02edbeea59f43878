"""Issue a plan: its tasks become matters of its ledger."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.apps.plans.drafting import lacking
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.rights import check_issuer
from daodi.apps.plans.sending import send_line
from daodi.core.exceptions import Refused
from daodi.core.matters.sight import sight
from daodi.core.people.models import Member, Unit
from daodi.lib.jobs import queue

SENDING = "daodi.apps.plans.tasks.send_plan"
SHOWN = 3


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
    plan.seen_by_units = sight_of_units(plan)
    plan.save(update_fields=["edition", "issued_by", "issued_at", "seen_by_units"])
    queue(SENDING, plan_id=plan.pk)


def send_tasks(plan: Plan, *, by: Member, now: datetime) -> int:
    """Make matters of all tasks that have none, each by itself: what stops is gone on with."""
    keys = plan.lines.not_sent().order_by("place").values_list("pk", flat=True)
    return sum(send_line(plan, pk, by=by, now=now) for pk in list(keys))


def sight_of_units(plan: Plan) -> list[int]:
    """Return who sees an issued plan: whoever keeps its ledger, and the units of its tasks."""
    leads = Unit.objects.filter(pk__in=plan.lines.tasks().values("lead"))
    joint = Unit.objects.filter(
        pk__in=Line.joint.through.objects.filter(line__plan=plan).values("unit")
    )
    return sight(plan.ledger, None, [*leads, *joint])["seen_by_units"]


def _in_words(missing: Sequence[tuple[Line, str]]) -> str:
    return "; ".join(f"{line} ({words})" for line, words in missing)
