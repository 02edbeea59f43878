"""Which clocks run after each move, until when, and that nothing but a recorded act changes it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from daodi.core.clocks.services import announce_year, load_calendar
from daodi.core.deadlines.models import Clock
from daodi.core.matters.models import NEVER
from daodi.core.matters.states import Side
from tests.makers import DAY, HOUR, SHANGHAI, make_calendar, make_ledger, make_matter, make_unit
from tests.walks import walk

RESIDENT = Side.RESIDENT
GIVEN = {
    "dispatch": {"lead": "bureau"},
    "contact": {"text": "Called."},
    "report": {"milestone": "arrange", "text": "Three teams."},
    "hand_in": {"account": "New bulb.", "answer": "Repaired."},
    "send_back": {"text": "Still dark."},
    "reopen": {"text": "Dark again."},
    "object": {"text": "Not ours", "basis": "List 3"},
    "overrule": {"text": "It is yours."},
}
# Filed on Monday 2026-03-02 at 12:00, then a step a minute; each with the clocks that run after it.
WAYS = {
    "henan-12345": [
        ("file", "", {"dispatch": "03-03 12:00"}),
        ("list", "operator", {"dispatch": "03-03 12:00"}),
        ("dispatch", "operator", {"accept": "03-03 12:02", "resolve": "03-09 12:02"}),
        ("accept", "handler", {"resolve": "03-09 12:02"}),
        ("hand_in", "handler", {}),
        ("send_back", "caller", {"redo": "03-05 12:05"}),
        ("hand_in", "handler", {}),
        ("clear", "caller", {}),
        ("reopen", "supervisor", {"accept": "03-03 12:08", "resolve": "03-09 12:08"}),
        ("object", "handler", {"dispatch": "03-03 12:09"}),
        ("overrule", "supervisor", {"accept": "03-03 12:08", "resolve": "03-09 12:08"}),
    ],
    "13710-hours": [
        ("file", "", {"feedback": "03-03 12:00"}),
        ("list", "operator", {"feedback": "03-03 12:00"}),
        ("dispatch", "operator", {
            "feedback": "03-03 12:00", "respond": "03-02 13:02", "resolve": "03-02 19:02"}),
        ("contact", "handler", {"feedback": "03-03 12:00", "resolve": "03-02 19:02"}),
        ("accept", "handler", {"feedback": "03-03 12:00", "resolve": "03-02 19:02"}),
        ("hand_in", "handler", {}),
        ("send_back", "caller", {"resolve": "03-02 19:06"}),
    ],
    "13710-days": [
        ("file", "", {}),
        ("list", "operator", {}),
        ("dispatch", "operator", {
            "arrange": "03-03 12:02", "progress": "03-05 12:02", "resolve": "03-09 12:02"}),
        ("report", "handler", {"progress": "03-05 12:02", "resolve": "03-09 12:02"}),
        ("accept", "handler", {"progress": "03-05 12:02", "resolve": "03-09 12:02"}),
        ("hand_in", "handler", {}),
    ],
    "beijing-12345": [
        ("file", "", {"dispatch": "03-03 12:00"}),
        ("list", "operator", {"dispatch": "03-03 12:00"}),
        ("dispatch", "operator", {"respond": "03-03 12:02", "resolve": "03-09 12:02"}),
        ("contact", "handler", {"resolve": "03-09 12:02"}),
        ("object", "handler", {"dispatch": "03-03 12:04"}),
    ],
    "rectification": [
        ("file", "", {}),
        ("list", "operator", {}),
        ("dispatch", "operator", {"accept": "03-03 12:02", "resolve": "03-09 12:02"}),
        ("accept", "handler", {"resolve": "03-09 12:02"}),
        ("hand_in", "handler", {"recheck": "03-05 12:04"}),
        ("send_back", "caller", {"resolve": "03-09 12:05"}),
        ("hand_in", "handler", {"recheck": "03-05 12:06"}),
        ("clear", "caller", {}),
    ],
}  # fmt: skip


def made(policy: str, **filing):
    return make_matter(ledger=make_ledger("ours", policy=policy, prefix="O"), **filing)


def running(matter) -> dict[str, str]:
    return {clock.name: local(clock.due_at) for clock in matter.clocks.running()}


def local(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}"


@pytest.mark.parametrize("policy", WAYS)
def test_the_clocks_of_each_preset(course, policy) -> None:
    run = course(made(policy))
    found = [("file", "", running(run.matter))]
    for name, by, _clocks in WAYS[policy][1:]:
        if name == "list":
            run.listed()
        else:
            given = dict(GIVEN.get(name, {}))
            if "lead" in given:
                given["lead"] = make_unit(given["lead"])
            run.step(name, by, **given)
        found.append((name, by, running(run.matter)))
    assert found == WAYS[policy]


@pytest.mark.parametrize(
    ("policy", "kind", "urgency", "to_dispatch", "to_resolve"),
    [
        ("henan-12345", "consult", "normal", "03-03 12:00", "03-05 12:02"),
        ("henan-12345", "help", "urgent", "03-03 12:00", "03-09 12:02"),
        ("henan-12345", "complaint", "long", "03-03 12:00", "03-16 12:02"),
        ("henan-12345", "complaint", "critical", "03-02 14:00", "03-03 12:02"),
        ("13710-hours", "help", "critical", None, "03-02 15:02"),
        ("13710-hours", "help", "urgent", None, "03-02 15:02"),
        ("13710-hours", "help", "long", None, "03-02 19:02"),
        ("13710-days", "help", "critical", None, "03-09 12:02"),
        ("13710-days", "help", "long", None, "04-02 12:02"),
        ("beijing-12345", "help", "critical", "03-02 13:00", "03-02 14:02"),
        ("beijing-12345", "help", "urgent", "03-02 14:00", "03-03 12:02"),
        ("beijing-12345", "help", "long", "03-03 12:00", "03-17 12:02"),
        ("rectification", "help", "critical", None, "03-03 12:02"),
        ("rectification", "help", "long", None, "04-02 12:02"),
    ],
)
def test_limits_by_kind_and_urgency(course, policy, kind, urgency, to_dispatch, to_resolve) -> None:
    # Filed as normal: the clock that runs gets its new limit when the matter is listed.
    run = course(made(policy)).listed(urgency, kind)
    assert running(run.matter).get("dispatch") == to_dispatch
    run.step("dispatch", "operator", lead=make_unit("bureau"))
    assert running(run.matter)["resolve"] == to_resolve


def test_an_emergency_is_signed_for_and_answered_in_two_hours(course) -> None:
    run = course().listed("critical").step("dispatch", "operator", lead=make_unit("bureau"))
    assert running(run.matter)["accept"] == "03-02 14:02"
    run.step("accept", "handler")
    assert running(run.matter) == {"respond": "03-02 14:03", "resolve": "03-03 12:02"}


@pytest.mark.parametrize(
    ("policy", "promised"),
    [
        ("henan-12345", "03-10 12:00"),
        ("13710-hours", "03-02 19:00"),
        ("13710-days", "03-09 12:00"),
        ("beijing-12345", "03-10 12:00"),
        ("rectification", "03-09 12:00"),
    ],
)
def test_the_promise_at_filing(db, policy, promised) -> None:
    assert local(made(policy).promised_at) == promised


def test_nothing_is_due_when_nothing_runs(course) -> None:
    run = course(made("13710-days"))
    assert (run.matter.due_at, run.matter.next_look_at, run.matter.is_due) == (NEVER, None, False)
    assert run.handed_in().matter.due_at == NEVER


@pytest.mark.parametrize(
    ("hours", "how"), [(24, Clock.How.MET), (24.1, Clock.How.LATE)], ids=["in time", "late"]
)
def test_a_clock_that_stops_says_whether_it_was_met(course, hours, how) -> None:
    run = course().dispatched()
    run.now += (hours - 1 / 60) * HOUR
    run.step("accept", "handler")
    assert run.matter.clocks.get(name="accept").how == how


class TestPausing:
    def test_only_working_time_of_the_pause_is_given_back(self, course) -> None:
        run = course().accepted()
        run.now = datetime(2026, 3, 6, 11, 59, tzinfo=SHANGHAI)  # Friday
        run.step("ask", "handler", text="Which lamp?")
        assert (run.matter.due_at, running(run.matter)) == (NEVER, {"resolve": "03-09 12:02"})
        run.now += 3 * DAY - HOUR / 60
        run.step("reply", RESIDENT, text="The left one.")  # Monday, 12:00
        assert running(run.matter) == {"resolve": "03-10 12:02"}
        assert run.matter.due_at == run.matter.promised_at

    def test_nights_and_weekends_give_nothing_back(self, course) -> None:
        run = course().accepted()
        run.now = datetime(2026, 3, 7, 8, tzinfo=SHANGHAI)
        run.step("ask", "handler", text="Which lamp?").step("reply", RESIDENT, text="The left one.")
        run.step("ask", "handler", text="Which?")
        run.now = datetime(2026, 3, 8, 23, 30, tzinfo=SHANGHAI)
        run.step("reply", RESIDENT, text="The left one, as I said.")
        assert running(run.matter) == {"resolve": "03-09 12:02"}

    def test_the_clock_of_a_milestone_runs_on(self, course) -> None:
        run = course(made("13710-days")).accepted().step("ask", "handler", text="Which road?")
        paused = run.matter.clocks.running().exclude(paused_at=None)
        assert [clock.name for clock in paused] == ["resolve"]
        assert local(run.matter.due_at) == "03-03 12:02"

    def test_a_suspension_pauses_and_its_review_is_due(self, course) -> None:
        run = course().accepted()
        day = date(2026, 4, 1)
        run.step("suspend", "leader", text="No parts", plan="Order them", review_on=day)
        run.step("grant_suspension", "supervisor")
        assert (local(run.matter.due_at), run.matter.state) == ("04-02 00:00", "suspended")
        run.now += 2 * DAY
        run.step("resume", "handler", text="They came.")
        assert running(run.matter) == {"resolve": "03-11 12:03"}
        assert run.matter.clocks.get(name="review").how == Clock.How.MET


def test_an_extension_is_to_the_end_of_a_day(course) -> None:
    run = course().accepted()
    run.step("extend", "handler", until=date(2026, 3, 13), text="Parts are late.")
    run.step("grant_extension", "supervisor")
    assert running(run.matter) == {"resolve": "03-14 00:00"}
    assert run.matter.promised_at == run.matter.clocks.running().get().due_at
    asked = run.matter.events.get(name="grant_extension").data
    assert local(datetime.fromisoformat(asked["was_due"])) == "03-09 12:02"


def test_an_extension_is_to_that_day_by_the_calendar_of_the_day_it_is_granted(course) -> None:
    make_calendar()
    run = course().accepted()
    run.step("extend", "handler", until=date(2026, 3, 13), text="Parts are late.")
    announce_year(2026, {date(2026, 3, 5): (False, "Snow")}, "county notice")
    run.step("grant_extension", "supervisor")
    assert running(run.matter) == {"resolve": "03-14 00:00"}


def test_reopening_starts_a_new_round(course) -> None:
    run = course().cleared().step("reopen", RESIDENT, text="Dark again.")
    rounds = [(clock.name, clock.round) for clock in run.matter.clocks.order_by("pk")]
    assert rounds == [("dispatch", 1), ("accept", 1), ("resolve", 1), ("accept", 2), ("resolve", 2)]


class TestExplanation:
    @pytest.fixture
    def clock(self, course) -> Clock:
        """Dispatched before the national holiday, with a make-up day after it."""
        make_calendar()
        start = datetime(2026, 9, 30, 16, 8, tzinfo=SHANGHAI)
        run = course(make_matter(now=start)).dispatched()
        return run.matter.clocks.running().get(name="resolve")

    def test_it_names_every_stretch(self, clock) -> None:
        found = clock.explain(load_calendar())
        assert [(local(s.begin), local(s.end), str(s.reason)) for s in found.steps] == [
            ("09-30 16:10", "10-01 00:00", "workday"),
            ("10-01 00:00", "10-08 00:00", "holiday"),
            ("10-08 00:00", "10-10 00:00", "workday"),
            ("10-10 00:00", "10-11 00:00", "make-up"),
            ("10-11 00:00", "10-12 00:00", "weekend"),
            ("10-12 00:00", "10-13 16:10", "workday"),
        ]

    def test_it_stays_what_it_was_when_the_calendar_changes(self, clock) -> None:
        before = clock.explain(load_calendar())
        announce_year(2026, {date(2026, 10, 9): (False, "Flood")}, "county notice")
        found = clock.explain(load_calendar())
        assert found == before
        assert (found.due, found.start, found.provisional) == (
            clock.due_at, clock.started_at, False,
        )  # fmt: skip
        assert sum((step.counted for step in found.steps), timedelta()) == 5 * DAY
        joins = zip(found.steps, found.steps[1:], strict=False)
        assert all(one.end == other.begin for one, other in joins)


def holds_together(matter) -> None:
    """What must be true of the clocks of any matter after any step."""
    clocks = list(matter.clocks.running().select_related("policy"))
    ticking = [clock for clock in clocks if clock.paused_at is None]
    looks = [clock.alarm_at for clock in ticking] + [matter.clear_at]
    assert len({clock.name for clock in clocks}) == len(clocks)
    assert all(clock.due_at >= clock.started_at for clock in matter.clocks.all())
    assert matter.due_at == min((clock.due_at for clock in ticking), default=NEVER)
    assert matter.next_look_at == min((at for at in looks if at), default=None)
    assert matter.is_open or not clocks
    for clock in clocks:
        assert clock.explain(load_calendar()).due == clock.due_at


@settings(
    max_examples=12,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data(), st.sampled_from(list(WAYS)))
def test_whatever_way_a_matter_goes_its_clocks_hold_together(course, data, policy) -> None:
    ledger = make_ledger(policy, policy=policy, prefix="W", leader_signs=policy == "13710-days")
    walk(data, course(make_matter(ledger=ledger)), 8, seen=holds_together)
