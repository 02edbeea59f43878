"""Read the whole history again and say whether it is as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from daodi.core.history.chain import START, line_hash, words_digest
from daodi.core.history.models import DayRoot, Event
from daodi.core.history.roots import root_of
from daodi.core.matters.models import Matter

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written: where, and what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify_matters(matters: QuerySet[Matter] | None = None) -> Iterator[tuple[Matter, list[Fault]]]:
    """Go through matters by their number and yield each with its faults; memory stays flat."""
    rows = (matters if matters is not None else Matter.objects.all()).order_by("pk")
    last = 0
    while True:
        batch = list(rows.filter(pk__gt=last)[:CHUNK])
        if not batch:
            return
        events: dict[int, list[Event]] = {matter.pk: [] for matter in batch}
        for event in (
            Event.objects.filter(matter__in=events).select_related("words").order_by("seq")
        ):
            events[event.matter_id].append(event)
        for matter in batch:
            yield matter, faults_of(matter, events[matter.pk])
        last = batch[-1].pk


def faults_of(matter: Matter, events: list[Event]) -> list[Fault]:
    """Check one matter's chain from its first line to its head."""
    faults: list[Fault] = []
    before, expected = START, 1
    erased = any(event.name == "erase" for event in events)
    for event in events:
        where = f"{matter.number} #{event.seq} {event.name}"
        if event.seq != expected:
            faults += [
                Fault(f"{matter.number} #{seq}", _("removed")) for seq in range(expected, event.seq)
            ]
        if line_hash(before, event.line(matter.number)) != bytes(event.hash):
            # After a gap the line before is gone, so only the line itself is not to blame.
            if event.seq == expected:
                faults.append(Fault(where, _("changed or inserted")))
        elif not _words_fit(matter, event, erased=erased):
            faults.append(Fault(where, _("its words were changed")))
        before, expected = bytes(event.hash), event.seq + 1
    return faults + _against_head(matter, before, expected)


def _against_head(matter: Matter, last: bytes, expected: int) -> list[Fault]:
    if expected - 1 < matter.version:
        missing = range(expected, matter.version + 1)
        return [Fault(f"{matter.number} #{seq}", _("removed")) for seq in missing]
    if expected - 1 > matter.version:
        added = range(matter.version + 1, expected)
        return [Fault(f"{matter.number} #{seq}", _("inserted")) for seq in added]
    if last != bytes(matter.head):
        return [Fault(f"{matter.number} #{matter.version}", _("the chain was rewritten"))]
    return []


def _words_fit(matter: Matter, event: Event, *, erased: bool) -> bool:
    """Say whether the words are those that were written, or erased by a recorded act."""
    if event.digest is None:
        return True
    if event.name == "file":
        salt, texts = matter.salt, [matter.title, matter.text]
    elif words := getattr(event, "words", None):
        salt, texts = words.salt, [words.text]
    else:
        return False
    gone = erased and not any(texts)
    return gone or words_digest(bytes(salt), *texts) == bytes(event.digest)


def verify_days() -> Iterator[tuple[DayRoot, list[Fault]]]:
    """Check every closed day against its root; a day left out between two is a fault as well."""
    before: date | None = None
    for day in DayRoot.objects.order_by("day"):
        if before and day.day != before + timedelta(days=1):
            yield day, [Fault(str(before + timedelta(days=1)), _("the root was removed"))]
        before = day.day
        root, events = root_of(day.day)
        if events != day.events:
            what = _("%(now)s lines, but %(then)s when the day was closed")
            yield day, [Fault(str(day.day), what % {"now": events, "then": day.events})]
        elif root != bytes(day.root):
            yield day, [Fault(str(day.day), _("the root of the day is another one"))]
        else:
            yield day, []
