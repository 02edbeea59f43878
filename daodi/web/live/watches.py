"""What an open page looks at, and what it is told when that changes.

Another kind of message is another class with `missed` and `tell`, and a line in `WATCHES`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.people.models import Member
from daodi.core.workflow.rights import moves_for
from daodi.web.forms.filters import FilterForm
from daodi.web.live.lookout import OVERLAP
from daodi.web.pages import MemberRequest
from daodi.web.queues import QUEUES, Queue
from daodi.web.showing.events import headlines

# A list that nobody told for longer is simply said to be old.
LONGEST_GAP = timedelta(minutes=10)
MOST_MISSED = 200
# Lines that change nothing that a reader of the matter does.
UNTOLD = ("contact_read", "settled")


@dataclass(frozen=True, slots=True)
class Message:
    """What a page is told: its kind, and plain values for JSON."""

    kind: str
    data: dict[str, Any] = field(default_factory=dict)


# What was asked in this look already, for all who look at the same list of the same unit.
Asked = dict[tuple[object, ...], set[int]]


class Watch(Protocol):
    """Something on an open page that may change."""

    def missed(self, now: datetime) -> list[Message]:
        """Say what happened between the making of the page and now."""

    def tell(self, events: Sequence[Event], now: datetime, asked: Asked) -> list[Message]:
        """Say what of these lines of history concerns the page."""


class MatterWatch:
    """The page of one matter: who did what, and which steps are still possible."""

    def __init__(self, member: Member, matter: Matter, version: int) -> None:
        self._member, self._matter, self._version = member, matter.pk, version

    def missed(self, now: datetime) -> list[Message]:
        events = Event.objects.filter(matter=self._matter, seq__gt=self._version)
        return self.tell(list(events.for_telling()), now, {})

    def tell(self, events: Sequence[Event], now: datetime, _asked: Asked) -> list[Message]:
        mine = [e for e in events if e.matter_id == self._matter and e.seq > self._version]
        if not mine:
            return []
        self._version = mine[-1].seq
        mine = [event for event in mine if event.name not in UNTOLD]
        if not mine:
            return []
        seen = Matter.objects.visible_to(self._member).for_page().filter(pk=self._matter).first()
        if seen is None:
            return [Message("gone")]
        moves = [move.name for move in moves_for(seen, self._member, now)]
        data = {"seq": self._version, "words": headlines(mine)[-1], "moves": moves}
        return [Message("matter", data)]


class ListWatch:
    """A list of the inbox as it is filtered: what came to it, and what left it and why."""

    def __init__(self, member: Member, queue: Queue, query: QueryDict, since: datetime) -> None:
        self._member, self._queue, self._since = member, queue, since
        self._form = FilterForm(query)
        given = self._form.cleaned_data
        self._key = (queue.name, *(str(given.get(name)) for name in self._form.fields))

    def missed(self, now: datetime) -> list[Message]:
        if now - self._since > LONGEST_GAP:
            return [Message("stale")]
        written = Event.objects.filter(recorded_at__gte=self._since - OVERLAP)
        events = written.order_by("recorded_at", "pk")
        found = list(events.for_telling()[: MOST_MISSED + 1])
        return [Message("stale")] if len(found) > MOST_MISSED else self.tell(found, now, {})

    def tell(self, events: Sequence[Event], _now: datetime, asked: Asked) -> list[Message]:
        mine = {e.matter_id: e for e in events if e.matter.is_visible_to(self._member)}
        if not mine:
            return []
        here = self._here(mine, asked)
        words = headlines(mine.values())
        return [
            Message("list", self._row(event, said, is_here=event.matter_id in here))
            for event, said in zip(mine.values(), words, strict=True)
        ]

    def _row(self, event: Event, said: str, *, is_here: bool) -> dict[str, Any]:
        words = said if is_here else _("%(done)s: not on this list any more") % {"done": said}
        number = event.matter.number
        return {"number": number, "here": is_here, "moved": _moves_on(event), "words": words}

    def _here(self, mine: dict[int, Event], asked: Asked) -> set[int]:
        """Return which of these stand on the list now."""
        named = any(event.matter.is_confidential for event in mine.values())
        place = (self._member.pk,) if named else ()
        key = (*self._key, self._member.unit_id, *place, *sorted(mine))
        if key not in asked:
            rows = self._rows().filter(pk__in=mine)
            asked[key] = set(rows.values_list("pk", flat=True))
        return asked[key]

    def _rows(self) -> MatterQuerySet:
        return self._form.keep(self._queue.matters(self._member), self._member)


def matter_watch(request: MemberRequest) -> Watch | None:
    number, version = request.GET.get("matter"), request.GET.get("version", "")
    if number is None or not version.isdecimal():
        return None
    found = get_object_or_404(Matter.objects.visible_to(request.member), number=number)
    return MatterWatch(request.member, found, int(version))


def list_watch(request: MemberRequest) -> Watch | None:
    queue = next((each for each in QUEUES if each.name == request.GET.get("list")), None)
    try:
        since = datetime.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return None
    if queue is None or since.tzinfo is None:
        return None
    return ListWatch(request.member, queue, request.GET, since)


WATCHES: tuple[Callable[[MemberRequest], Watch | None], ...] = (matter_watch, list_watch)


def _moves_on(event: Event) -> bool:
    """Say whether a line may bring its matter onto another list."""
    move = MOVES.get(event.name)
    if move is None:
        return bool(event.data.get("card"))
    return bool(move.target or move.opens or move.decides)
