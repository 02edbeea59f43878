"""Write down who is to be told, in the transaction of its cause; sending comes later."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from daodi.core.history.models import Event
from daodi.core.ledgers.kinds import Urgency
from daodi.core.matters.models import Matter
from daodi.core.notices.models import Delivery, Notice
from daodi.core.notices.rules import tells_resident
from daodi.core.notices.staff import Cause, Staff, who_is_told
from daodi.core.notices.times import after_quiet, first_moment
from daodi.lib.jobs import queue
from daodi.lib.rows import insert_rows

SENDING = "daodi.core.tasks.send_notices"
BEHIND_THE_SWEEP = -1
# Written out: every act that residents may see asks it.
_WISHES = "SELECT matter_id, tell_by FROM core_contact WHERE matter_id = ANY(%s) AND tell_by <> ''"
# What a notice keeps of its event, to say it in words.
KEPT = (
    "clock", "percent", "card", "due", "until", "review_on", "since", "began", "reminder", "kind",
    "step", "surge", "where", "what", "count", "days", "usual",
)  # fmt: skip


@dataclass
class Outgoing:
    """Notices about to be stored, and what of them leaves the house."""

    now: datetime
    notices: list[Notice] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)

    def add(
        self,
        notice: Notice,
        staff: Staff,
        groups: set[int],
        *,
        urgent: bool = False,
        confidential: bool = False,
    ) -> None:
        """Tell somebody; a unit's group is told once (`groups`), and nothing confidential."""
        notice.member_id = staff.pk
        self.notices.append(notice)
        for way in staff.ways:
            if way.unit and (confidential or way.pk in groups):
                continue
            groups.add(way.pk)
            quiet = (way.quiet_from, way.quiet_to)
            due = self.now if urgent else first_moment(self.now, way.pace, quiet)
            delivery = Delivery(notice=notice, carrier=way.carrier, is_urgent=urgent)
            delivery.address_id, delivery.due_at, delivery.changed_at = way.pk, due, self.now
            self.deliveries.append(delivery)

    def store(self) -> None:
        if not self.notices:
            return
        insert_rows(self.notices)
        if self.deliveries:
            for delivery in self.deliveries:
                delivery.notice_id = delivery.notice.pk
            insert_rows(self.deliveries)
            if any(delivery.due_at <= self.now for delivery in self.deliveries):
                queue_sending()


def tell(*causes: Cause, now: datetime) -> None:
    """Write the notices of events that were just written; call it inside their transaction.

    It asks who is there and stores the notices: two queries, however many causes. Only for those
    who want to be told outside the inbox too there are deliveries, and a job that sends them.
    """
    draft = Outgoing(now)
    for (matter, event), told in who_is_told(causes):
        groups: set[int] = set()
        for staff, name in told:
            draft.add(
                _notice(matter, event, name, now),
                staff,
                groups,
                urgent=matter.urgency == Urgency.CRITICAL,
                confidential=matter.is_confidential,
            )
    _tell_residents([cause for cause in causes if tells_resident(cause[1])], draft)
    draft.store()


def queue_sending() -> None:
    """Queue the job that sends."""
    queue(SENDING, priority=BEHIND_THE_SWEEP)


def _notice(matter: Matter, event: Event, name: str, now: datetime) -> Notice:
    data = {key: event.data[key] for key in KEPT if key in event.data}
    if event.name == "alarm":
        data |= {"policy": matter.ledger.policy_id, "state": str(matter.state)}
    return Notice(matter=matter, seq=event.seq, name=name, at=now, data=data)


def _tell_residents(causes: list[Cause], draft: Outgoing) -> None:
    """Tell those who said at filing that they want to be told, and by which carrier."""
    if not causes:
        return
    with connection.cursor() as cursor:
        cursor.execute(_WISHES, [[matter.pk for matter, _event in causes]])
        wanted = dict(cursor.fetchall())
    for matter, event in causes:
        if carrier := wanted.get(matter.pk):
            notice = _notice(matter, event, event.name, draft.now)
            due = after_quiet(draft.now)
            draft.notices.append(notice)
            draft.deliveries.append(
                Delivery(notice=notice, carrier=carrier, due_at=due, changed_at=draft.now)
            )
