"""Somebody who holds a matter acts again and again without reading it anew, and is still right."""

import pytest

from daodi.core.exceptions import ChangedMeanwhile
from daodi.core.history.verify import verify_matters
from daodi.core.workflow.services import perform
from tests.makers import DAY, HOUR, NOON, make_calendar, make_unit, reread


def test_acts_on_a_matter_held_do_what_they_do_on_one_read_anew(course, cast) -> None:
    make_calendar()
    held, at = course().listed().matter, NOON
    anew = course().listed().matter
    for name, by, given in (
        ("dispatch", "operator", {"lead": make_unit("bureau")}),
        ("accept", "handler", {}),
        ("note", "handler", {"text": "On our way."}),
        ("ask", "handler", {"text": "Where exactly?"}),
        ("reply", "operator", {"text": "At the gate."}),
        ("extend", "handler", {"until": (at + 20 * DAY).date(), "text": "The mast is gone."}),
        ("grant_extension", "supervisor", {}),
        ("hand_in", "handler", {"account": "New mast.", "answer": "Repaired."}),
        ("send_back", "caller", {"text": "Still dark."}),
        ("hand_in", "handler", {"account": "New bulb.", "answer": "Repaired."}),
    ):
        at += HOUR
        perform(held, name, by=cast[by], now=at, **given)
        perform(reread(anew), name, by=cast[by], now=at, **given)
    assert _told(held) == _told(anew)
    assert held.due_at == reread(held).due_at
    assert [faults for _matter, faults in verify_matters()] == [[], []]


def test_an_act_on_a_matter_held_costs_few_statements(
    course, cast, django_assert_num_queries
) -> None:
    held = course().listed().matter
    by = {"by": cast["operator"], "now": NOON + HOUR}
    perform(held, "dispatch", lead=make_unit("bureau"), **by)
    by = {"by": cast["handler"], "now": NOON + 2 * HOUR}
    with django_assert_num_queries(4):  # the act, a clock stopped, a savepoint made and released
        perform(held, "accept", **by)
    with django_assert_num_queries(4):  # and its words are indexed
        perform(held, "note", text="On our way.", **by)


def test_what_somebody_else_did_meanwhile_is_not_overlooked(course, cast) -> None:
    held = course().accepted().matter
    perform(held, "contact", by=cast["handler"], now=NOON + HOUR, text="Called.")
    perform(reread(held), "ask", by=cast["handler"], now=NOON + HOUR, text="Where exactly?")
    for _ in "12":
        with pytest.raises(ChangedMeanwhile):
            perform(held, "hand_in", by=cast["handler"], now=NOON + HOUR, account="x", answer="x")
    assert reread(held).clocks.running().get(name="resolve").paused_at == NOON + HOUR


def _told(matter):
    clocks = matter.clocks.order_by("pk").values_list(
        "name", "started_at", "due_at", "stopped_at", "how", "alarm_at", "inputs"
    )
    return list(clocks), list(matter.events.order_by("seq").values_list("name", "at", "data"))
