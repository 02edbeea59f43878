"""The gazetteer goes out as a table and comes in as one, tried first."""

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.exchange.places import read_places, take_places, template_of, write_places
from daodi.core.exchange.tests.makers import book, said
from daodi.core.gazetteer.models import PlaceName
from daodi.core.people.roles import Role
from tests.makers import make_member, make_town

HEAD = ["名称", "别名", "类别", "行政区划", "纬度", "经度"]
ROWS = [
    HEAD,
    ["幸福小区", "老棉纺厂、棉纺家属院", "小区", "城关镇", "34.55", "114.78"],
    ["人民东路", "", "", "410221100", "", ""],
]


@pytest.fixture(autouse=True)
def towns(db) -> None:
    make_town(name="城关镇")
    make_town("410221100201", "李庄村村民委员会")
    make_town("410221101", "白潭镇")
    make_town("410221101201", "李庄村村民委员会")


def take(tmp_path, rows, **how):
    return take_places(read_places(book(tmp_path / "a.xlsx", 地名=rows)), by=None, **how)


def test_a_trial_stores_nothing_and_the_same_again_changes_nothing(tmp_path) -> None:
    new = [("幸福小区 · 城关镇", "new"), ("人民东路 · 城关镇", "new")]
    assert said(take(tmp_path, ROWS, dry_run=True)) == new
    assert not PlaceName.objects.exists()
    assert said(take(tmp_path, ROWS)) == new
    road, estate = PlaceName.objects.by_name()
    assert (road.kind, road.position, road.origin) == ("road", None, "imported")
    assert (estate.aliases, estate.position) == (["老棉纺厂", "棉纺家属院"], (34.55, 114.78))
    assert {verdict for _label, verdict in said(take(tmp_path, ROWS))} == {"same"}


def test_what_went_out_comes_in_and_changes_nothing(tmp_path) -> None:
    take(tmp_path, ROWS)
    write_places(tmp_path / "b.xlsx")
    back = take_places(read_places(tmp_path / "b.xlsx"), by=None)
    assert said(back) == [("人民东路 · 城关镇", "same"), ("幸福小区 · 城关镇", "same")]


def test_a_cell_empties_and_takes_out(tmp_path) -> None:
    take(tmp_path, ROWS)
    done = take(tmp_path, [[*HEAD, "在用"], ["幸福小区", "-", "", "", "-", "-", "否"]])
    assert said(done) == [("幸福小区 · 城关镇", "changed")]
    place = PlaceName.objects.get(name="幸福小区")
    assert (place.aliases, place.position, place.is_active) == ([], None, False)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["", "", "", "城关镇"], "The name is missing."),
        (["幸福里", "", "", ""], "A new place needs its area."),
        (["幸福里", "", "", "桃花镇"], "There is no town or village “桃花镇”."),
        (["幸福里", "", "", "李庄村"], "Several areas are called 李庄村: write the code"),
        (["幸福里", "", "山", "城关镇"], "“山” is none of these: Village, Road, Estate"),
        (["幸福里", "", "", "城关镇", "34.5", ""], "Write the point in degrees, both numbers."),
        (["幸福里", "", "", "城关镇", "99", "114"], "From -90 to 90 degrees."),
        (["王建国先生家", "", "", "城关镇"], "points to a person"),
    ],
)
def test_a_wrong_line_says_why_and_stops_all_of_it(tmp_path, row, why) -> None:
    outcome = take(tmp_path, [*ROWS, row])
    assert [step.verdict for step in outcome.steps] == ["new", "new", "wrong"]
    assert why in outcome.steps[-1].why
    assert not PlaceName.objects.exists()


def test_the_empty_table_shows_how_it_is_meant(tmp_path) -> None:
    with (tmp_path / "t.xlsx").open("wb") as target:
        template_of(target)
    (line,) = read_places(tmp_path / "t.xlsx")
    assert line.get("place") == "示例：幸福小区"


def test_a_table_of_something_else_is_refused(tmp_path) -> None:
    with pytest.raises(Refused, match="None of these columns"):
        take(tmp_path, [["日期", "天气"], ["1", "晴"]])


def test_only_topmost_managers_bring_one_in(tmp_path) -> None:
    lines = read_places(book(tmp_path / "a.xlsx", 地名=ROWS))
    with pytest.raises(NotYours):
        take_places(lines, by=make_member("clerk", Role.MANAGER))
