"""Deadlines hold for every date of 2020-2030 and every hour of the day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from daodi.lib.limits import Limit, add_months
from daodi.lib.worktime import DAY, Counting, Reason, WorkCalendar, amount, counted_between, reckon

SHANGHAI = ZoneInfo("Asia/Shanghai")
KNOWN = range(2020, 2027)


def _real_calendar() -> WorkCalendar:
    days = [date(2020, 1, 1) + n * DAY for n in range(365 * 7 + 2)]
    known = [day for day in days if day.year in KNOWN]
    off = {day for day in known if not chinese_calendar.is_workday(day) and day.weekday() < 5}
    on = {day for day in known if chinese_calendar.is_workday(day) and day.weekday() >= 5}
    return WorkCalendar(SHANGHAI, frozenset(off), frozenset(on), known_to=2026)


CALENDAR = _real_calendar()
moments = st.builds(
    datetime.combine,
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.times(),
    st.just(SHANGHAI),
)
limits = st.sampled_from(["PT1H", "PT24H", "PT90M", "P1D", "P7D", "P1W", "P5W", "P10W", "P1M"]).map(
    Limit.parse
)
countings = st.sampled_from(list(Counting))
spans = st.tuples(st.integers(0, 20 * 24 * 60), st.integers(1, 10 * 24 * 60))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def due(start: str, limit: str, counting: Counting = Counting.WORKDAYS) -> datetime:
    return reckon(at(start), Limit.parse(limit), counting, CALENDAR).due


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-09-30 16:10", "P4W", "2026-10-12 16:10"),  # National Day, then a make-up Saturday
        ("2026-11-20 10:00", "P1W", "2026-11-23 10:00"),  # Friday to Monday
        ("2026-11-21 10:00", "P1W", "2026-11-24 00:00"),  # Saturday: all of Monday
        ("2026-11-20 23:30", "PT24H", "2026-11-23 23:30"),  # signing rolls over the weekend
        ("2026-02-14 09:00", "P1W", "2026-02-24 09:00"),  # a make-up day before Spring Festival
    ],
)
def test_working_days(start, limit, expected) -> None:
    assert due(start, limit) == at(expected)


def test_days_are_the_days_here_and_not_in_utc() -> None:
    evening_in_utc = datetime(2026, 3, 6, 23, 30, tzinfo=UTC)  # Saturday morning in Shanghai
    found = reckon(evening_in_utc, Limit.parse("P1W"), Counting.WORKDAYS, CALENDAR)
    assert found.due == at("2026-03-10 00:00")


def test_office_hours() -> None:
    assert due("2026-11-20 17:00", "PT2H", Counting.OFFICE) == at("2026-11-23 09:30")
    assert due("2026-11-20 11:00", "P1W", Counting.OFFICE) == at("2026-11-23 11:00")


def test_months_end_with_the_month() -> None:
    assert due("2026-01-31 08:00", "P1M", Counting.ALWAYS) == at("2026-02-28 08:00")
    assert add_months(at("2026-11-30 08:00"), 3) == at("2027-02-28 08:00")


def test_the_explanation_names_every_stretch() -> None:
    found = reckon(at("2026-09-30 16:10"), Limit.parse("P4W"), Counting.WORKDAYS, CALENDAR)
    assert [step.reason for step in found.steps] == [
        Reason.WORKDAY, Reason.HOLIDAY, Reason.WEEKEND, Reason.HOLIDAY,
        Reason.WORKDAY, Reason.MAKE_UP, Reason.WEEKEND, Reason.WORKDAY,
    ]  # fmt: skip


def test_a_year_not_announced_is_provisional() -> None:
    late = at("2026-12-30 10:00")
    assert reckon(late, Limit.parse("P1W"), Counting.WORKDAYS, CALENDAR).provisional is False
    assert reckon(late, Limit.parse("P5W"), Counting.WORKDAYS, CALENDAR).provisional is True
    assert reckon(late, Limit.parse("P7D"), Counting.ALWAYS, CALENDAR).provisional is False


def test_a_pause_takes_away_only_working_time() -> None:
    weekend = [(at("2026-11-21 00:00"), at("2026-11-22 12:00"))]
    start, limit = at("2026-11-20 10:00"), Limit.parse("P1W")
    assert reckon(start, limit, Counting.WORKDAYS, CALENDAR, weekend).due == due(
        "2026-11-20 10:00", "P1W"
    )


@given(moments, limits, countings)
def test_never_due_before_the_start_and_the_explanation_adds_up(start, limit, counting) -> None:
    found = reckon(start, limit, counting, CALENDAR)
    assert found.due >= start
    assert found.steps[0].begin == start
    assert found.steps[-1].end == found.due
    assert all(a.end == b.begin for a, b in zip(found.steps, found.steps[1:], strict=False))
    counted = sum((step.counted for step in found.steps), timedelta(0))
    assert counted == amount(start, limit, counting, CALENDAR)
    assert counted_between(start, found.due, counting, CALENDAR) == counted


@given(moments, st.integers(0, 14 * 24 * 60), limits, countings)
def test_who_starts_later_is_due_no_earlier(start, minutes, limit, counting) -> None:
    """But for months of working days: one that begins in January has a day more to be worked."""
    assume(not limit.months or counting is Counting.ALWAYS)
    later = start + timedelta(minutes=minutes)
    assert (
        reckon(start, limit, counting, CALENDAR).due <= reckon(later, limit, counting, CALENDAR).due
    )


@given(moments, limits, countings, st.lists(spans, max_size=4))
def test_pausing_never_shortens_and_adds_no_more_than_it_took(
    start, limit, counting, spans
) -> None:
    pauses = [(start + timedelta(minutes=a), start + timedelta(minutes=a + b)) for a, b in spans]
    plain = reckon(start, limit, counting, CALENDAR)
    paused = reckon(start, limit, counting, CALENDAR, pauses)
    assert paused.due >= plain.due
    assert sum((s.counted for s in paused.steps), timedelta(0)) == sum(
        (s.counted for s in plain.steps), timedelta(0)
    )
    if counting is Counting.ALWAYS:
        assert paused.due <= plain.due + sum((b - a for a, b in pauses), timedelta(0))


@given(moments, limits, countings, st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_another_day_off_never_shortens(start, limit, counting, day) -> None:
    more = WorkCalendar(
        SHANGHAI, CALENDAR.days_off | {day}, CALENDAR.make_up_days - {day}, CALENDAR.known_to
    )
    assert reckon(start, limit, counting, more).due >= reckon(start, limit, counting, CALENDAR).due


@pytest.mark.parametrize("hour", range(24))
def test_every_day_of_eleven_years_at_this_hour(hour) -> None:
    limit, earlier = Limit.parse("P5W"), at("2020-01-01 00:00")
    day = date(2020, 1, 1)
    while day.year <= 2030:
        start = datetime.combine(day, time(hour, 10), SHANGHAI)
        found = reckon(start, limit, Counting.WORKDAYS, CALENDAR).due
        assert start + 5 * DAY <= found <= start + 16 * DAY
        assert found >= earlier
        # Due within a working day, or at the very end of one.
        assert CALENDAR.is_workday((found - timedelta(seconds=1)).date())
        day, earlier = day + DAY, found


@pytest.mark.parametrize("text", ["", "P", "PT", "P0D", "5W", "P1Y", "PT1S", "P5W3D", "P-1D"])
def test_what_is_no_limit(text) -> None:
    with pytest.raises(ValueError, match="is no limit"):
        Limit.parse(text)


@pytest.mark.parametrize("text", ["PT1H", "PT30M", "PT1H30M", "P7D", "P5W", "P1M"])
def test_a_limit_writes_itself_as_it_was_read(text) -> None:
    assert str(Limit.parse(text)) == text
