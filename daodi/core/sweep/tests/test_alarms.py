"""What time does by itself: alarms and cards, an order, and clearing; each of it exactly once."""

from datetime import date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daodi.core.clocks.services import announce_year
from daodi.core.deadlines.models import Clock
from daodi.core.history.models import Event
from daodi.core.history.verify import verify_matters
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.notices.models import Notice
from daodi.core.people.roles import Role
from daodi.core.sweep.alarms import sweep
from tests.makers import (
    DAY,
    HOUR,
    NOON,
    SHANGHAI,
    make_calendar,
    make_ledger,
    make_matter,
    make_member,
    reread,
)

RESIDENT = Side.RESIDENT


def hours(text: str):
    return make_matter(text, ledger=make_ledger("hours", policy="13710-hours", prefix="H"))


def alarms(matter=None) -> list[tuple[str, int, str]]:
    events = matter.events if matter else Event.objects
    told = events.filter(name="alarm").order_by("pk")
    return [(e.data["clock"], e.data["percent"], e.data["card"]) for e in told]


def test_yellow_then_red_then_an_order_each_once(course) -> None:
    matter = course(hours("Lamp")).dispatched().matter
    seen = []
    for passed in (0.5, 1, 1.1, 5.5, 7.1, 18, 20, 24, 27, 27, 40):
        sweep(NOON + passed * HOUR)
        seen.append((passed, reread(matter).card, len(alarms(matter))))
    assert seen == [
        (0.5, "", 0),
        (1, "yellow", 1),
        (1.1, "red", 2),
        (5.5, "red", 3),
        (7.1, "red", 4),
        (18, "red", 5),
        (20, "red", 6),
        (24, "red", 7),
        (27, "red", 7),
        (27, "red", 7),
        (40, "red", 8),
    ]
    assert alarms(matter) == [
        ("respond", 50, "yellow"),
        ("respond", 100, "red"),
        ("resolve", 75, "yellow"),
        ("resolve", 100, "red"),
        ("resolve", 200, "red"),
        ("feedback", 80, "yellow"),
        ("feedback", 100, "red"),
        ("order", 80, "yellow"),
    ]
    order = matter.orders.get()
    assert (order.by, order.due_at) == (None, NOON + 18 * HOUR + DAY)
    assert [faults for _matter, faults in verify_matters()] == [[]]


def test_after_a_long_stop_everything_is_made_up_for_at_once(course) -> None:
    matter = course(hours("Lamp")).dispatched().matter
    assert sweep(NOON + 9 * DAY) == 1
    assert sorted(alarms(matter)) == [
        ("feedback", 80, "yellow"),
        ("feedback", 100, "red"),
        ("resolve", 75, "yellow"),
        ("resolve", 100, "red"),
        ("resolve", 200, "red"),
        ("respond", 50, "yellow"),
        ("respond", 100, "red"),
    ]
    assert matter.events.filter(name="press").count() == 1
    assert matter.events.filter(name="alarm", data__tell__contains="supervisor").count() == 4


def test_an_order_writes_itself_and_who_is_above_is_told_each_once(course) -> None:
    chief = make_member("chief", Role.LEADER, unit="county", parent=None)
    matter = course(hours("Lamp")).dispatched().matter
    for passed in (14.1, 14.1, 14.2, 38.1, 38.2, 60):
        sweep(NOON + passed * HOUR)
    told = Notice.objects.filter(matter=matter)
    above = told.filter(member=chief).order_by("pk")
    assert [(notice.data["clock"], notice.data["percent"]) for notice in above] == [
        ("resolve", 200),
        ("order", 100),
    ]
    ordered = told.filter(name="press").select_related("member__user").order_by("pk")
    assert [str(notice.member) for notice in ordered] == ["Handler", "Leader"]
    pairs = list(told.values_list("member", "name", "data__clock", "data__percent"))
    assert len(pairs) == len(set(pairs))


def test_an_order_that_runs_already_is_enough(course) -> None:
    run = course(hours("Lamp")).accepted()
    run.step("press", "supervisor", text="Today.", limit="P9D")
    sweep(NOON + 3 * DAY)
    assert [order.text for order in run.matter.orders.all()] == ["Today."]


def test_the_red_card_comes_at_the_stored_deadline_whatever_the_calendar_says_now(course) -> None:
    make_calendar()
    matter = course().accepted().matter  # due on Monday the 9th
    announce_year(2026, {date(2026, 3, 9): (False, "Snow")}, "county notice")
    sweep(datetime(2026, 3, 7, tzinfo=SHANGHAI))
    assert alarms(matter) == [("resolve", 80, "yellow")]
    clock = matter.clocks.running().get()
    assert clock.alarm_at == clock.due_at
    sweep(clock.due_at)
    assert alarms(matter)[1:] == [("resolve", 100, "red")]


def test_a_clock_that_pauses_is_silent(course) -> None:
    run = course().accepted().step("ask", "handler", text="Which lamp?")
    assert (run.matter.next_look_at, sweep(NOON + 90 * DAY), alarms()) == (None, 0, [])


class TestClearing:
    def test_after_silence(self, course) -> None:
        run = course().handed_in()
        assert (sweep(run.now + 15 * DAY - HOUR), sweep(run.now + 15 * DAY)) == (0, 1)
        matter = reread(run.matter)
        assert (matter.state, matter.next_look_at) == (State.CLEARED, None)
        assert matter.events.last().side == Side.SYSTEM

    def test_after_a_satisfied_judgement_at_once(self, course) -> None:
        run = course().handed_in()
        run.step("judge", RESIDENT, solved="yes", satisfied="basically")
        sweep(run.now)
        assert reread(run.matter).state == State.CLEARED

    @pytest.mark.parametrize(("solved", "satisfied"), [("no", "yes"), ("yes", "no"), ("no", "no")])
    def test_never_after_a_no(self, course, solved, satisfied) -> None:
        run = course().handed_in()
        run.step("judge", RESIDENT, solved=solved, satisfied=satisfied)
        assert sweep(run.now + 900 * DAY) == 0

    def test_never_when_the_ledger_says_so(self, course) -> None:
        ledger = make_ledger("tasks", prefix="RW", clear_after_silence=None)
        run = course(make_matter(ledger=ledger)).handed_in()
        assert sweep(run.now + 900 * DAY) == 0

    def test_not_what_was_sent_back_meanwhile(self, course) -> None:
        run = course().handed_in().step("redo", RESIDENT, text="Still dark.")
        sweep(run.now + 15 * DAY)
        assert reread(run.matter).state == State.HANDLING


def test_nothing_due_costs_one_question(course, django_assert_num_queries) -> None:
    course().handed_in()
    with django_assert_num_queries(1):
        assert sweep(NOON + HOUR) == 0


@pytest.mark.parametrize("passed", [1, 6], ids=["one alarm", "three alarms"])
def test_three_matters_take_as_many_queries_as_one(course, passed) -> None:
    taken = []
    for count in (1, 3):
        matters = [course(hours(f"Lamp {n} is dark")).dispatched().matter for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert sweep(NOON + passed * HOUR) == count
        taken.append(len(queries))
        Matter.objects.filter(pk__in=[m.pk for m in matters]).update(next_look_at=None)
    assert taken[0] == taken[1]


def test_a_matter_that_cannot_be_worked_out_is_put_off_and_the_others_go_on(course, caplog) -> None:
    bad, good = (course(hours(f"Lamp {n}")).dispatched().matter for n in "12")
    bad.clocks.filter(name="feedback").update(name="unheard-of")
    now = NOON + 27 * HOUR  # an order is due as well
    sweep(now)
    assert reread(bad).next_look_at == now + HOUR
    assert (len(alarms(good)), good.orders.count()) == (7, 1)
    assert f"{bad.number} is put off for an hour" in caplog.text
    assert [faults for _matter, faults in verify_matters()] == [[], []]


def test_nor_does_one_stop_the_others_that_waits_to_be_cleared(course) -> None:
    bad, good = (course(make_matter(f"Lamp {n}")).handed_in().matter for n in "12")
    Clock.objects.filter(matter=bad, name="resolve").update(name="unheard-of", stopped_at=None)
    sweep(NOON + 16 * DAY)
    assert (reread(bad).state, reread(good).state) == (State.HANDED_IN, State.CLEARED)


def test_only_as_many_as_asked_for(course) -> None:
    for n in range(3):
        course(make_matter(f"Lamp {n}"))
    assert [sweep(NOON + DAY, most=2), sweep(NOON + DAY, most=2), sweep(NOON + DAY)] == [2, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_once_leave_one_event_each() -> None:
    matters = [hours(f"Lamp {n} is dark") for n in range(6)]
    start, done = Barrier(3), []

    def sweep_too() -> None:
        start.wait()
        done.append(sweep(NOON + 20 * HOUR, most=6))
        connection.close()

    threads = [Thread(target=sweep_too) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(done), len(done)) == (6, 3)
    assert [alarms(matter) for matter in matters] == [[("feedback", 80, "yellow")]] * 6
    assert all(not faults for _matter, faults in verify_matters())
