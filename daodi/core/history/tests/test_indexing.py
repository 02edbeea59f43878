"""What was said in the course of a matter leads to it, for whoever may see it, and no longer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daodi.core.history.erasure import erase
from daodi.core.history.indexing import reindex_courses
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.search import reading
from daodi.core.search.models import COURSE, Indexed
from daodi.core.search.reading import matching
from tests.makers import make_matter


def found(text: str, member=None) -> list[int]:
    seen = Matter.objects.visible_to(member) if member else Matter.objects.all()
    return list(matching(seen, text).order_by("pk").values_list("pk", flat=True))


def hand_in(way):
    return way.step("hand_in", "handler", account="A new bulb was put in.", answer="Repaired.")


@pytest.fixture
def way(course):
    make_matter("The bench in the park is broken.")
    way = course(make_matter("The lamp at the east gate is dark.")).accepted()
    way.step("ask", "handler", text="Is it the ＬＥＤ lamp beside the kiosk?")
    return way.step("reply", Side.RESIDENT, text="是，报刊亭旁边那盏。")


@pytest.mark.parametrize("text", ["the kiosk", "led lamp", "报刊亭", "旁边那盏", "kiosk beside"])
def test_every_line_of_its_course_leads_to_a_matter(way, handler, outsider, text) -> None:
    assert found(text) == found(text, handler) == [way.matter.pk]
    assert found(text, outsider) == []


def test_what_two_lines_say_together_is_not_one_text(way) -> None:
    assert found("kiosk报刊") == []


@pytest.mark.parametrize(("name", "value"), [("MOST_HITS", 0), ("EVERYWHERE", -1)])
def test_common_words_find_the_same(way, monkeypatch, name, value) -> None:
    monkeypatch.setattr(reading, name, value)
    assert found("报刊亭") == found("east gate") == [way.matter.pk]


def test_the_list_shows_where_it_was_said(client, handler, way) -> None:
    client.force_login(handler.user)
    (row,) = client.get("/desk/", {"q": "报刊亭"}).context["rows"]
    assert [part.text for part in row["found"]["text"] if part.is_hit] == ["报刊亭"]
    page = client.get(reverse("desk:find"), {"q": "报刊亭"})
    assert [each["number"] for each in page.context["matters"]] == [way.matter.number]


def test_an_act_without_words_costs_nothing_more(course) -> None:
    way = course().dispatched()
    with CaptureQueriesContext(connection) as asked:
        way.step("accept", "handler")
    assert [each["sql"] for each in asked if "core_indexed" in each["sql"]] == []


def test_an_answer_is_indexed_once(way) -> None:
    before = Indexed.objects.get(kind=COURSE).text
    hand_in(way)
    assert found("new bulb") == found("repaired.") == [way.matter.pk]
    assert Indexed.objects.get(kind=COURSE).text == before


def test_what_was_erased_is_found_no_more(way, supervisor) -> None:
    hand_in(way).step("clear", "caller")
    erase(way.matter, by=supervisor, reason="Asked for.", now=way.now)
    assert found("报刊亭") == []
    list(reindex_courses())
    assert not Indexed.objects.of(COURSE).exists()


def test_the_index_is_made_anew(way) -> None:
    hand_in(way)
    before = list(Indexed.objects.of(COURSE).values("ref", "text"))
    Indexed.objects.of(COURSE).delete()
    assert max(reindex_courses()) == way.matter.pk
    assert list(Indexed.objects.of(COURSE).values("ref", "text")) == before
