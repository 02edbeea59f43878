"""What is alike is found by the words that few others use."""

import pytest
from django.db import connection

from daodi.core.matters.models import Matter
from daodi.core.search.models import MATTER, PUBLISHED
from daodi.core.search.similar import similar
from daodi.core.search.writing import index
from tests.makers import make_ledger, make_matter

POLITE = "您好，我是小区的居民，希望有关部门尽快派人到现场处理，谢谢！"
THINGS = (
    "井盖丢失",
    "噪音扰民",
    "停水两天",
    "垃圾成堆",
    "公交改线",
    "学校招生",
    "油烟扰民",
    "违章停车",
)
PLACES = ("东门", "西关村", "水塔巷", "金城大道", "福安里", "望江苑", "康乐路", "人民路")
OTHERS = 600


@pytest.fixture
def town(db) -> None:
    """Each thing at each place, always politely; and the database has counted the words."""
    ledger = make_ledger()
    for thing in THINGS:
        for place in PLACES:
            make_matter(f"{POLITE}{place}{thing}。", ledger=ledger)
    for number in range(OTHERS):
        index(MATTER, -number, f"{POLITE}别的事情第{number}号。")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_indexed")


def texts(found) -> list[str]:
    by_key = Matter.objects.in_bulk([one.pk for one in found])
    return [by_key[one.pk].text.removeprefix(POLITE) for one in found]


def test_the_same_thing_at_the_same_place_comes_first(town) -> None:
    text = f"{POLITE}水塔巷又有一个井盖不见了，井盖丢失多日。"
    found = similar(text, Matter.objects.all(), 3)
    assert texts(found)[0] == "水塔巷井盖丢失。"
    assert found[0].words[0] in {"水塔巷", "井盖丢失"}
    assert not any("您好" in word for one in found for word in one.words)


def test_politeness_alone_is_not_alike(town) -> None:
    assert similar(f"{POLITE}学前班", Matter.objects.all()) == []
    assert similar(POLITE, Matter.objects.all()) == []
    assert similar("想问一下驾照怎么换", Matter.objects.all()) == []


def test_only_what_may_be_seen_and_is_not_left_out(town) -> None:
    first, second = similar("水塔巷井盖丢失", Matter.objects.all(), 2)
    one = Matter.objects.filter(pk=second.pk)
    assert [alike.pk for alike in similar("水塔巷井盖丢失", one)] == [second.pk]
    rest = similar("水塔巷井盖丢失", Matter.objects.all(), 2, leave_out=[first.pk])
    assert rest[0] == second


def test_other_texts_under_their_own_name(town) -> None:
    matter = Matter.objects.all()[0]
    index(PUBLISHED, matter.pk, "怎么给孩子报名上学")
    (found,) = similar("孩子报名", Matter.objects.all(), kind=PUBLISHED)
    assert (found.pk, found.words) == (matter.pk, ["孩子报名"])


@pytest.mark.parametrize("text", ["", "灯", "!!!!", "% _ \\ '", "\x00\ud800", "灯" * 9000])
def test_strange_texts_find_nothing(town, text) -> None:
    assert similar(text, Matter.objects.all()) == []


def test_it_asks_the_database_four_times(town, django_assert_num_queries) -> None:
    with django_assert_num_queries(4):
        similar(f"{POLITE}水塔巷井盖", Matter.objects.all())
