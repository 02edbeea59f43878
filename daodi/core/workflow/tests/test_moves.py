"""The table of moves is the law: what it allows is done, and nothing else."""

from datetime import date

import pytest

from daodi.core.exceptions import ChangedMeanwhile, Missing, NotYours, Refused
from daodi.core.matters.belongings import Part
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.matters.states import END_STATES, OPEN_STATES, Side, State
from daodi.core.people.roles import Role
from daodi.core.workflow.rights import moves_for, sides_of
from daodi.core.workflow.services import ACTS, perform
from tests.makers import (
    DAY,
    HOUR,
    NOON,
    make_category,
    make_ledger,
    make_matter,
    make_member,
    make_town,
    make_unit,
    reread,
)

RESIDENT, SYSTEM = Side.RESIDENT, Side.SYSTEM


def test_every_move_but_filing_has_its_act() -> None:
    assert set(ACTS) == set(MOVES) - {"file"}


def test_every_state_can_be_reached_and_only_ends_are_ends() -> None:
    assert {move.target for move in MOVES.values() if move.target} == set(State)
    leads_on = {
        state
        for move in MOVES.values()
        for state in move.sources
        if move.target and move.target != state
    }
    assert set(OPEN_STATES) <= leads_on
    assert leads_on & set(END_STATES) == {State.CLEARED, State.MERGED}


def test_the_whole_loop(course) -> None:
    done = course().cleared().matter
    assert (done.state, done.version) == (State.CLEARED, 6)
    assert [(e.name, e.side, str(e.by or "")) for e in done.events.order_by("seq")] == [
        ("file", "resident", ""),
        ("list", "operator", "Operator"),
        ("dispatch", "operator", "Operator"),
        ("accept", "lead", "Handler"),
        ("hand_in", "lead", "Handler"),
        ("clear", "caller", "Caller"),
    ]


@pytest.mark.parametrize("state", State)
def test_a_move_from_a_state_that_it_is_not_open_from_is_refused(matter, cast, state) -> None:
    Matter.objects.filter(pk=matter.pk).update(state=state, unit=make_unit("bureau"))
    matter = reread(matter)
    given = {
        "text": "because", "category": make_category(matter.ledger), "kind": "help",
        "urgency": "normal",
        "reason": "Not ours", "answer": "x", "account": "x", "lead": make_unit("bureau"),
        "into": make_matter(), "basis": "x", "below": make_unit("bureau"), "milestone": "x",
        "until": date(2026, 4, 1), "plan": "x", "review_on": date(2026, 4, 1), "solved": "yes",
        "satisfied": "yes", "limit": "P1D", "part": Part(unit=make_unit("bureau")),
        "division": make_town(),
    }  # fmt: skip
    closed = [move for move in MOVES.values() if move.sources and state not in move.sources]
    for move in closed:
        asked = {key: given[key] for key in move.asks if key in given}
        for by in (*cast.values(), *Side):
            with pytest.raises(Refused):
                perform(matter, move.name, by=by, now=NOON, **asked)
    assert reread(matter).version == 1


def test_a_refusal_says_what_would_be_possible(matter, operator) -> None:
    with pytest.raises(Refused, match="“Dispatch” is not possible while the matter is “Received”"):
        perform(matter, "dispatch", by=operator, now=NOON, lead=make_unit("bureau"))
    assert [move.name for move in moves_for(matter, operator, NOON)] == [
        "list", "split", "decline", "answer", "merge", "locate", "note",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "sides"),
    [
        ("operator", {Side.OPERATOR}),
        ("handler", {Side.LEAD}),
        ("leader", {Side.LEADER}),
        ("supervisor", {Side.SUPERVISOR}),
        ("caller", {Side.CALLER}),
    ],
)
def test_roles_count_within_the_own_house(course, cast, who, sides) -> None:
    assert sides_of(course().dispatched().matter, cast[who]) == sides


def test_an_outsider_may_do_nothing_whatever_their_roles(course, outsider) -> None:
    matter = course().dispatched().matter
    assert sides_of(matter, outsider) == set()
    with pytest.raises(NotYours):
        perform(matter, "accept", by=outsider, now=NOON)


def test_who_handles_a_matter_does_not_call_its_resident(course) -> None:
    both = make_member("both", Role.CALLER, Role.HANDLER, Role.OPERATOR, unit="centre")
    handled = course().listed().step("dispatch", "operator", lead=make_unit("centre")).matter
    assert Side.CALLER not in sides_of(handled, both)


def test_of_two_people_one_gets_through(course, cast) -> None:
    mine = course().dispatched().matter
    yours = reread(mine)
    perform(mine, "accept", by=cast["handler"], now=NOON)
    with pytest.raises(ChangedMeanwhile):
        perform(yours, "accept", by=cast["handler"], now=NOON)
    assert mine.events.filter(name="accept").count() == 1


def test_a_text_that_is_needed(course, cast) -> None:
    matter = course().accepted().matter
    with pytest.raises(Missing, match="the internal account"):
        perform(matter, "hand_in", by=cast["handler"], now=NOON, account=" ", answer="Done.")
    assert reread(matter).state == State.HANDLING


class TestObjection:
    @pytest.fixture
    def objected(self, course):
        return course().dispatched().step("object", "handler", text="Not ours", basis="List 3")

    def test_goes_back_to_the_operator_and_is_counted(self, objected) -> None:
        matter = objected.matter
        assert (matter.state, matter.pending, matter.bounces) == (State.LISTED, "objection", 1)

    def test_the_same_unit_needs_a_ruling(self, objected) -> None:
        with pytest.raises(Refused, match="supervisor must rule"):
            objected.step("dispatch", "operator", lead=make_unit("bureau"))

    def test_a_direct_answer_grants_it_too(self, objected) -> None:
        matter = objected.step("answer", "operator", answer="Ask the bus company.").matter
        assert (matter.pending, matter.decisions.get().is_granted) == ("", True)

    def test_another_unit_grants_it(self, objected) -> None:
        matter = objected.step("dispatch", "operator", lead=make_unit("elsewhere")).matter
        decision = matter.decisions.get()
        assert (matter.pending, decision.is_granted) == ("", True)

    def test_overruled_is_final_and_its_clock_never_stopped(self, objected) -> None:
        first = objected.matter.dispatched_at
        objected.now += 20 * HOUR
        matter = objected.step("overrule", "supervisor", text="It is yours.").matter
        assert (matter.state, matter.is_final) == (State.DISPATCHED, True)
        assert matter.clocks.running().get(name="resolve").started_at == first
        with pytest.raises(Refused, match="final"):
            objected.step("object", "handler", text="Not ours", basis="List 3")

    def test_upheld_waits_for_another_dispatch(self, objected) -> None:
        matter = objected.step("uphold", "supervisor", text="Right.").matter
        assert (matter.state, matter.pending) == (State.LISTED, "")


class TestRedo:
    def test_the_resident_asks_for_it(self, course) -> None:
        done = course().handed_in()
        done.step("judge", RESIDENT, solved="no", satisfied="no", remark="Still dark.")
        matter = done.step("redo", RESIDENT, text="Still dark.").matter
        assert (matter.state, matter.redos, matter.round) == (State.HANDLING, 1, 2)
        assert matter.clocks.running().get().name == "redo"

    def test_a_cleared_matter_is_reopened_in_time_only(self, course) -> None:
        done = course().cleared()
        done.now += 29 * DAY
        assert done.step("reopen", RESIDENT, text="Dark again.").matter.state == State.DISPATCHED
        late = course().cleared()
        late.now += 31 * DAY
        with pytest.raises(Refused, match="more than 30 days"):
            late.step("reopen", RESIDENT, text="Dark again.")

    def test_a_result_is_judged_once_a_round(self, course) -> None:
        done = course().handed_in().step("judge", RESIDENT, solved="yes", satisfied="yes")
        with pytest.raises(Refused, match="already"):
            done.step("judge", RESIDENT, solved="no", satisfied="no")


class TestMerge:
    def test_one_answer_for_all(self, course) -> None:
        first, second = course(), course(make_matter("The same lamp is dark."))
        merged = second.step("merge", "operator", into=first.matter).matter
        first.matter = reread(first.matter)
        first.handed_in()
        shared = reread(merged).events.get(name="answer_shared")
        assert (merged.state, reread(merged).answer) == (State.MERGED, "Repaired.")
        assert (shared.is_public, shared.words.text) == (True, "Repaired.")

    def test_chains_of_merging_end_at_one_matter(self, course) -> None:
        a, b, c = (course(make_matter(f"Lamp number {n} is dark")) for n in range(3))
        a.step("merge", "operator", into=b.matter)
        b.matter = reread(b.matter)
        b.step("merge", "operator", into=c.matter)
        assert reread(a.matter).merged_into == c.matter

    def test_not_into_itself_or_what_has_ended(self, course) -> None:
        a, b = course(), course(make_matter("Another lamp is dark")).cleared()
        for into in (a.matter, b.matter):
            with pytest.raises(Refused):
                a.step("merge", "operator", into=into)


class TestSignature:
    def test_a_leader_signs_first(self, course) -> None:
        ledger = make_ledger("tasks", leader_signs=True, prefix="RW")
        task = course(make_matter("Build a bridge", ledger=ledger)).accepted()
        with pytest.raises(Refused, match="leader signs first"):
            task.step("hand_in", "handler", account="Done", answer="Done")
        task.step("submit", "handler", account="Done", answer="It stands.")
        with pytest.raises(NotYours):
            task.step("sign", "handler")
        matter = task.step("sign", "leader").matter
        assert (matter.state, matter.answer) == (State.HANDED_IN, "It stands.")

    def test_or_returns_the_draft(self, course) -> None:
        ledger = make_ledger("tasks", leader_signs=True, prefix="RW")
        task = course(make_matter("Build a bridge", ledger=ledger)).accepted()
        task.step("submit", "handler", account="Done", answer="It stands.")
        matter = task.step("return_draft", "leader", text="Say how long it lasts.").matter
        assert (matter.state, matter.pending) == (State.HANDLING, "")


class TestJoint:
    def test_a_joint_unit_sees_it_while_it_is_on_it_and_hands_in_its_part(self, course) -> None:
        helper = make_member("helper", Role.HANDLER, unit="water")
        run = course().dispatched(joint=[make_unit("water")])
        assert sides_of(run.matter, helper) == {Side.JOINT}
        assert list(Matter.objects.visible_to(helper)) == [run.matter]
        run.step("hand_part", helper, text="Pipe closed.")
        assert run.matter.parts.get().handed_in_at == run.now
        run.step("object", "handler", text="Not ours", basis="List")
        run.step("dispatch", "operator", lead=make_unit("elsewhere"))
        assert list(Matter.objects.visible_to(helper)) == []


def test_forward_stays_in_the_house_and_the_first_unit_stays_answerable(course) -> None:
    run = course().dispatched()
    inside = make_unit("lamps", "bureau")
    matter = run.step("forward", "handler", below=inside).matter
    assert (matter.unit, matter.first_unit) == (inside, make_unit("bureau"))
    with pytest.raises(Refused, match="your own house"):
        run.step("forward", "handler", below=make_unit("elsewhere"))


def test_milestones_of_13710_in_days(course) -> None:
    ledger = make_ledger("plan", policy="13710-days", prefix="RW")
    run = course(make_matter("Pave the road", ledger=ledger)).accepted()
    assert {c.name for c in run.matter.clocks.running()} == {"arrange", "progress", "resolve"}
    run.step("report", "handler", milestone="arrange", text="Three teams")
    assert {c.name for c in run.matter.clocks.running()} == {"progress", "resolve"}


def test_an_order_has_its_own_clock(course) -> None:
    run = course().accepted()
    run.step("press", "supervisor", text="Answer today.", limit="PT4H")
    assert run.matter.clocks.running().get(name="order").due_at == run.now + 4 * HOUR
    run.step("answer_order", "leader", text="On our way.")
    assert run.matter.orders.get().answer == "On our way."
    assert not run.matter.clocks.running().filter(name="order").exists()


def test_system_may_clear_but_not_decline(course) -> None:
    assert course().handed_in().step("clear", SYSTEM).matter.state == State.CLEARED
    with pytest.raises(NotYours):
        course().step("decline", SYSTEM, reason="Not ours", text="Ask the province.")


def test_a_confidential_category_makes_the_matter_confidential(course, cast) -> None:
    run = course()
    category = make_category(run.matter.ledger, "XL01", "Help line", is_confidential=True)
    run.step("list", "operator", category=category, kind="help", urgency="normal")
    assert run.matter.is_confidential
    assert list(Matter.objects.visible_to(cast["operator"])) == [run.matter]
    assert list(Matter.objects.visible_to(cast["supervisor"])) == []


def test_named_members_of_a_former_unit_see_it_no_longer(course, cast) -> None:
    ledger = make_ledger()
    ledger.confidants.add(cast["operator"])
    other = make_member("other", Role.HANDLER, unit="water")
    run = course(make_matter("The clerk was rude to me", is_confidential=True)).listed()
    run.step("dispatch", "operator", lead=make_unit("bureau"), named=[cast["handler"]])
    run.step("object", "handler", text="Not ours", basis="List 3")
    run.step("dispatch", "operator", lead=make_unit("water"), named=[other])
    assert list(Matter.objects.visible_to(cast["handler"])) == []
    assert list(Matter.objects.visible_to(other)) == [run.matter]


@pytest.mark.parametrize("limit", ["soon", "P0D", "P99999999W", "P900D"])
def test_an_order_without_a_sensible_limit_is_refused(course, limit) -> None:
    with pytest.raises(Refused):
        course().accepted().step("press", "supervisor", text="Now.", limit=limit)


def test_words_lose_what_nobody_can_see(course) -> None:
    run = course().accepted().step("note", "handler", text="Hello\x00 \ud800there\u202e")
    assert run.matter.events.last().words.text == "Hello there"


def test_an_order_on_a_result_waits_for_its_answer_whatever_is_said_meanwhile(course) -> None:
    run = course().handed_in().step("press", "supervisor", text="Look again.", limit="PT4H")
    run.step("note", "handler", text="We look.").step(
        "judge", "caller", solved="no", satisfied="no"
    )
    assert run.matter.orders.get().answered_at is None
    assert run.matter.clocks.running().filter(name="order").exists()
    run.step("answer_order", "handler", text="We have looked.")
    order = run.matter.orders.get()
    assert (order.answered_at, order.answer) == (run.now, "We have looked.")
    assert not run.matter.clocks.running().filter(name="order").exists()


def test_a_direct_answer_ends_an_order_on_what_waited_to_be_dispatched(course) -> None:
    run = course().listed().step("press", "supervisor", text="Dispatch it.", limit="PT4H")
    run.step("answer", "operator", answer="The office opens at nine.")
    assert run.matter.orders.get().answered_at == run.now
    assert not run.matter.clocks.running().filter(name="order").exists()


def test_handing_in_answers_a_running_order(course) -> None:
    run = course().accepted().step("press", "supervisor", text="Answer.", limit="P1D")
    run.step("hand_in", "handler", account="New bulb.", answer="Repaired.")
    assert run.matter.orders.get().answered_at == run.now
    assert list(run.matter.clocks.running()) == []


def test_a_new_order_can_be_written_after_reopening(course) -> None:
    run = course().handed_in().step("press", "supervisor", text="Answer.", limit="P1D")
    run.step("clear", "caller").step("reopen", "supervisor", text="Dark again.")
    run.step("press", "supervisor", text="Answer now.", limit="P1D")
    assert run.matter.orders.filter(answered_at=None).get().text == "Answer now."


def test_a_direct_answer_answers_a_running_order(course) -> None:
    way = course().step("press", "supervisor", text="Answer him.", limit="PT4H")
    way.step("answer", "operator", answer="The office opens at nine.")
    assert not way.matter.clocks.running().filter(name="order").exists()
    way.step("press", "supervisor", text="Ask him once more.", limit="PT4H")
    assert way.matter.orders.count() == 2
