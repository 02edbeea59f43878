"""Make a matter public with its names masked, leave it unpublished, or take it off again."""

from datetime import datetime
from operator import itemgetter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.exceptions import Missing, NotYours, Refused
from daodi.core.history.models import Event
from daodi.core.history.record import Line, write
from daodi.core.knowledge.models import Entry
from daodi.core.knowledge.services import REVIEW_AFTER, Draft, index_entry, write_entry
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import Side, State
from daodi.core.people.models import Division, Member
from daodi.core.people.roles import Role
from daodi.core.publishing.models import Publication
from daodi.core.search.models import PUBLISHED
from daodi.core.search.similar import similar
from daodi.core.search.writing import index, remove
from daodi.lib.masking import HOME, find
from daodi.lib.sameness import Said, compare
from daodi.lib.text import clean

PUBLISHERS = (Role.OPERATOR, Role.EDITOR)
LONGEST_TEXT, LONGEST_TITLE, LONGEST_REASON = 10_000, 200, 300
TOWN_CODE = 9
# Decimals of a degree: about a hundred metres.
PLACE_DIGITS = 3
# So many times as many as are shown are compared by place and thing.
LOOKED_AT = 4


def in_charge_of(member: Member) -> MatterQuerySet:
    """Return the matters whose publication this member may decide on."""
    if not member.has(*PUBLISHERS):
        return Matter.objects.none()
    matters = Matter.objects.visible_to(member)
    return matters.filter(ledger__unit__path__startswith=member.unit.path)


def may_decide(matter: Matter, member: Member) -> bool:
    """Say whether this member may decide on the publication of a matter that they see."""
    return member.has(*PUBLISHERS) and member.reaches(matter.ledger.unit)


@transaction.atomic
def publish(
    matter: Matter,
    *,
    title: str,
    text: str,
    answer: str,
    by: Member,
    now: datetime,
    shows_place: bool = False,
) -> Event:
    """Let everybody read a cleared matter, in the words that somebody has looked through.

    With `shows_place` it is on the map too, to about a hundred metres.
    """
    _check(matter, by)
    words = {
        "title": clean(title, lines=False)[:LONGEST_TITLE],
        "text": clean(text, lines=True)[:LONGEST_TEXT],
        "answer": clean(answer, lines=True)[:LONGEST_TEXT],
    }
    if not all(words.values()):
        raise Missing(_("Title, text and answer are needed, each in a few words at least."))
    if shows_place and not has_public_place(matter):
        raise Refused(_("Its place is not known, or somebody lives there: it stays off the map."))
    lat, lon = _rounded(matter) if shows_place else (None, None)
    _decide(matter, by, now, is_public=True, reason="", lat=lat, lon=lon, **words)
    index(PUBLISHED, matter.pk, *words.values())
    return _written(matter, "published", by, now)


@transaction.atomic
def leave(matter: Matter, *, reason: str, by: Member, now: datetime) -> Event:
    """Decide that a matter does not become public, and say why."""
    _check(matter, by)
    _decide(matter, by, now, is_public=False, reason=_needed(reason))
    remove(PUBLISHED, matter.pk)
    return _written(matter, "left_unpublished", by, now)


@transaction.atomic
def unpublish(matter: Matter, *, reason: str, by: Member, now: datetime) -> Event:
    """Take a matter off the public pages; what stood there is erased."""
    if not may_decide(matter, by):
        raise NotYours
    blank: dict[str, object] = {"title": "", "text": "", "answer": "", "lat": None, "lon": None}
    shown = Publication.objects.filter(matter=matter, is_public=True)
    if not shown.update(is_public=False, reason=_needed(reason), at=now, by=by, **blank):
        raise Refused(_("It is not public."))
    remove(PUBLISHED, matter.pk)
    return _written(matter, "unpublished", by, now)


def has_public_place(matter: Matter) -> bool:
    """Say whether the place of a matter is known and nothing says that somebody lives there."""
    told = (matter.title, matter.text, matter.address)
    is_home = any(one.kind == HOME for text in told for one in find(text))
    return matter.lat is not None and not is_home


@transaction.atomic
def draft_entry(shown: Publication, *, by: Member, now: datetime) -> Entry:
    """Begin an entry with the words that everybody reads already; one that is there is returned."""
    matter = shown.matter
    there = matter.entries.first()
    if there:
        return there
    draft = Draft(
        question=shown.title,
        answer=shown.answer,
        unit=shown.unit,
        review_on=timezone.localtime(now).date() + REVIEW_AFTER,
        category=matter.category,
        source=matter.number,
        is_public=True,
    )
    return write_entry(draft, by=by, now=now, matter=matter)


def matters_like(text: str, most: int = 3) -> list[Publication]:
    """Return the published matters most like a text, as everybody reads them."""
    public = Publication.objects.public()
    among = Matter.objects.filter(pk__in=public.values("matter"))
    found = [alike.pk for alike in similar(text, among, most * LOOKED_AT, kind=PUBLISHED)]
    shown = {each.matter_id: each for each in public.filter(matter__in=found).for_list()}
    said, same = Said("", text), []
    for pk in found:
        alike = compare(said, Said(shown[pk].title, shown[pk].text))
        shown[pk].in_common = [*alike.places[:1], *alike.things[:2]]
        # The same thing somewhere else is no answer.
        if not alike.is_elsewhere:
            same.append((-alike.score, shown[pk]))
    return [each for _score, each in sorted(same, key=itemgetter(0))][:most]


def reindex_others() -> None:
    """Index anew what is found beside matters: what is public of them, and the knowledge base."""
    for shown in Publication.objects.filter(is_public=True, matter__erased_at=None).iterator():
        index(PUBLISHED, shown.matter_id, shown.title, shown.text, shown.answer)
    for entry in Entry.objects.published().iterator():
        index_entry(entry)


def _check(matter: Matter, by: Member) -> None:
    """Raise Refused unless everything but the decision speaks for it."""
    if not may_decide(matter, by):
        raise NotYours
    if matter.is_confidential or not matter.may_publish or not matter.ledger.is_public:
        raise Refused(_("The resident has not agreed, or the matter is not for the public."))
    if matter.state != State.CLEARED or not matter.answer:
        raise Refused(_("Only what was answered and cleared becomes public."))


def _decide(matter: Matter, by: Member, now: datetime, **values: object) -> None:
    area = matter.division
    town = Division.objects.filter(code=area.code[:TOWN_CODE], level="town") if area else None
    facts = {
        "round": matter.round,
        "at": now,
        "by": by,
        "unit": matter.first_unit or matter.unit or matter.ledger.unit,
        "topic": matter.category.way()[0] if matter.category else None,
        "town": town.first() if town else None,
        "lat": None,
        "lon": None,
    }
    Publication.objects.update_or_create(matter=matter, defaults={**facts, **values})


def _rounded(matter: Matter) -> tuple[float | None, float | None]:
    if matter.lat is None or matter.lon is None:
        return None, None
    return round(matter.lat, PLACE_DIGITS), round(matter.lon, PLACE_DIGITS)


def _needed(reason: str) -> str:
    reason = clean(reason, lines=False)[:LONGEST_REASON]
    if not reason:
        raise Missing(_("Please write: %(what)s.") % {"what": _("the reason")})
    return reason


def _written(matter: Matter, name: str, by: Member, now: datetime) -> Event:
    # Whoever decides does so for the unit that runs the ledger.
    line = Line(name, Side.OPERATOR, by, public=name != "left_unpublished")
    return write(matter, line, now, publication_round=matter.round)
