"""File a matter."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from daodi.core.deadlines.turning import Turn, promise
from daodi.core.exceptions import Refused
from daodi.core.history.chain import START, words_digest
from daodi.core.history.models import Event
from daodi.core.history.record import Line, compose, new_salt
from daodi.core.intake.codes import code_hash, new_code, next_ids, number_for
from daodi.core.judgement.queueing import queue_advice
from daodi.core.ledgers.fields import clean_extra
from daodi.core.ledgers.kinds import Channel, Kind, Urgency
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.ledgers.who_may import check_filing
from daodi.core.matters.attachments import NewFile, attach
from daodi.core.matters.contacts import NOBODY, Person, seal
from daodi.core.matters.models import Matter
from daodi.core.matters.sight import sight
from daodi.core.matters.states import Side, State
from daodi.core.notices.writing import tell
from daodi.core.people.models import Division, Member
from daodi.core.people.roles import Role
from daodi.core.search.writing import index_matter
from daodi.lib.rows import insert_row, insert_rows
from daodi.lib.text import clean
from daodi.lib.worktime import WorkCalendar

SHORTEST_TEXT, LONGEST_TEXT, LONGEST_TITLE = 4, 5000, 60


@dataclass(frozen=True, slots=True)
class Filing:
    """What somebody files: the words, what it is about, where, and who they are."""

    text: str
    title: str = ""
    kind: str = ""
    urgency: str = Urgency.NORMAL
    category: Category | None = None
    division: Division | None = None
    address: str = ""
    # Latitude and longitude.
    position: tuple[float, float] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    person: Person = NOBODY
    is_confidential: bool = False
    may_publish: bool = False
    # The number of a published matter that whoever files says is the same.
    same_as: str = ""
    # The serial of the paper form that it was written on.
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the one who files gets: the matter and its tracking code, which is shown only once."""

    matter: Matter
    code: str
    is_new: bool = True


def file_matter(
    ledger: Ledger,
    filing: Filing,
    *,
    now: datetime,
    by: Member | None = None,
    channel: str = Channel.WEB,
    form_key: uuid.UUID | None = None,
    files: Iterable[NewFile] = (),
) -> Receipt:
    """Take a filing into a ledger; its clocks start now.

    The same `form_key` sent twice makes one matter: the second time returns the first one, with
    the same tracking code. Raise Refused when the filing does not fit the ledger.
    """
    words = checked_words(filing)
    _may_file(ledger, by)
    try:
        with transaction.atomic():
            return _file(ledger, filing, words, now, by, channel, form_key, list(files))
    except IntegrityError:
        there = Matter.objects.filter(form_key=form_key).first() if form_key else None
        if there is None:
            raise
        return Receipt(there, new_code(form_key), is_new=False)


def checked_words(filing: Filing, *, longest: int = LONGEST_TEXT) -> tuple[str, str]:
    """Return title and text, cleaned; raise Refused when they are empty or too long."""
    text = clean(filing.text, lines=True)
    if len(text) < SHORTEST_TEXT:
        raise Refused(_("Please write what it is about, in a few words at least."))
    if len(text) > longest:
        raise Refused(
            _("The text has %(length)s characters; at most %(most)s fit. Please shorten it.")
            % {"length": len(text), "most": longest}
        )
    title = clean(filing.title, lines=False) or _first_words(text)
    if len(title) > LONGEST_TITLE * 2:
        raise Refused(
            _("The title is too long; %(most)s characters fit.") % {"most": LONGEST_TITLE * 2}
        )
    return title, text


def _first_words(text: str) -> str:
    """Make a title of how the text begins: its first sentence, or what fits of it."""
    line = next(filter(str.strip, re.split("[。！？!?；;\n]", text)), text).strip()
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


def _may_file(ledger: Ledger, by: Member | None) -> None:
    if not ledger.is_active or (by is None and not ledger.residents_file):
        raise Refused(_("This ledger does not take filings."))
    if by:
        check_filing(ledger, by)


def _file(
    ledger: Ledger,
    filing: Filing,
    words: tuple[str, str],
    now: datetime,
    by: Member | None,
    channel: str,
    form_key: uuid.UUID | None,
    files: list[NewFile],
) -> Receipt:
    code = new_code(form_key)
    (pk,) = next_ids(1)
    matter = draft(ledger, filing, words, pk=pk, filed_at=now, channel=channel)
    matter.extra = clean_extra(ledger.fields, filing.extra)
    for name, value in sight_of(matter).items():
        setattr(matter, name, value)
    matter.form_key, matter.code_hash = form_key, code_hash(matter.pk, code)
    turn = start_clocks(matter, now)
    side = Side.RESIDENT
    if by:
        side = Side.OPERATOR if by.has(Role.OPERATOR) else Side.INSPECTOR
    data = {"channel": channel, "files": len(files)}
    told = {"same_as": filing.same_as, "paper": filing.paper}
    data |= {name: value for name, value in told.items() if value}
    line = Line("file", side, by, public=True, data=data)
    event = first_line(matter, line, now)
    insert_row(matter)
    insert_rows([event])
    if filing.person:
        insert_rows([seal(matter.pk, filing.person, code)])
    turn.store()
    attach(matter, files, seq=event.seq, now=now)
    tell((matter, event), now=now)
    index_matter(matter)
    queue_advice(matter)
    return Receipt(matter, code)


def draft(
    ledger: Ledger,
    filing: Filing,
    words: tuple[str, str],
    *,
    pk: int,
    filed_at: datetime,
    channel: str,
) -> Matter:
    """Return a matter as it was filed, unsaved: without history, clocks or anybody who sees it."""
    title, text = words
    confidential = (
        ledger.is_confidential
        or filing.is_confidential
        or bool(filing.category and filing.category.is_confidential)
    )
    return Matter(
        pk=pk,
        number=number_for(ledger, pk, filed_at),
        ledger=ledger,
        state=State.RECEIVED,
        version=0,
        head=START,
        title=title,
        text=text,
        salt=new_salt(),
        kind=_kind_of(ledger, filing),
        category=filing.category,
        urgency=Urgency(filing.urgency),
        division=filing.division,
        address=clean(filing.address, lines=False)[:200],
        lat=filing.position[0] if filing.position else None,
        lon=filing.position[1] if filing.position else None,
        channel=channel,
        is_confidential=confidential,
        may_publish=filing.may_publish and ledger.is_public and not confidential,
        filed_at=filed_at,
    )


def sight_of(matter: Matter) -> dict[str, list[int]]:
    """Return who sees a new matter: a confidential one only those who list such matters."""
    confidants = matter.ledger.confidants.values_list("pk", flat=True)
    named = list(confidants) if matter.is_confidential else None
    return sight(matter.ledger, matter.unit, named=named)


def start_clocks(matter: Matter, now: datetime, calendar: WorkCalendar | None = None) -> Turn:
    """Start what starts at filing, and write on the matter what it keeps of its clocks."""
    turn = Turn(matter, now)
    if calendar:
        turn.calendar = calendar
    turn.take({"file"}, "", State.RECEIVED, matter.facts())
    for name, value in turn.columns().items():
        setattr(matter, name, value)
    matter.next_look_at = turn.next_look(None)
    matter.promised_at = promise(matter, turn)
    return turn


def first_line(matter: Matter, line: Line, now: datetime) -> Event:
    """Begin a matter's history; what was filed stands on the matter, its digest in the line."""
    digest = words_digest(bytes(matter.salt), matter.title, matter.text)
    return compose(matter, line, now, digest)[0]


def _kind_of(ledger: Ledger, filing: Filing) -> Kind:
    """Return the kind asked for, the one its category hints at, or the ledger's usual one."""
    if filing.category and filing.category.ledger_id != ledger.pk:
        raise Refused(_("This category belongs to another ledger."))
    hint = filing.category.kind_hint if filing.category else ""
    kind = filing.kind or (hint if hint in ledger.kinds else ledger.kinds[0])
    if kind not in ledger.kinds or filing.urgency not in Urgency:
        raise Refused(_("This ledger does not take filings of that kind."))
    return Kind(kind)
