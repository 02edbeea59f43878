"""Where a request comes from: real towns and villages, invented roads, estates and shops."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from daodi.demo.county import DivisionRow, divisions, place_name
from daodi.demo.phrasebook import HERE, load

CITY = "410221001"
PARK = "410221401"
TRIES = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the office writes it, how people there call it, and its division."""

    kind: str
    code: str
    name: str
    spoken: tuple[str, ...]
    address: str


@cache
def streets() -> dict[str, Any]:
    found: dict[str, Any] = load(HERE / "streets.yaml")
    return found


@cache
def towns() -> dict[str, DivisionRow]:
    """Return the towns outside the county town, by code."""
    return {
        row.code: row for row in divisions() if row.level == "town" and row.code not in (CITY, PARK)
    }


@cache
def _by_code() -> dict[str, DivisionRow]:
    return {row.code: row for row in divisions()}


@cache
def _villages() -> tuple[DivisionRow, ...]:
    return tuple(row for row in divisions() if row.level == "village" and row.parent in towns())


def find_place(
    rng: Random, kinds: Sequence[str], trade: str = "any", *, within: tuple[str, ...] = ("",)
) -> Place:
    """Draw a place of one of these kinds in one of these areas; `trade`: what a shop sells."""
    for _try in range(TRIES):
        kind = rng.choice(kinds)
        place = _shop(rng, trade) if kind == "shop" else _FINDERS.get(kind, _named)(rng, kind)
        if place.code.startswith(within):
            return place
    raise LookupError(f"no {kinds} found in {within}")


def _community(code: str) -> str:
    return f"金城街道{place_name(_by_code()[code])}"


def _road(rng: Random, kind: str) -> Place:
    code = rng.choice(list(streets()["communities"]))
    road = rng.choice(streets()["communities"][code]["roads"])
    spoken = (road, road, f"县城{road}", f"{road}这边")
    return Place(kind, code, road, spoken, f"{_community(code)}{road}")


def _cross(rng: Random, kind: str) -> Place:
    code = rng.choice(list(streets()["communities"]))
    one, other = streets()["communities"][code]["roads"]
    name = f"{one}与{other}交叉口"
    spoken = (name, f"{one}{other}路口", f"{one}和{other}的十字路口")
    return Place(kind, code, name, spoken, f"{_community(code)}{name}")


def _estate(rng: Random, kind: str) -> Place:
    code = rng.choice(list(streets()["communities"]))
    name = rng.choice(streets()["communities"][code]["estates"])
    block = f"{rng.randint(1, 19)}号楼{rng.randint(1, 4)}单元"
    spoken = (name, name, f"我们{name}", "我们小区")
    return Place(kind, code, name, spoken, f"{_community(code)}{name}{block}")


def _village(rng: Random, kind: str) -> Place:
    row = rng.choice(_villages())
    town, name = towns()[row.parent].name, place_name(row)
    called = "我们社区" if name.endswith("社区") else "我们村"
    spoken = (f"{town}{name}", f"{town}{name}", name, f"我们{name}", called)
    address = f"{town}{name}" + (f"{rng.randint(1, 9)}组" if name.endswith("村") else "")
    return Place(kind, row.code, f"{town}{name}", spoken, address)


def _home(rng: Random, kind: str) -> Place:
    home = _village(rng, kind) if rng.random() < 0.6 else _estate(rng, kind)
    return Place(kind, home.code, home.name, home.spoken[:1], home.address)


def _river(rng: Random, kind: str) -> Place:
    row = rng.choice(_villages())
    town, river = towns()[row.parent].name, rng.choice(streets()["rivers"])
    name = f"{river}{place_name(row)}段"
    spoken = (name, f"{town}{name}", f"{place_name(row)}旁边的{river}")
    return Place(kind, row.code, name, spoken, f"{town}{name}")


def _highway(rng: Random, kind: str) -> Place:
    name, code = rng.choice(list(streets()["highways"].items()))
    return Place(kind, code, name, (name,), f"{name}{towns()[code].name}段")


def _firm(rng: Random, kind: str) -> Place:
    code = rng.choice(list(towns()))
    name = rng.choice(streets()["firms"])
    town = towns()[code].name
    return Place(kind, code, name, (name, f"{town}{name}"), f"{town}{name}")


def _clinic(rng: Random, kind: str) -> Place:
    town = towns()[rng.choice(list(towns()))]
    name = f"{town.name}卫生院"
    return Place(kind, town.code, name, (name, "卫生院"), f"{name}")


def _school(rng: Random, kind: str) -> Place:
    if rng.random() < 0.5:
        return _named(rng, kind)
    town = towns()[rng.choice(list(towns()))]
    name = town.name + rng.choice(streets()["town_schools"])
    return Place(kind, town.code, name, (name,), name)


def _market(rng: Random, kind: str) -> Place:
    if rng.random() < 0.7:
        return _named(rng, kind)
    town = towns()[rng.choice(list(towns()))]
    name = f"{town.name}集市"
    return Place(kind, town.code, name, (name,), name)


def _named(rng: Random, kind: str) -> Place:
    """Draw one of the county town's named places."""
    names = streets()["res" if kind == "res" else f"{kind}s"]
    name, code = rng.choice(list(names.items()))
    return Place(kind, code, name, (name,), f"{_community(code)}{name}")


def _shop(rng: Random, trade: str) -> Place:
    code = rng.choice(list(streets()["communities"]))
    road = rng.choice(streets()["communities"][code]["roads"])
    kinds = streets()["shop_trades"][rng.choice(trade.split())]
    name = rng.choice(streets()["shop_names"]) + rng.choice(kinds)
    number = rng.randint(3, 180)
    spoken = (name, f"{road}的{name}", f"{road}上那家{name}")
    return Place("shop", code, name, spoken, f"{_community(code)}{road}{number}号{name}")


_FINDERS: dict[str, Callable[[Random, str], Place]] = {
    "road": _road,
    "cross": _cross,
    "estate": _estate,
    "village": _village,
    "home": _home,
    "river": _river,
    "highway": _highway,
    "firm": _firm,
    "clinic": _clinic,
    "school": _school,
    "market": _market,
}
