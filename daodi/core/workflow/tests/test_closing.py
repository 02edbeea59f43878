"""How a matter ends, and how it begins again."""

import pytest

from daodi.core.exceptions import Missing, NotYours, Refused
from daodi.core.matters.states import Side, State
from tests.makers import DAY, make_ledger, make_matter

RESIDENT = Side.RESIDENT


@pytest.mark.parametrize(
    ("solved", "satisfied", "clears"),
    [
        ("yes", "yes", True),
        ("partly", "basically", True),
        ("no", "yes", False),
        ("partly", "no", False),
    ],
)
def test_what_a_judgement_leads_to(course, solved, satisfied, clears) -> None:
    ledger = make_ledger(clear_after_satisfied=2)
    run = course(make_matter(ledger=ledger)).handed_in()
    run.step("judge", RESIDENT, solved=solved, satisfied=satisfied, remark="So it is.")
    matter, judgement = run.matter, run.matter.judgements.get()
    assert matter.clear_at == matter.next_look_at == (run.now + 2 * DAY if clears else None)
    assert (matter.solved, matter.satisfied) == (judgement.solved, judgement.satisfied)
    assert (matter.solved, matter.satisfied) == (solved, satisfied)


@pytest.mark.parametrize(("solved", "satisfied"), [("", "yes"), ("yes", ""), ("maybe", "yes")])
def test_both_questions_are_answered(course, solved, satisfied) -> None:
    with pytest.raises(Refused, match="answer both questions"):
        course().handed_in().step("judge", RESIDENT, solved=solved, satisfied=satisfied)


def test_a_caller_judges_for_the_resident_and_the_leader_does_not(course, cast) -> None:
    run = course().handed_in()
    with pytest.raises(NotYours):
        run.step("judge", "leader", solved="yes", satisfied="yes")
    run.step("judge", "caller", solved="yes", satisfied="yes")
    assert run.matter.judgements.get().by == cast["caller"]


def test_a_cleared_matter_may_still_be_judged_and_stays_cleared(course) -> None:
    run = course().cleared().step("judge", RESIDENT, solved="no", satisfied="no")
    assert (run.matter.state, run.matter.next_look_at) == (State.CLEARED, None)


def test_each_round_is_judged_anew(course) -> None:
    run = course().handed_in().step("judge", RESIDENT, solved="no", satisfied="no")
    run.step("send_back", "supervisor", text="Still dark.")
    run.step("hand_in", "handler", account="x", answer="x")
    run.step("judge", RESIDENT, solved="yes", satisfied="yes")
    assert [(j.round, j.solved) for j in run.matter.judgements.all()] == [(1, "no"), (2, "yes")]


@pytest.mark.parametrize(
    ("name", "by"), [("redo", RESIDENT), ("send_back", "caller"), ("send_back", "supervisor")]
)
def test_back_to_the_unit_with_a_reason(course, name, by) -> None:
    run = course().handed_in()
    with pytest.raises(Missing, match="what is still wrong"):
        run.step(name, by, text=" ")
    matter = run.step(name, by, text="Still dark.").matter
    assert (matter.state, matter.clear_at, matter.handed_in_at) == (State.HANDLING, None, None)


@pytest.mark.parametrize(("name", "by"), [("redo", RESIDENT), ("send_back", "caller")])
def test_what_no_unit_has_handled_cannot_go_back_to_one(course, name, by) -> None:
    run = course().listed().step("answer", "operator", answer="Ask the province.")
    with pytest.raises(Refused, match="No unit has handled it"):
        run.step(name, by, text="Still dark.")
    run.step("clear", "caller")
    for side in (RESIDENT, "supervisor"):
        with pytest.raises(Refused, match="No unit has handled it"):
            run.step("reopen", side, text="Still dark.")


def test_a_supervisor_reopens_however_late(course) -> None:
    run = course().cleared()
    run.now += 900 * DAY
    matter = run.step("reopen", "supervisor", text="It fell down.").matter
    assert (matter.state, matter.cleared_at, matter.round) == (State.DISPATCHED, None, 2)


def test_left_out_of_the_scoring_once_and_still_on_the_ledger(course) -> None:
    run = course().cleared().step("exclude", "supervisor", text="Filed to test the line.")
    assert (run.matter.is_excluded, run.matter.state) == (True, State.CLEARED)
    with pytest.raises(Refused, match="left out already"):
        run.step("exclude", "supervisor", text="Again.")


@pytest.mark.parametrize("way", ["listed", "dispatched", "accepted", "handed_in"])
def test_withdrawn_everything_stops(course, way) -> None:
    run = getattr(course(), way)().step("withdraw", RESIDENT, remark="The lamp works again.")
    assert (run.matter.state, run.matter.next_look_at) == (State.WITHDRAWN, None)
    assert not run.matter.clocks.running().exists()
    with pytest.raises(Refused, match="not possible while"):
        run.step("write", RESIDENT, text="Hello?")


def test_a_direct_answer_answers_the_order_and_ends_its_clock(course) -> None:
    run = course().listed().step("press", "supervisor", text="Today!", limit="PT4H")
    run.step("answer", "operator", answer="Ask the bus company.")
    assert [clock.name for clock in run.matter.clocks.running()] == []
    run.step("press", "supervisor", text="Once more.", limit="PT4H")
    assert [clock.name for clock in run.matter.clocks.running()] == ["order"]


def test_an_order_on_a_result_is_not_answered_by_a_judgement(course) -> None:
    run = course().handed_in().step("press", "supervisor", text="Look again.", limit="P1D")
    run.step("judge", "caller", solved="no", satisfied="no")
    assert run.matter.orders.get().answered_at is None
    assert [clock.name for clock in run.matter.clocks.running()] == ["order"]
