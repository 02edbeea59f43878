"""Read rows as filings: what each cell says, and why a row cannot be taken."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.intake.filing import Filing, checked_words
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.contacts import Person
from daodi.core.people.models import Unit
from daodi.core.transfer.columns import CATEGORY, Matching
from daodi.core.transfer.lookups import Categories, divisions_for, kind_named, short_code, units
from daodi.lib.dates import NotAMoment, read_moment
from daodi.lib.sheets import Row
from daodi.lib.text import clean

# Longer than what a resident may file: what other systems took is taken over whole.
LONGEST = 20_000
LONGEST_ADDRESS = 200
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can be taken: `key` says which filing it is, `content` what it says."""

    row: int
    key: str
    content: bytes
    filing: Filing
    words: tuple[str, str]
    filed_at: datetime | None
    answer: str
    answered_at: datetime | None
    unit: Unit | None


class Reader:
    """Reads rows for a ledger; `unknown` counts the names that it did not find there."""

    def __init__(self, ledger: Ledger, matching: Matching) -> None:
        self.unknown: Counter[tuple[str, str]] = Counter()
        self._ledger = ledger
        self._matching = matching
        self._zone = ZoneInfo(settings.TIME_ZONE)
        self._categories = Categories(ledger)
        self._divisions = divisions_for(ledger)
        self._units = units()
        self._extra = {
            name: field
            for field in ledger.extra_fields()
            for name in (field.name, field.label, field.label_en)
        }

    def read(self, row: Row, now: datetime) -> Entry:
        """Return what a row says; raise Refused with everything that is wrong with it."""
        cells = {name: row.cells[column] for name, column in self._matching.fields.items()}
        faults: list[str] = []
        filed_at = self._moment(cells, "filed_at", now, faults)
        answered_at = self._moment(cells, "answered_at", now, faults)
        answer = clean(as_text(cells.get("answer")), lines=True)
        said = {name: clean(as_text(cell), lines=False) for name, cell in cells.items()}
        unit = self._units.find(said["unit"]) if said.get("unit") else None
        if not faults:
            faults += _reply_faults(filed_at, answer, answered_at)
        try:
            filing = self._filing(cells, said, row, unit if answer else None)
            words = checked_words(filing, longest=LONGEST)
        except Refused as no:
            faults.append(str(no))
        if faults:
            raise Refused(" ".join(faults))
        moments = [at.astimezone(UTC).isoformat() if at else "" for at in (filed_at, answered_at)]
        return Entry(
            row=row.number,
            filing=filing,
            words=words,
            filed_at=filed_at,
            answer=answer,
            answered_at=answered_at if answer else None,
            unit=unit if answer else None,
            **_identity(said | {"text": words[1], "answer": answer}, moments, filing.extra),
        )

    def _moment(
        self, cells: Mapping[str, object], name: str, now: datetime, faults: list[str]
    ) -> datetime | None:
        column = self._matching.fields.get(name, "")
        try:
            found = read_moment(cells.get(name), self._zone)
        except NotAMoment as no:
            faults.append(f"{column}: {no}")
            return None
        if found and found > now + A_DAY:
            shown = f"{found:%Y-%m-%d %H:%M}"
            faults.append(
                _("%(column)s: %(moment)s is still to come.") % {"column": column, "moment": shown}
            )
        return found

    def _filing(
        self, cells: Mapping[str, object], said: Mapping[str, str], row: Row, unit: Unit | None
    ) -> Filing:
        names = [said[level] for level in CATEGORY if said.get(level)]
        place = said.get("division", "")
        found = {
            "category": self._categories.find(names),
            "kind": kind_named(said.get("kind", ""), self._ledger),
            "division": self._divisions.find(short_code(place) if place.isdigit() else place),
        }
        kept = [name for name, value in (found | {"unit": unit}).items() if value is None]
        if found["category"] is None:
            kept += CATEGORY
        if len(said.get("address", "")) > LONGEST_ADDRESS:
            kept.append("address")
        text = as_text(cells.get("text"))
        return Filing(
            text=text if text.strip() else said.get("title", ""),
            title=said.get("title", ""),
            category=found["category"],
            kind=found["kind"] or "",
            division=found["division"],
            address=said.get("address", ""),
            extra=self._kept(said, ["id", *kept]) | self._rest(row),
            person=Person(said.get("name", ""), said.get("phone", "")),
        )

    def _kept(self, said: Mapping[str, str], names: list[str]) -> dict[str, Any]:
        """Keep what found no place of its own under the name of its column."""
        kept = {}
        for name in dict.fromkeys(names):
            if said.get(name):
                kept[self._matching.fields[name]] = said[name]
                if name != "id":
                    self.unknown[self._matching.fields[name], said[name]] += 1
        return kept

    def _rest(self, row: Row) -> dict[str, Any]:
        """Read the other columns: as a field of the ledger if there is one, else as they are."""
        rest = {}
        for column in self._matching.rest:
            field = self._extra.get(column)
            value = _storable(row.cells[column])
            if value not in ("", None):
                rest[field.name if field else column] = field.clean(value) if field else value
        return rest


def as_text(cell: object) -> str:
    """Return a cell as a person reads it: 188006 and not 188006.0."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else str(cell)


def _storable(cell: object) -> object:
    if isinstance(cell, str):
        return clean(cell, lines=True)
    if isinstance(cell, date | time | timedelta) or isinstance(cell, float):
        return as_text(cell) if not isinstance(cell, float) or cell.is_integer() else cell
    return cell


def _reply_faults(
    filed_at: datetime | None, answer: str, answered_at: datetime | None
) -> list[str]:
    if not answer:
        return []
    if len(answer) > LONGEST:
        return [
            _("The reply has %(length)s characters; at most %(most)s fit.")
            % {"length": len(answer), "most": LONGEST}
        ]
    if not filed_at or not answered_at:
        return [_("A filing with a reply needs the time of both.")]
    if answered_at < filed_at:
        return [_("The reply is older than the filing. Please check both times.")]
    return []


def _identity(
    said: Mapping[str, str], moments: list[str], extra: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the digests that tell a filing and its content again, in whatever columns they come."""
    others = {name: as_text(value) for name, value in extra.items()}
    parts = {k: v for k, v in said.items() if v and k not in ("filed_at", "answered_at")}
    whole = json.dumps([parts, moments, others], ensure_ascii=False, sort_keys=True).encode()
    origin = f"id {said['id']}".encode() if said.get("id") else b"row " + whole
    return {
        "key": hashlib.sha256(origin).hexdigest(),
        "content": hashlib.blake2b(whole, digest_size=16).digest(),
    }
