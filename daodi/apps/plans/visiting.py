"""Take places on, record visits, and make a matter of what was found."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.apps.plans.contacts import KEEPERS, Concern, ContactPlace, Visit
from daodi.core.exceptions import NotYours, Refused
from daodi.core.intake.filing import SHORTEST_TEXT, Filing, file_matter
from daodi.core.ledgers.kinds import Channel
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.workflow.act import needed
from daodi.lib.text import clean

MOST_CONCERNS = 20


@transaction.atomic
def take_place(place: ContactPlace, *, by: Member, now: datetime) -> ContactPlace:
    """Give a leading cadre a place to look after: they themselves, or who keeps their house."""
    if not place.member.has(Role.LEADER):
        raise Refused(_("Contact places are for leading cadres: choose one of them."))
    if place.member != by and not (by.has(*KEEPERS) and by.reaches(place.member.unit)):
        raise NotYours
    place.name = needed(place.name, _("the name of the place"))
    if ContactPlace.objects.kept().filter(member=place.member, name=place.name).exists():
        raise Refused(_("%(name)s has this place already.") % {"name": place.member})
    place.since = timezone.localtime(now).date()
    place.save(force_insert=True)
    return place


@transaction.atomic
def give_back(place: ContactPlace, *, by: Member, now: datetime) -> None:
    """Let a place go; its visits stay."""
    _check_keeper(place, by)
    place.until = timezone.localtime(now).date()
    place.save(update_fields=["until"])


@transaction.atomic
def record_visit(
    place: ContactPlace,
    *,
    day: date,
    seen: str,
    concerns: Sequence[str] = (),
    ledger: Ledger | None = None,
    by: Member,
    now: datetime,
) -> Visit:
    """Write down a visit and what was found; with a ledger, each concern is a matter at once."""
    _check_own(place, by)
    if place.until:
        raise Refused(_("This place was given back."))
    visit = Visit(place=place, day=_past(day, now), by=by.hand, at=now)
    visit.seen = needed(seen, _("what you saw and heard"))
    visit.save(force_insert=True)
    for concern in _add_concerns(visit, concerns):
        if ledger:
            send_on(concern, ledger, by=by, now=now)
    return visit


@transaction.atomic
def change_visit(
    visit: Visit, *, day: date, seen: str, concerns: Sequence[str] = (), by: Member, now: datetime
) -> None:
    """Correct what was written down of a visit, or add what else was found."""
    _check_own(visit.place, by)
    visit.day, visit.seen = _past(day, now), needed(seen, _("what you saw and heard"))
    visit.save(update_fields=["day", "seen"])
    _add_concerns(visit, concerns)


@transaction.atomic
def send_on(concern: Concern, ledger: Ledger, *, by: Member, now: datetime) -> Matter:
    """Make a concern a matter: whoever keeps the ledger lists it and sends it to its unit."""
    there = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    place = concern.visit.place
    _check_own(place, by)
    if there.matter_id:
        raise Refused(_("It is a matter already."))
    source = _("Found on the visit to %(place)s on %(day)s.") % {
        "place": place, "day": f"{concern.visit.day:%Y-%m-%d}",
    }  # fmt: skip
    filing = Filing(text=f"{concern.text}\n\n{source}", division=place.division, address=place.name)
    made = file_matter(ledger, filing, now=now, by=by, channel=Channel.INSPECTION).matter
    concern.matter = made
    concern.save(update_fields=["matter"])
    return made


def ledgers_for_concerns() -> list[Ledger]:
    """Return where concerns can go: ledgers that take residents' words and ask nothing more."""
    rows = Ledger.objects.open_to_residents().filter(is_confidential=False).with_units()
    return [row for row in rows if not any(spec.required for spec in row.extra_fields())]


def may_record(place: ContactPlace, member: Member) -> bool:
    """Say whether a member writes visits of this place down: it is theirs, and still is."""
    return place.member_id == member.pk and place.until is None


def may_give_back(place: ContactPlace, member: Member) -> bool:
    keeps = member.has(*KEEPERS) and member.reaches(place.member.unit)
    return place.until is None and (place.member_id == member.pk or keeps)


def _check_own(place: ContactPlace, by: Member) -> None:
    if place.member_id != by.pk:
        raise NotYours


def _check_keeper(place: ContactPlace, by: Member) -> None:
    if not may_give_back(place, by):
        raise NotYours


def _past(day: date, now: datetime) -> date:
    if day > timezone.localtime(now).date():
        raise Refused(_("Choose a day that has come: a visit is written down afterwards."))
    return day


def _add_concerns(visit: Visit, concerns: Sequence[str]) -> list[Concern]:
    texts = [text for words in concerns if (text := clean(words, lines=False))]
    if len(texts) > MOST_CONCERNS:
        raise Refused(_("At most %(most)s problems fit one visit.") % {"most": MOST_CONCERNS})
    if any(len(text) < SHORTEST_TEXT for text in texts):
        raise Refused(_("Please say of each problem in a few words what and where it is."))
    return [Concern.objects.create(visit=visit, text=text) for text in texts]
