"""Load the demo county through the product's own services: units, staff, ledgers, catalogue."""

from collections.abc import Iterator
from random import Random
from typing import Any

import yaml
from django.db import transaction

from daodi.core.clocks.services import install_policies, seed_calendar
from daodi.core.ledgers.catalogue import add_lines
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.ledgers.services import PRESETS, open_preset
from daodi.core.people.models import DEMO_PREFIX, Division, Member, Unit
from daodi.core.people.services import add_members, add_unit, load_divisions
from daodi.core.wording.models import AnswerTemplate
from daodi.core.wording.services import save_template
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
# What everybody in the county may begin with: name, step, text.
TEMPLATES = (
    ("一般派单", "dispatch", "请按职责办理，24 小时内联系群众，{due}前书面答复并交单。"),
    ("紧急派单", "dispatch", "情况紧急，请立即到场处置，两小时内反馈初步情况。"),
    ("办结答复", "hand_in",
     "{resident}：您反映的“{title}”（{number}）收悉。经{unit}现场核实，现答复如下：\n\n如有疑问，请与我们联系。"),
    ("直接答复", "answer", "{resident}：您咨询的“{title}”（{number}）收悉，现答复如下："),
    ("不予受理", "decline", "{resident}：您反映的事项不属于本平台受理范围，请向主管机关提出。"),
    ("请补充", "ask", "{resident}：为尽快办理，请补充具体地点、发生时间和照片（如有）。"),
)  # fmt: skip


@transaction.atomic
def load_county(seed: int = 1) -> None:
    """Make the county, unless it is there; nothing of an existing site is touched."""
    seed_calendar()
    install_policies()
    load_divisions((row.code, row.name, row.level) for row in divisions())
    units = _add_units()
    _add_staff(Random(seed), units)
    for code in LEDGERS:
        open_preset(code, unit=units[CENTRE], supervising_unit=units[OVERSIGHT])
    helpline = Ledger.objects.get(code="helpline")
    helpline.confidants.set(
        Member.objects.filter(unit=units[CENTRE], roles__contains=["operator"])[:3]
    )
    _add_catalogue(Ledger.objects.get(code="appeals"), units)
    _add_templates()


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
    add_lines(ledger, _lines(ledger, _leaves(scheme), units))


def _lines(
    ledger: Ledger, leaves: list[dict[str, Any]], units: dict[str, Unit]
) -> Iterator[tuple[Category, Division | None, Unit, str]]:
    categories = {category.code: category for category in ledger.categories.all()}
    towns = [unit for unit in units.values() if unit.kind == Unit.Kind.TOWN]
    for leaf in leaves:
        category = categories[leaf["code"]]
        if leaf["lead"] != "town":
            lead = units[leaf["lead"]]
            yield category, None, lead, f"{lead.name}主要职责"
            continue
        for town in towns:
            yield category, town.division, town, "乡镇（街道）履行职责事项清单"


def _add_templates() -> None:
    manager = Member.objects.get(user__username=f"{DEMO_PREFIX}manager")
    site = AnswerTemplate.Scope.SITE
    for name, move, text in TEMPLATES:
        save_template(AnswerTemplate(name=name, move=move, text=text, scope=site), by=manager)


def _leaves(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        leaf for node in nodes for leaf in (_leaves(node["below"]) if "below" in node else [node])
    ]
