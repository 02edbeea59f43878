"""The demo county: its official divisions, and the units that answer for something in it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from daodi.demo.phrasebook import HERE, load

COUNTY_CODE = "410221"
_ENDINGS = ("村村委会", "村委会", "社区居委会", "村居委会", "居委会")


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """One line of the official list; `parent` is empty for the county."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit; parents come before their children, `parent` is empty for the county."""

    code: str
    name: str
    short: str
    name_en: str
    kind: str
    parent: str
    division: str
    duties: str = ""


@dataclass(frozen=True, slots=True)
class County:
    """All units, from the county government down to the villages."""

    units: tuple[UnitRow, ...]

    def unit(self, code: str) -> UnitRow:
        return _by_code()[code]


@cache
def divisions() -> tuple[DivisionRow, ...]:
    """Return county, towns and villages in the order of their codes."""
    with (HERE / "qixian.csv").open(encoding="utf-8", newline="") as lines:
        rows = [DivisionRow(**row) for row in csv.DictReader(lines)]
    return tuple(sorted(rows, key=lambda row: (len(row.code), row.code)))


@cache
def place_name(row: DivisionRow) -> str:
    """Say a village as people do: 楚东村村委会 is 楚东村, 兴隆社区居委会 is 兴隆社区."""
    ending = next((one for one in _ENDINGS if row.name.endswith(one)), "")
    stem = row.name.removesuffix(ending)
    if not ending:
        return stem
    if "村" in ending:
        return stem if stem.endswith("村") else f"{stem}村"
    return stem if stem.endswith("村") else f"{stem.removesuffix('社区')}社区"


@cache
def county() -> County:
    """Return the demo county."""
    return County(tuple(_units()))


@cache
def _by_code() -> dict[str, UnitRow]:
    return {unit.code: unit for unit in county().units}


def _units() -> Iterator[UnitRow]:
    data = load(HERE / "county.yaml")
    root = UnitRow(parent="", **data["government"])
    yield root
    for row in data["units"]:
        yield UnitRow(parent=root.code, division=COUNTY_CODE, **row)
    for department, sections in data["sections"].items():
        short = next(row["short"] for row in data["units"] if row["code"] == department)
        for code, (name, name_en) in sections.items():
            yield UnitRow(
                code=f"{department}-{code}",
                name=f"{short}{name}",
                short=name,
                name_en=name_en,
                kind="section",
                parent=department,
                division=COUNTY_CODE,
            )
    for town in divisions():
        if town.level == "town":
            yield from _town(town, data["towns_en"][town.code], data["town_offices"], root.code)
    yield from _villages()


def _town(
    row: DivisionRow, name_en: str, offices: list[dict[str, str]], root: str
) -> Iterator[UnitRow]:
    code = f"T{row.code}"
    yield UnitRow(code, _town_name(row.name), row.name, name_en, "town", root, row.code)
    for office in offices:
        yield UnitRow(
            code=f"{code}-{office['code']}",
            name=f"{row.name}{office['name']}",
            short=office["name"],
            name_en=f"{office['name_en']}, {name_en}",
            kind="section",
            parent=code,
            division=row.code,
        )


def _town_name(name: str) -> str:
    if name.endswith("街道"):
        return f"杞县{name}办事处"
    if name.endswith("园区"):
        return f"杞县{name}管委会"
    return f"杞县{name}人民政府"


def _villages() -> Iterator[UnitRow]:
    for row in divisions():
        if row.level == "village":
            yield UnitRow(
                code=f"V{row.code}",
                name=row.name,
                short=place_name(row),
                name_en="",
                kind="community" if row.name.endswith("居委会") else "village",
                parent=f"T{row.parent}",
                division=row.code,
            )
