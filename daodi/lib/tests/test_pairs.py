"""Whatever part of a text somebody types, its pairs are those of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.pairs import fold, pairs_in_order, pairs_of, words_of
from daodi.lib.text import clean

TEXTS = st.text(max_size=60) | st.text("路灯Ａa㎡ß１1 ,，。👨‍👩🏽\n\u0301e", max_size=40)


def test_full_width_and_capitals_are_folded() -> None:
    assert fold("ＡＢc１２㎡ Straße") == "abc12m2 strasse"


def test_pairs_do_not_cross_blanks() -> None:
    assert pairs_of("东门 路灯\n坏了") == pairs_of("东门") | pairs_of("路灯") | pairs_of("坏了")


def test_a_pair_is_two_characters_in_their_order() -> None:
    assert len(pairs_of("路灯路灯")) == 2
    assert pairs_of("路灯") != pairs_of("灯路")
    assert pairs_in_order("路灯坏") == dict(
        zip(("路灯", "灯坏"), (*pairs_of("路灯"), *pairs_of("灯坏")), strict=True)
    )


def test_another_salt_makes_other_pairs() -> None:
    assert pairs_of("东门路灯", 7).isdisjoint(pairs_of("东门路灯"))
    assert pairs_in_order("路灯", 7) == {"路灯": min(pairs_of("路灯", 7))}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", []),
        ("  \u3000\u200b", []),
        ("东门\u3000路灯 东门", ["东门", "路灯"]),
        ("ＬＥＤ\x00灯", ["led灯"]),
        ("a" * 900, ["a" * 200]),
        (" ".join(map(str, range(99))), [str(number) for number in range(12)]),
    ],
)
def test_the_words_of_a_question(query, words) -> None:
    assert words_of(query) == words


@given(TEXTS, st.data())
def test_every_part_of_a_text_is_in_its_pairs(text, data) -> None:
    text = clean(text, lines=True)
    start = data.draw(st.integers(0, len(text)))
    words = words_of(text[start : data.draw(st.integers(start, len(text)))])
    assert all(word in fold(text) for word in words)
    assert pairs_of(" ".join(words), 5) <= pairs_of(fold(text), 5)
    assert all(-(2**31) <= pair < 2**31 for pair in pairs_of(fold(text), 5))
