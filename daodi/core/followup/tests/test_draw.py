"""Whose residents are called is drawn so that nobody can steer it and anybody can repeat it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.core.followup.calling import record_call, record_try
from daodi.core.followup.draw import LOTS, PER_CENT, draw, lot_of, seed_of, verify
from daodi.core.followup.models import FollowUp
from daodi.core.followup.rules import change_rule
from daodi.core.followup.settling import settle
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.contacts import NOBODY
from daodi.core.matters.states import Side
from tests.makers import DAY, HOUR, NOON, make_ledger, make_matter, reread

days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
CONTENT, CROSS = {"solved": "yes", "satisfied": "yes"}, {"solved": "no", "satisfied": "no"}
Row = FollowUp.State


@given(days, st.integers(1, 100), st.integers(1, 9))
def test_a_share_is_about_that_share(day, share, round_) -> None:
    seed, many = seed_of(day), 2000
    lots = [lot_of(seed, f"SQ-{number:06d}", round_) for number in range(many)]
    drawn = sum(lot < share * PER_CENT for lot in lots)
    # Six standard deviations at the very most.
    assert abs(drawn / many - share / 100) < 6 * 0.5 / many**0.5
    assert min(lots) >= 0
    assert max(lots) < LOTS


@given(days, st.text(min_size=1, max_size=24), st.integers(1, 9))
def test_a_lot_comes_out_the_same_and_hangs_on_day_number_and_round(day, number, round_) -> None:
    lot = lot_of(seed_of(day), number, round_)
    assert lot == lot_of(seed_of(day), number, round_)
    others = [
        [lot_of(seed_of(day + timedelta(days=n)), number, round_) for n in range(1, 9)],
        [lot_of(seed_of(day), f"{number}{n}", round_) for n in range(8)],
        [lot_of(seed_of(day), number, round_ + n) for n in range(1, 9)],
    ]
    assert all(set(lots) != {lot} for lots in others)


def test_nobody_foresees_it_without_the_sites_secret(settings) -> None:
    ours = seed_of(NOON.date())
    settings.SECRET_KEY = "another"
    assert seed_of(NOON.date()) != ours


@pytest.fixture
def handed_in(course):
    """Return what hands matters in and draws for them, by the rule that the ledger has."""

    def hand_in(count: int = 1, **filing):
        found = [course(make_matter(**filing)).handed_in() for _ in range(count)]
        assert draw(found[-1].now) == count
        return found

    return hand_in


def states() -> list[str]:
    return list(FollowUp.objects.order_by("pk").values_list("state", flat=True))


def test_everybody_is_drawn_once(handed_in) -> None:
    (run,) = handed_in()
    assert (states(), draw(run.now)) == ([Row.WAITING], 0)


def test_a_share_is_drawn_and_can_be_drawn_again(handed_in, supervisor, settings) -> None:
    rule = {"whom": "share", "share": 30}
    change_rule(make_ledger(), by=supervisor, **rule)
    handed_in(12)
    rows = FollowUp.objects.order_by("pk")
    lots = [lot_of(seed_of(row.day), row.matter.number, 1) for row in rows]
    assert [row.drawn for row in rows] == [lot < 3000 for lot in lots]
    assert {row.threshold for row in rows} == {3000}
    assert list(verify(rows)) == []
    steered = rows[0]
    FollowUp.objects.filter(pk=steered.pk).update(drawn=not steered.drawn)
    assert list(verify(FollowUp.objects.for_check())) == [steered]
    settings.SECRET_KEY = "another"
    assert len(list(verify(rows))) == 12


def test_the_day_is_that_of_the_hand_in(course) -> None:
    run = course().handed_in()
    draw(run.now + 3 * DAY)
    assert FollowUp.objects.get().day == NOON.date()


def test_who_left_no_number_cannot_be_reached(handed_in) -> None:
    handed_in(person=NOBODY)
    assert states() == [Row.NOT_REACHED]


def test_what_no_resident_filed_is_in_no_sample(course) -> None:
    ours = course(make_matter(person=NOBODY)).handed_in()
    theirs = course(make_matter("A caller's.")).handed_in()
    Ledger.objects.update(residents_file=False)
    assert draw(ours.now) == 1
    assert FollowUp.objects.get().matter == theirs.matter


def test_who_is_content_is_spared_and_who_is_not_is_called(handed_in, supervisor) -> None:
    change_rule(make_ledger(), by=supervisor, whom="cross", silent_days=3)
    silent, happy, cross = handed_in(3)
    happy.step("judge", Side.RESIDENT, **CONTENT)
    cross.step("judge", Side.RESIDENT, **CROSS)
    settle(cross.now)
    assert states() == [Row.WAITING, Row.JUDGED, Row.WAITING]
    callable_now = FollowUp.objects.waiting().filter(call_from__lte=cross.now)
    assert [row.matter for row in callable_now] == [cross.matter]
    row = FollowUp.objects.of(silent.matter).get()
    assert row.call_from == silent.matter.handed_in_at + 3 * DAY


def test_who_was_not_drawn_and_is_not_content_is_called_all_the_same(handed_in) -> None:
    (run,) = handed_in()
    FollowUp.objects.update(drawn=False, state=Row.NOT_DRAWN)
    settle(run.now)
    assert states() == [Row.NOT_DRAWN]
    run.step("judge", Side.RESIDENT, **CROSS)
    settle(run.now)
    assert (states(), FollowUp.objects.get().drawn) == ([Row.WAITING], False)


def test_what_came_of_it(handed_in, caller) -> None:
    called, tried, redone, silent = handed_in(4)
    now = called.now
    record_call(called.matter, **CONTENT, by=caller, now=now)
    record_try(tried.matter, how="wrong_number", by=caller, now=now)
    redone.step("redo", Side.RESIDENT, text="Still dark.")
    silent.step("clear", Side.SYSTEM)
    settle(now + HOUR)
    assert states() == [Row.REACHED, Row.NOT_REACHED, Row.JUDGED, Row.NOT_REACHED]
    (numbers,) = FollowUp.objects.numbers(NOON.date())
    kept = ("handed_in", "all_drawn", "reached", "not_reached", "judged", "waiting")
    assert [numbers[name] for name in kept] == [4, 4, 1, 2, 1, 0]


def test_a_result_handed_in_again_is_drawn_again(handed_in, caller) -> None:
    (run,) = handed_in()
    cross = {**CROSS, "remark": "Still dark.", "then": "send_back"}
    record_call(run.matter, **cross, by=caller, now=run.now)
    run.matter = reread(run.matter)
    run.step("hand_in", "handler", account="Again.", answer="Now it shines.")
    assert draw(run.now) == 1
    rows = FollowUp.objects.order_by("pk").values_list("round", "state")
    assert list(rows) == [(1, Row.REACHED), (2, Row.WAITING)]


def test_one_round_of_the_job_asks_the_same_however_much_there_is(
    course, django_assert_num_queries
) -> None:
    for _number in range(3):
        run = course().handed_in()
        with django_assert_num_queries(4):
            draw(run.now)
        with django_assert_num_queries(6):
            settle(run.now)
