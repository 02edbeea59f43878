"""Who leads: the deepest category that fits, then the smallest area."""

import pytest

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import Refused
from daodi.core.ledgers.catalogue import add_line, add_lines, find_line
from daodi.core.ledgers.categories import add_scheme
from daodi.core.people.models import Division
from daodi.core.people.services import load_divisions
from tests.makers import make_ledger, make_unit

LEAF = {"code": "CS0102", "name": "Lamps"}
STREETS = {"code": "CS01", "name": "Streets", "below": [LEAF]}
SCHEME = [{"code": "CS", "name": "Town", "below": [STREETS]}]
COUNTY, TOWN, OTHER_TOWN = "410221", "410221101", "410221102"


@pytest.fixture
def ledger(db):
    ledger = make_ledger()
    add_scheme(ledger, SCHEME)
    load_divisions([(code, code, "town") for code in (COUNTY, TOWN, OTHER_TOWN)])
    return ledger


def line(ledger, category: str, area: str, lead: str):
    return add_line(
        ledger,
        category=ledger.categories.get(code=category),
        area=Division.objects.filter(code=area).first(),
        lead=make_unit(lead),
    )


@pytest.mark.parametrize(
    ("category", "area", "lead"),
    [
        ("CS0102", TOWN, "lamps-of-the-town"),
        ("CS0102", OTHER_TOWN, "lamps-of-the-county"),
        ("CS0102", "", "lamps"),
        ("CS01", TOWN, "streets-of-the-town"),
        ("CS01", OTHER_TOWN, "town"),
        ("CS", TOWN, "town"),
        ("CX01", TOWN, None),
        ("", TOWN, None),
    ],
)
def test_the_line_that_fits_best(ledger, category, area, lead) -> None:
    line(ledger, "CS", "", "town")
    line(ledger, "CS01", TOWN, "streets-of-the-town")
    line(ledger, "CS0102", "", "lamps")
    line(ledger, "CS0102", COUNTY, "lamps-of-the-county")
    line(ledger, "CS0102", TOWN, "lamps-of-the-town")

    asked = ledger.categories.filter(code=category).first()
    found = find_line(ledger, asked, Division.objects.filter(code=area).first())
    assert (found.lead.code if found else None) == lead


def test_lines_are_numbered_and_stand_once(ledger) -> None:
    lines = [line(ledger, "CS", area, "town") for area in ("", TOWN)]
    assert [one.number for one in lines] == [1, 2]
    for area in ("", TOWN):
        with pytest.raises(Refused, match="Town"):
            line(ledger, "CS", area, "elsewhere")


def test_a_line_of_another_ledger_does_not_count(ledger) -> None:
    line(ledger, "CS", "", "town")
    other = make_ledger("tasks", prefix="RW")
    assert find_line(other, ledger.categories.get(code="CS"), None) is None


def test_many_lines_come_at_once(ledger) -> None:
    load_divisions([(TOWN, "Town", "town")])
    town, category = Division.objects.get(code=TOWN), ledger.categories.get(code="CS")
    rows = [(category, None, make_unit("bureau"), "List"), (category, town, make_unit("hall"), "")]
    assert add_lines(ledger, rows) == 2
    assert [(line.number, line.area) for line in ledger.catalogue.all()] == [(1, None), (2, town)]
    line = AdminEvent.objects.latest("pk")
    assert (line.what, line.after) == ("catalogue_imported", {"new": 2})
