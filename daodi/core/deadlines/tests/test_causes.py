"""Why a clock runs: said in one sentence, with the step that comes next."""

import pytest

from daodi.core.clocks.policy import ORDER
from daodi.core.deadlines.causes import began, cause, next_step
from daodi.core.matters.states import State
from tests.makers import make_policy


@pytest.mark.parametrize(
    ("clock", "state", "step"),
    [
        ("dispatch", State.RECEIVED, "list"),
        ("dispatch", State.LISTED, "dispatch"),
        ("respond", State.DISPATCHED, "contact"),
        ("resolve", State.DISPATCHED, "accept"),
        ("resolve", State.HANDLING, "hand_in"),
    ],
)
def test_the_next_step_stops_the_clock_or_leads_towards_it(db, clock, state, step) -> None:
    rule = make_policy("beijing-12345").policy.rule(clock)
    assert next_step(rule, state).name == step


def test_an_order_is_answered_wherever_the_matter_is() -> None:
    steps = {state: next_step(ORDER, state) for state in (State.HANDLING, State.HANDED_IN)}
    assert {step.name for step in steps.values()} == {"answer_order"}
    assert next_step(ORDER, State.CLEARED) is None


def test_said_in_one_sentence(course) -> None:
    matter = course().accepted().matter
    clock = matter.clocks.running().get(name="resolve")
    clock.matter = matter
    since = began(matter, clock.rule, clock.started_at)
    said = cause(clock.rule, since, "Monday", "Friday", matter.state)
    assert said == "dispatched Monday, due Friday, no result yet"
