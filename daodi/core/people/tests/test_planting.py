"""A tree that is planted is the tree that would have grown unit by unit."""

import pytest

from daodi.core.exceptions import Refused
from daodi.core.people.models import Unit
from daodi.core.people.planting import Seedling, plant
from daodi.core.people.services import add_unit
from tests.makers import make_unit

MANY = 40  # more than the digits of a path


def test_planted_or_added_the_tree_is_the_same(db) -> None:
    planted, added = add_unit(code="a", name="A"), add_unit(code="b", name="B")
    rows = [("town", ""), *((f"v{n}", "town") for n in range(MANY)), ("bureau", "")]
    plant(planted, [Seedling(f"a-{code}", code, parent=up and f"a-{up}") for code, up in rows])
    for code, up in rows:
        add_unit(code=f"b-{code}", name=code, parent=make_unit(f"b-{up}") if up else added)
    assert Unit.objects.find_problems() == ([], [], [], [], [])
    ours, theirs = (_below(top) for top in (planted, added))
    assert (len(ours), ours) == (len(rows), theirs)


def test_nothing_is_planted_where_something_grows(db, django_assert_num_queries) -> None:
    top = add_unit(code="top", name="Top")
    with django_assert_num_queries(4):
        plant(top, [Seedling("one", "One"), Seedling("two", "Two")])
    with pytest.raises(Refused, match="units below Top already"):
        plant(top, [Seedling("three", "Three")])


def _below(top: Unit) -> list[tuple]:
    below = Unit.objects.filter(path__startswith=top.path, depth__gt=1)
    return [(u.code[2:], u.path[4:], u.depth, u.numchild) for u in below]
