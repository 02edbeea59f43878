"""From the first day a new matter comes with a category and a unit, and why."""

import pytest

from daodi.core.intake.suggest import suggest
from daodi.core.ledgers.catalogue import add_line
from tests.makers import make_category, make_ledger, make_matter, make_unit


@pytest.fixture
def scheme(db):
    ledger = make_ledger()
    lamps = make_category(ledger, "CX0101", "Lamps", keywords=["street lamp", "dark", "broken"])
    pipes = make_category(ledger, "CX0102", "Pipes", keywords=["pipe", "water", "broken"])
    make_category(ledger, "CX0103", "Wages", keywords=["wages"])
    return {"lamps": lamps, "pipes": pipes}


def test_the_words_decide_and_are_named(scheme) -> None:
    best, other = suggest(make_matter("The street lamp is broken."))
    assert (best.category, best.reason) == (scheme["lamps"], "words: street lamp, broken")
    assert (other.category, other.reason) == (scheme["pipes"], "words: broken")
    assert 1 > best.confidence > other.confidence > 0


def test_nothing_fits(scheme) -> None:
    assert suggest(make_matter("Good morning to all of you.")) == []


def test_what_was_chosen_when_it_was_filed_comes_first(scheme) -> None:
    matter = make_matter("The street lamp is broken.", category=scheme["pipes"])
    best, other = suggest(matter)
    assert (best.category, best.reason) == (scheme["pipes"], "chosen when it was filed")
    assert other.category == scheme["lamps"]
    assert suggest(matter, chosen=scheme["lamps"])[0].category == scheme["lamps"]


def test_the_catalogue_names_the_unit(scheme) -> None:
    bureau, water = make_unit("bureau"), make_unit("water")
    ledger = make_ledger()
    add_line(ledger, category=scheme["lamps"], lead=bureau, joint=[water], basis="Duties, 3")
    best, other = suggest(make_matter("The street lamp is broken."))
    assert (best.unit, list(best.joint)) == (bureau, [water])
    assert best.unit_reason == "catalogue line 1: Duties, 3"
    assert (other.unit, other.unit_reason) == (None, "")


def dispatched(course, scheme, unit: str, times: int) -> None:
    for _ in range(times):
        run = course(make_matter("A lamp"))
        run.step("list", "operator", category=scheme["lamps"], kind="help", urgency="normal")
        run.step("dispatch", "operator", lead=make_unit(unit))


def test_earlier_dispatches_name_it_where_the_catalogue_does_not(course, scheme) -> None:
    dispatched(course, scheme, "bureau", 2)
    matter = make_matter("The street lamp is broken.")
    assert suggest(matter)[0].unit is None
    dispatched(course, scheme, "bureau", 2)
    dispatched(course, scheme, "elsewhere", 1)
    best = suggest(matter)[0]
    assert (best.unit.code, best.unit_reason) == ("bureau", "4 of 5 such matters went there")


def test_the_catalogue_goes_first_and_both_reasons_are_told(course, scheme) -> None:
    add_line(make_ledger(), category=scheme["lamps"], lead=make_unit("bureau"), basis="Duties, 3")
    dispatched(course, scheme, "bureau", 1)
    assert suggest(make_matter("The street lamp is broken."))[0].unit_reason == (
        "catalogue line 1: Duties, 3"
    )
    dispatched(course, scheme, "elsewhere", 2)
    best = suggest(make_matter("The street lamp is broken."))[0]
    assert (best.unit.code, best.unit_reason) == (
        "bureau", "catalogue line 1: Duties, 3, 1 of 3 such matters went there",
    )  # fmt: skip


def test_a_unit_that_objected_is_not_proposed_again(course, scheme) -> None:
    add_line(make_ledger(), category=scheme["lamps"], lead=make_unit("bureau"))
    dispatched(course, scheme, "elsewhere", 3)
    run = course(make_matter("The street lamp is broken."))
    run.step("list", "operator", category=scheme["lamps"], kind="help", urgency="normal")
    run.step("dispatch", "operator", lead=make_unit("bureau"))
    run.step("object", "handler", text="No.", basis="List 3")
    assert suggest(run.matter)[0].unit.code == "elsewhere"
    run.step("overrule", "supervisor", text="Yes.")
    assert suggest(run.matter)[0].unit.code == "bureau"


def test_what_it_asks_the_database(scheme, django_assert_num_queries) -> None:
    add_line(make_ledger(), category=scheme["lamps"], lead=make_unit("bureau"))
    matter = make_matter("The street lamp is broken.")
    # Categories, what a worker wrote down, lines, their joint units, earlier dispatches.
    with django_assert_num_queries(5):
        suggest(matter)
