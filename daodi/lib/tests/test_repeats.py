"""Texts of a list that say the same."""

import os
from datetime import date
from pathlib import Path

import pytest

from daodi.lib.repeats import How, Repeats, equal, find_repeats
from daodi.lib.sheets import open_table
from daodi.lib.topics.runs import Post

SHARED = Path(os.environ.get("DAODI_SHARED", Path(__file__).parents[4] / "shared" / "data"))
DAY = date(2024, 6, 3)
# Made up: each two lines are one matter in two people's words.
PARAPHRASES = (
    (
        "滨河花园小区楼下烧烤店油烟大，晚上十点还在营业",
        "滨河花园小区的烧烤店每晚油烟直排，窗户不敢开",
    ),
    ("建设路路灯坏了半个月没人修，晚上一片漆黑", "建设路晚上一片漆黑，路灯半个月不亮，请来修"),
    ("李庄村自来水停了三天，全村没水吃", "我们李庄村三天没有自来水了，吃水困难"),
    ("第三小学门口早晚堵车，孩子过马路危险", "第三小学门口乱停车，孩子过马路太危险"),
    ("锦绣家园电梯三天两头坏，物业不维修", "锦绣家园物业不维修电梯，老人上下楼难"),
    ("幸福大道修路围挡半年不动工，出行不便", "幸福大道围挡围了半年不见动工，何时修好"),
    ("城关镇垃圾站臭气熏天，夏天没法住", "城关镇垃圾站太臭，一到夏天臭气没法住人"),
    ("翠湖花园车位和房子捆绑销售，不买不签合同", "翠湖花园不买车位就不签合同，捆绑销售车位"),
    ("七里铺社区麻将馆开到半夜，吵得睡不着", "七里铺社区楼下麻将馆半夜还吵，根本睡不着"),
    ("和平路井盖丢了一个多星期，已经有人摔伤", "和平路井盖丢失有人摔伤，一个多星期没人管"),
)


def post(number: int, text: str, day: date = DAY) -> Post:
    return Post(str(number), f"p{number}", day, text[:12], text)


def filler(start: int) -> list[Post]:
    """Forty matters that have nothing in common."""
    return [
        post(start + n, "".join(chr(0x4E00 + (31 * n + 977 * k) % 9000) for k in range(20)))
        for n in range(40)
    ]


def test_equal_texts_are_found_through_blanks_and_marks() -> None:
    texts = [
        "建设路的路灯坏了，请尽快来修。",
        "建设路的路灯坏了 请尽快来修！",
        "另外一件事情，说说停水的事",
    ]
    assert equal([post(n, text) for n, text in enumerate(texts)]) == [(0, 1)]


def test_a_word_changed_is_nearly_the_same() -> None:
    text = "滨河花园小区的烧烤店油烟太大，每天晚上营业到凌晨，家里的窗户不敢打开，已经反映多次"
    posts = [post(0, text), post(1, text.replace("凌晨", "半夜")), *filler(2)]
    found = find_repeats(posts)
    assert Repeats(How.NEAR, (0, 1)) in found


def test_two_people_about_one_thing_in_one_place_belong_together() -> None:
    texts = [text for pair in PARAPHRASES for text in pair]
    posts = [*(post(n, text) for n, text in enumerate(texts)), *filler(len(texts))]
    found = [each.rows for each in find_repeats(posts) if each.how is not How.EQUAL]
    pairs = {(n, n + 1) for n in range(0, len(texts), 2)}
    hit = {pair for pair in pairs if any(set(pair) <= set(rows) for rows in found)}
    wrong = [rows for rows in found if rows[-1] < len(texts) and rows not in pairs]
    assert len(hit) >= 8
    assert wrong == []


def test_a_year_later_it_is_another_matter() -> None:
    first, second = PARAPHRASES[0]
    later = DAY.replace(year=2025)
    posts = [post(0, first), post(1, second, later), *filler(2)]
    assert not any(each.how is How.MATTER and 0 in each.rows for each in find_repeats(posts))


def test_the_known_equal_texts_are_found_again() -> None:
    file = SHARED / "requests_2017-2020_4326.xlsx"
    if not file.exists():
        pytest.skip("the real requests are not here")
    texts = [str(row.cells["留言详情"] or "") for row in open_table(file).rows()]
    rows = equal([post(number, text) for number, text in enumerate(texts)])
    assert sum(len(group) - 1 for group in rows) >= 104
    group_of = {row: group for group in rows for row in group}
    same: dict[str, int] = {}
    for row, text in enumerate(texts):
        if text.strip() and text in same and len(text) > 40:
            assert group_of[row] == group_of[same[text]]
        same.setdefault(text, row)
