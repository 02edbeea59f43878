"""A year that two processes live through is one year, or none."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from daodi.core.figures.models import Fact
from daodi.core.history.models import DayRoot
from daodi.core.history.verify import verify_days, verify_matters
from daodi.core.intake.codes import next_ids
from daodi.core.matters.models import Matter
from daodi.demo.halves import FIRST, Year, live_in_halves
from daodi.demo.load import load_county
from daodi.demo.sisters import QI

UNTIL = datetime(2026, 6, 19, 17, tzinfo=ZoneInfo("Asia/Shanghai"))
DAYS = 60
START = UNTIL - timedelta(days=DAYS)
YEAR = Year(START, UNTIL, requests=24, seed=1, sisters=(QI,))

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_halves_make_one_year() -> None:
    load_county()
    shown: list[float] = []
    live_in_halves(YEAR, tell=shown.append)

    assert shown == sorted(shown)
    keys = list(Matter.objects.order_by("filed_at").values_list("pk", flat=True))
    cut = round(len(keys) * FIRST)
    # What came in later has the higher keys, and the next filing the next one.
    assert max(keys[:cut]) < min(keys[cut:])
    assert next_ids(1) == [max(keys) + 1]
    faults = [found for _what, found in [*verify_matters(), *verify_days()] if found]
    assert faults == []
    last = DayRoot.objects.latest("day").day
    assert last == (UNTIL - timedelta(days=1)).date()
    assert Fact.objects.current().count() == len(keys)


def test_of_a_year_that_is_interrupted_nothing_is_kept() -> None:
    def story() -> Iterator[datetime]:
        yield START + timedelta(days=DAYS / 2)
        raise KeyboardInterrupt

    load_county()
    with pytest.raises(KeyboardInterrupt):
        live_in_halves(YEAR, tell=lambda _share: None, stories=[story()])
    assert not Matter.objects.exists()
    assert next_ids(1) == [1]
