"""The made-up requests: many, different, complete, and pointing at what exists."""

import re
from random import Random

import pytest

from daodi.demo.county import county, divisions
from daodi.demo.people import BRANCHES, STEMS, resident, staff
from daodi.demo.phrasebook import pairs
from daodi.demo.stories import leads, stories
from daodi.demo.texts import RequestText, make_repeat, make_request, season_of

WRITTEN = (
    "title",
    "text",
    "account",
    "answer",
    "bad_answer",
    "note",
    "objection",
    "suspend_plan",
)
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
FULL_WIDTH_DIGITS = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
LEFT_OPEN = re.compile(r"[<>|${}~@=]|\(\d")
DOUBLED = re.compile(r"，，|。。|，。|。，|！，|？，|的的|我们我们|经查，经")


def dice(seed: int) -> Random:
    return Random(seed)


@pytest.fixture(scope="module")
def many() -> list[RequestText]:
    rng = dice(20)
    return [make_request(rng) for _ in range(5000)]


@pytest.fixture(scope="module")
def each() -> list[RequestText]:
    """Every category several times."""
    rng = dice(21)
    return [make_request(rng, category=code) for code in leads() for _ in range(12)]


def test_same_seed_same_requests() -> None:
    first, second = dice(5), dice(5)
    assert [make_request(first) for _ in range(50)] == [make_request(second) for _ in range(50)]


def test_all_categories_are_met(many) -> None:
    assert {one.category for one in many} == set(leads())


def test_scheme_is_a_tree_of_some_hundred_leaves() -> None:
    assert 150 <= len(leads()) <= 200
    assert all(re.fullmatch(r"[A-Z]{2}\d{4}", code) for code in leads())


def test_leads_are_units_of_the_county() -> None:
    units = {unit.code for unit in county().units}
    assert set(leads().values()) - {"town"} <= units


def test_every_request_names_a_unit_and_a_place_that_exist(each) -> None:
    units = {unit.code for unit in county().units}
    places = {row.code for row in divisions()}
    assert {one.lead for one in each} <= units
    assert {one.place_code for one in each} <= places


def test_texts_are_distinct(many) -> None:
    assert len({one.text for one in many}) > 4900
    assert len({one.answer for one in many}) > 4900


def test_near_duplicates_are_rare(many) -> None:
    """Of requests in one category, few share nine tenths of their pairs of characters."""
    seen: dict[str, list[frozenset[str]]] = {}
    near = 0
    for one in many[:2000]:
        mine, before = pairs(one.text), seen.setdefault(one.category, [])
        near += any(len(mine & other) > 0.9 * len(mine | other) for other in before)
        before.append(mine)
    assert near < 20


def test_lengths(many, each) -> None:
    lengths = sorted(len(one.text) for one in many)
    assert lengths[0] >= 8
    assert lengths[-1] <= 400
    assert lengths[len(lengths) // 10] < 60
    assert lengths[-len(lengths) // 20] > 150
    assert lengths[-10] > 220
    assert all(4 <= len(one.title) <= 40 for one in [*many, *each])


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("flaw", [HALF_WIDTH, FULL_WIDTH_DIGITS, LEFT_OPEN, DOUBLED])
def test_nothing_is_left_open_or_mistyped(many, each, name, flaw) -> None:
    texts = [getattr(one, name) for one in [*many, *each]]
    assert [text for text in texts if flaw.search(text)] == []


def test_repeat_is_the_same_problem_in_other_words(many) -> None:
    rng = dice(6)
    for one in many[:300]:
        again = make_repeat(rng, one)
        assert (again.category, again.place_code, again.kind) == (
            one.category,
            one.place_code,
            one.kind,
        )
        assert again.text != one.text


def test_heating_is_not_missed_in_summer() -> None:
    rng = dice(7)
    codes = {make_request(rng, season=season_of(7)).category for _ in range(800)}
    assert "GY0401" not in codes
    assert [season_of(month) for month in (1, 3, 6, 9, 12)] == [4, 1, 2, 3, 4]


def test_every_fact_finds_its_answer() -> None:
    """A tag that leaves a fact without title, wish or result is a slip in the phrases."""
    missing = [
        (code, place, fact + 1)
        for code in leads()
        for place, story in enumerate(stories(code))
        for fact in range(len(story.facts))
        for lines in (story.titles, story.asks, story.results)
        if not any(line.suits(fact) for line in lines)
    ]
    assert missing == []


def test_people_are_plainly_made_up() -> None:
    people = list(staff(dice(1)))
    assert len({one.username for one in people}) == len(people)
    assert len({one.name for one in people}) == len(people)
    assert all(one.name[1] in STEMS for one in people)
    assert {role for one in people for role in one.roles} == {
        "operator",
        "handler",
        "leader",
        "supervisor",
        "caller",
        "inspector",
        "editor",
        "manager",
    }
    assert {one.unit_code for one in people} == {unit.code for unit in county().units}
    assert resident(dice(2)).name[1] in BRANCHES
    assert all(one.phone.startswith("1540000") for one in people)


def test_parents_come_before_their_children() -> None:
    known = {""}
    for unit in county().units:
        assert unit.parent in known
        known.add(unit.code)
