"""Any part of two characters or more finds its matter; nobody finds what they may not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.people.services import load_divisions
from daodi.core.search import reading
from daodi.core.search.models import Indexed
from daodi.core.search.reading import matching
from daodi.core.search.writing import (
    PUBLISHED,
    index,
    index_matter,
    lacks_index,
    reindex,
    remove,
)
from daodi.lib.pairs import words_of
from tests.makers import make_category, make_ledger, make_matter, make_unit

LAMP = "东门小区的LED路灯，坏了３天（共12盏）100%不亮_晚上\n老人摔倒👨‍👩‍👧，急！C:\\灯"
A_MATTER = "城关镇西街井盖丢了。"


def found(text: str, rows=None) -> list[str]:
    matters = matching(Matter.objects.all() if rows is None else rows, text)
    return [matter.text for matter in matters.order_by("pk")]


@pytest.fixture
def lamp(db) -> Matter:
    make_matter(A_MATTER)
    return make_matter(LAMP)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, len(LAMP) - 2), length=st.integers(2, len(LAMP)))
def test_every_part_of_a_text_finds_it(lamp, start, length) -> None:
    part = LAMP[start : start + length]
    if any(len(word) > 1 for word in words_of(part)):
        assert LAMP in found(part)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.text("%_\\'\"路灯 \x00\ud800👨", max_size=300))
def test_whatever_is_asked_only_what_says_it_is_found(lamp, text) -> None:
    words = words_of(text)
    right = (
        [LAMP]
        if words and all(word in Indexed.objects.get(ref=lamp.pk).text for word in words)
        else []
    )
    assert [each for each in found(text) if each == LAMP] == right


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("led 路灯", True),
        ("路灯 东门", True),
        ("１２盏", True),
        ("100%不", True),
        ("1000不", False),
        ("亮_晚", True),
        ("亮的晚", False),
        ("门东", False),
        ("路灯 井盖", False),
        ("", False),
        ("灯" * 5000, False),
    ],
)
def test_all_words_and_nothing_else(lamp, text, is_found) -> None:
    assert (LAMP in found(text)) == is_found


def test_one_character_is_looked_for_among_the_newest(lamp, monkeypatch) -> None:
    assert found("灯") == [LAMP]
    assert found("井") == [A_MATTER]
    monkeypatch.setattr(reading, "SINGLE_REACH", 1)
    assert found("井") == []


def test_a_common_word_finds_the_same(lamp, monkeypatch) -> None:
    few = {text: found(text) for text in ("路灯", "城关", "了", "不亮 东门", "没有")}
    monkeypatch.setattr(reading, "MOST_HITS", 0)
    assert {text: found(text) for text in few} == few


def test_a_word_that_stands_everywhere_finds_the_same(lamp, outsider) -> None:
    """Once PostgreSQL has counted that all texts have it, the list itself is walked down."""
    for number in range(40):
        make_matter(f"第{number}盏路灯不亮，请维修")
    few = {text: found(text) for text in ("路灯", "路灯不亮", "不亮 请", "灯路")}
    assert [len(hits) for hits in few.values()] == [41, 40, 40, 0]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_indexed")
    assert {text: found(text) for text in few} == few
    with CaptureQueriesContext(connection) as asked:
        assert found("路灯", Matter.objects.visible_to(outsider)) == []
    assert "IS NOT NULL" in asked[-1]["sql"]


@pytest.mark.parametrize("most", [0, 5000])
def test_keys_that_are_known_from_elsewhere_come_along(lamp, monkeypatch, most) -> None:
    monkeypatch.setattr(reading, "MOST_HITS", most)
    other = Matter.objects.get(text=A_MATTER)
    matters = matching(Matter.objects.all(), "路灯", also=[other.pk, 0])
    assert set(matters) == {lamp, other}
    assert set(matching(Matter.objects.all(), "", also=[other.pk])) == {other}


def test_sight_and_filters_hold(course, cast, outsider) -> None:
    course(make_matter(LAMP)).accepted()
    seen = {
        who: len(found("路灯", Matter.objects.visible_to(member)))
        for who, member in {**cast, "outsider": outsider}.items()
    }
    assert seen == dict.fromkeys(cast, 1) | {"outsider": 0}
    assert found("路灯", Matter.objects.filter(state="cleared")) == []


def test_names_of_place_category_and_unit_and_the_results_are_found(course) -> None:
    load_divisions([("410221100", "城关镇", "town"), ("410221100001", "西关村", "village")])
    village = Division.objects.get(level="village")
    ledger = make_ledger(fields=[{"name": "plate", "type": "text", "label": "Plate"}])
    filing = {"division": village, "address": "水塔旁", "extra": {"plate": "豫B12345"}}
    run = course(make_matter("路灯坏了三天了。", ledger=ledger, **filing))
    told = ["西关村", "城关镇", "水塔", "豫b123"]
    assert all(found(text) for text in told)
    assert not found("Street lights")
    run.listed()
    assert found("street li")
    assert not found("Bureau")
    run.dispatched()
    assert found("bureau")
    run.step("accept", "handler")
    run.step("hand_in", "handler", account="换了灯泡。", answer="已经修好。")
    assert found("灯泡 修好 城关") == ["路灯坏了三天了。"]


def test_a_merged_matter_is_found_by_the_answer_it_got(course) -> None:
    into, merged = course(make_matter(LAMP)), course(make_matter(A_MATTER))
    merged.step("merge", "operator", into=into.matter)
    into.handed_in()
    assert found("Repaired") == [LAMP, A_MATTER]


def test_other_texts_are_found_under_their_own_name(lamp) -> None:
    unit = make_unit("lamps")
    index("unit", unit.pk, "路灯所", "", "管路灯的")
    index(PUBLISHED, lamp.pk, "有人反映路灯")
    units = type(unit).objects.all()
    assert [list(matching(units, text, kind="unit")) for text in ("路灯所 管路", "东门")] == [
        [unit],
        [],
    ]
    matters = Matter.objects.all()
    assert list(matching(matters, "反映", kind=PUBLISHED)) == [lamp]
    assert list(matching(matters, "东门", kind=PUBLISHED)) == []
    index("unit", unit.pk, "井盖所")
    assert not matching(units, "路灯", kind="unit").exists()
    remove("unit", unit.pk)
    assert not matching(units, "井盖", kind="unit").exists()


def test_the_index_is_made_anew_from_any_key_on(db, monkeypatch) -> None:
    monkeypatch.setattr("daodi.core.search.writing.BATCH", 2)
    matters = [make_matter(f"第{number}盏路灯坏了") for number in range(5)]
    assert not lacks_index()
    ledger = make_ledger()
    category = make_category(ledger)
    Matter.objects.update(category=category)
    keys = [matter.pk for matter in matters]
    assert list(reindex(after=keys[0], up_to=keys[3])) == [keys[2], keys[3]]
    assert found("street") == [matter.text for matter in matters[1:4]]
    Indexed.objects.all().delete()
    assert lacks_index()
    assert list(reindex()) == [keys[1], keys[3], keys[4]]
    assert len(found("street")) == 5


def test_a_change_costs_one_question_more(course, django_assert_num_queries) -> None:
    matter = course().listed().matter
    with django_assert_num_queries(1):
        index_matter(matter)


def test_the_longest_text_is_found_by_its_end(db) -> None:
    text = "路灯" * (2499) + "井盖"
    make_matter(text)
    assert found("灯井盖") == [text]
