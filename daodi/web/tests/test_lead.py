"""What a unit's leader sees on the phone, and does there in two taps."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from tests.makers import DAY, make_calendar, make_ledger, make_matter, make_member, reread

PAGE = "/desk/lead/"
DRAFT = {"account": "New bulb, by Zhao.", "answer": "The lamp shines again."}


@pytest.fixture
def phone(client, leader):
    make_calendar()
    client.force_login(leader.user)
    return client


def drafted(course) -> Matter:
    make_ledger(leader_signs=True)
    return (
        course(make_matter(now=timezone.now() - DAY))
        .accepted()
        .step("submit", "handler", **DRAFT)
        .matter
    )


def step(matter: Matter, name: str) -> str:
    return f"{reverse('desk:lead_step', args=[matter.number, name])}?seen={matter.version}"


def numbers(page, group: str) -> list[str]:
    return [row["number"] for row in page.context[group]]


def test_a_draft_stands_there_in_full_and_is_signed(course, phone) -> None:
    matter = drafted(course)
    page = phone.get(PAGE)
    (row,) = page.context["drafts"]
    assert (row["number"], row["by"]) == (matter.number, "Handler")
    assert all(text in page.content.decode() for text in DRAFT.values())
    answer = phone.post(step(matter, "sign"))
    assert (answer.url, reread(matter).state, reread(matter).answer) == (
        PAGE, State.HANDED_IN, DRAFT["answer"],
    )  # fmt: skip
    assert numbers(phone.get(PAGE), "drafts") == []


def test_a_draft_is_returned_only_with_words(course, phone) -> None:
    matter = drafted(course)
    page = phone.post(step(matter, "return_draft"))
    assert (page.status_code, page.context["refused"]["title"]) == (422, matter.title)
    phone.post(step(matter, "return_draft"), {"text": "Say who did it."})
    assert reread(matter).events.get(name="return_draft").words.text == "Say who did it."


def test_nobody_signs_what_was_changed_since_they_read_it(course, phone) -> None:
    matter = drafted(course)
    seen = step(matter, "sign")
    course(matter).step("note", "handler", text="Wait!")
    page = phone.post(seen)
    assert (page.status_code, reread(matter).state) == (422, State.HANDLING)


def test_late_soon_and_halted_each_say_which_clock_and_who(course, phone) -> None:
    now = timezone.now()
    late = course(make_matter(now=now - timedelta(days=60))).accepted().matter
    soon = course(make_matter(now=now)).dispatched().matter
    page = phone.get(PAGE)
    assert (numbers(page, "late"), numbers(page, "soon")) == ([late.number], [soon.number])
    (row,) = page.context["late"]
    assert (row["by"], row["clock"]["tone"]) == ("Handler", "late")
    assert page.context["soon"][0]["by"] == ""
    assert row["clock"]["name"]


def test_an_order_is_answered_on_the_spot(course, phone) -> None:
    matter = course().accepted().step("press", "supervisor", text="Today!", limit="P1W").matter
    (row,) = phone.get(PAGE).context["orders"]
    assert (row["number"], row["order"].text) == (matter.number, "Today!")
    phone.post(step(matter, "answer_order"), {"text": "Done."})
    assert matter.orders.get().answer == "Done."


def test_only_the_own_house(course, client, phone) -> None:
    course().accepted()
    client.force_login(make_member("other", "leader", unit="water").user)
    page = client.get(PAGE)
    assert [len(page.context[group]) for group in ("drafts", "orders", "late", "soon")] == [0] * 4


def test_more_rows_cost_no_more_queries(course, phone) -> None:
    def one_of_each() -> int:
        drafted(course)
        course().accepted().step("press", "supervisor", text="Today!", limit="P1W")
        with CaptureQueriesContext(connection) as asked:
            assert phone.get(PAGE).status_code == 200
        return len(asked)

    one_of_each()
    once = one_of_each()
    one_of_each()
    assert one_of_each() == once


def test_who_only_leads_begins_here(client, leader) -> None:
    leader.user.set_password("lamp-post-7")
    leader.user.save(update_fields=["password"])
    given = {"username": "leader", "password": "lamp-post-7"}
    assert client.post(reverse("login"), given).url == PAGE
