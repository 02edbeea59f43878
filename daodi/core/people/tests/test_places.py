"""A place is found by what people type."""

import pytest

from daodi.core.people.places import Place, find_places, villages_of
from daodi.core.people.services import load_divisions

ROWS = [
    ("410221", "杞县", "county"),
    ("410221100", "城关镇", "town"),
    ("410221101", "高阳镇", "town"),
    ("410221100201", "后街村委会", "village"),
    ("410221101201", "高阳村委会", "village"),
    ("410221101202", "后街村委会", "village"),
    ("410221101203", "小高阳村委会", "village"),
]


@pytest.fixture
def county(db) -> None:
    load_divisions(ROWS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("杞县", []),
        ("高阳", ["高阳镇", "高阳镇 高阳村委会", "高阳镇 小高阳村委会"]),
        ("后 街", ["城关镇 后街村委会", "高阳镇 后街村委会"]),
        ("高阳镇后街", ["高阳镇 后街村委会"]),
        ("高阳镇前街", []),
        ("%", []),
        ("东门路灯坏了", []),
    ],
)
def test_find(county, typed, found) -> None:
    places = find_places(typed)
    assert [f"{place.town} {place.name}".strip() for place in places] == found


@pytest.mark.parametrize("count", [1, 3])
def test_many_cost_as_much_as_one(db, count, django_assert_num_queries) -> None:
    load_divisions(ROWS[:3] + [(f"41022110020{n}", f"后街{n}村", "village") for n in range(count)])
    with django_assert_num_queries(2):
        assert len(find_places("后街")) == count


def test_the_villages_of_a_town(county) -> None:
    assert villages_of("410221100") == [Place("410221100201", "后街村委会")]
    assert villages_of("4102") == []
