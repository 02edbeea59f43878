"""A unit moves in the tree, and who sees its matters follows."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import Refused
from daodi.core.matters import moving
from daodi.core.matters.models import Matter
from daodi.core.matters.moving import move_unit, renew_sight
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from tests.makers import make_ledger, make_matter, make_member, make_unit, reread


def work_off() -> int:
    """Do what is queued, as the worker does; return how many jobs it took."""
    done = 0
    queued = ProcrastinateJob.objects.filter(task_name=moving.JOB).order_by("id")
    while job := queued.filter(id__gt=work_off.last).first():
        renew_sight(**job.args)
        work_off.last, done = job.pk, done + 1
    return done


work_off.last = 0


def seers(matter: Matter) -> set[str]:
    return set(Unit.objects.filter(pk__in=matter.seen_by_units).values_list("code", flat=True))


def test_sight_follows_a_moved_unit_with_all_below_it(course, manager) -> None:
    lamps = make_unit("lamps", "bureau")
    open_one = course().accepted().step("forward", "handler", below=lamps).matter
    joined = course(make_matter()).dispatched(joint=[make_unit("water")]).step("accept", "handler")
    joined.step("hand_in", "handler", account="x", answer="x").step("clear", "caller")
    closed = joined.matter
    other = course(make_matter()).dispatched(lead=make_unit("water")).matter
    runs_it = {"county", "centre", "oversight"}
    office = make_unit("office")

    move_unit(make_unit("bureau"), office, by=manager)
    assert work_off() == 1

    assert seers(reread(open_one)) == {*runs_it, "office", "bureau", "lamps"}
    assert seers(reread(closed)) == {*runs_it, "office", "bureau", "water"}
    assert seers(reread(other)) == {*runs_it, "water"}
    chief = make_member("chief", Role.LEADER, unit="office")
    assert set(Matter.objects.visible_to(chief)) == {open_one, closed}
    log = AdminEvent.objects.filter(unit=make_unit("bureau")).order_by("-pk")[:2]
    assert [(line.what, line.before, line.after) for line in reversed(log)] == [
        ("unit_moved", {"parent": "county"}, {"parent": "office"}),
        ("sight_renewed", {}, {"n": 2}),
    ]

    move_unit(make_unit("bureau"), make_unit("county"), by=manager)
    work_off()
    assert seers(reread(open_one)) == {*runs_it, "bureau", "lamps"}
    assert list(Matter.objects.visible_to(chief)) == []


def test_the_unit_that_runs_a_ledger_moves_with_its_matters(course, manager) -> None:
    matter = course().listed().matter
    move_unit(make_unit("centre"), make_unit("office"), by=manager)
    work_off()
    assert seers(reread(matter)) == {"county", "centre", "oversight", "office"}


def test_many_matters_are_gone_through_in_batches(manager, monkeypatch) -> None:
    monkeypatch.setattr(moving, "BATCH", 2)
    matters = [make_matter() for _number in range(5)]
    move_unit(make_unit("centre"), make_unit("office"), by=manager)
    assert work_off() == 3
    assert all("office" in seers(reread(matter)) for matter in matters)
    assert AdminEvent.objects.latest("pk").after == {"n": 5}


def test_confidential_matters_stay_with_those_who_are_named(operator, manager) -> None:
    ledger = make_ledger("helpline", is_confidential=True)
    ledger.confidants.set([operator])
    matter = make_matter(ledger=ledger)
    move_unit(make_unit("centre"), make_unit("office"), by=manager)
    work_off()
    assert (reread(matter).seen_by_units, reread(matter).seen_by_members) == ([], [operator.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_asks_as_often_for_many_as_for_one(
    manager, count, django_assert_num_queries
) -> None:
    for _number in range(count):
        make_matter()
    centre = make_unit("centre")
    # Nothing has changed: matters, parts, units, the unit's name, the line in the log.
    with django_assert_num_queries(7):
        renew_sight(centre.pk, 0, 0)


def test_a_unit_moves_only_where_it_can(manager, outsider) -> None:
    bureau, lamps = make_unit("bureau"), make_unit("lamps", "bureau")
    for to, by, why in (
        (bureau, manager, "cannot be put below itself"),
        (lamps, manager, "cannot be put below itself"),
        (manager.unit, manager, "is there already"),
        (outsider.unit, outsider, "must be in your house"),
    ):
        with pytest.raises(Refused, match=why):
            move_unit(bureau, to, by=by)
    assert not connection.needs_rollback


def test_the_tree_stays_whole_whatever_moves(manager) -> None:
    codes = {"a": "county", "b": "a", "c": "b", "d": "county"}
    for code, parent in codes.items():
        make_unit(code, parent)
    for unit, to in (("b", "d"), ("d", "a"), ("c", "county"), ("a", "c")):
        move_unit(make_unit(unit), make_unit(to), by=manager)
    shape = {
        unit.code: Unit.objects.get_parent(unit).code for unit in Unit.objects.filter(depth__gt=1)
    }
    assert {code: shape[code] for code in codes} == {"a": "c", "b": "d", "c": "county", "d": "a"}
    assert Unit.objects.find_problems() == ([], [], [], [], [])
