"""A deadline beyond the years announced is provisional until a recorded act makes it definite."""

from datetime import date, datetime

import pytest

from daodi.core.clocks.services import announce_year
from daodi.core.history.verify import verify_matters
from daodi.core.matters.models import Matter
from daodi.core.sweep.provisional import settle_provisional
from tests.makers import DAY, SHANGHAI, make_calendar, make_matter, reread

NEW_YEAR = {date(2027, 1, 1): (False, "元旦")}


@pytest.fixture
def matter(course) -> Matter:
    """Dispatched on Tuesday, 29 December 2026; five working days lead into 2027."""
    make_calendar()
    start = datetime(2026, 12, 29, 12, tzinfo=SHANGHAI)
    return course(make_matter(now=start)).accepted().matter


def resolve(matter):
    clock = matter.clocks.running().get(name="resolve")
    return clock.due_at, clock.is_provisional


def test_it_becomes_definite_when_the_year_is_announced(matter) -> None:
    before = datetime(2027, 1, 5, 12, 2, tzinfo=SHANGHAI)
    after = before + DAY
    assert resolve(matter) == (before, True)

    announce_year(2027, NEW_YEAR, "国办发明电")
    assert resolve(matter) == (before, True)
    assert [settle_provisional(matter.filed_at + DAY) for _ in "12"] == [1, 0]

    event = matter.events.last()
    assert (event.name, event.side, event.is_public) == ("settled", "system", True)
    moments = [datetime.fromisoformat(at) for at in event.data["due"]["resolve"]]
    assert moments == [before, after]
    settled = reread(matter)
    assert (resolve(settled), settled.due_at, settled.promised_at) == ((after, False), after, after)
    assert [faults for _matter, faults in verify_matters()] == [[]]


def test_while_the_year_is_unknown_nothing_happens(matter) -> None:
    before = resolve(matter)
    assert settle_provisional(matter.filed_at + DAY) == 0
    assert (resolve(matter), reread(matter).version) == (before, matter.version)


def test_in_a_known_year_it_is_definite_from_the_start(course) -> None:
    make_calendar()
    assert resolve(course().accepted().matter)[1] is False
