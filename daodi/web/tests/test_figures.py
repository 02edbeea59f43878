"""Pages of figures: every number says what it is made of and leads to as many matters."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from daodi.core.figures.counting import Scope
from daodi.core.figures.formulas import FORMULAS, formula
from daodi.core.figures.models import Fact
from daodi.core.figures.projecting import project
from daodi.core.people.models import Division, Unit
from daodi.core.transfer.tests.makers import take
from daodi.core.transfer.tests.test_real_files import real
from daodi.web.showing.figures import GROUPS, list_url
from tests.files import content_of
from tests.makers import DAY, NOON, make_category, make_ledger, make_matter, make_unit, reread

PAGE = "/desk/figures/"
DAYS = {"first": "2026-03-01", "last": "2026-03-07"}


@pytest.fixture
def desk(client, supervisor):
    client.force_login(supervisor.user)
    return client


def rows(answer) -> dict[str, dict]:
    return {row["code"]: row for group in answer.context["groups"] for row in group["rows"]}


def numbers(answer) -> list[str]:
    return [row["url"].split("/")[-2] for row in answer.context["rows"]]


def test_each_figure_stands_in_the_table_once() -> None:
    named = [name for _label, names in GROUPS for name in names]
    assert sorted(named) == sorted({each.name for each in FORMULAS.values()})


def test_a_figure_says_what_it_is_made_of(course, desk) -> None:
    way = course().handed_in()
    course(make_matter("Another lamp is dark.")).accepted()
    project(way.now + timedelta(days=60))
    page = desk.get(PAGE, DAYS)
    row = rows(page)["on_time@1"]
    assert (row["value"], row["hits"], row["of"]) == ("50.0 %", "1", "2")
    assert row["interval"] == "95 %: 9–91 %"
    assert (row["before"], row["change"]["words"]) == ("—", "too few to compare")
    assert rows(page)["filed@1"]["value"] == "2"
    assert rows(page)["satisfaction@1"]["value"] == "—"
    # What stands at the moment has no window before.
    assert (rows(page)["open@1"]["value"], rows(page)["open@1"]["change"]) == ("2", None)
    for words in ("Formula on_time@1, version 1.", "河南省政务服务便民热线运行管理办法"):
        assert words in page.text


def test_the_list_behind_each_figure_has_as_many_rows(course, desk) -> None:
    course().cleared()
    course(make_matter("Another lamp is dark.")).handed_in().step(
        "judge", "caller", solved="yes", satisfied="basically"
    )
    make_matter("A third one.")
    project(NOON + timedelta(hours=1))
    for row in rows(desk.get(PAGE, DAYS)).values():
        if row["of"] == "0":
            assert (row["url"], row["of_url"]) == ("", "")
            continue
        assert len(numbers(desk.get(row["of_url"]))) == int(row["of"])
        behind = desk.get(row["url"])
        if row["code"] == "bj_satisfied@1":
            assert (row["hits"], behind.context["counted"]) == ("0.9", "1")
            assert behind.context["weighed"] == "0.9"
        else:
            assert len(numbers(behind)) == Decimal(row["hits"])
            assert behind.context["weighed"] == ""


def test_how_old_the_open_is_and_which_are_the_oldest(course, desk, client, outsider) -> None:
    """Quartiles of what the reader may count; behind them the list, the oldest first."""
    now = timezone.now()
    old, new = (course(make_matter(f"Lamp {n}.", now=now - n * DAY)).accepted() for n in (10, 2))
    project(now)
    ages = desk.get(PAGE).context["ages"]
    assert ages["shown"] == [
        ("A quarter at most", "4"), ("Half at most", "6"),
        ("Three quarters at most", "8"), ("Nine tenths at most", "9.2"),
    ]  # fmt: skip
    assert numbers(desk.get(ages["url"])) == [old.matter.number, new.matter.number]
    bureau = make_unit("bureau")
    assert desk.get(PAGE, {"unit": bureau.pk}).context["ages"]["of"] == "2"
    sheets = openpyxl.load_workbook(io.BytesIO(content_of(desk.get(PAGE, {"excel": "1"}))))
    assert [cell.value for cell in sheets["Age of what is open"][3]] == ["Half at most", 6]
    client.force_login(outsider.user)
    assert client.get(PAGE).context["ages"] is None


def test_what_is_confidential_is_counted_and_not_shown(course, desk) -> None:
    shown = make_matter()
    make_matter("Somebody takes bribes.", ledger=make_ledger(), is_confidential=True)
    project(NOON)
    url = list_url(Scope(shown.ledger, NOON.date(), NOON.date()), formula("filed"))
    page = desk.get(url)
    assert (numbers(page), page.context["counted"]) == ([shown.number], "2")
    assert "1 of them is counted but not shown" in page.text


def test_only_the_own_house_is_counted_for_a_unit(client, course, handler, outsider) -> None:
    course().accepted()
    make_matter("Not dispatched yet.")
    project(NOON + timedelta(hours=1))
    for member, expected in ((handler, "1"), (outsider, "0")):
        client.force_login(member.user)
        # Whatever they ask for.
        page = client.get(PAGE, {**DAYS, "unit": make_unit("bureau").pk})
        assert rows(page)["filed@1"]["value"] == expected
        assert page.context["house"] == member.unit
        scope = Scope(make_ledger(), NOON.date(), NOON.date())
        assert len(numbers(client.get(list_url(scope, formula("filed"))))) == int(expected)


def test_a_past_moment_is_shown_as_it_was(course, desk) -> None:
    way = course().accepted()
    project(way.now)
    then = way.now
    way.step("hand_in", "handler", account="New bulb.", answer="Repaired.")
    project(way.now)
    known = {**DAYS, "as_of": timezone.localtime(then).isoformat()}
    for asked, expected in (({**DAYS}, "1"), (known, "0")):
        row = rows(desk.get(PAGE, asked))["answered@1"]
        assert (row["value"], bool(row["url"])) == (expected, expected == "1")
    scope = Scope(way.matter.ledger, NOON.date(), NOON.date(), as_of=then)
    assert len(numbers(desk.get(list_url(scope, formula("open"))))) == 1


def test_units_are_compared_with_their_own_kind(course, desk) -> None:
    course().handed_in()
    station, town = make_unit("station", "bureau"), make_unit("redhill")
    Unit.objects.filter(pk=station.pk).update(kind=Unit.Kind.SECTION)
    Unit.objects.filter(pk=town.pk).update(kind=Unit.Kind.TOWN)
    for number, unit in enumerate((station, town, town)):
        course(make_matter(f"Lamp {number} is dark.")).dispatched(lead=unit)
    project(NOON + timedelta(hours=1))
    url = reverse("desk:figures_by", args=["unit"])
    groups = desk.get(url, {**DAYS, "formula": "filed"}).context["groups"]
    found = {
        group["label"]: [(row["name"], row["value"]) for row in group["rows"]] for group in groups
    }
    # The bureau with its station.
    assert found["Department"] == [("County", "4"), ("Bureau", "2")]
    assert found["Town"] == [("Redhill", "2")]
    for group in groups:
        for row in group["rows"]:
            assert len(numbers(desk.get(row["url"]))) == int(row["value"])
    inside = desk.get(url, {**DAYS, "formula": "filed", "unit": make_unit("bureau").pk})
    assert [
        (group["label"], row["name"], row["value"])
        for group in inside.context["groups"]
        for row in group["rows"]
    ] == [("Section or station", "Station", "1"), ("Not passed on", "Bureau", "1")]


def test_too_few_cases_are_not_ranked(course, desk) -> None:
    for number in range(10):
        course(make_matter(f"Lamp {number} is dark.")).handed_in()
    category = make_category(make_ledger(), "CX02", "Heating")
    course(make_matter("It is cold.")).accepted().step("note", "handler", text="x", public=False)
    Fact.objects.filter(answered_at=None).update(category=category)
    project(NOON + timedelta(hours=1))
    url = reverse("desk:figures_by", args=["category"])
    asked = {**DAYS, "formula": "response", "sort": "figure"}
    (group,) = desk.get(url, asked).context["groups"]
    assert [(row["name"], row["few"]) for row in group["rows"]] == [("Street lights", False)]


def test_categories_are_divided_again(desk) -> None:
    ledger = make_ledger()
    top = make_category(ledger, "JT", "Traffic")
    below = make_category(ledger, "JT01", "Lights at crossings", parent=top, level=2)
    for number, category in enumerate((below, below, None)):
        matter = make_matter(f"Lamp {number} is dark.")
        matter.category = category
        matter.save(update_fields=["category"])
    project(NOON)
    url = reverse("desk:figures_by", args=["category"])
    (group,) = desk.get(url, {**DAYS, "formula": "filed"}).context["groups"]
    assert [(row["name"], row["value"], bool(row["url"])) for row in group["rows"]] == [
        ("Traffic", "2", True),
        ("not categorised yet", "1", False),
    ]
    (group,) = desk.get(group["rows"][0]["below_url"]).context["groups"]
    assert [row["name"] for row in group["rows"]] == ["Lights at crossings"]


@pytest.fixture
def towns(db):
    towns = [
        Division.objects.create(code=f"41022110{n}", name=name, level="town")
        for n, name in enumerate(("Chengguan", "Yuhuangmiao", "Gaoyang"))
    ]
    for number, town in enumerate((towns[0], towns[0], towns[1], None)):
        matter = make_matter(f"Lamp {number} is dark.", division=town)
        matter.lat, matter.lon = (34.5 + number, 114.8) if town else (None, None)
        matter.save(update_fields=["lat", "lon"])
    project(NOON)
    return towns


def test_each_town_has_a_tile_in_the_order_of_its_code(desk, towns) -> None:
    url = reverse("desk:figures_by", args=["town"])
    page = desk.get(url, {**DAYS, "formula": "filed", "sort": "figure"})
    assert [
        (tile["name"], tile["value"], tile["step"]) for tile in page.context["maps"][0]["rest"]
    ] == [
        ("Chengguan", "2", 4),
        ("Yuhuangmiao", "1", 2),
        ("Gaoyang", "0", 1),
    ]
    (group,) = page.context["groups"]
    assert [row["value"] for row in group["rows"]] == ["2", "1", "1", "0"]
    assert page.context["map"] is None
    assert "tiles.example" not in page.headers["Content-Security-Policy"]


def test_a_map_has_no_circle_where_few_live(desk, towns, settings) -> None:
    settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    for number in range(8):
        matter = make_matter(f"Another {number} is dark.", division=towns[0])
        matter.lat, matter.lon = 35.0, 114.8
        matter.save(update_fields=["lat", "lon"])
    project(NOON)
    page = desk.get(reverse("desk:figures_by", args=["town"]), {**DAYS, "formula": "filed"})
    assert [(c["name"], c["n"], round(c["lat"], 2)) for c in page.context["map"]["circles"]] == [
        ("Chengguan", 10, 35.0)
    ]
    assert "https://tiles.example" in page.headers["Content-Security-Policy"]


def test_every_day_has_a_row_also_without_a_case(desk) -> None:
    make_matter()
    project(NOON)
    asked = {**DAYS, "formula": "filed", "step": "day"}
    page = desk.get(reverse("desk:figures_time"), asked)
    assert [row["value"] for row in page.context["rows"]] == ["0", "0", "0", "0", "0", "1", "0"]
    assert len(numbers(desk.get(page.context["rows"][5]["url"]))) == 1
    weeks = desk.get(reverse("desk:figures_time"), {**asked, "step": "week"}).context["rows"]
    assert [(row["name"], row["value"]) for row in weeks] == [
        ("2026-03-02 – 03-07", "1"),
        ("2026-03-01", "0"),
    ]
    # What stands at the moment has no course.
    asked["formula"] = "open"
    assert desk.get(reverse("desk:figures_time"), asked).context["rule"] == formula("on_time")


def test_nonsense_in_the_address_shows_the_usual(desk) -> None:
    make_ledger()
    nonsense = {"ledger": "x", "window": "x", "unit": "x", "category": "9" * 30, "as_of": "x"}
    assert desk.get(PAGE, nonsense).status_code == 200
    assert desk.get(reverse("desk:figures_list"), {"formula": "x"}).status_code == 404
    assert desk.get(reverse("desk:figures_by", args=["person"])).status_code == 404


def test_in_chinese(course, desk) -> None:
    project(course().handed_in().now)
    with override("zh-hans"):
        page = desk.get(PAGE, DAYS, headers={"accept-language": "zh-hans"})
    assert rows(page)["on_time@1"]["value"] == "100.0%"


@pytest.mark.parametrize("path", ["", "list/", "time/", "by/unit/", "by/category/", "by/town/"])
def test_more_rows_cost_no_more_queries(path, course, desk) -> None:
    def asked(number: int) -> int:
        town = Division.objects.create(code=f"41022110{number}", name=f"T{number}", level="town")
        lead = make_unit(f"bureau{number}")
        matter = reread(make_matter(f"Lamp {number} is dark.", division=town))
        project(course(matter).dispatched(lead=lead).now)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(PAGE + path, {**DAYS, "formula": "filed"}).status_code == 200
        return len(queries)

    once = asked(1)
    asked(2)
    assert asked(3) == once <= 20


def test_real_replies_are_found_behind_their_shares(desk) -> None:
    take(real("answered_requests_2816.xlsx"), make_ledger())
    project(timezone.now())
    page = desk.get(PAGE, {"first": "2010-01-01", "last": "2026-12-31"})
    for code, value in (("within_7@1", "35.2 %"), ("within_30@1", "83.6 %")):
        row = rows(page)[code]
        assert (row["value"], row["of"]) == (value, "2,816")
        behind = desk.get(row["url"])
        assert behind.context["counted"] == row["hits"]
        assert behind.context["hidden"] == 0
        assert len(numbers(behind)) == 50
