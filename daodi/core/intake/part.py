"""File a part of a matter as a matter of its own."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath

from django.core.files.storage import default_storage

from daodi.core.history.record import Line
from daodi.core.intake.codes import next_ids
from daodi.core.intake.filing import Filing, checked_words, draft, first_line, start_clocks
from daodi.core.judgement.queueing import queue_advice
from daodi.core.ledgers.models import Category
from daodi.core.matters.attachments import NewFile, attach
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.contacts import carry_over
from daodi.core.matters.files import path_of
from daodi.core.matters.models import Matter
from daodi.core.matters.sight import sight
from daodi.core.matters.states import Side
from daodi.core.people.models import Member
from daodi.core.search.writing import index_matter


def file_part(
    matter: Matter,
    *,
    text: str,
    title: str = "",
    category: Category | None = None,
    attachments: Iterable[Attachment] = (),
    by: Member | Side,
    now: datetime,
) -> Matter:
    """File a part of a matter for the same resident; call it inside the act's own transaction.

    It counts as filed when the whole was, so that splitting gains nobody time. It has no tracking
    code: that of the whole opens it.
    """
    filing = _filing(matter, text, title, category)
    words = checked_words(filing)
    member = by if isinstance(by, Member) else None
    (pk,) = next_ids(1)
    part = draft(matter.ledger, filing, words, pk=pk, filed_at=matter.filed_at,
                 channel=matter.channel)  # fmt: skip
    part.split_from = matter.split_from or matter
    part.extra = dict(matter.extra)
    for name, value in _sight_of(part, matter, member).items():
        setattr(part, name, value)
    turn = start_clocks(part, matter.filed_at)
    data = {"channel": part.channel, "split_from": matter.number}
    line = Line("file", Side.OPERATOR, member, public=True, data=data, at=matter.filed_at)
    event = first_line(part, line, now)
    part.save(force_insert=True)
    event.save(force_insert=True)
    carry_over(matter, part.pk)
    turn.store()
    attach(part, map(_again, attachments), seq=event.seq, now=now)
    index_matter(part)
    queue_advice(part)
    return part


def _filing(whole: Matter, text: str, title: str, category: Category | None) -> Filing:
    hint = category.kind_hint if category else ""
    return Filing(
        text=text,
        title=title,
        kind=hint if hint in whole.ledger.kinds else whole.kind,
        urgency=whole.urgency,
        category=category,
        division=whole.division,
        address=whole.address,
        is_confidential=whole.is_confidential,
        may_publish=whole.may_publish,
    )


def _sight_of(part: Matter, whole: Matter, by: Member | None) -> dict[str, list[int]]:
    """Whoever was named for a confidential whole is named for its part; else the confidants are."""
    if not part.is_confidential:
        return sight(part.ledger, None)
    if whole.is_confidential:
        return sight(part.ledger, None, named=whole.seen_by_members)
    confidants = part.ledger.confidants.values_list("pk", flat=True)
    return sight(part.ledger, None, named=[*confidants, *([by.pk] if by else [])])


def _again(stored: Attachment) -> NewFile:
    """Read a stored file, so that each matter has a copy of its own that can be erased."""
    with default_storage.open(path_of(stored.key)) as stream:
        content = stream.read()
    thumbnail = b""
    if stored.is_picture:
        with default_storage.open(path_of(stored.key, small=True)) as stream:
            thumbnail = stream.read()
    return NewFile(stored.name, content, stored.mime, PurePath(stored.key).suffix, thumbnail)
