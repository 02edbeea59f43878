"""The places that a text names."""

from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.places import Sort, find, names_in, without


def test_places_of_every_sort_are_found_in_their_order() -> None:
    text = "投诉青禾县白潭镇李庄村人民东路锦绣家园小区旁的第三小学门口"
    assert [(place.name, place.sort) for place in find(text)] == [
        ("青禾县", Sort.AREA),
        ("白潭镇", Sort.TOWN),
        ("李庄村", Sort.VILLAGE),
        ("人民东路", Sort.ROAD),
        ("锦绣家园", Sort.ESTATE),
        ("第三小学", Sort.SITE),
    ]  # fmt: skip


def test_masked_areas_are_areas() -> None:
    assert [place.name for place in find("关于A3区和请A市的问题")] == ["A3区", "A市"]


def test_everyday_words_are_no_places() -> None:
    text = "小区居民说马路堵，村民委员会和社区都不管，学校附近的超市门口有条小路"
    assert names_in(text) == []


def test_a_place_is_where_it_stands() -> None:
    text = "家住滨河花园，晚上很吵"
    (place,) = find(text)
    assert text[place.start : place.end] == place.name == "滨河花园"
    assert without(text) == "家住 ，晚上很吵"


@given(st.text(alphabet="住在东关街滨河花园小区A3市县路村，。 一二", max_size=60))
def test_any_text_is_cut_without_overlap(text: str) -> None:
    places = find(text)
    assert [text[one.start : one.end] for one in places] == [one.name for one in places]
    ends = [0, *(one.end for one in places)]
    assert all(one.start >= end for one, end in zip(places, ends, strict=False))
