"""What people paste comes out readable, and cleaning twice changes nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.text import clean, words_in

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HEALTH_WORKER = "\U0001f469\U0001f3fd\u200d\u2695\ufe0f"

NASTY = st.text(
    st.one_of(
        st.sampled_from("\r\n\t \v\f\u2028\u3000\xa0\u200b\u200d\u202e\ufeff\ufe0f\u0301\u0338e"),
        st.sampled_from("\u2adc\u0344\u0958\u2665\U0001f468\U0001f469\u3164\ud800\0\x85"),
        st.characters(),
    )
)

ONE_LINE = [
    ("  路灯\t不亮 　了  ", "路灯 不亮 了"),
    ("甲\r\n乙\r丙\n\n丁", "甲 乙 丙 丁"),
    ("路\0灯\x07\x1b坏\x7f了", "路灯坏了"),
    ("\ufeff路\u200b灯\u2060坏\u00ad了\u200e", "路灯坏了"),
    ("abc\u202etxt.exe", "abctxt.exe"),
    ("e\u200b\u0301", "\xe9"),
    ("Cafe\u0301", "Caf\xe9"),
    ("\u3164\u3164", ""),
    (f"谢谢{FAMILY}\U0001f44d\U0001f3fd", f"谢谢{FAMILY}\U0001f44d\U0001f3fd"),
    (f"{HEALTH_WORKER}好", f"{HEALTH_WORKER}好"),
    ("张\u200d三", "张三"),
    ("\U0001f468\u200d\u200d\U0001f469", "\U0001f468\U0001f469"),
    ("全角：ＡＢＣ１２３", "全角：ＡＢＣ１２３"),
    ("\ud83d", ""),
]

LINES = [
    ("甲\r\n乙\r丙\v丁\u2028戊", "甲\n乙\n丙\n丁\n戊"),
    ("\n \n\t\n座落在A市\n\n\n", "座落在A市"),
    ("甲\n\n\n乙", "甲\n\n\n乙"),
    ("甲\n \n\t\n\u3000\n\n乙", "甲\n\n\n乙"),
    ("　　第一段  有空格\t \n　　第二段", "第一段 有空格\n第二段"),
]


@pytest.mark.parametrize(("given", "expected"), ONE_LINE)
def test_one_line(given, expected) -> None:
    assert clean(given, lines=False) == expected


@pytest.mark.parametrize(("given", "expected"), LINES)
def test_lines(given, expected) -> None:
    assert clean(given, lines=True) == expected


@given(NASTY, st.booleans())
def test_cleaning_twice_changes_nothing(value, lines) -> None:
    once = clean(value, lines=lines)
    assert clean(once, lines=lines) == once


@given(NASTY, st.booleans())
def test_never_longer(value, lines) -> None:
    assert len(clean(value, lines=lines)) <= len(unicodedata.normalize("NFC", value))


@given(NASTY, st.booleans())
def test_only_newlines_of_all_controls(value, lines) -> None:
    kept = {
        mark for mark in clean(value, lines=lines) if unicodedata.category(mark) in {"Cc", "Cs"}
    }
    assert kept <= ({"\n"} if lines else set())


def test_words_stand_between_commas_of_either_width() -> None:
    assert words_in(" 路灯、 街灯,路灯，\r\n;灯杆；") == ["路灯", "街灯", "灯杆"]
    assert words_in("甲/乙 丙") == ["甲/乙 丙"]
    assert words_in("甲/乙\u3000丙\n", also=r"/\s") == ["甲", "乙", "丙"]
    assert words_in(" , ") == []
