"""A ledger is data: opened from a preset or by hand, with its categories."""

import pytest
from django.db import IntegrityError, transaction

from daodi.core.clocks.services import install_policies
from daodi.core.exceptions import Refused
from daodi.core.ledgers.categories import add_paths, add_scheme
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.services import (
    change_ledger,
    newest_policy,
    open_ledger,
    open_preset,
    shipped_ledgers,
)
from tests.makers import make_ledger, make_member, make_policy, make_unit

SCHEME = [{"code": "A", "name": "One", "below": [{"code": "A1", "name": "Two"}]}]


@pytest.fixture
def ledger(db) -> Ledger:
    return make_ledger()


def test_each_preset_opens_once(db) -> None:
    install_policies()
    units = {"unit": make_unit("centre"), "supervising_unit": make_unit("oversight")}
    opened = [open_preset(code, **units) for code in shipped_ledgers()]
    assert [(one.code, one.prefix, one.policy.code) for one in opened] == [
        ("appeals", "SQ", "henan-12345"),
        ("helpline", "XY", "13710-hours"),
        ("rectification", "ZG", "rectification"),
        ("tasks", "RW", "13710-days"),
    ]
    appeals = opened[0]
    assert [appeals.categories.filter(level=n).exists() for n in (1, 2, 3)] == [True] * 3
    # What is on a ledger is listed under one of its categories.
    assert all(ledger.categories.exists() for ledger in opened)
    assert open_preset("appeals", **units) == appeals
    assert all(
        child.code.startswith(child.parent.code)
        for child in appeals.categories.exclude(parent=None).select_related("parent")
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"prefix": "sq"}, "one to six capital letters"),
        ({"prefix": ""}, "one to six capital letters"),
        ({"prefix": "SQ\n"}, "one to six capital letters"),
        ({"prefix": "ABCDEFG"}, "one to six capital letters"),
        ({"kinds": []}, "at least one kind"),
        ({"kinds": ["help", "gossip"]}, "at least one kind"),
        ({"fields": [{"name": "a", "label": "A"}] * 2}, "same name"),
        ({"fields": [{"name": "a", "label": "A", "type": "colour"}]}, "colour is unknown"),
    ],
)
def test_what_makes_no_sense_is_refused(ledger, change, why) -> None:
    given = {"code": "new", "name": "New", "prefix": "N", "kinds": ["help"]} | change
    places = {"unit": ledger.unit, "supervising_unit": ledger.unit, "policy": ledger.policy}
    with pytest.raises(Refused, match=why):
        open_ledger(**places, **given)
    for name, value in change.items():
        setattr(ledger, name, value)
    with pytest.raises(Refused, match=why):
        change_ledger(ledger)


def test_the_database_refuses_a_wrong_prefix_too(ledger) -> None:
    with pytest.raises(IntegrityError, match="ledger_prefix"), transaction.atomic():
        Ledger.objects.update(prefix="sq")


def test_the_newest_policy_counts(db) -> None:
    first = make_policy()
    assert newest_policy("henan-12345") == first
    with pytest.raises(Refused, match="no policy called paris"):
        newest_policy("paris")


def test_a_scheme_added_twice_is_there_once_with_its_new_names(ledger) -> None:
    assert add_scheme(ledger, SCHEME) == add_scheme(ledger, [SCHEME[0] | {"name": "Uno"}]) == 2
    rows = ledger.categories.filter(code__startswith="A")
    assert [(row.code, row.name, row.level) for row in rows] == [("A", "Uno", 1), ("A1", "Two", 2)]


def test_paths_become_a_tree(ledger) -> None:
    long = "Very long " * 10
    paths = [("Town", "Streets", "Lamps"), ("Town", "Streets", "Holes"), ("Town", long, "Lamps")]
    assert add_paths(ledger, paths) == add_paths(ledger, paths) == 6
    rows = ledger.categories.filter(code__startswith="Z")
    assert [(row.code, row.name) for row in rows] == [
        ("Z001", "Town"),
        ("Z001001", "Streets"),
        ("Z001001001", "Lamps"),
        ("Z001001002", "Holes"),
        ("Z001002", long[:60]),
        ("Z001002001", "Lamps"),
    ]


def test_no_code_of_a_sibling_begins_with_another(ledger) -> None:
    add_paths(ledger, [(f"Category {n}",) for n in range(101)])
    rows = ledger.categories.filter(code__startswith="Z")
    assert [rows.within(row.code).count() for row in rows] == [1] * 101


def test_who_finds_which_ledgers(ledger) -> None:
    closed = make_ledger("tasks", prefix="RW", is_active=False)
    inside = make_ledger("duties", prefix="ZB", residents_file=False)
    assert list(Ledger.objects.active()) == [ledger, inside]
    assert list(Ledger.objects.open_to_residents()) == [ledger]
    assert list(Ledger.objects.run_by(make_member("c", unit="centre"))) == [ledger, closed, inside]
    assert list(Ledger.objects.run_by(make_member("b", unit="bureau"))) == []
