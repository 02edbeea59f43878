"""Who counts what: the units that see the matters."""

from datetime import date

import pytest

from daodi.core.figures.counting import Scope
from daodi.core.figures.sight import ledgers_for, sees_whole, within_sight
from daodi.core.people.roles import Role
from tests.makers import make_ledger, make_member, make_unit

DAY = date(2026, 3, 2)


@pytest.fixture
def ledger(db):
    return make_ledger()


def unit_of(scope: Scope, member) -> str:
    found = within_sight(scope, member).unit
    return found.code if found else ""


def test_who_runs_or_supervises_sees_it_whole_and_so_do_those_above(
    ledger, operator, supervisor, manager
) -> None:
    for member in (operator, supervisor, manager):
        assert sees_whole(ledger, member)
        assert unit_of(Scope(ledger, DAY, DAY), member) == ""
        assert unit_of(Scope(ledger, DAY, DAY, unit=make_unit("bureau")), member) == "bureau"


def test_everybody_else_counts_their_own_house(ledger, handler) -> None:
    station = make_unit("station", "bureau")
    assert not sees_whole(ledger, handler)
    asked = {"": None, "station": station, "elsewhere": make_unit("elsewhere")}
    found = {
        name: unit_of(Scope(ledger, DAY, DAY, unit=unit), handler) for name, unit in asked.items()
    }
    assert found == {"": "bureau", "station": "station", "elsewhere": "bureau"}
    below = make_member("below", Role.OPERATOR, unit="window", parent="centre")
    assert unit_of(Scope(ledger, DAY, DAY), below) == "window"


def test_a_confidential_ledger_is_counted_by_those_who_see_it_whole(
    ledger, handler, supervisor
) -> None:
    secret = make_ledger("helpline", prefix="BM", is_confidential=True)
    assert ledgers_for(handler) == [ledger]
    assert ledgers_for(supervisor) == [ledger, secret]
