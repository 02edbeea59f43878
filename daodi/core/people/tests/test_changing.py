"""What a manager may change about units, members and passwords."""

import pytest

from daodi.core.exceptions import Refused
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.people.services import add_member, change_member, change_unit, set_password
from tests.makers import make_member, make_unit


def test_a_unit_keeps_place_and_code_whatever_it_is_called(db) -> None:
    bureau = make_unit("bureau")
    changed = {"name": "Water", "name_en": "W", "kind": "town", "is_active": False}
    change_unit(bureau, division=None, **changed)
    fields = ("code", "path", *changed)
    stored = Unit.objects.values(*fields).get(pk=bureau.pk)
    assert stored == {"code": "bureau", "path": bureau.path, **changed}


def test_units_are_read_by_their_place_in_the_tree(manager) -> None:
    town = make_unit("town")
    village = make_unit("village", "town")
    little = make_member("little", Role.MANAGER, unit="town")
    units = Unit.objects.get_queryset()
    assert list(Unit.objects.visible_to(little)) == [town, village]
    assert list(units.directly_below(manager.unit)) == [town]
    assert list(units.on_the_way_to(village)) == [manager.unit, town, village]
    assert list(units.named("ILLA")) == [village]
    assert list(units.from_path(town.path)) == [village]


def test_nobody_takes_the_managers_role_from_themselves(manager, handler) -> None:
    for roles, is_active in (([Role.MANAGER], False), ([Role.EDITOR], True)):
        with pytest.raises(Refused, match="You cannot take the manager's role from yourself"):
            change_member(manager, roles=roles, is_active=is_active, by=manager)
    change_member(manager, roles=[Role.MANAGER, Role.EDITOR], is_active=True, by=manager)
    change_member(handler, roles=[], is_active=False, by=manager)
    assert list(Member.objects.active()) == [manager]


def test_a_password_is_set_only_by_who_manages_all_places_of_an_account(manager, handler) -> None:
    little = make_member("little", Role.MANAGER)
    set_password(handler, "first", by=little)
    add_member(username="handler", name="", unit=make_unit("elsewhere"), roles=[Role.CALLER])
    with pytest.raises(Refused, match="Handler has a place outside your house too"):
        set_password(handler, "second", by=little)
    assert handler.user.check_password("first")
    set_password(handler, "third", by=manager)
    assert handler.user.check_password("third")
