"""An order runs until its answer is closed; an answer that is not enough goes back."""

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.matters.states import Side
from daodi.core.notices.models import Notice
from daodi.core.notices.words import said
from tests.makers import DAY, HOUR


def pressed(course):
    return course().accepted().step("press", "supervisor", text="Today!", limit="PT4H")


def test_an_answer_is_closed(course, cast) -> None:
    run = pressed(course).step("answer_order", "leader", text="Done.")
    run.step("close_order", "supervisor", remark="Seen.")
    order = run.matter.orders.get()
    assert (order.closed_at, order.closed_by, order.answer) == (
        run.now,
        cast["supervisor"],
        "Done.",
    )
    assert run.matter.events.last().words.text == "Seen."


def test_an_answer_goes_back_and_the_order_runs_again(course) -> None:
    run = pressed(course).step("answer_order", "leader", text="Soon.")
    run.step("return_order", "supervisor", text="Say by when.", limit="P1D")
    order = run.matter.orders.get()
    assert (order.answered_at, order.answer, order.returns) == (None, "", 1)
    assert order.due_at == run.now + DAY
    assert run.matter.clocks.running().get(name="order").due_at == order.due_at
    run.step("answer_order", "handler", text="Tomorrow at nine.")
    answers = run.matter.events.filter(name="answer_order").order_by("seq")
    assert [event.words.text for event in answers] == ["Soon.", "Tomorrow at nine."]
    assert run.matter.orders.to_close().get().answer == "Tomorrow at nine."


def test_only_what_was_answered_is_closed_or_returned_and_by_supervisors_only(course) -> None:
    run = pressed(course)
    for name, given in (("close_order", {}), ("return_order", {"text": "?", "limit": "P1D"})):
        with pytest.raises(Refused, match="no answer to an order"):
            run.step(name, "supervisor", **given)
    run.step("answer_order", "leader", text="Done.")
    with pytest.raises(NotYours):
        run.step("close_order", "leader")


def test_a_result_waits_to_be_looked_at_and_is_closed_even_after_clearing(course) -> None:
    run = pressed(course).step("hand_in", "handler", account="New bulb.", answer="It shines.")
    run.step("clear", "caller")
    assert run.matter.orders.to_close().count() == 1
    run.step("close_order", "supervisor")
    assert run.matter.orders.to_close().count() == 0


def test_a_result_closes_the_order_that_wrote_itself(course) -> None:
    run = course().accepted().step("press", Side.SYSTEM, text="Why so late?", limit="P1D")
    run.step("hand_in", "handler", account="New bulb.", answer="It shines.")
    assert run.matter.orders.get().closed_at == run.now


def test_but_an_answer_to_it_is_looked_at(course) -> None:
    run = course().accepted().step("press", Side.SYSTEM, text="Why so late?", limit="P1D")
    run.step("answer_order", "leader", text="Soon.")
    assert run.matter.orders.to_close().get().answer == "Soon."


def test_the_end_closes_an_order_that_nobody_can_answer_any_more(course) -> None:
    run = pressed(course).step("withdraw", Side.RESIDENT, remark="It shines.")
    assert run.matter.orders.get().closed_at == run.now


def test_a_new_order_closes_the_one_before(course) -> None:
    run = pressed(course).step("answer_order", "leader", text="Soon.")
    run.step("press", "supervisor", text="Now!", limit="PT4H")
    first, second = run.matter.orders.all()
    assert (first.closed_at, second.closed_at) == (run.now, None)
    assert list(run.matter.orders.late(run.now + 5 * HOUR)) == [second]


def test_who_is_concerned_is_told(course) -> None:
    run = pressed(course).step("answer_order", "leader", text="Soon.")
    Notice.objects.all().delete()
    run.step("return_order", "supervisor", text="Say by when.", limit="P1D")
    run.step("answer_order", "leader", text="Now.").step("close_order", "supervisor")
    notices = Notice.objects.select_related("member__user").order_by("pk")
    assert [(str(notice.member), said(notice)) for notice in notices] == [
        ("Handler", "The answer to the order was sent back: answer it again"),
        ("Leader", "The answer to the order was sent back: answer it again"),
        ("Supervisor", "Your order was answered: close it or send it back"),
        ("Handler", "The order is closed: nothing more is asked"),
    ]


def test_what_was_left_out_is_taken_back_into_the_scoring(course) -> None:
    run = course().cleared()
    with pytest.raises(Refused, match="not left out"):
        run.step("include", "supervisor", text="It counts.")
    run.step("exclude", "supervisor", text="A test call.")
    with pytest.raises(Refused, match="why it counts"):
        run.step("include", "supervisor", text=" ")
    run.step("include", "supervisor", text="The recording shows that it was none.")
    assert run.matter.is_excluded is False
