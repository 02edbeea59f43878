"""Rows written by statements that are kept are as if the ORM had written them."""

import pytest
from django.contrib.auth.models import Group
from django.db import DataError, transaction

from daodi.lib.rows import assigned, insert_row, insert_rows, update_rows

pytestmark = pytest.mark.django_db


def test_new_rows_get_their_keys_in_their_order(django_assert_num_queries) -> None:
    groups = [Group(name=name) for name in ("north", "south", "东")]
    with django_assert_num_queries(1):
        insert_rows(groups)
    assert [Group.objects.get(pk=group.pk).name for group in groups] == ["north", "south", "东"]


def test_fields_named_are_stored_for_all_rows_at_once(django_assert_num_queries) -> None:
    groups = [Group(name=name) for name in ("a", "b", "c")]
    insert_rows(groups)
    groups[0].name, groups[1].name, groups[2].name = "x", "y", "c"
    with django_assert_num_queries(1):
        update_rows(groups[:2], ("name",))
    assert sorted(Group.objects.values_list("name", flat=True)) == ["c", "x", "y"]


def test_nothing_costs_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        insert_rows([])
        update_rows([], ("name",))


def test_a_text_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(DataError), transaction.atomic():
        insert_rows([Group(name="x" * 151)])
    group = Group(name="x")
    insert_rows([group])
    group.name = "x" * 151
    with pytest.raises(DataError), transaction.atomic():
        update_rows([group], ("name",))


def test_another_row_stands_for_its_key() -> None:
    group = Group(pk=7, name="x")
    columns, values = assigned(Group, {"pk": group, "name": group.name})
    assert (columns, [str(value) for value in values]) == (["id", "name"], ["7", "x"])


def test_one_row_with_its_key_is_stored_too() -> None:
    insert_row(Group(pk=70_000, name="east"))
    assert Group.objects.get(pk=70_000).name == "east"
