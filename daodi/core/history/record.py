"""Write down what happens: the only place that changes a matter and that creates its events."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from daodi.core.exceptions import ChangedMeanwhile
from daodi.core.history.chain import line_hash, words_digest
from daodi.core.history.models import Event, EventText
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.people.models import Member
from daodi.core.search.writing import SEARCHED, add_line, index_matter
from daodi.lib.rows import assigned

SALT = 16
# The matter changes and its line is written, with its words: all at once, or nothing at all.
WRITE = """
WITH matter AS (UPDATE core_matter SET {changes} WHERE id = %s AND version = %s RETURNING id),
line AS (INSERT INTO core_event (matter_id, {columns}) SELECT id, {values} FROM matter RETURNING id)
{words} SELECT id FROM line
"""
WORDS = ", words AS (INSERT INTO core_eventtext (event_id, text, salt) SELECT id, %s, %s FROM line)"
LINE = (
    "seq", "name", "at", "recorded_at", "side", "by_id", "unit_id", "is_public", "data", "digest",
    "hash",
)  # fmt: skip
FOR = "for"  # in an event's data: the member whom the writer stood in for


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be written down: what happened, who did it, in what capacity, with which words."""

    name: str
    side: Side
    by: Member | None = None
    text: str = ""
    public: bool = False
    data: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None


def new_salt() -> bytes:
    return secrets.token_bytes(SALT)


def compose(
    matter: Matter, line: Line, now: datetime, digest: bytes | None = None
) -> tuple[Event, EventText | None]:
    """Make the next event of a matter and move the matter's version and head to it, unsaved.

    `digest` stands for words that are kept elsewhere: those of the filing, on the matter itself.
    """
    words = None
    if line.text:
        words = EventText(text=line.text, salt=new_salt())
        digest = words_digest(bytes(words.salt), line.text)
    event = Event(
        matter=matter,
        seq=matter.version + 1,
        name=line.name,
        at=line.at or now,
        recorded_at=now,
        side=line.side,
        by=line.by.hand if line.by else None,
        unit_id=line.by.unit_id if line.by else None,
        is_public=line.public,
        data=_with_absent(line),
        digest=digest,
    )
    before = bytes(matter.head)
    event.hash = line_hash(before, event.line(matter.number))
    matter.version, matter.head = event.seq, event.hash
    return event, words


def _with_absent(line: Line) -> dict[str, Any]:
    """Return what is known of a line, with whom its writer stood in for."""
    if line.by is None or line.by.deputy is None:
        return line.data
    return line.data | {FOR: line.by.pk}


def write(matter: Matter, line: Line, now: datetime, **changes: Any) -> Event:
    """Change a matter and add the line that says so; call it inside the act's own transaction.

    The version seen is part of the condition: of two people who change the same matter, one gets
    through and the other is told (ChangedMeanwhile).
    """
    seen, head = matter.version, matter.head
    event, words = compose(matter, line, now)
    event.pk = _stored(matter.pk, seen, event, words, changes)
    if event.pk is None:
        # What was seen is still all that was seen: a second try must not get through.
        matter.version, matter.head = seen, head
        raise ChangedMeanwhile
    for name, value in changes.items():
        setattr(matter, name, value)
    if words:
        words.event = event
    if SEARCHED & changes.keys():
        index_matter(matter)
    if line.text and line.text not in said_of(matter):
        add_line(matter, line.text)
    return event


def said_of(matter: Matter) -> tuple[str, str]:
    """Return what the index has of a matter anyway, though a line says it too."""
    return matter.answer, matter.account


def _stored(
    matter_id: int, seen: int, event: Event, words: EventText | None, changes: dict[str, Any]
) -> int | None:
    """Store everything in one statement; return the line's key, or None if nothing was stored."""
    moved = {"version": event.seq, "head": event.hash} | changes
    changed, matter_values = assigned(Matter, moved)
    columns, line_values = assigned(Event, {name: getattr(event, name) for name in LINE})
    word_values: list[Any] = [words.text, words.salt] if words else []
    statement = _statement(tuple(changed), tuple(columns), with_words=bool(words))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*matter_values, matter_id, seen, *line_values, *word_values])
        found = cursor.fetchone()
    return int(found[0]) if found else None


@cache
def _statement(changed: tuple[str, ...], columns: tuple[str, ...], *, with_words: bool) -> str:
    return WRITE.format(
        changes=", ".join(f"{column} = %s" for column in changed),
        columns=", ".join(columns),
        values=", ".join(["%s"] * len(columns)),
        words=WORDS if with_words else "",
    )
