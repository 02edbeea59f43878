"""Units form one tree; a person has places in it, with roles."""

import pytest

from daodi.core.exceptions import Refused
from daodi.core.people.models import Division, Member, Unit, User
from daodi.core.people.roles import Role
from daodi.core.people.services import (
    add_member,
    add_unit,
    change_member,
    load_divisions,
    set_password,
)
from tests.makers import make_member, make_unit


@pytest.fixture
def house(db) -> dict[str, Unit]:
    make_unit("lamps", "bureau")
    make_unit("elsewhere")
    return {unit.code: unit for unit in Unit.objects.all()}


@pytest.mark.parametrize(
    ("unit", "other", "is_within"),
    [
        ("bureau", "bureau", True),
        ("lamps", "bureau", True),
        ("lamps", "county", True),
        ("bureau", "lamps", False),
        ("elsewhere", "bureau", False),
    ],
)
def test_what_lies_within_what(house, unit, other, is_within) -> None:
    assert house[unit].is_within(house[other]) == is_within


def test_the_line_of_a_unit_begins_at_the_top(house) -> None:
    by_path = {unit.path: unit.code for unit in house.values()}
    line = [by_path[path] for path in house["lamps"].line()]
    assert line == ["county", "bureau", "lamps"]


def test_units_are_added_below_a_unit_that_was_read_long_ago(house) -> None:
    seen_long_ago = house["elsewhere"]
    for code in ("first", "second"):
        add_unit(code=code, name=code, parent=Unit.objects.get(pk=seen_long_ago.pk))
    add_unit(code="third", name="third", parent=seen_long_ago)
    inside = Unit.objects.filter(path__startswith=seen_long_ago.path).order_by("path")
    assert [unit.code for unit in inside] == ["elsewhere", "first", "second", "third"]


def test_a_code_is_given_once(house) -> None:
    with pytest.raises(Refused, match="already a unit with the code lamps"):
        add_unit(code="lamps", name="Other lamps")


def test_a_new_person_signs_in_with_a_password_only(house) -> None:
    quiet = make_member("quiet", Role.HANDLER)
    loud = add_member(
        username="loud", name="Loud", unit=house["bureau"], roles=["handler"], password="s3cret"
    )
    assert (quiet.user.has_usable_password(), loud.user.check_password("s3cret")) == (False, True)
    set_password(quiet, "other")
    assert User.objects.get(username="quiet").check_password("other")


def test_a_person_may_have_places_in_several_units_and_keeps_the_password(house) -> None:
    first = add_member(
        username="li", name="Li", unit=house["bureau"], roles=["handler"], password="s3cret"
    )
    second = add_member(
        username="li", name="Other", unit=house["lamps"], roles=["leader"], password="other"
    )
    assert second.user == first.user
    assert (str(second), second.user.check_password("s3cret")) == ("Li", True)
    with pytest.raises(Refused, match="member of this unit already"):
        make_member("li", Role.LEADER)


def test_roles_are_known_and_kept_once(house) -> None:
    member = make_member("li", Role.LEADER, Role.HANDLER, Role.LEADER)
    assert member.roles == ["handler", "leader"]
    with pytest.raises(Refused, match="Unknown role: king"):
        change_member(member, roles=["king"], is_active=True)
    change_member(member, roles=["caller"], is_active=False)
    member.refresh_from_db()
    assert (member.roles, member.is_active) == (["caller"], False)
    assert (member.has(Role.CALLER, Role.LEADER), member.has(Role.LEADER)) == (True, False)


def test_a_member_reaches_and_sees_the_own_house(house) -> None:
    boss, worker = make_member("boss", Role.LEADER), make_member("w", Role.HANDLER, unit="lamps")
    make_member("other", Role.HANDLER, unit="elsewhere")
    assert (boss.reaches(house["lamps"]), worker.reaches(house["bureau"])) == (True, False)
    assert list(Member.objects.visible_to(boss).for_list()) == [boss, worker]
    assert list(Member.objects.with_role(Role.LEADER)) == [boss]


def test_who_left_or_is_locked_is_not_active(house) -> None:
    here, left, locked = (make_member(name, Role.HANDLER) for name in ("here", "left", "locked"))
    change_member(left, roles=left.roles, is_active=False)
    User.objects.filter(pk=locked.user_id).update(is_active=False)
    assert list(Member.objects.active()) == [here]


def test_divisions_are_loaded_and_renamed(db) -> None:
    rows = [("4102", "开封市", "city"), ("410221", "杞县", "county"), ("41022110", "城关", "town")]
    assert load_divisions(rows) == 3
    load_divisions([("410221", "杞县（新）", "county")])
    inside = Division.objects.within("410221")
    assert [str(one) for one in inside] == ["杞县（新）", "城关"]
    assert inside[0].official_code == "410221000000"
