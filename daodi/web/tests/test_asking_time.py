"""More time and a halt are asked for from the list, with the days that people usually ask for."""

import re
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.web.showing.days import longer_until, review_days
from daodi.web.views.steps import step_id
from tests.makers import NOON, SHANGHAI, make_calendar, make_ledger, make_matter, reread


def days(chips) -> list[date]:
    return [date.fromisoformat(day) for day, _words in chips]


def test_days_off_are_not_lost(course) -> None:
    """Five working days end on Monday noon; the next five, on the Monday after."""
    make_calendar()
    matter = course().accepted().matter
    assert matter.promised_at.astimezone(SHANGHAI).date() == date(2026, 3, 9)
    assert days(longer_until(matter)) == [date(2026, 3, 12), date(2026, 3, 16)]


def test_hours_lead_to_the_next_day_at_least(course) -> None:
    make_ledger(policy="13710-hours")
    assert days(longer_until(course().accepted().matter)) == [date(2026, 3, 3)]


def test_a_halt_is_looked_at_on_a_working_day(db) -> None:
    """A month after a Saturday in February is a Saturday too: the Monday after it is meant."""
    make_calendar()
    found = days(review_days(NOON))
    assert found == [date(2026, 4, 2), date(2026, 6, 2), date(2026, 9, 2)]
    saturday = datetime(2026, 2, 7, 12, tzinfo=SHANGHAI)
    assert days(review_days(saturday))[0] == date(2026, 3, 9)


@pytest.fixture
def matter(course):
    make_calendar()
    return course(make_matter(now=timezone.now())).accepted().matter


def test_a_handler_asks_for_more_time_from_the_list(client, handler, matter) -> None:
    client.force_login(handler.user)
    groups = client.get(reverse("desk:first")).context["groups"]
    ((row,),) = [rows for _label, rows in groups if rows]
    (way,) = row["asks"]
    page = client.get(way["url"])
    offer = next(move for move in page.context["moves"] if move["name"] == "extend")
    assert offer["open"]
    day, _words = offer["form"].fields["until"].chips[1]
    url = offer["url"] + page.context["seen"]
    assert client.post(url, {"until": day, "text": "Parts are late."}).url == "/desk/first/"
    assert reread(matter).pending == "extension"
    groups = client.get(reverse("desk:first")).context["groups"]
    assert [row["asks"] for _label, rows in groups for row in rows] == [[]]


def test_a_leader_asks_for_a_halt_from_the_list(client, leader, course) -> None:
    make_calendar()
    course().accepted()
    client.force_login(leader.user)
    (row,) = client.get(reverse("desk:lead")).context["late"]
    page = client.get(row["url"], {"step": "suspend", "from": "lead"})
    (offer,) = [move for move in page.context["moves"] if move["name"] == "suspend"]
    assert (offer["open"], len(offer["form"].fields["review_on"].chips)) == (True, 3)


@pytest.mark.parametrize(
    ("who", "roles", "listed", "steps"),
    [
        ("handler", [], "handle", ["extend"]),
        ("leader", [], "late", ["suspend"]),
        ("handler", ["handler", "leader"], "handle", ["extend", "suspend"]),
        ("supervisor", [], "late", []),
        ("handler", [], "open", []),
    ],
)
def test_the_inbox_asks_in_the_row(cast, client, course, who, roles, listed, steps) -> None:
    """Each role finds its own question in the row; who may only look is offered none."""
    make_calendar()
    matter = course(make_matter(now=NOON)).accepted().matter
    Matter.objects.update(card="red")
    member = cast[who]
    member.roles = roles or member.roles
    member.save(update_fields=["roles"])
    client.force_login(member.user)
    (row,) = client.get("/desk/", {"list": listed}).context["rows"]
    ids = [step_id(matter, step) for step in steps]
    assert [ask["id"] for ask in row.get("asks", [])] == ids


def test_after_asking_the_same_list_comes_again(client, handler, matter) -> None:
    client.force_login(handler.user)
    page = client.get("/desk/", {"list": "handle"})
    ((way,),) = [row["asks"] for row in page.context["rows"]]
    assert f'href="{escape(way["url"])}#{way["id"]}"' in page.content.decode()
    opened = client.get(way["url"])
    (offer,) = [move for move in opened.context["moves"] if move["name"] == "extend"]
    given = {"until": offer["form"].fields["until"].chips[1][0], "text": "Parts are late."}
    assert client.post(offer["url"] + opened.context["seen"], given).url == "/desk/?list=handle"
    (row,) = client.get("/desk/", {"list": "handle"}).context["rows"]
    assert (reread(matter).pending, row["asks"]) == ("extension", [])


def test_two_that_stand_open_in_one_list_share_no_id(client, handler, course) -> None:
    make_calendar()
    for _ in range(2):
        course(make_matter(now=timezone.now())).accepted()
    client.force_login(handler.user)
    rows = client.get("/desk/", {"list": "handle"}).context["rows"]
    sheets = [sheet_at(client, way) for row in rows for way in row["asks"]]
    ids = [each for sheet in sheets for each in re.findall(r'\bid="([^"]+)"', sheet)]
    assert (len(sheets), len(ids)) == (2, len(set(ids)))
    assert len(ids) >= len(sheets) * 3  # the sheet, its day and its text


def sheet_at(client, way: dict[str, str]) -> str:
    """Return what comes into the row: the sheet alone, out of the page of its matter."""
    page = client.get(way["url"]).content.decode()
    return page[page.index(f'id="{way["id"]}"') :].split("</details>")[0]


def test_nothing_is_asked_for_twice(client, handler, course) -> None:
    make_calendar()
    course(make_matter(now=timezone.now())).dispatched().step("note", Side.LEAD, text="Soon.")
    client.force_login(handler.user)
    groups = client.get(reverse("desk:first")).context["groups"]
    assert [row["asks"] for _label, rows in groups for row in rows] == [[]]
