"""The wall of the hall, and the day in one page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from daodi.core.figures.projecting import project
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.publishing.services import publish
from daodi.core.sweep.alarms import sweep
from tests.makers import (
    DAY,
    HOUR,
    make_calendar,
    make_category,
    make_ledger,
    make_matter,
    make_unit,
)

BOARD, TODAY = "/desk/board/", "/desk/today/"


@pytest.fixture
def desk(client, supervisor):
    make_calendar()
    client.force_login(supervisor.user)
    return client


def new(text: str = "The street lamp is broken.", **filing) -> Matter:
    return make_matter(text, now=timezone.now() - timedelta(minutes=30), **filing)


def test_the_board_counts_today_and_what_stands(course, desk) -> None:
    course(new()).handed_in()
    course(new("Another lamp is dark.")).accepted()
    late = course(make_matter("An old one.", now=timezone.now() - 60 * DAY)).accepted().matter
    Matter.objects.filter(pk=late.pk).update(card="red")
    project(timezone.now())
    board = desk.get(BOARD).context["board"]
    assert [each["value"] for each in board["today"]] == ["2", "1", "0"]
    assert (board["open"]["value"], board["overdue"]) == ("3", "1")
    assert (board["yellow"], board["red"]) == ("0", "1")
    on_time, satisfaction = board["rates"]
    assert (on_time["hits"], on_time["of"], satisfaction["value"]) == ("1", "1", "—")
    last = board["curve"]["days"][-1]
    assert (last["filed"]["count"], last["answered"]["count"]) == (2, 1)
    assert (last["filed"]["height"], last["answered"]["height"]) == (200, 100)
    assert len(board["curve"]["days"]) == 14


def test_the_hall_reads_no_title_that_is_not_public(course, desk, operator) -> None:
    town = Division.objects.create(code="410221101", name="Chengguan", level="town")
    village = Division.objects.create(code="410221101002", name="East Gate", level="village")
    now = timezone.now()
    course(new("Wang of house 4 beats his dog.", division=village)).cleared()
    public = course(new("The lamp at the gate is dark.", may_publish=True)).cleared().matter
    publish(public, title="A lamp is dark", text="Dark.", answer="Repaired.", by=operator, now=now)
    secret = course(new("Mrs Li takes bribes.")).handed_in().matter
    Matter.objects.filter(pk=secret.pk).update(is_confidential=True)
    project(timezone.now())
    page = desk.get(BOARD)
    found = {(each["title"], str(each["category"]), each["town"]) for each in answered(page)}
    assert found == {("A lamp is dark", "Street lights", ""), ("", "Street lights", town.name)}
    for word in ("Wang", "bribes", "East Gate"):
        assert word not in page.text


def answered(page) -> list[dict]:
    return page.context["board"]["answered"]


def test_a_unit_has_a_board_of_its_own_house(course, client, outsider) -> None:
    course(new()).handed_in()
    project(timezone.now())
    client.force_login(outsider.user)
    page = client.get(BOARD)
    assert [each["value"] for each in page.context["board"]["today"]] == ["0", "0", "0"]
    assert answered(page) == []


def test_the_board_renews_itself_with_and_without_scripts(course, desk) -> None:
    page = desk.get(f"{BOARD}?ledger={make_ledger().code}")
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page.text
    assert 'hx-get="/desk/board/?ledger=appeals" hx-trigger="every 60s"' in page.text


def test_the_day_says_what_is_late_and_why(course, desk) -> None:
    old = timezone.now() - 60 * DAY
    unsigned = course(make_matter("An old one.", now=old)).dispatched().matter
    objected = course(make_matter("An old one of others.", now=old)).dispatched()
    objected.step("object", "handler", text="The water company's.", basis="Duties, 3.2")
    redone = course(make_matter("Another old one.", now=old)).handed_in()
    redone.step("send_back", "caller", text="Still dark.")
    sweep(timezone.now())
    project(timezone.now())
    page = desk.get(TODAY)
    late = page.context["late"]
    assert sorted((cause["unit"], cause["count"]) for cause in late["causes"]) == [
        ("Bureau", 1), ("Bureau", 1), ("not dispatched yet", 1),
    ]  # fmt: skip
    assert late["count"] == 3
    assert len(desk.get(page.context["late_url"]).context["rows"]) == 3
    found = {row["number"]: row["reason"] for row in page.context["look_at"]}
    assert found == {
        redone.matter.number: "Redone, and still open. Times redone: 1.",
        unsigned.number: "Late for longest.",
    }


def test_the_day_says_what_is_unusual(desk) -> None:
    heating = make_category(make_ledger(), "GN", "Heating")
    for number in range(6):
        matter = new(f"Flat {number} is cold.")
        Matter.objects.filter(pk=matter.pk).update(category=heating)
    for week in (1, 2, 3, 4):
        matter = make_matter(f"Cold in week {week}.", now=timezone.now() - week * 7 * DAY)
        Matter.objects.filter(pk=matter.pk).update(category=heating)
    project(timezone.now())
    page = desk.get(TODAY)
    whole, found = page.context["unusual"]
    assert (whole["name"], whole["count"]) == ("All together", 6)
    assert (found["name"], found["count"], found["is_more"]) == ("Heating", 6, True)
    assert found["usual"] == "usual on this weekday: 1 (the last four: 1, 1, 1, 1)"
    assert len(desk.get(found["url"]).context["rows"]) == 6
    assert [flow["value"] for flow in page.context["flows"]] == ["6", "0", "0"]
    # A day that is not over has few of everything: nothing is said of that.
    assert desk.get(TODAY + page.context["before_url"]).context["unusual"] == []


def test_what_has_no_category_yet_is_unusual_as_a_whole_only(desk) -> None:
    for number in range(6):
        new(f"Flat {number} is cold.")
    project(timezone.now())
    assert [each["name"] for each in desk.get(TODAY).context["unusual"]] == ["All together"]


def test_a_leader_is_told_what_waits_for_their_signature(course, client, leader) -> None:
    make_calendar()
    ledger = make_ledger(leader_signs=True)
    way = course(make_matter(ledger=ledger)).accepted()
    client.force_login(leader.user)
    assert client.get(TODAY).context["to_sign"] == ""
    way.step("submit", "handler", account="New bulb.", answer="Repaired.")
    assert client.get(TODAY).context["to_sign"] == "1"


def test_a_day_to_come_is_today(desk) -> None:
    make_ledger()
    today = timezone.localtime(timezone.now()).date()
    for asked in ("2999-01-01", "x", ""):
        assert desk.get(TODAY, {"day": asked}).context["day"] == today


@pytest.mark.parametrize("path", [BOARD, TODAY])
def test_more_matters_cost_no_more_queries(path, course, desk) -> None:
    def asked(number: int) -> int:
        town = Division.objects.create(code=f"41022110{number}", name=f"T{number}", level="town")
        lead = make_unit(f"bureau{number}")
        old = timezone.now() - 60 * DAY
        for kind in ("help", "consult", "complaint"):
            matter = make_matter(f"{kind} {number} is dark.", division=town, now=old)
            course(matter).listed(kind=kind).step(
                "dispatch", "operator", lead=lead, content="Please repair."
            )
        course(new(f"Lamp {number} is dark.", division=town)).handed_in()
        Matter.objects.update(category=make_category(make_ledger()))
        project(timezone.now() + number * HOUR)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        return len(queries)

    for number in range(3):  # so that a category is unusual from the beginning
        new(f"House {number} is dark.")
    once = asked(1)
    asked(2)
    assert asked(3) == once <= 25
