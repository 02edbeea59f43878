"""The page that a resident comes back to: who, by when, and what they can do next."""

import pytest
from django.urls import reverse

from daodi.apps.appeals import due
from daodi.apps.appeals.due import silence_words
from daodi.core.intake.filing import Filing, file_matter
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from tests.makers import DAY, HOUR, NOON, make_ledger, make_matter, reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client, course):
    """A request that the browser follows, and its course."""
    receipt = file_matter(make_ledger(), Filing(text="The street lamp is dark."), now=NOON)
    client.get(page_of(receipt.matter), {"code": receipt.code})
    return course(reread(receipt.matter))


def page_of(matter) -> str:
    return reverse("appeals:course", args=[matter.number])


def take(client, matter, name, **given):
    url = reverse("appeals:move", args=[matter.number, name])
    return client.post(url, {"solved": "", "satisfied": "", **given})


def due_on(run, now) -> list[dict]:
    return due.due_on(run.matter, due.clocks_of(run.matter), now)


def promised(run, now) -> str:
    return due.promise_words(run.matter, due.clocks_of(run.matter), now)


def offered(client, matter) -> list[tuple[str, bool]]:
    offers = client.get(page_of(matter)).context["offers"]
    return [(offer["move"].name, offer["open"]) for offer in offers]


def test_it_says_who_answers_and_what_for(client, mine) -> None:
    mine.accepted()
    content = client.get(page_of(mine.matter)).content.decode()
    assert f'href="{reverse("appeals:unit", args=["bureau"])}"' in content


def test_it_says_what_is_due_when_and_why(mine) -> None:
    (sent,) = due_on(mine, NOON)
    assert sent == {
        "what": "We send it to the unit that answers for it",
        "by": "by tomorrow 12:00",
        "is_late": False,
        "why": "Allowed are 1 day, from 2026-03-02 Mon 12:00 on.",
    }
    mine.accepted()
    answer = due_on(mine, mine.now)[-1]
    assert (answer["what"], answer["why"].split(". ")[1]) == (
        "You get the answer",
        "Weekends and holidays do not count",
    )


def test_while_the_unit_waits_for_the_resident_the_time_stands_still(client, mine) -> None:
    mine.accepted().step("ask", "handler", text="Which gate?")
    answer = due_on(mine, mine.now)[-1]
    assert answer["by"] == ""
    assert answer["why"].endswith("The time stands still until you reply.")
    page = client.get(page_of(mine.matter))
    assert page.context["promise"] == "The time stands still until you reply."
    assert [step["text"] for step in page.context["steps"]] == ["", "Bureau", "", "", ""]
    mine.step("reply", Side.RESIDENT, text="The east one.")
    assert promised(mine, mine.now).startswith("You get an answer by")


def test_a_halt_is_no_delay(mine) -> None:
    review = (NOON + 90 * DAY).date()
    mine.accepted().step("suspend", "leader", text="Frost.", plan="In spring.", review_on=review)
    mine.step("grant_suspension", "supervisor")
    later = mine.matter.promised_at + DAY
    assert promised(mine, later) == "The time stands still until work goes on."


def test_the_question_stands_where_it_is_answered(client, mine) -> None:
    mine.accepted().step("ask", "handler", text="Which gate?")
    assert client.get(page_of(mine.matter)).context["question"] == "Which gate?"
    take(client, mine.matter, "reply", text="The east one.")
    assert client.get(page_of(mine.matter)).context["question"] == ""


def test_what_ended_on_the_way_promises_no_further_steps(client, mine) -> None:
    mine.step("decline", "operator", reason="Not ours", text="Please turn to the court.")
    steps = client.get(page_of(mine.matter)).context["steps"]
    assert [(step["title"], step["stage"]) for step in steps] == [
        ("Sent", "done"),
        ("Not taken up", "current"),
    ]


def test_judged_and_done_again_from_the_page_of_the_request(client, mine) -> None:
    mine.handed_in()
    offers = client.get(page_of(mine.matter)).context["offers"]
    assert [(offer["move"].name, bool(offer["again"])) for offer in offers][:2] == [
        ("judge", True), ("redo", False),
    ]  # fmt: skip
    take(client, mine.matter, "judge", solved="no", satisfied="no", remark="Dark.", again="yes")
    assert reread(mine.matter).state == State.HANDLING


def test_what_is_late_is_not_promised_again(mine) -> None:
    mine.accepted()
    late = mine.matter.promised_at + HOUR
    assert promised(mine, late).endswith("It is late.")
    assert due_on(mine, late)[-1]["is_late"]


def test_silence_and_its_end_are_announced(mine) -> None:
    mine.handed_in()
    assert silence_words(mine.matter, mine.now).startswith("If you say nothing, it counts as done")
    mine.step("clear", "caller")
    assert silence_words(mine.matter, mine.now).startswith("If the problem is back")
    assert silence_words(mine.matter, mine.now + 40 * DAY) == ""


def test_not_solved_leads_straight_to_asking_again(client, mine) -> None:
    mine.handed_in()
    answer = take(client, mine.matter, "judge", solved="no", satisfied="no", remark="Still dark.")
    assert answer.url == f"{page_of(mine.matter)}#next"
    page = client.get(page_of(mine.matter))
    first = page.context["offers"][0]
    assert (first["move"].name, first["open"]) == ("redo", True)
    assert first["form"]["text"].value() == "Still dark."
    take(client, mine.matter, "redo", text="Still dark.")
    assert reread(mine.matter).state == State.HANDLING


def test_who_is_content_is_not_asked_to_complain(client, mine) -> None:
    mine.handed_in()
    assert offered(client, mine.matter)[0] == ("judge", True)
    answer = take(client, mine.matter, "judge", solved="yes", satisfied="yes")
    assert answer.url == page_of(mine.matter)
    assert not any(is_open for _name, is_open in offered(client, mine.matter))


def test_many_with_the_same_read_one_course_and_nobody_elses_words(client, mine, course) -> None:
    whole = course(make_matter("The lamp at the east gate")).accepted()
    whole.step("ask", "handler", text="Mrs Li, which gate?")
    third = course(make_matter("No light at the gate"))
    for run in (mine, third):
        run.step("merge", "operator", into=Matter.objects.get(pk=whole.matter.pk))
    page = client.get(page_of(mine.matter))
    told = [event["what"] for event in page.context["events"]]
    assert "For all of you: The unit took it in hand" in told
    assert "joined with 2 others" in page.context["joined"]
    content = page.content.decode()
    assert "Mrs Li" not in content
    assert whole.matter.number not in content


def test_the_page_asks_the_database_little(client, mine, django_assert_max_num_queries) -> None:
    mine.handed_in()
    with django_assert_max_num_queries(14):
        client.get(page_of(mine.matter))


def test_wrong_codes_from_one_address_end_too(client, mine, monkeypatch) -> None:
    monkeypatch.setattr("daodi.apps.appeals.following.TRIES_FROM", 3)
    given = {"number": "SQ-20200101-00000", "code": "ABCDEFGH"}
    for each in range(3):
        client.post(reverse("appeals:track"), given | {"number": f"SQ-20200101-00000{each}"})
    answer = client.post(reverse("appeals:track"), given | {"number": mine.matter.number})
    assert b"Please wait 15 minutes" in answer.content
