"""Write what a duty says: a draft, laid open for comment, approved, and then the next one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from daodi.apps.duties.indexing import index_duty
from daodi.apps.duties.models import Duty, Version
from daodi.apps.duties.rights import may_approve, may_end, may_write
from daodi.apps.duties.rounds import count_revised
from daodi.apps.duties.steps import Step, checked
from daodi.core.exceptions import ChangedMeanwhile, Missing, NotYours, Refused
from daodi.core.ledgers.models import Category
from daodi.core.people.models import Member, Unit
from daodi.lib.text import clean

LONGEST_BLOCK = 5000


@dataclass(frozen=True, slots=True)
class Content:
    """What a version is to say."""

    title: str
    duties: str
    steps: tuple[Step, ...] = ()
    cautions: str = ""
    basis: str = ""
    is_public: bool = False
    papers: str = ""
    place: str = ""
    categories: tuple[Category, ...] = ()
    note: str = ""


@transaction.atomic
def add_duty(unit: Unit, content: Content, *, by: Member, now: datetime) -> Version:
    """Begin a duty at the end of a unit's list, as a draft."""
    if not may_write(by, unit):
        raise NotYours
    Unit.objects.select_for_update().get(pk=unit.pk)
    last = Duty.objects.filter(unit=unit).aggregate(last=Max("number"))["last"] or 0
    duty = Duty.objects.create(unit=unit, number=last + 1, title=_title(content))
    return _next(duty, content, by, now)


@transaction.atomic
def revise(duty: Duty, content: Content, *, seen: int = 0, by: Member, now: datetime) -> Version:
    """Store what the next version is to say; `seen` is the state of the draft one began from."""
    if not may_write(by, duty.unit):
        raise NotYours
    if duty.ended_at:
        raise Refused(_("This duty is no longer on the list."))
    draft: Version | None = duty.versions.drafts().first()
    if (draft.edits if draft else 0) != seen:
        raise ChangedMeanwhile(_("Somebody else changed this draft a moment ago. Look again."))
    if draft is None:
        return _next(duty, content, by, now)
    fields = _fill(draft, content)
    draft.by, draft.at, draft.edits = by.hand, now, seen + 1
    values = {name: getattr(draft, name) for name in (*fields, "by", "at", "edits")}
    if not Version.objects.filter(pk=draft.pk, edits=seen).update(**values):
        raise ChangedMeanwhile(_("Somebody else changed this draft a moment ago. Look again."))
    draft.categories.set(content.categories)
    return draft


@transaction.atomic
def share(version: Version, *, by: Member, now: datetime) -> None:
    """Lay a draft open, so that everybody on the desk may comment on its lines."""
    if not may_write(by, version.duty.unit):
        raise NotYours
    if not version.is_draft or version.shared_at:
        raise Refused(_("This version is open to be read already."))
    version.shared_at = now
    version.save(update_fields=["shared_at"])


@transaction.atomic
def approve(version: Version, *, by: Member, now: datetime) -> None:
    """Put a draft into force, in place of the version before it."""
    if not may_approve(by, version):
        raise NotYours(_("A leader of the unit who did not write it approves a draft."))
    if waiting := version.comments.filter(answered_at=None).count():
        raise Refused(_("Comments without an answer: %(n)s. Answer them first.") % {"n": waiting})
    approved = {"approved_by": by.hand, "approved_at": now}
    if not Version.objects.drafts().filter(pk=version.pk, edits=version.edits).update(**approved):
        raise ChangedMeanwhile(_("Somebody else changed this draft a moment ago. Look again."))
    version.approved_by, version.approved_at = by.hand, now
    put_in_force(version)
    count_revised(version, by=by, now=now)


def put_in_force(version: Version) -> None:
    """Let a duty say what its approved version says, and be found by it."""
    duty = version.duty
    duty.current, duty.title = version, version.title
    duty.save(update_fields=["current", "title"])
    index_duty(duty)


@transaction.atomic
def discard(version: Version, *, by: Member) -> None:
    """Throw a draft away; a duty that never said anything else goes with it."""
    if not may_write(by, version.duty.unit):
        raise NotYours
    if not version.is_draft:
        raise Refused(_("An approved version stays on record."))
    if version.comments.exists():
        raise Refused(_("Others have commented on this draft: change it, so that they see why."))
    duty = version.duty
    version.delete()
    if duty.current_id is None:
        duty.delete()


@transaction.atomic
def end_duty(duty: Duty, *, by: Member, now: datetime) -> None:
    """Take a duty off the list; what it said stays on record."""
    if not may_end(by, duty):
        raise NotYours
    if duty.versions.drafts().exists():
        raise Refused(_("Approve the draft or throw it away first."))
    duty.ended_at = now
    duty.save(update_fields=["ended_at"])
    index_duty(duty)


def _next(duty: Duty, content: Content, by: Member, now: datetime) -> Version:
    last = duty.versions.aggregate(last=Max("number"))["last"] or 0
    version = Version(duty=duty, number=last + 1, by=by.hand, at=now)
    _fill(version, content)
    version.save(force_insert=True)
    version.categories.set(content.categories)
    return version


def _fill(version: Version, content: Content) -> Iterable[str]:
    """Take the content over, cleaned; return the names of the fields."""
    values = {
        "title": _title(content),
        "duties": block(content.duties),
        "steps": [step.as_json() for step in checked(content.steps)],
        "cautions": block(content.cautions),
        "basis": clean(content.basis, lines=False),
        "is_public": content.is_public,
        "papers": block(content.papers),
        "place": clean(content.place, lines=False),
        "note": clean(content.note, lines=False),
    }
    if not values["duties"]:
        raise Missing(_("Please write the main duties, one a line."))
    for name, value in values.items():
        setattr(version, name, value)
    return values


def _title(content: Content) -> str:
    title = clean(content.title, lines=False)
    if not title:
        raise Missing(_("Please write a title."))
    return title[:100]


def block(text: str) -> str:
    """Return a block of lines without empty ones; raise Refused when it is too long."""
    lines = filter(None, clean(text, lines=True).splitlines())
    found = "\n".join(lines)
    if len(found) > LONGEST_BLOCK:
        raise Refused(_("A block has at most %(n)s characters.") % {"n": LONGEST_BLOCK})
    return found
