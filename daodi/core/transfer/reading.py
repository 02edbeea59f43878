"""Read rows as filings: what each cell says, and why a row cannot be taken."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
_MOMENTS = ("filed_at", "answered_at")


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
    """Reads rows for a ledger; `unknown` counts what cells named that is not there."""

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
        faults: list[str] = []
        said = self._said(row)
        moments = {name: self._moment(row, name, now, faults) for name in _MOMENTS}
        filed_at, answered_at = moments["filed_at"], moments["answered_at"]
        answer = said.get("answer", "")
        if answer and not faults:
            faults += _reply_faults(filed_at, answer, answered_at)
        try:
            filing, unit = self._filing(said, row)
            words = checked_words(filing, longest=LONGEST)
        except Refused as no:
            faults.append(str(no))
        if faults:
            raise Refused(" ".join(faults))
        said |= {name: _iso(at) for name, at in moments.items() if at}
        if "text" in said:
            said["text"] = words[1]
        return Entry(
            row=row.number,
            filing=filing,
            words=words,
            filed_at=filed_at,
            answer=answer,
            answered_at=answered_at,
            unit=unit,
            **self._identity(said, row),
        )

    def _said(self, row: Row) -> dict[str, str]:
        """Return what the fields say, cleaned; but for the text, which is cleaned when checked."""
        said = {name: as_text(row.cells[column]) for name, column in self._matching.fields.items()}
        return {
            name: text if name == "text" else clean(text, lines=name == "answer")
            for name, text in said.items()
        }

    def _moment(self, row: Row, name: str, now: datetime, faults: list[str]) -> datetime | None:
        column = self._matching.fields.get(name)
        if column is None:
            return None
        try:
            found = read_moment(row.cells[column], self._zone)
        except NotAMoment as no:
            faults.append(f"{column}: {no}")
            return None
        if found and found > now + A_DAY:
            shown = f"{found:%Y-%m-%d %H:%M}"
            faults.append(
                _("%(column)s: %(moment)s is still to come.") % {"column": column, "moment": shown}
            )
        return found

    def _filing(self, said: Mapping[str, str], row: Row) -> tuple[Filing, Unit | None]:
        names = [said[level] for level in CATEGORY if said.get(level)]
        place = said.get("division", "")
        kind = kind_named(said.get("kind", ""), self._ledger)
        category = self._categories.find(names)
        division = self._divisions.find(short_code(place) if place.isdigit() else place)
        unit = self._units.find(said.get("unit", ""))
        text = said.get("text", "")
        kept = ["id"]
        for found, fields in (
            (kind, ["kind"]),
            (category, CATEGORY),
            (division, ["division"]),
            (unit, ["unit"]),
        ):
            if found is None:
                kept += fields
                self._count_unknown(said, fields)
        # A matter without a reply begins with the operator, whoever had it before.
        if not said.get("answer"):
            kept.append("unit")
        if len(said.get("address", "")) > LONGEST_ADDRESS:
            kept.append("address")
        filing = Filing(
            text=text if text.strip() else said.get("title", ""),
            title=said.get("title", ""),
            category=category,
            kind=kind or "",
            division=division,
            address=said.get("address", ""),
            extra={self._matching.fields[k]: said[k] for k in kept if said.get(k)}
            | self._rest(row),
            person=Person(said.get("name", ""), said.get("phone", "")),
        )
        return filing, unit

    def _count_unknown(self, said: Mapping[str, str], fields: list[str]) -> None:
        named = [field for field in fields if said.get(field)]
        if named:
            column = self._matching.fields[named[-1]]
            self.unknown[column, " / ".join(said[field] for field in named)] += 1

    def _rest(self, row: Row) -> dict[str, Any]:
        """Read the other columns: as a field of the ledger if there is one, else as they are."""
        rest = {}
        for column in self._matching.rest:
            value = _storable(row.cells[column])
            field = self._extra.get(column)
            if value not in ("", None):
                rest[field.name if field else column] = field.clean(value) if field else value
        return rest

    def _identity(self, said: Mapping[str, str], row: Row) -> dict[str, Any]:
        """Return the digests by which a filing, and what it says, are known again.

        They depend on the columns and what stands in them, in whatever order; not on how the
        columns are matched, nor on what the ledger knows today.
        """
        parts = {self._matching.fields[name]: value for name, value in said.items()}
        parts |= {name: as_text(_storable(row.cells[name])) for name in self._matching.rest}
        filled = {name: value for name, value in parts.items() if value}
        whole = json.dumps(filled, ensure_ascii=False, sort_keys=True).encode()
        origin = f"id {said['id']}".encode() if said.get("id") else b"row " + whole
        return {
            "key": hashlib.sha256(origin).hexdigest(),
            "content": hashlib.blake2b(whole, digest_size=16).digest(),
        }


def as_text(cell: object) -> str:
    """Return a cell as a person reads it: 188006 and not 188006.0."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else str(cell)


def _storable(cell: object) -> object:
    """Return a cell as JSON keeps it."""
    if isinstance(cell, str):
        return clean(cell, lines=True)
    return cell if cell is None or isinstance(cell, bool | int) else as_text(cell)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _reply_faults(
    filed_at: datetime | None, answer: str, answered_at: datetime | None
) -> list[str]:
    if len(answer) > LONGEST:
        return [
            _("The reply has %(length)s characters; at most %(most)s fit.")
            % {"length": len(answer), "most": LONGEST}
        ]
    if not filed_at or not answered_at:
        return [_("A filing with a reply needs the time of the filing and of the reply.")]
    if answered_at < filed_at:
        return [_("The reply is older than the filing. Please check both times.")]
    return []
