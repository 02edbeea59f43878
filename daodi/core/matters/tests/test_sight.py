"""Who sees a matter: the one QuerySet method, as a table of who and when."""

import pytest

from daodi.core.matters.models import Matter
from daodi.core.matters.sight import edit_ledger
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from tests.makers import make_ledger, make_matter, make_member, make_unit

EVERY = list(Role)
# Who: username, and the unit they are in; all have every role, so that only the place counts.
PLACES = {
    "of the county": "county",
    "of the centre": "centre",
    "of the oversight": "oversight",
    "of the bureau": "bureau",
    "of its section": "lamps",
    "of the water works": "water",
    "of another bureau": "elsewhere",
}
RUNS_IT = {"of the county", "of the centre", "of the oversight"}


@pytest.fixture
def people(db) -> list[Member]:
    make_unit("lamps", "bureau")
    return [make_member(who, *EVERY, unit=unit) for who, unit in PLACES.items()]


def filed(run):
    return run


def listed(run):
    return run.listed()


def dispatched(run):
    return run.dispatched(joint=[make_unit("water")])


def accepted(run):
    return dispatched(run).step("accept", "handler")


def forwarded(run):
    return accepted(run).step("forward", "handler", below=make_unit("lamps"))


def objected(run):
    return dispatched(run).step("object", "handler", text="Not ours", basis="List 3")


def sent_elsewhere(run):
    return objected(run).step("dispatch", "operator", lead=make_unit("elsewhere"))


def recalled(run):
    return dispatched(run).step("recall", "operator")


def handed_in(run):
    return accepted(run).step("hand_in", "handler", account="x", answer="x")


def cleared(run):
    return handed_in(run).step("clear", "caller")


BUREAU, SECTION, WATER = {"of the bureau"}, {"of its section"}, {"of the water works"}


@pytest.mark.parametrize(
    ("way", "seen_by"),
    [
        (filed, RUNS_IT),
        (listed, RUNS_IT),
        (dispatched, RUNS_IT | BUREAU | WATER),
        (accepted, RUNS_IT | BUREAU | WATER),
        (forwarded, RUNS_IT | BUREAU | WATER | SECTION),
        (objected, RUNS_IT | BUREAU | WATER),  # a supervisor may rule that it stays there
        (recalled, RUNS_IT),
        (sent_elsewhere, RUNS_IT | {"of another bureau"}),
        (handed_in, RUNS_IT | BUREAU | WATER),
        (cleared, RUNS_IT | BUREAU | WATER),
    ],
)
def test_who_sees_it_when(people, course, way, seen_by) -> None:
    way(course())
    assert {str(m.user.username) for m in people if sees(m)} == seen_by


def sees(member: Member) -> bool:
    return Matter.objects.visible_to(member).exists()


def test_a_confidential_one_is_seen_by_who_is_named_and_nobody_else(
    people, course, operator
) -> None:
    ledger = make_ledger(is_confidential=True)
    ledger.confidants.set([operator])
    run = course(make_matter("Somebody hurts me.", ledger=ledger))
    assert [m for m in (*people, *run.cast.values()) if sees(m)] == [operator]
    run.listed()
    named = [run.cast["handler"]]
    run.step("dispatch", "operator", lead=make_unit("bureau"), named=named)
    assert [m for m in (*people, *run.cast.values()) if sees(m)] == [operator, *named]


def test_a_resident_may_ask_for_confidence_in_any_ledger(people, cast) -> None:
    matter = make_matter(is_confidential=True, may_publish=True)
    assert [m for m in (*people, *cast.values()) if sees(m)] == []
    assert matter.may_publish is False


def test_the_unit_that_newly_runs_a_ledger_sees_what_is_open(course) -> None:
    matter = course().dispatched().matter
    ledger, newcomer = matter.ledger, make_member("newcomer", Role.OPERATOR, unit="newcentre")
    assert list(Matter.objects.visible_to(newcomer)) == []
    ledger.unit = newcomer.unit
    edit_ledger(ledger)
    assert list(Matter.objects.visible_to(newcomer)) == [matter]
