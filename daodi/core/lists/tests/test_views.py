"""Views and columns belong to a member; a shared view serves the unit and those below it."""

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.lists import services
from daodi.core.lists.models import ChosenColumns, SavedView
from daodi.core.lists.services import (
    change_view,
    choose_columns,
    columns_for,
    remove_view,
    save_view,
)
from daodi.core.people.roles import Role
from tests.makers import make_member


def save(by, name="Mine", *, shared=False, query="list=all&state=cleared") -> SavedView:
    return save_view(name=name, query=query, is_shared=shared, by=by)


def test_the_same_name_again_takes_its_place(handler) -> None:
    save(handler)
    save(handler, " Mine ", query="list=all")
    assert SavedView.objects.get().query == "list=all"


def test_a_shared_view_is_seen_in_the_unit_and_below(handler, leader, outsider) -> None:
    below = make_member("below", Role.HANDLER, unit="lamps", parent="bureau")
    above = make_member("above", Role.LEADER, unit="county", parent=None)
    save(handler, "Private")
    save(handler, "Shared", shared=True)
    people = {"handler": handler, "leader": leader, "below": below, "above": above, "out": outsider}
    assert {
        who: [view.name for view in SavedView.objects.visible_to(member).for_list()]
        for who, member in people.items()
    } == {
        "handler": ["Private", "Shared"],
        "leader": ["Shared"],
        "below": ["Shared"],
        "above": [],
        "out": [],
    }


def test_only_whoever_saved_a_view_changes_or_removes_it(handler, leader) -> None:
    view = save(handler, shared=True)
    with pytest.raises(NotYours):
        change_view(view, name="Other", is_shared=False, by=leader)
    with pytest.raises(NotYours):
        remove_view(view, by=leader)
    change_view(view, name="Other", is_shared=False, by=handler)
    assert (SavedView.objects.get().name, SavedView.objects.get().is_shared) == ("Other", False)
    remove_view(view, by=handler)
    assert not SavedView.objects.exists()


def test_what_does_not_work_is_refused(handler, monkeypatch) -> None:
    monkeypatch.setattr(services, "MOST_VIEWS", 2)
    first = save(handler, "One")
    save(handler, "Two")
    save(handler, "One", query="list=open")
    for refused, why in (
        (lambda: save(handler, "Three"), "2 saved views"),
        (lambda: save(handler, " "), "a name of up to"),
        (lambda: save(handler, "x" * 31), "a name of up to"),
        (lambda: save(handler, "One", query="q" * 1001), "too long"),
        (lambda: change_view(first, name="Two", is_shared=False, by=handler), "another view"),
    ):
        with pytest.raises(Refused, match=why):
            refused()


def test_columns_are_chosen_for_each_list(handler, leader) -> None:
    choose_columns("all", ["filed", "state", "filed"], by=handler)
    choose_columns("all", ["unit"], by=handler)
    assert columns_for("all", handler) == ["unit"]
    assert columns_for("open", handler) == columns_for("all", leader) == []
    choose_columns("all", [], by=handler)
    assert not ChosenColumns.objects.exists()
