"""Moments are read in every form offices write them, and nonsense is refused with a reason."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.dates import NoSuchDay, NotAMoment, TooLongAgo, day_and_clock, read_moment

HERE = ZoneInfo("Asia/Shanghai")
DAY = datetime(2019, 2, 28, tzinfo=HERE)
MINUTE = datetime(2019, 2, 28, 11, 25, tzinfo=HERE)
SECOND = datetime(2019, 2, 28, 11, 25, 5, tzinfo=HERE)
AFTERNOON = datetime(2019, 2, 28, 15, 5, tzinfo=HERE)

READ = [
    (datetime(2019, 2, 28, 11, 25, 5), SECOND),  # noqa: DTZ001 -- as a spreadsheet gives it
    (datetime(2019, 2, 28, 3, 25, 5, tzinfo=UTC), SECOND),
    (date(2019, 2, 28), DAY),
    ("2019/2/28 11:25:05", SECOND),
    ("2019/2/28 11:25", MINUTE),
    ("2019-02-28", DAY),
    ("2019.2.28", DAY),
    ("2019 - 02 - 28", DAY),
    ("2019年2月28日", DAY),
    ("2019年2月28号", DAY),
    ("2019年2月28日 11时25分", MINUTE),
    ("2019年2月28日11时25分05秒", SECOND),
    ("2019年2月28日11点25分", MINUTE),
    ("2019年2月28日 星期四 11:25", MINUTE),
    ("2019-02-28（周四）11:25", MINUTE),
    ("2019/2/28 下午3:05", AFTERNOON),
    ("2019/2/28 3:05 ", AFTERNOON - timedelta(hours=12)),
    ("2019/2/28 PM 3:05", AFTERNOON),
    ("2019/2/28 上午12:00", DAY),
    ("2019-02-27 24:00", DAY),
    ("2019年2月27日24时", DAY),
    ("２０１９／２／２８　１１：２５：０５", SECOND),
    ("\n2019-02-28\u3000", DAY),
    ("20190228", DAY),
    ("201902281125", MINUTE),
    ("20190228112505", SECOND),
    (20190228, DAY),
    (20190228.0, DAY),
    (43524, DAY),
    (43524.475752314815, SECOND),
    ("43524.475752314815", SECOND),
    ("2019-02-28T11:25:05", SECOND),
    ("2019-02-28T03:25:05Z", SECOND),
    ("2019-02-28T03:25:05.123456+00:00", SECOND),
    ("2019-02-27T22:25:05-0500", SECOND),
    ("20190228T032505Z", SECOND),
]

REFUSED = [
    ("昨天", NotAMoment),
    ("2019年2月", NotAMoment),
    ("2/28/2019", NotAMoment),
    ("12345678901234567890", NotAMoment),
    ("2019-02-28 之前", NotAMoment),
    (5, NotAMoment),
    (-1.5, NotAMoment),
    (20190228.5, NotAMoment),
    (float("nan"), NotAMoment),
    (float("inf"), NotAMoment),
    pytest.param(10**5000, NotAMoment, id="endless"),
    (True, NotAMoment),
    (time(11, 25), NotAMoment),
    (timedelta(days=1), NotAMoment),
    ("2019-02-30", NoSuchDay),
    ("2019-13-01", NoSuchDay),
    ("20190230", NoSuchDay),
    (20190230, NoSuchDay),
    ("2019-02-28 25:00", NoSuchDay),
    ("2019-02-28 24:01", NoSuchDay),
    ("2019-02-28 11:25:05+99:99", NoSuchDay),
    ("9999-12-31 24:00", NoSuchDay),
    ("1989-12-31", TooLongAgo),
    (datetime(1900, 1, 1, tzinfo=UTC), TooLongAgo),
    ("0000-01-01", NoSuchDay),
]


@pytest.mark.parametrize(("value", "expected"), READ)
def test_read(value, expected) -> None:
    found = read_moment(value, HERE)
    assert (found, found.utcoffset()) == (expected, timedelta(hours=8))


@pytest.mark.parametrize("value", [None, "", "  ", "\u3000\n"])
def test_nothing_said(value) -> None:
    assert read_moment(value, HERE) is None


@pytest.mark.parametrize(("value", "kind"), REFUSED)
def test_refused(value, kind) -> None:
    with pytest.raises(NotAMoment) as caught:
        read_moment(value, HERE)
    assert type(caught.value) is kind


def test_sentence_quotes_what_was_written() -> None:
    with pytest.raises(NotAMoment) as caught, translation.override("en"):
        read_moment("昨天" * 40, HERE)
    with translation.override("en"):
        assert str(caught.value) == (
            f"“{('昨天' * 20)[:39]}…” is not a date. Write it like 2019-02-28 or 2019-02-28 11:25."
        )


@given(st.datetimes(datetime(1990, 1, 1), datetime(9999, 12, 30)), st.sampled_from(["/", "-", "."]))  # noqa: DTZ001 -- hypothesis wants bounds without a zone
def test_what_is_written_is_read(moment, mark) -> None:
    moment = moment.replace(microsecond=0)
    text = f"{moment.year}{mark}{moment.month}{mark}{moment.day} {moment:%H:%M:%S}"
    assert read_moment(text, HERE) == moment.replace(tzinfo=HERE)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.datetimes(), st.none()))
def test_never_any_other_error(value) -> None:
    with suppress(NotAMoment):
        assert read_moment(value, HERE) is None or value


def test_a_day_ends_at_24_as_offices_say() -> None:
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    assert day_and_clock(midnight) == (date(2026, 3, 2), "24:00")
    assert day_and_clock(midnight - timedelta(minutes=1)) == (date(2026, 3, 2), "23:59")
