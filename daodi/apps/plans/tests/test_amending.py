"""A plan that was issued changes: who does a task, and whether it is done; each time an edition."""

import pytest
from django.test import Client
from django.urls import reverse

from daodi.apps.plans.amending import Units, change_units, drop_task, words_of
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.showing import count_tasks, rows_of, tree_of
from daodi.apps.plans.tests.makers import head, issued_plan, task
from daodi.core.exceptions import Missing, NotYours, Refused
from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from tests.makers import DAY, NOON, make_member, make_unit

LATER = NOON + DAY / 2


@pytest.fixture
def plan(operator, handler) -> Plan:
    """Two tasks of the bureau; the water works join in the first."""
    return issued_plan(operator, head(), task("A", joint=["water"], handler="Li"), task("B"))


def line_of(plan: Plan, title: str = "A") -> Line:
    found = plan.lines.for_tree().get(title=title)
    found.plan = plan
    return found


def editions(plan: Plan) -> list[tuple[int, str, list[str]]]:
    return [
        (each.edition, each.why, [words for change in each.changes for words in words_of(change)])
        for each in plan.amendments.all()
    ]


def test_another_unit_takes_a_task_over_with_its_matter(plan, operator) -> None:
    roads = make_member("roads", Role.HANDLER, unit="roads")
    assert not Plan.objects.visible_to(roads).exists()
    units = Units(make_unit("roads"), [make_unit("power")], handler="Wang")
    change_units(line_of(plan), units, why="Roads are theirs.", by=operator, now=LATER)
    line = line_of(plan)
    assert (str(line.lead), [str(unit) for unit in line.joint.all()], line.handler) == (
        "Roads", ["Power"], "Wang",
    )  # fmt: skip
    assert (str(line.matter.unit), line.matter.state) == ("Roads", "dispatched")
    assert list(Plan.objects.visible_to(roads)) == [plan]
    assert editions(plan) == [
        (
            2, "Roads are theirs.",
            ["Lead unit: Bureau → Roads", "Joint units: Water → Power", "Handler: Li → Wang"],
        ),
    ]  # fmt: skip
    # Said once more, nothing is to be changed.
    assert change_units(line, units, why="Again.", by=operator, now=LATER) is None


def test_who_joins_changes_without_the_lead_starting_anew(plan, operator) -> None:
    units = Units(make_unit("bureau"), [make_unit("water"), make_unit("power")], handler="Li")
    change_units(line_of(plan), units, why="Lamps too.", by=operator, now=LATER)
    line = line_of(plan)
    assert (line.matter.accepted_at, line.matter.parts.open().count()) == (None, 2)
    assert [event.name for event in line.matter.events.order_by("seq")][-1] == "rejoin"
    assert editions(plan) == [
        (2, "Lamps too.", ["Joint units: Water → Water, Power"]),
    ]
    # Of a name alone the unit is told in a note.
    named = Units(make_unit("bureau"), list(line.joint.all()), handler="Zhou")
    change_units(line, named, why="Li retired.", by=operator, now=LATER)
    assert [event.name for event in line.matter.events.order_by("seq")][-1] == "note"


def test_a_dropped_task_ends_and_counts_no_more(plan, operator) -> None:
    drop_task(line_of(plan), why="The street is pulled down.", by=operator, now=LATER)
    assert line_of(plan).matter.state == "withdrawn"
    assert editions(plan) == [(2, "The street is pulled down.", ["Dropped"])]
    rows = rows_of([plan], list(plan.lines.for_tree()), operator, LATER)
    assert [(row.tasks, row.done) for row in tree_of(rows)] == [(1, 0)]
    assert [row.light.code for row in rows if row.line.is_task] == ["ended", "course"]
    (counted,) = count_tasks([plan], LATER)
    assert (counted.tasks, counted.done, counted.late) == (1, 0, 0)
    with pytest.raises(Refused, match="nothing to amend"):
        drop_task(line_of(plan), why="Once more.", by=operator, now=LATER)


def test_only_who_issues_changes_units_and_says_why(plan, operator, supervisor, handler) -> None:
    units = Units(make_unit("roads"))
    for who in (supervisor, handler):
        with pytest.raises(NotYours):
            change_units(line_of(plan), units, why="Mine.", by=who, now=LATER)
        with pytest.raises(NotYours):
            drop_task(line_of(plan), why="Mine.", by=who, now=LATER)
    with pytest.raises(Missing):
        change_units(line_of(plan), units, why=" ", by=operator, now=LATER)
    both = Units(make_unit("roads"), [make_unit("roads")])
    with pytest.raises(Refused, match="cannot be a joint unit"):
        change_units(line_of(plan), both, why="Both.", by=operator, now=LATER)
    assert not plan.amendments.exists()


def test_units_are_changed_on_the_page_and_stand_in_the_history(plan, operator) -> None:
    client = Client()
    client.force_login(operator.user)
    line, roads = line_of(plan), make_unit("roads")
    page = client.get(reverse("plans:line", args=[plan.pk, line.pk])).context
    assert page["units"].initial["lead"] == line.lead_id
    change = reverse("plans:line_units", args=[plan.pk, line.pk])
    assert client.post(change, {"lead": roads.pk, "why": ""}).status_code == 422
    client.post(change, {"lead": roads.pk, "joint": [line.lead_id], "why": "Roads are theirs."})
    drop = reverse("plans:line_drop", args=[plan.pk, line_of(plan, "B").pk])
    client.post(drop, {"why": "Not any more."})
    assert sorted(Matter.objects.values_list("state", flat=True)) == ["dispatched", "withdrawn"]
    shown = client.get(reverse("plans:plan", args=[plan.pk])).content.decode()
    for words in ("Edition 3", "Lead unit: Bureau → Roads", "Not any more.", "Dropped"):
        assert words in shown
