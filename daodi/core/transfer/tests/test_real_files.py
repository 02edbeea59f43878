"""Real exports of message boards, where they are at hand; nothing of them is kept here."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F

from daodi.core.deadlines.models import Clock
from daodi.core.ledgers.categories import add_paths
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.transfer.schemes import paths_of
from daodi.core.transfer.tests.makers import counts, take
from daodi.lib.sheets import open_table
from tests.makers import make_ledger

FOLDER = Path(os.environ.get("DAODI_SHARED", settings.BASE_DIR.parent / "shared")) / "data"


def real(name: str) -> Path:
    if not (FOLDER / name).exists():
        pytest.skip(f"{name} is not here")
    return FOLDER / name


def test_requests_are_all_taken_and_taken_once(db) -> None:
    file, ledger = real("requests_2017-2020_4326.xlsx"), make_ledger()
    done = take(file, ledger)
    assert (counts(done), done.same_text) == ((4326, 4326, 0, 0), 104)
    assert Matter.objects.filter(state=State.RECEIVED).count() == 4326
    assert Clock.objects.running().count() == 4326
    assert not Matter.objects.filter(text__contains="\t").exists()
    assert counts(take(file, ledger)) == (4326, 0, 4326, 0)


def test_answered_requests_keep_the_time_their_reply_took(db) -> None:
    assert counts(take(real("answered_requests_2816.xlsx"), make_ledger())) == (2816, 2816, 0, 0)
    cleared = Matter.objects.filter(state=State.CLEARED, version=3)
    for days, share in ((7, 35.2), (30, 83.6)):
        within = cleared.filter(handed_in_at__lte=F("filed_at") + timedelta(days=days)).count()
        assert round(within / 2816 * 100, 1) == share


def test_the_scheme_of_categories(db, django_assert_max_num_queries) -> None:
    table, ledger = open_table(real("categories_517.xlsx")), make_ledger()
    assert add_paths(ledger, paths_of(table)) == Category.objects.exclude(code="CX01").count()
    assert Category.objects.filter(level=1).exclude(code="CX01").count() == 15
    assert Category.objects.filter(level=3).count() == 517
    with django_assert_max_num_queries(4):
        add_paths(ledger, paths_of(table))
