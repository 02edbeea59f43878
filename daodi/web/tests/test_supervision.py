"""The supervisor's pages: the board and its lists, orders, early signs, patterns."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daodi.core.notices.models import Notice
from daodi.core.supervision.models import Finding, Reminder
from daodi.core.supervision.questions import AT_LEAST
from daodi.core.sweep.alarms import sweep
from daodi.web.showing.orders import paper_of_order
from tests.files import photo
from tests.makers import DAY, NOON, make_calendar, make_ledger, make_matter, make_unit, reread

BOARD = "/desk/supervision/"


@pytest.fixture
def desk(client, supervisor):
    make_calendar()
    client.force_login(supervisor.user)
    return client


def watch(name: str) -> str:
    return reverse("desk:watch", args=[name])


def late(course, text: str = "Lamp"):
    ledger = make_ledger("quick", policy="13710-hours", prefix="H")
    run = course(make_matter(text, ledger=ledger, now=timezone.now() - DAY)).dispatched()
    sweep(timezone.now())
    run.matter = reread(run.matter)
    return run


def said(row: dict) -> dict[str, str]:
    return {cell["name"]: cell["text"] for cell in row["cells"]}


def test_the_board_counts_and_leads_to_lists(course, desk) -> None:
    matter = late(course).matter
    page = desk.get(BOARD)
    assert {tile["name"]: tile["count"] for tile in page.context["tiles"]} == {
        "red": 1, "yellow": 0, "coming": 0, "bounced": 0, "redone": 0, "suspended": 0,
        "repeated": 0,
    }  # fmt: skip
    (row,) = page.context["rows"]
    # The policy has written an order by itself.
    assert [row["unit"], row["cells"][0]["count"], page.context["orders"]["running"]] == [
        matter.unit, 1, 1,
    ]  # fmt: skip
    found = desk.get(row["cells"][0]["url"])
    assert [each["number"] for each in found.context["rows"]] == [matter.number]
    elsewhere = desk.get(watch("red"), {"unit": make_unit("water").pk})
    assert elsewhere.context["rows"] == []


def test_a_row_says_clock_cause_and_next_step(course, desk) -> None:
    late(course)
    (row,) = desk.get(watch("red")).context["rows"]
    words = said(row)
    assert words["why"].startswith("“Respond within 1 hour”: dispatched yesterday ")
    assert words["why"].endswith(", the resident not yet contacted")
    assert words["next"] == "Contacted the resident"


def test_what_comes_back_says_how_often_and_what_is_to_be_decided(course, desk) -> None:
    run = course().dispatched().step("object", "handler", text="Not ours", basis="List 3")
    (row,) = desk.get(watch("bounced")).context["rows"]
    assert (said(row)["next"], row["number"]) == ("Decide: Objection", run.matter.number)
    assert "sent back 1 time" in said(row)["why"]


@pytest.mark.parametrize("name", ["red", "repeated"])
def test_more_rows_cost_no_more_queries(course, desk, name) -> None:
    taken = []
    for count in (1, 3):
        for number in range(count):
            run = late(course, f"Lamp {count} {number}")
            if name == "repeated":
                run.step("contact", "handler", text="At nine.").step("accept", "handler")
                run.step("hand_in", "handler", account="Done.", answer="It shines.")
                run.step("clear", "caller").step("reopen", "supervisor", text="Dark.")
        with CaptureQueriesContext(connection) as queries:
            page = desk.get(watch(name))
        taken.append((len(queries), len(page.context["rows"])))
    assert taken == [(taken[0][0], 1), (taken[0][0], 4)]
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(BOARD).status_code == 200
    assert len(queries) <= 12


class TestOrders:
    def test_closed_and_sent_back_from_the_list(self, course, desk) -> None:
        run = course().accepted().step("press", "supervisor", text="Today!", limit="P1D")
        run.step("answer_order", "leader", text="Soon.")
        (row,) = desk.get(f"{BOARD}orders/?show=answered").context["rows"]
        _close, back = row["steps"]
        assert desk.post(back["url"], {"text": "", "limit": "P1D"}).status_code == 422
        desk.post(back["url"], {"text": "By when?", "limit": "P1D"})
        (row,) = desk.get(f"{BOARD}orders/?show=running").context["rows"]
        assert (row["order"].returns, row["steps"]) == (1, [])
        run.matter = reread(run.matter)
        run.step("answer_order", "leader", text="Tomorrow.")
        (row,) = desk.get(f"{BOARD}orders/?show=answered").context["rows"]
        desk.post(row["steps"][0]["url"], {"remark": ""})
        assert run.matter.orders.get().closed_at
        assert len(desk.get(f"{BOARD}orders/?show=closed").context["rows"]) == 1

    def test_on_paper_for_who_sees_the_matter(self, course, cast, outsider, client) -> None:
        run = course().accepted().step("press", "supervisor", text="Today!", limit="P1D")
        order = run.matter.orders.get()
        paper = paper_of_order(order, "Supervisor", NOON)
        assert (paper["text"], paper["answer"], dict(paper["facts"])["To"]) == (
            "Today!", "", "Bureau",
        )  # fmt: skip
        url = reverse("desk:order_pdf", args=[order.pk])
        for who, status in ((cast["handler"], 200), (outsider, 404)):
            client.force_login(who.user)
            assert client.get(url).status_code == status

    def test_an_answer_stands_on_the_matter_until_it_is_closed(self, course, desk) -> None:
        run = course().accepted().step("press", "supervisor", text="Today!", limit="P1D")
        run.step("answer_order", "leader", text="Soon.")
        page = reverse("desk:matter", args=[run.matter.number])
        assert desk.get(page).context["order"]["order"].answer == "Soon."
        run.step("close_order", "supervisor")
        assert desk.get(page).context["order"] is None


def test_what_is_left_out_stands_with_its_evidence_and_is_taken_back(course, desk) -> None:
    matter = course().cleared().matter
    url = reverse("desk:move", args=[matter.number, "exclude"])
    desk.post(f"{url}?seen={matter.version}", {"text": "A test call.", "files": photo()})
    (row,) = desk.get(reverse("desk:excluded")).context["rows"]
    assert (row["evidence"].words.text, row["files"][0]["name"]) == ("A test call.", "lamp.jpg")
    desk.post(row["step"]["url"], {"text": "It was none."})
    assert reread(matter).is_excluded is False
    assert desk.get(reverse("desk:excluded")).context["rows"] == []


class TestReminders:
    NEW = "/desk/reminders/new/"

    def written(self, desk, *matters, **given):
        unit = make_unit("bureau")
        data = {"m": [m.pk for m in matters], "kind": "assign", "unit": unit.pk, "topic": "Lamps",
                "text": "Three a week: why?",
                "due": (timezone.now() + 4 * DAY).date().isoformat(), **given}  # fmt: skip
        return desk.post(self.NEW, data)

    def test_from_ticked_matters_to_the_answer(self, course, desk, client, cast) -> None:
        matters = [course(make_matter(f"Lamp {n}")).accepted().matter for n in range(2)]
        page = desk.get(self.NEW, {"do": "assign", "m": [m.pk for m in matters]})
        assert page.context["form"].initial["kind"] == "assign"
        assert page.context["form"]["unit"].initial == matters[0].unit_id
        assert self.written(desk, *matters, due="").status_code == 422
        url = self.written(desk, *matters).url
        client.force_login(cast["handler"].user)
        (row,) = client.get("/desk/first/").context["reminders"]
        assert (row["url"], row["reminder"].topic) == (url, "Lamps")
        notice = Notice.objects.get(name="reminder", member=cast["handler"])
        assert client.get(reverse("desk:notice", args=[notice.pk])).url == url
        assert client.post(f"{url}answer/", {"text": ""}).status_code == 422
        assert client.post(f"{url}answer/", {"text": "Old cable."}).url == url
        assert client.get("/desk/first/").context["reminders"] == []
        client.force_login(cast["supervisor"].user)
        assert client.get(BOARD).context["signs"] == {"prompt": 0, "assign": 1, "answered": 1}
        (row,) = client.get("/desk/reminders/?show=answered").context["rows"]
        assert row["url"] == url
        page = client.get(url)
        assert [step["label"] for step in page.context["steps"]] == [
            "Send the answer back",
            "Close it",
        ]
        client.post(f"{url}close/", {"text": ""})
        assert Reminder.objects.get().closed_at
        assert len(client.get("/desk/reminders/?show=closed").context["rows"]) == 1

    def test_the_unit_reads_only_of_matters_that_it_sees(self, course, desk, client, cast) -> None:
        ours = course(make_matter("Lamp")).accepted().matter
        theirs = course(make_matter("Pump")).dispatched(lead=make_unit("water")).matter
        url = self.written(desk, ours, theirs).url
        client.force_login(cast["handler"].user)
        page = client.get(url)
        assert [row["number"] for row in page.context["matters"]] == [ours.number]
        assert (page.context["hidden"], theirs.number in page.content.decode()) == (1, False)

    def test_nothing_confidential_is_attached(self, desk) -> None:
        matter = make_matter("Help me", is_confidential=True)
        assert self.written(desk, matter).url == BOARD


def test_a_pattern_leads_to_its_matters_and_keeps_what_was_found(course, desk) -> None:
    now = timezone.now() - timedelta(hours=1)
    for number in range(AT_LEAST):
        course(make_matter(f"Lamp {number}", now=now)).handed_in()
    page = desk.get(reverse("desk:questions"))
    rows = {group["question"].name: group["rows"] for group in page.context["groups"]}
    (row,) = rows.pop("without_contact")
    assert ((row["seen"].count, row["seen"].of), any(rows.values())) == ((3, 3), False)
    found = desk.get(row["url"])
    assert (found.context["count"], len(found.context["rows"])) == (3, 3)
    assert desk.post(row["url"], {"text": ""}).status_code == 422
    desk.post(row["url"], {"text": "They met him at the door."})
    assert Finding.objects.get().text == "They met him at the door."
    assert "They met him at the door." in desk.get(reverse("desk:questions")).content.decode()


def test_a_clock_shows_its_alarms_and_the_next_one(course, desk) -> None:
    run = course(make_matter(ledger=make_ledger("quick", policy="13710-hours"), now=timezone.now()))
    matter = run.dispatched().matter
    url = reverse("desk:matter", args=[matter.number])
    respond = desk.get(url).context["clocks"][1]
    assert [(each["card"], each.get("ahead")) for each in respond["alarms"]] == [("yellow", True)]
    sweep(run.now + timedelta(minutes=31))
    respond = desk.get(url).context["clocks"][1]
    first, ahead = respond["alarms"]
    assert (first["card_word"], first["told"], "50 %" in first["words"]) == (
        "yellow card", "Handler", True,
    )  # fmt: skip
    assert (ahead["card"], ahead["told"]) == ("red", "Handler, Unit leader, Supervisor")
