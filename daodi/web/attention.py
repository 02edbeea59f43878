"""What needs a manager's attention: each look says what it found, or nothing.

A part of Daodi that has something to tell managers adds its look to LOOKS.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateJob

from daodi.core.clocks.outlook import missing_year
from daodi.core.deadlines.models import Clock
from daodi.core.knowledge.models import Entry
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.overlaps import conflicts, out_of_use
from daodi.core.people.access import Invitation
from daodi.core.people.factors import without_factor
from daodi.core.people.models import Member, Unit
from daodi.web.forms.choices import LEADING
from daodi.web.proof import asked_roles

MOST = 999
RECENT = timedelta(days=7)
PATIENCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to attend to: what it is, why it matters, and where it is put right."""

    title: str
    text: str
    url: str
    label: str
    icon: str
    count: int | None = None
    is_urgent: bool = False

    @property
    def count_words(self) -> str:
        """Return the count, or that there are more than anybody counts."""
        if not self.count:
            return ""
        return f"{MOST}+" if self.count > MOST else str(self.count)


Look = Callable[[Member, datetime], Iterator[Item]]


def attention_of(member: Member, now: datetime) -> list[Item]:
    """Return what this manager should attend to, the urgent first."""
    found = [item for look in LOOKS for item in look(member, now)]
    return sorted(found, key=lambda item: not item.is_urgent)


def calendar(_member: Member, now: datetime) -> Iterator[Item]:
    year = missing_year(timezone.localtime(now).date())
    if year is None:
        return
    waiting = Clock.objects.provisional()[: MOST + 1].count()
    words = ngettext(
        "%(n)s deadline is provisional until then.", "%(n)s deadlines are provisional until then.",
        waiting,
    )  # fmt: skip
    yield Item(
        _("The calendar of %(year)s is not announced") % {"year": year},
        words % {"n": waiting},
        f"{reverse('desk:calendar')}?new",
        _("Announce the year"),
        "calendar",
        is_urgent=bool(waiting),
    )


def catalogues(member: Member, _now: datetime) -> Iterator[Item]:
    for ledger in Ledger.objects.run_by(member).active():
        if not ledger.catalogue.exists():
            continue
        gaps = ledger.categories.all().without_lead()[: MOST + 1].count()
        wrong = len(conflicts(ledger, MOST)) + out_of_use(ledger)[: MOST + 1].count()
        if gaps or wrong:
            yield Item(
                _("Dispatch catalogue of %(ledger)s") % {"ledger": ledger},
                _("Without a line: %(gaps)s; lines that do not work: %(wrong)s.")
                % {"gaps": gaps, "wrong": wrong},
                reverse("desk:check", args=[ledger.pk]),
                _("Look at them"),
                "route",
                gaps + wrong,
                is_urgent=bool(wrong),
            )


def invitations(member: Member, now: datetime) -> Iterator[Item]:
    ours = Invitation.objects.visible_to(member)
    old = ours.overdue(now)[: MOST + 1].count()
    if old:
        yield Item(
            _("Invitations that were not used in time"), _("Make a new link, or revoke them."),
            reverse("desk:invitations"), _("Look at them"), "mail", old,
        )  # fmt: skip
    unsent = ours.not_sent().exclude(email="").filter(made_at__lt=now - PATIENCE)
    if count := unsent[: MOST + 1].count():
        yield Item(
            _("Letters that did not go out"),
            _("Is the mail server set up? Print the links until then."),
            reverse("desk:invitations"), _("Look at them"), "send", count, is_urgent=True,
        )  # fmt: skip


def members(member: Member, _now: datetime) -> Iterator[Item]:
    house = Member.objects.visible_to(member)
    if count := house.without_role()[: MOST + 1].count():
        first = house.without_role().order_by("unit__path", "pk").first()
        yield Item(
            _("Members without a role"), _("They see nothing and can do nothing."),
            reverse("desk:member", args=[first.pk]) if first else "", _("Begin with the first"),
            "users", count,
        )  # fmt: skip
    if count := house.without_password()[: MOST + 1].count():
        yield Item(
            _("Members who cannot sign in yet"), _("Print a link for each, or send it."),
            reverse("desk:invitations"), _("Invite them"), "login", count,
        )  # fmt: skip
    if asked := asked_roles():
        bare = without_factor(house.active().with_any(*asked))
        if count := bare[: MOST + 1].count():
            yield Item(
                _("Members who should have a second factor"),
                _("They decide what others may do: ask them to set up their phone."),
                reverse("desk:factorless"), _("See who"), "lock", count,
            )  # fmt: skip


def units(member: Member, _now: datetime) -> Iterator[Item]:
    leading = Unit.objects.visible_to(member).filter(kind__in=LEADING, is_active=True)
    empty = leading.without_members()
    count, first = empty[: MOST + 1].count(), empty.first()
    if first:
        yield Item(
            _("Units in which nobody works"),
            _("What is dispatched to them waits until somebody does."),
            reverse("desk:unit", args=[first.pk]), _("Begin with the first"), "building", count,
        )  # fmt: skip


def jobs(member: Member, now: datetime) -> Iterator[Item]:
    if not member.unit.is_root():
        return
    failed = ProcrastinateJob.objects.filter(status="failed", scheduled_at__gte=now - RECENT)
    failed |= ProcrastinateJob.objects.filter(status="failed", scheduled_at=None)
    if count := failed[: MOST + 1].count():
        yield Item(
            _("Background work that failed"),
            _("Letters, notices or sweeps: the operator of the server finds why in the log."),
            "", "", "alert-triangle", count, is_urgent=True,
        )  # fmt: skip


def knowledge(member: Member, now: datetime) -> Iterator[Item]:
    due = Entry.objects.kept_by(member).due(timezone.localtime(now).date())
    if count := due[: MOST + 1].count():
        yield Item(
            _("Answers that should be looked at again"),
            _("Residents and staff read them still: confirm, change or withdraw each."),
            f"{reverse('desk:knowledge')}?list=due", _("Look at them"), "books", count,
        )  # fmt: skip


LOOKS: tuple[Look, ...] = (calendar, catalogues, invitations, members, units, knowledge, jobs)
