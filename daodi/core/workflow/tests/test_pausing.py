"""More time and a halt: asked for, granted or refused, taken up again."""

from datetime import date, timedelta

import pytest

from daodi.core.exceptions import Missing, NotYours, Refused
from daodi.core.matters.states import State
from tests.makers import DAY

FRIDAY = date(2026, 3, 13)
LATE = "An extension must be asked for before the deadline has passed"


class TestExtension:
    @pytest.fixture
    def run(self, course):
        return course().accepted()

    @pytest.mark.parametrize(("passed", "in_time"), [(6.9, True), (7.1, False)])
    def test_is_asked_for_before_the_deadline(self, run, passed, in_time) -> None:
        run.now += timedelta(days=passed)
        if in_time:
            run.step("extend", "handler", until=FRIDAY, text="Parts are late.")
            assert run.matter.pending == "extension"
        else:
            with pytest.raises(Refused, match=LATE):
                run.step("extend", "handler", until=FRIDAY, text="Parts are late.")

    def test_is_to_a_day_after_the_deadline_and_says_why(self, run) -> None:
        with pytest.raises(Refused, match="a day after the present deadline"):
            run.step("extend", "handler", until=date(2026, 3, 8), text="Parts are late.")
        with pytest.raises(Missing, match="why more time is needed"):
            run.step("extend", "handler", until=FRIDAY, text=" ")
        assert run.matter.decisions.count() == 0

    def test_refused_the_deadline_stands(self, run) -> None:
        due = run.matter.due_at
        run.step("extend", "handler", until=FRIDAY, text="Parts are late.")
        with pytest.raises(NotYours):
            run.step("refuse_extension", "handler", text="No.")
        run.step("refuse_extension", "supervisor", text="Borrow some.")
        decision = run.matter.decisions.get()
        assert (run.matter.pending, run.matter.due_at) == ("", due)
        assert (decision.is_granted, decision.remark) == (False, "Borrow some.")
        with pytest.raises(Refused):  # there is nothing left to decide
            run.step("grant_extension", "supervisor")

    def test_granted_the_old_deadline_stays_on_record(self, run) -> None:
        due = run.matter.due_at
        run.step("extend", "handler", until=FRIDAY, text="Parts are late.")
        with pytest.raises(Refused, match="has not been decided yet"):
            run.step("extend", "handler", until=FRIDAY, text="Once more.")
        with pytest.raises(Refused, match="has not been decided yet"):
            run.step("hand_in", "handler", account="x", answer="x")
        run.step("grant_extension", "supervisor")
        assert run.matter.due_at > due
        assert run.matter.events.last().data["was_due"] == due.isoformat()

    def test_may_be_granted_while_the_resident_is_asked(self, run) -> None:
        run.step("extend", "handler", until=FRIDAY, text="Parts are late.")
        run.step("ask", "handler", text="Which lamp?").step("grant_extension", "supervisor")
        assert (run.matter.state, run.matter.pending) == (State.WAITING, "")


class TestSuspension:
    PLAN = {"text": "No parts", "plan": "Order them", "review_on": date(2026, 4, 1)}

    @pytest.fixture
    def asked(self, course):
        return course().accepted().step("suspend", "leader", **self.PLAN)

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"text": ""}, "why it cannot go on now"),
            ({"plan": " "}, "the plan"),
            ({"review_on": date(2026, 3, 1)}, "lies in the past"),
        ],
    )
    def test_needs_reason_plan_and_a_day_to_look_again(self, course, change, why) -> None:
        with pytest.raises(Refused, match=why):
            course().accepted().step("suspend", "leader", **self.PLAN | change)

    def test_is_asked_for_by_the_leader(self, course) -> None:
        with pytest.raises(NotYours):
            course().accepted().step("suspend", "handler", **self.PLAN)

    def test_refused_work_goes_on(self, asked) -> None:
        asked.step("refuse_suspension", "supervisor", text="Borrow some.")
        assert (asked.matter.state, asked.matter.pending) == (State.HANDLING, "")

    def test_granted_it_rests_until_taken_up_again(self, asked) -> None:
        asked.step("grant_suspension", "supervisor")
        assert (asked.matter.state, asked.matter.events.last().is_public) == (State.SUSPENDED, True)
        asked.now += 40 * DAY
        with pytest.raises(Missing, match="what has changed"):
            asked.step("resume", "handler", text="")
        asked.step("resume", "handler", text="They came.")
        names = [clock.name for clock in asked.matter.clocks.running()]
        assert (asked.matter.state, names) == (State.HANDLING, ["resolve"])
        asked.step("hand_in", "handler", account="x", answer="x")
        assert asked.matter.clocks.get(name="resolve").how == "met"
