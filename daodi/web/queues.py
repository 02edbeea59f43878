"""What waits for whom: the lists of the inbox, by role."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daodi.core.followup.calling import to_ask
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.people.models import Member
from daodi.core.people.roles import Role

Select = Callable[[MatterQuerySet, Member], MatterQuerySet]
MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class Queue:
    """A list of the inbox: whose it is, what stands on it, and what to say when it is empty."""

    name: str
    label: Promise
    empty: Promise
    roles: tuple[Role, ...]
    select: Select
    # What the list is ordered by: one of `paging.ORDERS`.
    order: str = "due"

    def matters(self, member: Member) -> MatterQuerySet:
        return self.select(Matter.objects.visible_to(member), member)

    def count(self, member: Member) -> int:
        """Count what waits, up to one more than MOST_COUNTED: nobody needs to know more."""
        return self.matters(member).planned_anew()[: MOST_COUNTED + 1].count()


QUEUES = (
    Queue(
        "list",
        _("To list and dispatch"),
        _("Nothing waits to be listed."),
        (Role.OPERATOR,),
        lambda matters, _member: matters.to_list(),
    ),
    Queue(
        "handle",
        _("To handle"),
        _("Nothing waits for your unit."),
        (Role.HANDLER,),
        lambda matters, member: matters.to_handle().in_house_of(member),
    ),
    Queue(
        "joint",
        _("Joint parts"),
        _("No other unit waits for yours."),
        (Role.HANDLER,),
        lambda matters, member: matters.joint_for(member),
        order="part",
    ),
    Queue(
        "sign",
        _("To sign"),
        _("Nothing waits for your signature."),
        (Role.LEADER,),
        lambda matters, member: matters.to_decide("signature").in_house_of(member),
    ),
    Queue(
        "late",
        _("Yellow and red"),
        _("Nothing is late or about to be."),
        (Role.LEADER, Role.SUPERVISOR),
        lambda matters, _member: matters.with_card(),
    ),
    Queue(
        "parts",
        _("Joint parts late"),
        _("All joint units are in time."),
        (Role.SUPERVISOR,),
        lambda matters, _member: matters.with_late_part(),
    ),
    Queue(
        "decide",
        _("To decide"),
        _("Nothing waits for your decision."),
        (Role.SUPERVISOR,),
        lambda matters, _member: matters.to_decide("objection", "extension", "suspension"),
    ),
    Queue(
        "suspended",
        _("Suspended"),
        _("Nothing is suspended."),
        (Role.SUPERVISOR, Role.LEADER),
        lambda matters, _member: matters.suspended(),
    ),
    Queue(
        "call",
        _("To call"),
        _("Nobody waits for your call."),
        (Role.CALLER,),
        to_ask,
    ),
    Queue(
        "open",
        _("All open"),
        _("Nothing is open."),
        (),
        lambda matters, _member: matters.open(),
    ),
    Queue(
        "all",
        _("Everything"),
        _("There is nothing yet."),
        (),
        lambda matters, _member: matters,
        order="newest",
    ),
)


def queues_for(member: Member) -> list[Queue]:
    """Return the lists of a member, the one to begin with first."""
    return [queue for queue in QUEUES if not queue.roles or member.has(*queue.roles)]
