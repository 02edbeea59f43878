"""Every act of administration leaves a line that stays."""

import pytest
from django.db import DatabaseError, connection, transaction

from daodi.core.audit.acts import Act
from daodi.core.audit.models import AdminEvent
from daodi.core.clocks.services import announce_year, publish_policy, shipped_policies
from daodi.core.ledgers.catalogue import add_line, change_line, remove_line
from daodi.core.ledgers.categories import add_category, add_paths, change_category, use_category
from daodi.core.ledgers.services import open_another
from daodi.core.matters.sight import edit_ledger
from daodi.core.people.roles import Role
from daodi.core.people.services import (
    add_member,
    add_unit,
    change_member,
    change_unit,
    set_password,
)
from tests.makers import make_ledger, make_policy, make_unit


def lines_of(by) -> list[tuple[str, str, dict, dict]]:
    rows = AdminEvent.objects.filter(by=by).order_by("pk")
    return [(row.what, row.label, row.before, row.after) for row in rows]


def test_units_and_members_leave_what_changed(manager) -> None:
    unit = add_unit(code="water", name="Water", parent=manager.unit, by=manager)
    change_unit(
        unit, name="Water works", name_en="", kind=unit.kind, division=None, is_active=True,
        by=manager,
    )  # fmt: skip
    wang = add_member(username="wang", name="Wang", unit=unit, roles=[Role.HANDLER], by=manager)
    change_member(wang, roles=[Role.LEADER], is_active=True, by=manager)
    change_member(wang, roles=[Role.LEADER], is_active=True, by=manager)
    set_password(wang, "not to be found anywhere", by=manager)
    found = lines_of(manager)
    assert [line[:2] for line in found] == [
        ("unit_added", "Water"), ("unit_changed", "Water works"), ("member_added", "Wang"),
        ("member_changed", "Wang"), ("password_set", "Wang"),
    ]  # fmt: skip
    assert found[1][2:] == ({"name": "Water"}, {"name": "Water works"})
    assert found[3][2:] == ({"roles": ["handler"]}, {"roles": ["leader"]})
    assert found[4][2:] == ({}, {})


def test_ledgers_categories_and_catalogue_leave_what_changed(manager) -> None:
    ledger, bureau = make_ledger(), make_unit("bureau")
    ledger.reopen_days = 7
    edit_ledger(ledger, by=manager)
    category = add_category(ledger, name="Heating", by=manager)
    change_category(
        category, name="Heat", name_en="", keywords=["cold"], is_confidential=False, by=manager
    )
    use_category(category, is_active=False, by=manager)
    add_paths(ledger, [("Heat", "Pipe"), ("Heat", "Boiler")], by=manager)
    line = add_line(ledger, category=category, lead=bureau, by=manager)
    change_line(line, lead=make_unit("other"), joint=[bureau], basis="List", by=manager)
    remove_line(line, by=manager)
    found = lines_of(manager)
    assert [line[0] for line in found] == [
        "ledger_changed", "category_added", "category_changed", "category_changed",
        "categories_added", "line_added", "line_changed", "line_removed",
    ]  # fmt: skip
    assert found[0][2:] == ({"reopen_days": 30}, {"reopen_days": 7})
    assert found[3][2:] == ({"is_active": True}, {"is_active": False})
    assert found[4][3] == {"n": 2}
    assert found[6][2]["lead"] == "bureau"
    assert found[6][3] == {"lead": "other", "joint": ["bureau"], "basis": "List"}


def test_policies_calendar_and_new_ledgers_leave_a_line(manager) -> None:
    make_policy("13710-days")
    unit = make_unit("centre")
    open_another("tasks", unit=unit, supervising_unit=unit, by=manager)
    data = shipped_policies()["henan-12345"]
    publish_policy("ours", data, by=manager)
    publish_policy("ours", data, by=manager)
    announce_year(2027, {}, "Notice 1", by=manager)
    assert [line[0] for line in lines_of(manager)] == [
        "ledger_opened", "policy_published", "year_announced",
    ]  # fmt: skip


@pytest.mark.parametrize("verb", ["UPDATE core_adminevent SET label = 'x'",
                                  "DELETE FROM core_adminevent"])  # fmt: skip
def test_the_database_refuses_to_rewrite_the_log(manager, verb) -> None:
    add_unit(code="water", name="Water", parent=manager.unit, by=manager)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)


def test_a_manager_sees_the_own_house_only_and_the_topmost_one_the_site(manager, outsider) -> None:
    start = AdminEvent.objects.latest("pk").pk
    ours = add_unit(code="a", name="A", parent=make_unit("bureau"), by=manager)
    theirs = add_unit(code="b", name="B", parent=outsider.unit, by=outsider)
    announce_year(2027, {}, "Notice", by=None)
    logged = AdminEvent.objects.filter(pk__gt=start)
    seen = logged.visible_to(outsider).order_by("pk")
    assert [(row.what, row.unit) for row in seen] == [(Act.UNIT_ADDED, theirs)]
    everything = [row.unit for row in logged.visible_to(manager).order_by("pk")]
    assert everything == [make_unit("bureau"), ours, theirs, None]
