"""The maps: places on the axis, forecasts, groups, and a sheet of paper."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from daodi.apps.plans.drafting import put_lines
from daodi.apps.plans.issuing import send_tasks
from daodi.apps.plans.maps import axis_of, curves_of, groups_of
from daodi.apps.plans.models import Line
from daodi.apps.plans.outlook import look_ahead, planned_share
from daodi.apps.plans.showing import LIGHTS, rows_of, tree_of
from daodi.apps.plans.tests.makers import head, issued_plan, task
from daodi.core.matters.models import Matter
from daodi.lib.documents import NoFonts, find_fonts
from tests.makers import DAY, NOON, make_unit

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DAYS, st.integers(0, 900), st.integers(-400, 1500), st.integers(0, 100))
def test_a_forecast_never_lies_in_the_past(first, lasts, day, percent) -> None:
    share = percent / 100
    last, today = first + timedelta(days=lasts), first + timedelta(days=day)
    found = look_ahead(first, last, today, share)
    assert 0 <= planned_share(first, last, today) <= 1
    if found.ends:
        assert found.ends >= today
        assert share < 1


def test_half_done_at_half_time_is_done_in_time() -> None:
    found = look_ahead(date(2026, 3, 1), date(2026, 3, 10), date(2026, 3, 5), 0.5)
    assert (found.ends, found.planned) == (date(2026, 3, 10), 0.5)


@pytest.fixture
def drawn(operator):
    """Two tasks below two heads; of the first, one of two steps is done."""
    steps = [("Measured", date(2026, 3, 10)), ("Built", date(2026, 5, 10))]
    plan = issued_plan(
        operator, head("One"), task("A", steps=steps), head("Two"),
        task("B", lead=make_unit("water"), due=date(2026, 4, 15)),
    )  # fmt: skip
    plan.lines.get(title="A").steps.filter(title="Measured").update(done_on=NOON.date())
    Matter.objects.filter(title="B").update(state="handed_in", handed_in_at=NOON + 9 * DAY)
    now = NOON + 30 * DAY
    rows = rows_of([plan], list(plan.lines.for_tree()), operator, now)
    return plan, rows, axis_of([plan], now.date())


def test_bars_lie_where_their_days_are(drawn) -> None:
    _plan, rows, axis = drawn
    (one, two) = groups_of(rows, axis, "head")
    assert (one.name, two.name) == ("City management · One", "City management · Two")
    (a,), (b,) = one.bars, two.bars
    assert (a.x, a.width, a.real, a.steps) == (0, 92, 46, [(9, True), (70, False)])
    assert (a.forecast, a.late_by) == (date(2026, 5, 3), -28)
    assert (b.row.light.code, b.forecast, b.real) == ("handed_in", date(2026, 3, 11), 10)
    assert [group.name for group in groups_of(rows, axis, "unit")] == ["Bureau", "Water"]
    assert [len(group.bars) for group in groups_of(rows, axis, "week")] == [1, 1]
    assert [(row.tasks, row.done) for row in tree_of(rows)] == [(1, 0), (1, 1)]


def test_all_tasks_are_counted_in_one_query_as_each_shows_its_light(drawn, operator) -> None:
    plan, rows, _axis = drawn
    now = NOON + 30 * DAY
    states = ("cleared", "suspended", "withdrawn", "handling", "dispatched")
    # The last one has nobody who leads: it is not sent out.
    put_lines(plan, [*(task(state) for state in states), task("Later", lead=None)])
    send_tasks(plan, by=operator, now=now)
    for state in states:
        card = "yellow" if state == "handling" else ""
        own = Matter.objects.filter(plan_line__title=state)
        own.update(state=state, card=card, due_at=now + DAY)
    rows = rows_of([plan], list(plan.lines.for_tree()), None, now)
    tops = {row.line.pk: row.line.parent_id or row.line.pk for row in rows}
    shown = Counter((tops[row.line.pk], row.light.code) for row in rows if row.line.is_task)
    counted = {(top, code): n for _plan, top, code, n in Line.objects.of([plan]).count_lights(now)}
    assert counted == dict(shown)
    assert {code for _top, code in counted} == set(LIGHTS)


def test_a_curve_counts_what_was_planned_and_what_was_done(drawn) -> None:
    plan, rows, axis = drawn
    (curve,) = curves_of([plan], rows, axis)
    assert (curve.tasks, curve.due, curve.done) == (2, 0, 1)
    assert curve.planned.endswith("121,0")
    assert curve.real.startswith("0,100")


@pytest.mark.parametrize("name", ["decision", "battle", "road"])
def test_each_map_is_a_page_and_a_sheet(client, drawn, operator, name) -> None:
    plan, _rows, _axis = drawn
    type(plan).objects.update(last_day=date(2099, 1, 1))
    client.force_login(operator.user)
    page = client.get(reverse("plans:map", args=[name]), {"plan": plan.pk, "zoom": "2"})
    assert "plan-zoom-2" in page.content.decode()
    try:
        find_fonts()
    except NoFonts:
        pytest.skip("no font for Chinese")
    sheet = client.get(reverse("plans:map_pdf", args=[name]))
    assert sheet.content.startswith(b"%PDF")
