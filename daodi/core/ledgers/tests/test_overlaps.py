"""What a catalogue leaves open is found, and told apart."""

import pytest

from daodi.core.ledgers.catalogue import add_line, find_line
from daodi.core.ledgers.overlaps import conflicts, exceptions, out_of_use, without_line
from daodi.core.people.models import Division, Unit
from tests.makers import make_category, make_ledger, make_unit


@pytest.fixture
def town(db) -> Division:
    return Division.objects.create(code="410221100", name="Chengguan", level="town")


@pytest.fixture
def ledger(db):
    ledger = make_ledger()
    make_category(ledger, "CX0101", "Lamp out", parent=ledger.categories.get(), level=2)
    return ledger


def line(ledger, code, lead, area=None, **more):
    category = ledger.categories.get(code=code)
    return add_line(ledger, category=category, lead=make_unit(lead), area=area, **more)


def test_a_smaller_area_wins_as_it_is_meant(ledger, town) -> None:
    everywhere = line(ledger, "CX01", "bureau")
    here = line(ledger, "CX01", "townhall", town)
    assert [(m.winner, m.other) for m in exceptions(ledger, 9)] == [(here, everywhere)]
    assert conflicts(ledger, 9) == []


def test_a_deeper_category_hides_a_smaller_area(ledger, town) -> None:
    leaf = line(ledger, "CX0101", "bureau")
    branch = line(ledger, "CX01", "townhall", town)
    assert [(m.winner, m.other) for m in conflicts(ledger, 9)] == [(leaf, branch)]
    assert find_line(ledger, leaf.category, town) == leaf
    assert conflicts(ledger, 0) == []


def test_the_same_lead_or_another_area_is_no_conflict(ledger, town) -> None:
    other = Division.objects.create(code="410221200", name="Yuzhen", level="town")
    line(ledger, "CX0101", "bureau", other)
    line(ledger, "CX01", "townhall", town)
    assert conflicts(ledger, 9) == []
    line(ledger, "CX0101", "townhall")
    assert conflicts(ledger, 9) == []


def test_units_and_lines_out_of_use_are_found(ledger) -> None:
    first = line(ledger, "CX01", "bureau", joint=[make_unit("old")])
    second = line(ledger, "CX0101", "old")
    Unit.objects.filter(code="old").update(is_active=False)
    assert list(out_of_use(ledger)) == [first, second]
    make_unit("idle")
    found = without_line(Unit.objects.get_queryset(), ledger)
    assert {unit.code for unit in found} == {"county", "centre", "oversight", "idle"}


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_once_however_long_the_catalogue_is(
    ledger, town, count, django_assert_num_queries
) -> None:
    for number in range(count):
        make_category(ledger, f"H{number}", "Heating")
        line(ledger, f"H{number}", "bureau")
        line(ledger, f"H{number}", "townhall", town)
    with django_assert_num_queries(1):
        assert len(exceptions(ledger, 99)) == count
