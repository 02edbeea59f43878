"""The dispatch catalogue from Excel, and back."""

import pytest

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import Refused
from daodi.core.exchange.catalogue import read_catalogue, take_catalogue, write_catalogue
from daodi.core.exchange.tests.makers import book
from daodi.core.ledgers.catalogue import add_line
from daodi.core.people.models import Division
from tests.makers import make_category, make_ledger, make_unit


@pytest.fixture
def ledger(manager):
    ledger = make_ledger()
    top = ledger.categories.get()
    make_category(ledger, "CX0101", "Lamp out", parent=top, level=2)
    Division.objects.create(code="410221100", name="Chengguan", level="town")
    return ledger


def take(path, ledger, by, **how):
    return take_catalogue(ledger, read_catalogue(path), by=by, **how)


def test_lines_are_added_changed_and_removed(ledger, manager, tmp_path) -> None:
    bureau, town = make_unit("bureau"), make_unit("town")
    top = ledger.categories.get(code="CX01")
    add_line(ledger, category=top, lead=bureau, basis="Old")
    rows = [
        ["分类代码", "分类", "行政区划", "主办单位", "协办单位", "派单依据"],
        ["CX01", "", "", "Town", "Bureau、town", "New"],
        ["", "Street lights / Lamp out", "410221100000", "bureau", "", ""],
    ]
    path = book(tmp_path / "a.xlsx", 派单目录=rows)
    trial = take(path, ledger, manager, dry_run=True)
    assert [(step.label, step.verdict, step.why) for step in trial.steps] == [
        ("Street lights", "changed",
         "Lead unit: Bureau → Town; Joint units: — → Bureau, Town; Basis: Old → New"),
        ("Lamp out · Chengguan", "new", "Bureau"),
    ]  # fmt: skip
    assert ledger.catalogue.count() == 1
    take(path, ledger, manager, mark=trial.mark)
    assert [(line.category.code, line.lead) for line in ledger.catalogue.all()] == [
        ("CX01", town), ("CX0101", bureau),
    ]  # fmt: skip
    assert AdminEvent.objects.latest("pk").what == "catalogue_imported"
    assert take(path, ledger, manager).changes_nothing
    rows[1][3] = "-"
    take(book(tmp_path / "b.xlsx", 派单目录=rows), ledger, manager)
    assert [line.category.code for line in ledger.catalogue.all()] == ["CX0101"]


def test_what_is_written_is_taken_back_and_changes_nothing(ledger, manager, tmp_path) -> None:
    make_unit("b1"), make_unit("b2")
    for number, category in enumerate(ledger.categories.all()):
        for area in (None, Division.objects.get()):
            joint = [make_unit("b2")] if number else []
            add_line(
                ledger, category=category, area=area, lead=make_unit("b1"), joint=joint,
                basis="=1+1",
            )  # fmt: skip
    path = tmp_path / "round.xlsx"
    write_catalogue(path, ledger)
    outcome = take(path, ledger, manager)
    assert [step.verdict for step in outcome.steps] == ["same"] * 4


def test_each_wrong_cell_is_named(ledger, manager, tmp_path) -> None:
    old = make_unit("old")
    old.is_active = False
    old.save(update_fields=["is_active"])
    rows = [
        ["分类代码", "行政区划", "主办单位"],
        ["XX", "", "Old"], ["CX01", "999999", "Old"], ["CX01", "", "Nobody"], ["CX01", "", "Old"],
    ]  # fmt: skip
    outcome = take(book(tmp_path / "a.xlsx", 表=rows), ledger, manager)
    assert [(step.column, step.why) for step in outcome.steps] == [
        ("分类代码", "There is no category “XX”."),
        ("行政区划", "There is no area with the code 999999."),
        ("主办单位", "There is no unit “Nobody” in your house."),
        ("主办单位", "Old is not in use."),
    ]
    with pytest.raises(Refused, match="Lead unit"):
        read_catalogue(book(tmp_path / "b.xlsx", 表=[["分类代码", "编号"], ["CX01", 1]]))
