"""Load the demo county through the product's own services: units, staff, ledgers, catalogue."""

from random import Random
from typing import Any

import yaml
from django.db import transaction

from daodi.core.clocks.services import install_policies, seed_calendar
from daodi.core.ledgers.catalogue import add_line
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.services import PRESETS, open_preset
from daodi.core.people.models import DEMO_PREFIX, Division, Member, Unit
from daodi.core.people.services import add_members, add_unit, load_divisions
from daodi.demo.county import county, divisions
from daodi.demo.people import staff

CENTRE, OVERSIGHT = "RXZX", "DCS"
KINDS = {
    "centre": Unit.Kind.DEPARTMENT,
    "office": Unit.Kind.DEPARTMENT,
    "institution": Unit.Kind.DEPARTMENT,
    "utility": Unit.Kind.ENTERPRISE,
    "community": Unit.Kind.VILLAGE,
}
LEDGERS = ("appeals", "helpline", "tasks", "rectification")
# Whom a visitor may be: a unit and a role of the county.
VISITORS = (
    ("operator", "RXZX"),
    ("handler", "SZZX"),
    ("leader", "SZZX"),
    ("supervisor", "DCS"),
    ("caller", "RXZX"),
    ("inspector", "CGJ"),
    ("editor", "RXZX"),
    ("manager", "QX"),
)


@transaction.atomic
def load_county(seed: int = 1) -> None:
    """Make the county, unless it is there; nothing of an existing site is touched."""
    seed_calendar()
    install_policies()
    load_divisions((row.code, row.name, row.level) for row in divisions())
    units = _add_units()
    _add_staff(Random(seed), units)  # noqa: S311 -- made-up people, not secrets
    for code in LEDGERS:
        open_preset(code, unit=units[CENTRE], supervising_unit=units[OVERSIGHT])
    helpline = Ledger.objects.get(code="helpline")
    helpline.confidants.set(
        Member.objects.filter(unit=units[CENTRE], roles__contains=["operator"])[:3]
    )
    _add_catalogue(Ledger.objects.get(code="appeals"), units)


def is_loaded() -> bool:
    return Unit.objects.filter(code=CENTRE).exists()


def _add_units() -> dict[str, Unit]:
    areas = {area.code: area for area in Division.objects.all()}
    units: dict[str, Unit] = {}
    for row in county().units:
        units[row.code] = add_unit(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            kind=KINDS.get(row.kind, row.kind),
            parent=units.get(row.parent),
            division=areas.get(row.division),
        )
    return {unit.code: unit for unit in Unit.objects.all()}


def _add_staff(rng: Random, units: dict[str, Unit]) -> None:
    people = [(p.username, p.name, units[p.unit_code], p.roles) for p in staff(rng)]
    visitors = [
        (f"{DEMO_PREFIX}{role}", f"体验·{_stem(role)}", units[code], [role])
        for role, code in VISITORS
    ]
    add_members([*people, *visitors])


def _stem(role: str) -> str:
    names = {
        "operator": "受理甲", "handler": "承办乙", "leader": "负责丙", "supervisor": "督办丁",
        "caller": "回访戊", "inspector": "巡查己", "manager": "管理庚", "editor": "编辑辛",
    }  # fmt: skip
    return names[role]


def _add_catalogue(ledger: Ledger, units: dict[str, Unit]) -> None:
    scheme = yaml.safe_load((PRESETS / "categories-appeals.yaml").read_text(encoding="utf-8"))
    categories = {category.code: category for category in ledger.categories.all()}
    towns = [unit for unit in units.values() if unit.kind == Unit.Kind.TOWN]
    for leaf in _leaves(scheme):
        category = categories[leaf["code"]]
        if leaf["lead"] != "town":
            lead = units[leaf["lead"]]
            add_line(ledger, category=category, lead=lead, basis=f"{lead.name}主要职责")
            continue
        for town in towns:
            basis = "乡镇（街道）履行职责事项清单"
            add_line(ledger, category=category, area=town.division, lead=town, basis=basis)


def _leaves(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        leaf for node in nodes for leaf in (_leaves(node["below"]) if "below" in node else [node])
    ]
