"""Write, change, publish and withdraw what the knowledge base says; every version is kept."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.exceptions import ChangedMeanwhile, Missing, NotYours, Refused
from daodi.core.knowledge.models import Entry, EntryQuerySet, EntryState, EntryVersion, Proposal
from daodi.core.knowledge.rights import WRITERS, may_propose, may_publish, may_write
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.search.models import ENTRY
from daodi.core.search.similar import similar
from daodi.core.search.writing import index, remove
from daodi.lib.text import clean

Act = EntryVersion.Act
LONGEST_ANSWER = 5000
REVIEW_AFTER = timedelta(days=365)
# A question is a sentence: a long text shares little of it. Measured on the demo's requests, the
# right entry came first for 27 of 35, and one of nine others got an entry that did not fit.
TWOS, LEAST = 40, 0.05


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry is to say."""

    question: str
    answer: str
    unit: Unit
    review_on: date
    category: Category | None = None
    source: str = ""
    keywords: tuple[str, ...] = ()
    is_public: bool = False


@transaction.atomic
def write_entry(draft: Draft, *, by: Member, now: datetime, matter: Matter | None = None) -> Entry:
    """Begin an entry as a draft, kept by the writer's own unit."""
    if not by.has(*WRITERS):
        raise NotYours
    entry = Entry(house=by.unit, matter=matter)
    _fill(entry, draft)
    return _keep(entry, Act.WRITTEN, by, now)


@transaction.atomic
def change_entry(entry: Entry, draft: Draft, *, note: str = "", by: Member, now: datetime) -> Entry:
    """Let an entry say something else from now on; what it said before stays on record."""
    if not may_write(by, entry) or (entry.state != EntryState.DRAFT and not may_publish(by, entry)):
        raise NotYours
    _fill(entry, draft)
    return _keep(entry, Act.CHANGED, by, now, note)


@transaction.atomic
def publish_entry(entry: Entry, *, by: Member, now: datetime) -> Entry:
    """Let everybody it is meant for find it."""
    if not may_publish(by, entry):
        raise NotYours
    if entry.review_on <= timezone.localtime(now).date():
        raise Refused(_("The day to look at it again has passed: set a later one first."))
    entry.state = EntryState.PUBLISHED
    return _keep(entry, Act.PUBLISHED, by, now)


@transaction.atomic
def withdraw_entry(entry: Entry, *, note: str, by: Member, now: datetime) -> Entry:
    """Take it out of use; it can be published again."""
    if not may_publish(by, entry):
        raise NotYours
    entry.state = EntryState.WITHDRAWN
    return _keep(entry, Act.WITHDRAWN, by, now, _said(note, _("why it is no longer used")))


@transaction.atomic
def confirm_entry(entry: Entry, *, review_on: date, by: Member, now: datetime) -> Entry:
    """Say that it is still right, and when to look again."""
    if not may_publish(by, entry):
        raise NotYours
    if review_on <= timezone.localtime(now).date():
        raise Refused(_("The day to look at it again must lie ahead."))
    entry.review_on = review_on
    return _keep(entry, Act.CONFIRMED, by, now)


def propose(
    entry: Entry, *, question: str, answer: str, note: str = "", by: Member, now: datetime
) -> Proposal:
    """Propose other words for an entry that one's own unit answers for."""
    if not may_propose(by, entry):
        raise NotYours
    question, answer = _said(question, _("the question")), _said(answer, _("the answer"))
    if (question, answer) == (entry.question, entry.answer):
        raise Refused(_("This is what it says already."))
    return Proposal.objects.create(
        entry=entry, by=by, at=now, question=question, answer=answer, note=note
    )


@transaction.atomic
def decide(proposal: Proposal, *, taken: bool, by: Member, now: datetime) -> Entry:
    """Take a proposal's words over, or leave the entry as it is."""
    entry = proposal.entry
    if not may_publish(by, entry):
        raise NotYours
    decided = {"decided_by": by, "decided_at": now, "is_taken": taken}
    if not Proposal.objects.open().filter(pk=proposal.pk).update(**decided):
        raise Refused(_("Somebody else has decided on it already."))
    if not taken:
        return entry
    entry.question, entry.answer = proposal.question, proposal.answer
    note = _("proposed by %(unit)s, %(member)s") % {
        "unit": proposal.by.unit, "member": proposal.by,
    }  # fmt: skip
    return _keep(entry, Act.TAKEN, by, now, note)


def entries_like(text: str, entries: EntryQuerySet | None = None, most: int = 3) -> list[Entry]:
    """Return the published entries most like a text, the likest first."""
    among = (Entry.objects.all() if entries is None else entries).published()
    found = [alike.pk for alike in similar(text, among, most, kind=ENTRY, twos=TWOS, least=LEAST)]
    by_pk = Entry.objects.for_list().in_bulk(found)
    return [by_pk[pk] for pk in found]


def index_entry(entry: Entry) -> None:
    """Let an entry be found by its question as long as it is published."""
    if entry.state == EntryState.PUBLISHED:
        index(ENTRY, entry.pk, entry.question, *entry.keywords)
    else:
        remove(ENTRY, entry.pk)


def _fill(entry: Entry, draft: Draft) -> None:
    for each in fields(draft):
        setattr(entry, each.name, getattr(draft, each.name))
    entry.question = _said(draft.question, _("the question"))
    entry.answer = _said(draft.answer, _("the answer"))
    entry.keywords = [word for word in draft.keywords if word]


def _said(text: str, what: str) -> str:
    text = clean(text, lines=True)[:LONGEST_ANSWER]
    if not text:
        raise Missing(_("Please write: %(what)s.") % {"what": what})
    return text


def _keep(entry: Entry, act: Act, by: Member, now: datetime, note: str = "") -> Entry:
    """Store the entry and its version; whoever had seen an older version is told."""
    seen, entry.version, entry.changed_at = entry.version, entry.version + 1, now
    if seen == 0:
        entry.save(force_insert=True)
    elif not _stored(entry, seen):
        raise ChangedMeanwhile(_("Somebody else changed this entry a moment ago. Look again."))
    EntryVersion.objects.create(
        entry=entry, number=entry.version, at=now, by=by, act=act, note=note[:300],
        content=entry.content(),
    )  # fmt: skip
    index_entry(entry)
    return entry


def _stored(entry: Entry, seen: int) -> int:
    names = ("question", "answer", "unit", "category", "source", "keywords", "is_public",
             "review_on", "state", "version", "changed_at")  # fmt: skip
    values = {name: getattr(entry, name) for name in names}
    return Entry.objects.filter(pk=entry.pk, version=seen).update(**values)
