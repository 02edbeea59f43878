"""Figures are what a reader of the ledger would count, now and for any moment that is past."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from daodi.core.figures.counting import Scope, age_of_open, by, count, matters_behind, over_time
from daodi.core.figures.formulas import FORMULAS, formula
from daodi.core.figures.models import Daily, Fact, Projection
from daodi.core.figures.projecting import project
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from tests.makers import DAY, HOUR, NOON, Course, StartCourse, make_ledger, make_matter, make_unit
from tests.walks import walk

MONDAY = date(2026, 3, 2)
WEEK = (MONDAY, MONDAY + timedelta(days=6))


def scope(**more: object) -> Scope:
    return Scope(make_ledger(), *WEEK, **more)


def shares(found: dict, *names: str) -> dict[str, tuple[float, int]]:
    return {name: (found[formula(name).code].hits, found[formula(name).code].of) for name in names}


def test_a_matter_counts_from_the_minute_it_is_known(course: StartCourse) -> None:
    way = course().handed_in()
    project(way.now)
    names = ("filed", "answered", "cleared", "open", "on_time", "response", "satisfaction")
    assert shares(count(scope()), *names) == {
        "filed": (1, 1),
        "answered": (1, 1),
        "cleared": (0, 0),
        "open": (1, 1),
        "on_time": (1, 1),
        "response": (1, 1),
        "satisfaction": (0, 0),
    }
    way.step("judge", "caller", solved="yes", satisfied="basically").step("clear", "caller")
    project(way.now)
    names = ("cleared", "open", "satisfaction", "bj_satisfied", "first_time")
    assert shares(count(scope()), *names) == {
        "cleared": (1, 1),
        "open": (0, 0),
        "satisfaction": (1, 1),
        "bj_satisfied": (0.9, 1),
        "first_time": (1, 1),
    }


def test_a_deadline_that_passes_counts_without_any_act(course: StartCourse) -> None:
    way = course().accepted()
    project(way.now)
    assert shares(count(scope()), "on_time", "overdue") == {"on_time": (0, 0), "overdue": (0, 1)}
    late = NOON + 30 * DAY
    assert project(late) == 1
    assert shares(count(scope()), "on_time", "overdue") == {"on_time": (0, 1), "overdue": (1, 1)}
    assert project(late + HOUR) == 0


def test_the_day_of_a_task_is_its_deadline(course: StartCourse) -> None:
    ledger = make_ledger("tasks", "13710-days", prefix="RW", kinds=["task"], leader_signs=False)
    task = course(make_matter("Renew the lanes.", ledger=ledger, kind="task")).listed(kind="task")
    task.step("schedule", "operator", until=MONDAY + 20 * DAY)
    task.step("dispatch", "operator", lead=task.cast["handler"].unit).step("accept", "handler")
    project(NOON + 10 * DAY)
    ours = Scope(ledger, *WEEK)
    assert shares(count(ours), "on_time", "overdue") == {"on_time": (0, 0), "overdue": (0, 1)}
    project(NOON + 30 * DAY)
    assert shares(count(ours), "on_time", "overdue") == {"on_time": (0, 1), "overdue": (1, 1)}


def test_what_is_excluded_stays_in_the_counts_and_leaves_the_rates(course: StartCourse) -> None:
    way = course().handed_in().step("exclude", "supervisor", text="A test call, see recording.")
    project(way.now)
    assert shares(count(scope()), "filed", "on_time") == {"filed": (1, 1), "on_time": (0, 0)}


def test_a_past_moment_is_counted_as_it_was(course: StartCourse) -> None:
    way = course().accepted()
    then = way.now
    project(then)
    before = count(scope())
    way.step("hand_in", "handler", account="New bulb.", answer="Repaired.")
    project(way.now)
    assert count(scope()) != before
    assert count(scope(as_of=then)) == before


def test_each_unit_category_and_day_has_its_own(course: StartCourse) -> None:
    project(course().handed_in().now)
    filed = [formula("filed")]
    unit, category = make_unit("bureau"), Matter.objects.get().category
    assert category is not None
    assert {key: row["filed@1"].of for key, row in by(scope(), "unit", filed).items()} == {
        str(unit.pk): 1
    }
    assert {key: row["filed@1"].of for key, row in by(scope(), "category", filed).items()} == {
        str(category.pk): 1
    }
    assert [(day, row["filed@1"].of) for day, row in over_time(scope(), filed, "week")] == [
        (MONDAY, 1)
    ]
    above, elsewhere = make_unit("county", None), make_unit("elsewhere")
    assert count(scope(unit=above), filed)["filed@1"].of == 1
    assert count(scope(unit=elsewhere), filed)["filed@1"].of == 0


def test_the_list_behind_a_figure_has_as_many_rows(
    course: StartCourse, supervisor: Member, outsider: Member
) -> None:
    course().handed_in()
    make_matter("Another lamp is dark.")
    project(NOON + HOUR)
    for each in FORMULAS.values():
        figure = count(scope(), [each])[each.code]
        assert matters_behind(scope(), each, supervisor, hits=False).count() == figure.of
        if each.hits and all(weight == 1 for weight, _condition in each.hits):
            assert matters_behind(scope(), each, supervisor, hits=True).count() == figure.hits
    assert not matters_behind(scope(), formula("filed"), outsider, hits=False).exists()


def test_a_quiet_minute_asks_little(course: StartCourse) -> None:
    project(course().handed_in().now)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert project(NOON + HOUR) == 0
    assert len(queries) <= 7


def test_the_nightly_pass_finds_what_was_missed(course: StartCourse) -> None:
    way = course().accepted()
    project(way.now)
    Fact.objects.all().delete()
    Daily.objects.all().delete()
    assert project(way.now, everything=True) == 1
    assert shares(count(scope()), "filed") == {"filed": (1, 1)}


def test_the_age_of_the_open(db: None) -> None:
    for days in (0, 2, 4):
        make_matter(f"Lamp {days} is dark.", now=NOON + days * DAY)
    project(NOON + 4 * DAY)
    assert age_of_open(scope(), NOON + 4 * DAY) == {
        "q1": 1.0,
        "median": 2.0,
        "q3": 3.0,
        "p90": pytest.approx(3.6),
    }


@pytest.mark.django_db
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_sums_facts_and_history_say_the_same(data: st.DataObject, cast: dict[str, Member]) -> None:
    """Whatever happens, and whenever the worker looks: daily sums equal the direct count."""
    for model in (Fact, Daily, Projection):
        model.objects.all().delete()
    ledger, pasts, now = make_ledger(), [], NOON
    for number in range(2):
        course = Course(make_matter(f"Lamp {number} is dark.", now=now), cast, now)

        def looked(_matter: Matter, course: Course = course) -> None:
            if data.draw(st.booleans()):
                project(course.now)
                pasts.append((course.now, direct(ledger, course.now)))

        walk(data, course, 8, looked)
        now = course.now
    end = now + 200 * DAY
    project(end, everything=data.draw(st.booleans()))
    assert summed(ledger) == direct(ledger, end)
    seen = dict(pasts)  # of several looks at one moment the last one counts
    assert {moment: direct(ledger, moment) for moment in seen} == seen
    assert Fact.objects.current().count() == Event.objects.values("matter").distinct().count()


def whole(ledger, **more) -> Scope:
    return Scope(ledger, date(2026, 1, 1), date(2027, 12, 31), **more)


def summed(ledger) -> dict:
    return {
        code: (round(figure.hits, 6), figure.of) for code, figure in count(whole(ledger)).items()
    }


def direct(ledger, moment) -> dict:
    return {
        code: (round(figure.hits, 6), figure.of)
        for code, figure in count(whole(ledger, as_of=moment)).items()
    }
