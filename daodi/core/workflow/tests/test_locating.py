"""An operator says where it is, and takes it back; the gazetteer learns from what is sent on."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from daodi.core.exceptions import Refused
from daodi.core.gazetteer.models import PlaceName
from daodi.core.intake.advice import advise, learn_places
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.workflow.locating import last_locating, locate, relocate
from tests.makers import NOON, make_matter, make_town

TEXT = "滨河花园晚上太吵，人民东路也是"
POINT = (34.5, 114.8)


@pytest.fixture
def east(db) -> Division:
    return make_town()


@pytest.fixture
def west(db) -> Division:
    return make_town("410221101", "West")


def test_the_place_is_set_and_taken_back(operator, east, west) -> None:
    matter = make_matter(TEXT, division=east)
    event = locate(matter, division=west, position=POINT, by=operator, now=NOON)
    assert event.data == {"was": east.code, "division": west.code, "point": True}
    assert (matter.division, matter.lat, matter.lon) == (west, *POINT)
    relocate(matter, by=operator, now=NOON)
    assert (matter.division, matter.lat, matter.lon) == (east, None, None)
    assert last_locating(matter) is None
    with pytest.raises(Refused):
        relocate(matter, by=operator, now=NOON)


def test_a_point_that_somebody_gave_stays(operator, east, west) -> None:
    matter = make_matter(TEXT, division=east, position=(34.1, 114.1))
    locate(matter, division=west, position=POINT, by=operator, now=NOON)
    relocate(matter, by=operator, now=NOON)
    assert (matter.lat, matter.lon) == (34.1, 114.1)
    with pytest.raises(Refused, match="East is its area already"):
        locate(matter, division=east, by=operator, now=NOON)


def run_learning() -> int:
    """Do what dispatching has queued, as a worker does."""
    jobs = ProcrastinateJob.objects.filter(task_name="daodi.core.tasks.learn_places_of")
    return sum(learn_places(job.args["matter_id"]) for job in jobs)


def test_what_is_dispatched_is_learnt_from_once(course, operator, east) -> None:
    matter = make_matter(TEXT, division=east, position=POINT)
    advise(matter, now=NOON)
    course(matter).dispatched().step("recall", "operator")
    Matter.objects.get(pk=matter.pk)
    assert run_learning() == 2
    assert run_learning() == 0
    rows = PlaceName.objects.by_name().values_list("name", "uses", "division__name")
    assert list(rows) == [("人民东路", 1, "East"), ("滨河花园", 1, "East")]


def test_nothing_is_learnt_without_an_area_or_of_what_is_confidential(course, east) -> None:
    nowhere = make_matter(TEXT)
    advise(nowhere, now=NOON)
    course(nowhere).dispatched()
    secret = make_matter(TEXT, division=east, is_confidential=True)
    advise(secret, now=NOON)
    assert (run_learning(), learn_places(secret.pk)) == (0, 0)
    assert not PlaceName.objects.exists()


def test_official_names_need_not_be_learnt(course, east) -> None:
    make_town("410221100201", "李庄村村民委员会")
    matter = make_matter("李庄村的路灯不亮", division=east)
    advise(matter, now=NOON)
    course(matter).dispatched()
    assert run_learning() == 0
