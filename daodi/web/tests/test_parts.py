"""A joint unit finds its part by its own day, and others see when it is late."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daodi.core.matters.belongings import Part
from daodi.core.people.roles import Role
from tests.makers import make_calendar, make_matter, make_member, make_unit, reread


@pytest.fixture
def plumber(client):
    make_calendar()
    plumber = make_member("plumber", Role.HANDLER, unit="water")
    client.force_login(plumber.user)
    return plumber


def joint(course, days: int):
    """Return a matter in hand of which the water works have a part, due in some days."""
    started = course(make_matter(now=timezone.now())).dispatched(joint=[make_unit("water")])
    due = timezone.now() + timedelta(days=days)
    Part.objects.filter(matter=started.matter).update(due_at=due)
    return started.step("accept", "handler").matter


def numbers(client, name: str) -> list[str]:
    page = client.get(reverse("desk:inbox"), {"list": name})
    return [row["number"] for row in page.context["rows"]]


def test_the_queue_goes_by_the_day_of_the_part(course, client, plumber) -> None:
    third, first, second = (joint(course, days) for days in (3, 1, 2))
    assert numbers(client, "joint") == [each.number for each in (first, second, third)]


def test_it_goes_on_where_the_page_before_ended(course, client, plumber) -> None:
    third, first, second = (joint(course, days) for days in (3, 1, 2))
    due = Part.objects.get(matter=first).due_at.isoformat()
    asked = {"list": "joint", "after": f"{due}_{first.pk}"}
    rows = client.get(reverse("desk:inbox"), asked).context["rows"]
    assert [row["number"] for row in rows] == [second.number, third.number]


def test_it_is_handed_in_on_the_first_page(course, client, plumber) -> None:
    matter = joint(course, 3)
    groups = client.get(reverse("desk:first")).context["groups"]
    ((row,),) = [rows for _label, rows in groups if rows]
    assert (groups[1][1], row["step"]["label"]) == ([row], "Hand in our part")
    client.post(row["step"]["url"], {"text": "Pipe closed."})
    assert matter.parts.get().handed_in_at is not None
    assert client.get(reverse("desk:first")).context["nothing"]


def test_who_leads_and_who_supervises_see_that_it_is_late(
    course, client, plumber, handler, supervisor
) -> None:
    matter = joint(course, -1)
    Part.objects.update(card=Part.RED)
    client.force_login(supervisor.user)
    assert numbers(client, "parts") == [matter.number]
    client.force_login(handler.user)
    groups = client.get(reverse("desk:first")).context["groups"]
    ((row,),) = [rows for _label, rows in groups if rows]
    assert row["is_behind"]
    (shown,) = client.get(row["url"]).context["parts"]
    assert shown["clock"]["tone"] == "late"


def test_the_operator_sets_the_day_of_one_unit(course, client, plumber, operator) -> None:
    matter = reread(joint(course, 3))
    client.force_login(operator.user)
    url = reverse("desk:move", args=[matter.number, "schedule_part"])
    day = timezone.localtime(timezone.now()).date() + timedelta(days=1)
    given = {"part": matter.parts.get().pk, "until": day.isoformat()}
    assert client.post(f"{url}?seen={matter.version}", given).status_code == 302
    due = timezone.localtime(matter.parts.get().due_at)
    assert due.date() == day + timedelta(days=1)
    assert (due.hour, due.minute) == (0, 0)


def test_a_day_can_be_given_with_the_dispatch(course, client, operator) -> None:
    make_calendar()
    matter = course(make_matter(now=timezone.now())).listed().matter
    client.force_login(operator.user)
    url = reverse("desk:move", args=[matter.number, "dispatch"])
    day: date = timezone.localtime(timezone.now()).date() + timedelta(days=2)
    units = {"lead": make_unit("bureau").pk, "joint": [make_unit("water").pk]}
    client.post(f"{url}?seen={matter.version}", units | {"joint_until": day.isoformat()})
    assert timezone.localtime(matter.parts.get().due_at).date() == day + timedelta(days=1)


def test_more_rows_cost_no_more_queries(course, client, plumber) -> None:
    def asked() -> int:
        joint(course, 2)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(reverse("desk:first")).context["groups"][1][1]) > 0
        return len(queries)

    once = asked()
    asked()
    assert asked() == once
