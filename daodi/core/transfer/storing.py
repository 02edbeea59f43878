"""Store entries as matters with their history and clocks, a chunk at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import connection, transaction
from django.utils.translation import gettext as _

from daodi.core.clocks.services import load_calendar
from daodi.core.deadlines.models import Clock
from daodi.core.deadlines.turning import Turn
from daodi.core.history.models import Event, EventText
from daodi.core.history.record import Line, compose
from daodi.core.intake.codes import next_ids
from daodi.core.intake.filing import draft, first_line, sight_of, start_clocks
from daodi.core.judgement.queueing import queue_advice_on
from daodi.core.ledgers.kinds import Channel
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.belongings import Contact
from daodi.core.matters.contacts import seal
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.matters.states import Side, State
from daodi.core.people.models import Member
from daodi.core.search.models import Indexed
from daodi.core.search.writing import rows_of
from daodi.core.transfer.bulk import copy_in
from daodi.core.transfer.reading import Entry
from daodi.lib.worktime import WorkCalendar

# What a matter keeps of its clocks: the same for all that start at one moment by one rule.
_CLOCK_COLUMNS = ("due_at", "card", "promised_at", "next_look_at")


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a chunk: the rest of it was taken."""

    taken: int
    doubled: int
    refused: dict[int, str]


class Store:
    """Puts entries into one ledger; what does not change from chunk to chunk is read once."""

    def __init__(self, ledger: Ledger, source: str, typed_by: Member | None = None) -> None:
        self._ledger = ledger
        self._source = source
        self._typed_by = typed_by
        self._channel = Channel.PHONE if typed_by else Channel.IMPORT
        self._seen_by: dict[tuple[int | None, bool], dict[str, list[int]]] = {}

    @cached_property
    def _calendar(self) -> WorkCalendar:
        return load_calendar()

    @transaction.atomic
    def take(self, entries: Sequence[Entry], now: datetime, *, dry_run: bool = False) -> Stored:
        """Store what is not there yet, all of it or nothing."""
        fresh, refused = self._fresh(entries)
        if not dry_run:
            self.put(fresh, now)
        return Stored(len(fresh), len(entries) - len(fresh) - len(refused), refused)

    def _fresh(self, entries: Sequence[Entry]) -> tuple[list[Entry], dict[int, str]]:
        keys = [entry.key for entry in entries]
        rows = Matter.objects.filter(ledger=self._ledger, source_key__in=keys)
        there = {matter.source_key: matter for matter in rows.only(*_TO_COMPARE)}
        fresh, refused = [], {}
        for entry in entries:
            matter = there.get(entry.key)
            if matter is None:
                fresh.append(entry)
            elif not matter.erased_at and (matter.title, matter.text) != entry.words:
                refused[entry.row] = _(
                    "%(number)s was taken earlier under the same number of origin, "
                    "with another text."
                ) % {"number": matter.number}
        return fresh, refused

    def put(self, entries: Sequence[Entry], now: datetime) -> None:
        """Make matters of entries and store them, within the caller's transaction."""
        batch = _Batch()
        turns: dict[tuple[str, ...], Turn] = {}
        for pk, entry in zip(next_ids(len(entries)), entries, strict=True):
            matter = self._draft(entry, pk, now)
            batch.matters.append(matter)
            line = self._first_line(matter)
            batch.events.append((first_line(matter, line, now), None))
            if entry.answer:
                batch.events += _closing(matter, entry, now)
            else:
                batch.clocks += self._clocks(matter, now, turns)
            if entry.filing.person:
                batch.contacts.append(seal(pk, entry.filing.person))
        batch.copy()

    def _first_line(self, matter: Matter) -> Line:
        side = Side.OPERATOR if self._typed_by else Side.SYSTEM
        data = {"channel": self._channel.value, "source": self._source}
        return Line("file", side, self._typed_by, public=True, data=data, at=matter.filed_at)

    def _draft(self, entry: Entry, pk: int, now: datetime) -> Matter:
        matter = draft(
            self._ledger,
            entry.filing,
            entry.words,
            pk=pk,
            filed_at=entry.filed_at or now,
            channel=self._channel,
        )
        matter.extra = dict(entry.filing.extra)
        matter.source_key = entry.key
        if entry.answer:
            matter.unit = matter.first_unit = entry.unit
        kind = (matter.unit_id, matter.is_confidential)
        if kind not in self._seen_by:
            self._seen_by[kind] = sight_of(matter)
        for name, value in self._seen_by[kind].items():
            setattr(matter, name, value)
        return matter

    def _clocks(
        self, matter: Matter, now: datetime, turns: dict[tuple[str, ...], Turn]
    ) -> list[Clock]:
        """Start the clocks now: this is when the site took the matter over."""
        facts = tuple(matter.facts().values())
        if facts not in turns:
            turns[facts] = start_clocks(matter, now, self._calendar)
        turn = turns[facts]
        for name in _CLOCK_COLUMNS:
            setattr(matter, name, getattr(turn.matter, name))
        clocks = [copy(clock) for clock in turn.fresh]
        for clock in clocks:
            clock.matter = matter
        return clocks


class _Batch:
    """New rows of all tables, put in together."""

    def __init__(self) -> None:
        self.matters: list[Matter] = []
        self.events: list[tuple[Event, EventText | None]] = []
        self.clocks: list[Clock] = []
        self.contacts: list[Contact] = []

    def copy(self) -> None:
        ids = next_ids(len(self.events), "core_event")
        for pk, (event, words) in zip(ids, self.events, strict=True):
            event.pk = pk
            if words:
                words.event = event
        copy_in(Matter, self.matters)
        copy_in(Event, [event for event, _words in self.events])
        copy_in(EventText, [words for _event, words in self.events if words])
        copy_in(Contact, self.contacts)
        copy_in(Clock, self.clocks)
        copy_in(Indexed, rows_of(self.matters))
        queue_advice_on(matter for matter in self.matters if matter.is_open)


_TO_COMPARE = ("source_key", "number", "title", "text", "erased_at")


def _closing(matter: Matter, entry: Entry, now: datetime) -> list[tuple[Event, EventText | None]]:
    """Write down the reply that was given elsewhere, and that it ended the matter."""
    name = "hand_in" if matter.unit else "answer"
    at = entry.answered_at
    lines = (
        Line(
            name,
            Side.SYSTEM,
            text=entry.answer,
            public=True,
            data={"before": State.RECEIVED.value, "after": State.HANDED_IN.value},
            at=at,
        ),
        Line(
            "clear",
            Side.SYSTEM,
            public=MOVES["clear"].public,
            data={"before": State.HANDED_IN.value, "after": State.CLEARED.value},
            at=at,
        ),
    )
    matter.state = State.CLEARED
    matter.answer = entry.answer
    matter.handed_in_at = matter.cleared_at = at
    return [compose(matter, line, now) for line in lines]


@contextmanager
def one_at_a_time(ledger: Ledger) -> Iterator[None]:
    """Let other imports into this ledger wait until this one has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('import'), %s::int)", [ledger.pk])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('import'), %s::int)", [ledger.pk])
