"""Two texts about one problem, in whatever words; and two that only sound like it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.sameness import SAME, Said, compare
from daodi.lib.things import things_in

HERE = Path(__file__).parent
LAMP = "东关街的路灯全都不亮"


def marked(name: str, word: str) -> list[tuple[str, str]]:
    """Return the pairs that somebody marked with this word: `same` or `other`."""
    lines = (HERE / f"{name}.tsv").read_text().splitlines()
    rows = (line.split("\t") for line in lines)
    return [(one, other) for mark, one, other in rows if mark == word]


def score(one: str, other: str) -> float:
    return compare(Said(one), Said(other)).score


def test_one_thing_has_many_words() -> None:
    assert things_in("晚上一片漆黑") == things_in("路灯坏了") == {"路灯"}


def test_it_says_what_both_name() -> None:
    found = compare(Said(LAMP), Said("天一黑，东关街一片漆黑"))
    assert (found.places, found.things, found.is_elsewhere) == (("东关街",), ("路灯",), False)
    assert found.score >= SAME


@pytest.mark.parametrize(
    "other", ["西关街的路灯全都不亮", "东关街有人占道卖菜", "请问医保在哪里交"]
)  # fmt: skip
def test_another_place_or_another_thing_is_another_problem(other) -> None:
    assert score(LAMP, other) < SAME


def test_a_name_known_by_another_is_the_same_place() -> None:
    mine = Said("百脑汇旁边的路灯不亮", also=frozenset({"电子商城"}))
    theirs = Said("电子商城的路灯坏了")
    assert compare(mine, theirs).places == ("电子商城",)
    assert compare(mine, theirs).score >= SAME > compare(Said(mine.title), theirs).score


def test_a_quarter_of_a_town_is_not_yet_a_place() -> None:
    mine = Said("南湖春晓收装修押金不退", "南城社区南湖春晓16号楼")
    theirs = Said("南湖壹号院交了定金不退", "南城社区南湖壹号院5号楼")
    assert compare(mine, theirs).places == ()
    assert compare(mine, Said(theirs.title, "北城社区")).score < SAME


@pytest.mark.parametrize(
    ("name", "sizes", "least", "most"),
    [("same_or_not", (65, 68), 0.93, 0.05), ("same_or_not_later", (24, 24), 0.9, 0.1)],
)
def test_it_is_measured_on_pairs_that_were_marked(name, sizes, least, most) -> None:
    same, other = marked(name, "same"), marked(name, "other")
    assert (len(same), len(other)) == sizes
    assert sum(score(*pair) >= SAME for pair in same) >= least * len(same)
    assert sum(score(*pair) >= SAME for pair in other) <= most * len(other)


@given(*[st.text(alphabet="东西关街路灯村李庄，。不亮", max_size=40)] * 2)
def test_it_does_not_matter_which_comes_first(one, other) -> None:
    there, back = compare(Said(one), Said(other)), compare(Said(other), Said(one))
    assert there.score == back.score
    assert 0 <= there.score <= 1
