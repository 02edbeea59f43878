"""A manager's start page: what needs attention, and nothing else."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from daodi.core.clocks.models import CalendarYear
from daodi.core.clocks.outlook import missing_year
from daodi.core.clocks.services import announce_year
from daodi.core.ledgers.catalogue import add_line
from daodi.core.people.invitations import invite
from daodi.core.people.models import Unit, User
from daodi.core.people.roles import Role
from daodi.web.attention import attention_of
from tests.makers import (
    NOON,
    SHANGHAI,
    make_calendar,
    make_category,
    make_ledger,
    make_matter,
    make_member,
    make_unit,
)


def titles(member, now=NOON) -> list[tuple[str, int | None]]:
    return [(item.title, item.count) for item in attention_of(member, now)]


@pytest.fixture
def quiet(manager, settings):
    """A site with nothing to attend to."""
    settings.SECOND_FACTOR_ROLES = []
    make_calendar()
    User.objects.update(password="x")
    manager.user.refresh_from_db()
    return manager


def test_a_site_in_order_says_so(client, quiet) -> None:
    assert attention_of(quiet, NOON) == []
    client.force_login(quiet.user)
    last = CalendarYear.objects.order_by("-year").first().year
    while last <= timezone.localtime().year:
        last += 1
        announce_year(last, {}, "test")
    assert "Everything is in order" in client.get(reverse("desk:manage")).text


def test_a_year_that_should_be_announced_is_asked_for(quiet, course) -> None:
    last = CalendarYear.objects.order_by("-year").first().year
    assert missing_year(date(last, 10, 31)) is None
    assert missing_year(date(last, 11, 1)) == last + 1
    assert missing_year(date(last + 1, 1, 1)) == last + 1
    late = datetime(last, 12, 29, 12, tzinfo=SHANGHAI)
    User.objects.update(password="x")
    course(make_matter(now=late)).dispatched()
    User.objects.update(password="x")
    (first, *_rest) = attention_of(quiet, late)
    assert (first.title, first.is_urgent) == (f"The calendar of {last + 1} is not announced", True)
    assert first.text == "1 deadline is provisional until then."


def test_people_who_cannot_work_are_named(quiet) -> None:
    make_member("nobody", unit="bureau")
    make_unit("empty")
    assert titles(quiet) == [
        ("Members without a role", 1), ("Members who cannot sign in yet", 1),
        ("Units in which nobody works", 1),
    ]  # fmt: skip
    Unit.objects.filter(code="empty").update(is_active=False)
    assert ("Units in which nobody works", 1) not in titles(quiet)


def test_who_should_have_a_second_factor_is_named(client, quiet, settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["manager"]
    assert titles(quiet) == [("Members who should have a second factor", 1)]
    client.force_login(quiet.user)
    assert "Manager" in client.get(reverse("desk:factorless")).text


def test_invitations_that_were_forgotten_are_named(quiet) -> None:
    invite(quiet.unit, [Role.EDITOR], by=quiet, now=NOON)
    invite(quiet.unit, [Role.EDITOR], by=quiet, now=NOON, email="a@b.cn")
    assert titles(quiet, NOON + timedelta(minutes=30)) == []
    assert titles(quiet, NOON + timedelta(days=1)) == [("Letters that did not go out", 1)]
    assert titles(quiet, NOON + timedelta(days=8)) == [
        ("Letters that did not go out", 1), ("Invitations that were not used in time", 2),
    ]  # fmt: skip


def test_gaps_of_a_catalogue_in_use_are_counted(quiet) -> None:
    ledger = make_ledger()
    User.objects.update(password="x")
    for code in ("centre", "oversight"):
        make_member(f"of {code}", Role.HANDLER, unit=code)
    User.objects.update(password="x")
    assert titles(quiet) == []
    add_line(ledger, category=ledger.categories.get(), lead=quiet.unit)
    make_category(ledger, "H", "Heating")
    (item,) = attention_of(quiet, NOON)
    assert (item.count, item.is_urgent) == (1, False)
    Unit.objects.filter(pk=quiet.unit_id).update(is_active=False)
    (item,) = attention_of(quiet, NOON)
    assert item.text == "Without a line: 1; lines that do not work: 1."


def test_failed_background_work_is_told_to_the_topmost_managers_only(quiet) -> None:
    little = make_member("little", Role.MANAGER)
    User.objects.update(password="x")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) "
            "VALUES ('default', 'x', 'failed')"
        )
    assert titles(quiet) == [("Background work that failed", 1)]
    assert titles(little) == []
