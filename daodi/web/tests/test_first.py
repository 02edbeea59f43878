"""What a handler does first, and does right there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from tests.makers import make_calendar, make_matter, make_member, reread

PAGE = "/desk/first/"


@pytest.fixture
def desk(client, handler):
    make_calendar()
    client.force_login(handler.user)
    return client


def new() -> Matter:
    return make_matter(now=timezone.now())


def step(matter: Matter, name: str) -> str:
    return f"{reverse('desk:first_step', args=[matter.number, name])}?seen={matter.version}"


def groups(page) -> list[list[str]]:
    return [[row["number"] for row in rows] for _label, rows in page.context["groups"]]


def test_one_tap_signs_and_then_the_resident_is_to_be_reached(course, desk) -> None:
    matter = course(new()).dispatched().matter
    assert groups(desk.get(PAGE)) == [[matter.number], [], [], []]
    assert desk.post(step(matter, "accept")).url == PAGE
    page = desk.get(PAGE)
    (row,) = [row for _label, rows in page.context["groups"] for row in rows]
    assert list(row["step"]["form"].fields) == ["text", "files"]
    matter = reread(matter)
    assert desk.post(step(matter, "contact"), {"text": ""}).status_code == 422
    desk.post(step(matter, "contact"), {"text": "Tomorrow at nine."})
    assert reread(matter).contacted_at is not None


def test_what_is_late_stands_first_and_then_what_asks_for_something_at_once(course, desk) -> None:
    late = course(make_matter(now=timezone.now() - timedelta(days=60))).accepted().matter
    wrote = course(new()).accepted().step("write", Side.RESIDENT, text="Well?").matter
    ordered = course(new()).accepted()
    ordered.step("press", "supervisor", text="Today!", limit="P1W")
    unsigned = course(new()).dispatched().matter
    asked = course(new()).accepted().step("ask", "handler", text="Which lamp?").matter
    found = groups(desk.get(PAGE))
    today = [each.number for each in (late, unsigned, ordered.matter, wrote)]
    assert (found[0], found[3]) == (today, [asked.number])


def test_an_order_is_answered_there(course, desk) -> None:
    matter = course().accepted().step("press", "supervisor", text="Now!", limit="P1W").matter
    desk.post(step(matter, "answer_order"), {"text": "Done."})
    assert (matter.orders.get().answer, reread(matter).state) == ("Done.", State.HANDLING)


def test_only_the_own_house(course, client, desk) -> None:
    course().accepted()
    client.force_login(make_member("other", "handler", unit="water").user)
    assert groups(client.get(PAGE)) == [[], [], [], []]


def test_more_rows_cost_no_more_queries(course, desk) -> None:
    def asked() -> int:
        course(new()).dispatched()
        course(new()).accepted()
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(PAGE).status_code == 200
        return len(queries)

    once = asked()
    asked()
    assert asked() == once
