"""Whoever gave a task gives it to another unit, changes who joins, or drops it."""

from datetime import date

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.matters.models import Matter
from daodi.core.notices.models import Notice
from daodi.core.people.roles import Role
from daodi.core.workflow.rights import moves_for
from tests.makers import DAY, make_ledger, make_matter, make_member, make_unit

LAST_DAY = date(2026, 5, 31)


@pytest.fixture
def task(course):
    """A task with a day of its own, in hand in the bureau; the water works join."""
    ledger = make_ledger("tasks", "13710-days", prefix="RW", kinds=["task"], leader_signs=False)
    run = course(make_matter("Renew the lanes of the old town.", ledger=ledger, kind="task"))
    run.listed(kind="task").step("schedule", "operator", until=LAST_DAY)
    run.step("dispatch", "operator", lead=make_unit("bureau"), joint=[make_unit("water")])
    return run.step("accept", "handler")


def running(matter: Matter) -> dict[str, object]:
    return {clock.name: clock.started_at for clock in matter.clocks.running()}


def joint_of(matter: Matter) -> list[str]:
    return sorted(str(part.unit) for part in matter.parts.filter(ended_at=None))


def told(matter: Matter) -> set[tuple[str, str]]:
    last = Notice.objects.filter(matter=matter, seq=matter.version)
    return {(str(each.member), each.name) for each in last}


def test_another_unit_begins_anew_and_keeps_the_day(task, handler) -> None:
    roads = make_member("roads", Role.HANDLER, unit="roads")
    pump = make_member("pump", Role.HANDLER, unit="power")
    given = {"lead": make_unit("roads"), "joint": [make_unit("power")], "text": "Roads are theirs."}
    promised = task.matter.promised_at
    task.step("report", "handler", milestone="arrange", text="Three teams.")
    task.now += 2 * DAY
    matter = task.step("reassign", "operator", **given).matter
    assert (matter.state, str(matter.unit), matter.promised_at) == (
        "dispatched", "Roads", promised,
    )  # fmt: skip
    started = running(matter)
    assert (started["arrange"], started["progress"]) == (task.now, task.now)
    assert started["task"] < task.now
    assert joint_of(matter) == ["Power"]
    assert list(Matter.objects.visible_to(roads)) == [matter]
    assert not Matter.objects.visible_to(handler).exists()
    assert told(matter) == {
        (str(roads), "reassign"), (str(pump), "joint"), (str(handler), "taken_from"),
    }  # fmt: skip
    assert matter.events.last().data["unit"] == "bureau"


def test_who_stays_keeps_part_and_day(task) -> None:
    water, power = make_unit("water"), make_unit("power")
    before = task.matter.parts.get(unit=water).due_at
    matter = task.step("rejoin", "operator", joint=[water, power], text="Lamps too.").matter
    assert (matter.state, joint_of(matter)) == ("handling", ["Power", "Water"])
    assert matter.parts.get(unit=water).due_at == before
    assert matter.events.last().data["joint"] == ["power"]
    with pytest.raises(Refused, match="join in it already"):
        task.step("rejoin", "operator", joint=[power, water], text="Again.")
    matter = task.step("rejoin", "operator", joint=[], text="The bureau alone.").matter
    assert joint_of(matter) == []
    assert make_unit("water").pk not in matter.seen_by_units


def test_a_dropped_task_ends_with_its_reason(task, handler) -> None:
    with pytest.raises(Refused, match="why it is dropped"):
        task.step("drop", "operator", text=" ")
    matter = task.step("drop", "operator", text="The street is pulled down.").matter
    assert (matter.state, running(matter), joint_of(matter)) == ("withdrawn", {}, [])
    assert told(matter) == {(str(handler), "drop"), ("Leader", "drop")}


def test_only_who_gave_it_and_only_a_task(task, course, operator) -> None:
    for name, given in (
        ("reassign", {"lead": make_unit("roads")}), ("rejoin", {"joint": []}), ("drop", {}),
    ):  # fmt: skip
        with pytest.raises(NotYours):
            task.step(name, "handler", text="Not ours.", **given)
    with pytest.raises(Refused, match="with this unit already"):
        task.step("reassign", "operator", lead=make_unit("bureau"), text="Once more.")
    request = course().accepted()
    for name, given in (
        ("reassign", {"lead": make_unit("roads")}), ("rejoin", {"joint": [make_unit("roads")]}),
        ("drop", {}),
    ):  # fmt: skip
        with pytest.raises(Refused, match="Only a task"):
            request.step(name, "operator", text="Away.", **given)
    open_now = {move.name for move in moves_for(request.matter, operator, request.now)}
    assert not open_now & {"reassign", "rejoin", "drop"}
    asked = task.step("extend", "handler", until=date(2026, 7, 1), text="Rain.")
    with pytest.raises(Refused, match="not been decided"):
        asked.step("reassign", "operator", lead=make_unit("roads"), text="Roads.")
    assert joint_of(asked.matter) == ["Water"]
    open_now = {move.name for move in moves_for(asked.matter, operator, asked.now)}
    assert open_now & {"reassign", "rejoin", "drop"} == {"rejoin", "drop"}
