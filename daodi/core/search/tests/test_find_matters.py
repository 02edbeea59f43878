"""Staff find a matter by what they have: its number, a telephone, some words."""

import pytest

from daodi.core.matters.contacts import Person
from daodi.core.matters.models import Matter
from daodi.core.search.matters import find_matters, number_in
from tests.makers import make_matter


def found(text, member) -> list[int]:
    matters = find_matters(Matter.objects.visible_to(member), text, member)
    return list(matters.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize(
    "shape",
    ["{0.number}", "  {0.number} ", "{0.pk:06d}", "{0.pk}", "ｓｑ-{0.filed_at:%Y%m%d}-{0.pk}"],
)
def test_a_number_in_any_form(matter, operator, shape) -> None:
    make_matter("Another lamp is dark.")
    assert found(shape.format(matter), operator) == [matter.pk]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("SQ-20261121-000123", 123),
        ("sq20261121000123", 123),
        ("000123", 123),
        ("123", None),
        ("13800000000", None),
        ("0378-8991234", None),
        ("路灯", None),
        ("9" * 40, None),
    ],
)
def test_what_is_surely_a_number(text, key) -> None:
    assert number_in(text) == key


def test_a_number_that_a_text_names_is_found_too(matter, operator) -> None:
    other = make_matter(f"Nothing was done about {matter.number} yet.")
    assert found(matter.number, operator) == [matter.pk, other.pk]


@pytest.mark.parametrize(
    "phone", ["13800000000", "138 0000-0000", "+86 138 0000 0000", "１３８00000000"]
)
def test_a_telephone_finds_the_callers_matters(matter, operator, phone) -> None:
    make_matter("Not this one.", person=Person("Li", "13900000000"))
    assert found(phone, operator) == [matter.pk]


def test_a_telephone_that_a_text_names_is_found_too(matter, operator) -> None:
    named = make_matter("Call 13800000000 back.", person=Person("Li", "13900000000"))
    assert found("13800000000", operator) == [matter.pk, named.pk]
