"""Multiply matters: the same story under another number and at another time, put in by COPY."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection, sql

from daodi.core.history.chain import START, line_hash, moment
from daodi.core.history.models import Event
from daodi.core.intake.codes import code_hash, new_code, number_for
from daodi.core.matters.models import NEVER, Matter

MATTER, EVENT, WORDS, CONTACT = "core_matter", "core_event", "core_eventtext", "core_contact"
CLOCK = "core_clock"
CHILDREN = (CLOCK, "core_part", "core_decision", "core_judgement", "core_order")
INDEXED = "core_indexed"
KINDS = ("matter", "course")  # what is indexed of a matter and by its key
ORDER = (MATTER, EVENT, WORDS, CONTACT, INDEXED, *CHILDREN)
NULL = r"\N"
CHUNK = 2000


@dataclass(slots=True)
class Row:
    """A row as COPY writes it, in the order of its columns; its moments also as such."""

    values: dict[str, str]
    moments: dict[str, datetime]

    def again(self, shift: timedelta, given: dict[str, str]) -> str:
        moved = {name: str(at + shift) for name, at in self.moments.items()}
        return "\t".join((self.values | moved | given).values())


@dataclass(slots=True)
class Story:
    """One matter with all that belongs to it, in the form in which it is written again."""

    origin: Matter
    matter: Row
    events: list[tuple[Event, dict[str, Any], Row, Row | None]]
    contact: Row | None
    indexed: list[Row]
    children: dict[str, list[Row]]


def raw(value: bytes | None) -> str:
    """Write bytes as COPY wants them."""
    return NULL if value is None else rf"\\x{value.hex()}"


def read_stories(db: Connection, matters: Iterable[Matter]) -> list[Story]:
    """Read matters with everything that hangs on them."""
    db.execute("SET timezone TO 'UTC'")
    origins = {matter.pk: matter for matter in matters}
    keys = dict.fromkeys((EVENT, CONTACT, *CHILDREN), "matter_id") | {MATTER: "id", INDEXED: "ref"}
    found = {table: list(_rows(db, table, key, list(origins))) for table, key in keys.items()}
    lines = {event.pk: event for event in Event.objects.filter(matter__in=origins)}
    words = {row.values["event_id"]: row for row in _rows(db, WORDS, "event_id", list(lines))}
    by_matter: dict[str, dict[int, list[Row]]] = {table: defaultdict(list) for table in found}
    for table, rows in found.items():
        for row in rows:
            by_matter[table][int(row.values[keys[table]])].append(row)
    return [
        Story(
            origin=matter,
            matter=by_matter[MATTER][pk][0],
            events=[
                (event, event.line(""), row, words.get(row.values["id"]))
                for row in sorted(by_matter[EVENT][pk], key=lambda row: int(row.values["seq"]))
                for event in (lines[int(row.values["id"])],)
            ],
            contact=next(iter(by_matter[CONTACT][pk]), None),
            indexed=[row for row in by_matter[INDEXED][pk] if row.values["kind"] in KINDS],
            children={child: by_matter[child][pk] for child in CHILDREN},
        )
        for pk, matter in origins.items()
    ]


def _rows(db: Connection, table: str, key: str, ids: list[int]) -> Iterator[Row]:
    empty = sql.SQL("SELECT * FROM {} LIMIT 0").format(sql.Identifier(table))
    columns = [(c.name, c.type_display) for c in db.execute(empty).description or ()]
    statement = sql.SQL("COPY (SELECT * FROM {} WHERE {} = ANY ({}) ORDER BY 1) TO STDOUT").format(
        sql.Identifier(table), sql.Identifier(key), sql.Literal(ids)
    )
    with db.cursor().copy(statement) as lines:
        for line in b"".join(bytes(part) for part in lines).decode().splitlines():
            values = dict(zip([name for name, _type in columns], line.split("\t"), strict=True))
            moments = {
                name: at
                for name, kind in columns
                if kind == "timestamptz" and values[name] != NULL
                for at in (datetime.fromisoformat(values[name]),)
                if at < NEVER
            }
            yield Row(values, moments)


class Copier:
    """Writes stories again, a chunk of all tables at a time; the chains are hashed anew."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        # As replicas do: rows that are whole need no check one by one.
        db.execute("SET session_replication_role TO replica")
        self._next = {table: self._first_free(table) for table in (MATTER, EVENT, *CHILDREN)}
        self._lines: dict[str, list[str]] = {table: [] for table in ORDER}

    def add(
        self,
        story: Story,
        shift: timedelta,
        *,
        matter: dict[str, str] | None = None,
        clocks: dict[str, dict[str, str]] | None = None,
        contact: dict[str, str] | None = None,
        indexed: dict[str, str] | None = None,
        digest: bytes | None = None,
    ) -> int:
        """Write a story again, earlier or later by `shift`, but for what is given."""
        pk = self._take(MATTER)
        number = number_for(story.origin.ledger, pk, story.origin.filed_at + shift)
        own = {"matter_id": str(pk)}
        head = self._events(story, number, shift, own, digest)
        key = UUID(int=pk)
        self._lines[MATTER].append(
            story.matter.again(
                shift,
                {
                    "id": str(pk),
                    "number": number,
                    "head": raw(head),
                    "form_key": str(key),
                    "code_hash": raw(code_hash(pk, new_code(key))),
                    **(matter or {}),
                },
            )
        )
        if story.contact:
            self._lines[CONTACT].append(story.contact.again(shift, own | (contact or {})))
        found = {"ref": str(pk)} | (indexed or {})
        kinds = KINDS[:1] if indexed else KINDS
        rows = (row for row in story.indexed if row.values["kind"] in kinds)
        self._lines[INDEXED] += [row.again(shift, found) for row in rows]
        for table, rows in story.children.items():
            for row in rows:
                ident = own | {"id": str(self._take(table))}
                given = (clocks or {}).get(row.values["name"], {}) if table == CLOCK else {}
                self._lines[table].append(row.again(shift, ident | given))
        if len(self._lines[MATTER]) >= CHUNK:
            self.flush()
        return pk

    def flush(self) -> None:
        """Send what has been gathered."""
        for table, lines in self._lines.items():
            if lines:
                statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
                with self._db.cursor().copy(statement) as copy:
                    copy.write("\n".join(lines) + "\n")
                lines.clear()

    def close(self) -> None:
        """Send the rest and let the sequences go on behind it."""
        self.flush()
        for table, value in self._next.items():
            at = "SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(%s, 1))"
            self._db.execute(at, [table, value])
        self._db.execute("SET session_replication_role TO DEFAULT")

    def _events(
        self, story: Story, number: str, shift: timedelta, own: dict[str, str], digest: bytes | None
    ) -> bytes:
        head = START
        for event, line, row, words in story.events:
            line |= {
                "number": number,
                "at": moment(event.at + shift),
                "recorded_at": moment(event.recorded_at + shift),
            }
            given = own | {"id": str(self._take(EVENT))}
            if digest and event.name == "file":
                line["digest"] = digest.hex()
                given["digest"] = raw(digest)
            head = line_hash(head, line)
            self._lines[EVENT].append(row.again(shift, given | {"hash": raw(head)}))
            if words:
                self._lines[WORDS].append(words.again(shift, {"event_id": given["id"]}))
        return head

    def _take(self, table: str) -> int:
        self._next[table] += 1
        return self._next[table]

    def _first_free(self, table: str) -> int:
        last = sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table))
        return int(self._db.execute(last).fetchone()[0])  # type: ignore[index]
