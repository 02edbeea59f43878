"""Categories and catalogue lines that a manager adds, changes and takes away."""

import pytest

from daodi.core.exceptions import Refused
from daodi.core.ledgers.catalogue import add_line, find_line, remove_line
from daodi.core.ledgers.categories import add_category, change_category, use_category
from daodi.core.ledgers.models import Category
from tests.makers import make_category, make_ledger, make_unit


@pytest.fixture
def ledger(db):
    return make_ledger()


def test_no_code_begins_with_the_code_of_another_beside_it(ledger) -> None:
    top = make_category(ledger, "CX01")
    given = make_category(ledger, "CX0101", "Given", parent=top, level=2)
    for number in range(12):
        add_category(ledger, parent=top, name=f"Lamp {number}")
    assert list(ledger.categories.all().within(given.code)) == [given]
    codes = [each.code for each in ledger.categories.all().directly_below(top)]
    assert not [a for a in codes for b in codes if a != b and a.startswith(b)]


def test_there_are_three_levels_and_a_name_once_in_its_place(ledger) -> None:
    second = add_category(ledger, name="Second", parent=ledger.categories.get())
    third = add_category(ledger, name="Third", name_en="Third", parent=second)
    assert (third.level, third.name_en) == (3, "Third")
    with pytest.raises(Refused, match="“Third” is on the lowest level"):
        add_category(ledger, name="Fourth", parent=third)
    with pytest.raises(Refused, match="There is already a category “Third” here"):
        add_category(ledger, name="Third", parent=second)
    assert add_category(ledger, name="Third").level == 1


def test_a_category_is_not_given_the_name_of_its_neighbour(ledger) -> None:
    heating = add_category(ledger, name="Heating")
    given = {"name_en": "", "keywords": ["cold"], "is_confidential": False}
    with pytest.raises(Refused, match="There is already a category “Street lights” here"):
        change_category(heating, name="Street lights", **given)
    change_category(heating, name="Heating", **given)
    assert Category.objects.get(pk=heating.pk).keywords == ["cold"]


def test_use_goes_down_the_tree_and_back_up_again(ledger) -> None:
    top = ledger.categories.get()
    second = add_category(ledger, name="Second", parent=top)
    beside = add_category(ledger, name="Beside", parent=top)
    use_category(top, is_active=False)
    assert list(ledger.categories.active()) == []
    use_category(second, is_active=True)
    assert list(ledger.categories.active()) == [top, second]
    use_category(second, is_active=False)
    assert list(ledger.categories.active()) == [top]
    assert not Category.objects.get(pk=beside.pk).is_active


def test_a_gap_is_a_leaf_without_a_line_here_or_further_up(ledger) -> None:
    top = ledger.categories.get()
    below = [add_category(ledger, name=name, parent=top) for name in ("A", "B")]
    unused = add_category(ledger, name="C", parent=top)
    use_category(unused, is_active=False)
    assert list(ledger.categories.all().without_lead()) == below
    line = add_line(ledger, category=below[0], lead=make_unit("bureau"))
    assert list(ledger.categories.all().without_lead()) == below[1:]
    add_line(ledger, category=top, lead=make_unit("bureau"))
    assert list(ledger.categories.all().without_lead()) == []
    with pytest.raises(Refused, match="There is a line for this category and area already"):
        add_line(ledger, category=top, lead=make_unit("centre"))
    remove_line(line)
    assert find_line(ledger, below[0], None).category == top
