"""Load the demo county through the product's own services: units, staff, ledgers, catalogue."""

from collections.abc import Iterator
from random import Random

from django.db import transaction

from daodi.core.clocks.services import install_policies, seed_calendar
from daodi.core.ledgers.catalogue import add_lines
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.ledgers.services import open_another
from daodi.core.people.models import DEMO_PREFIX, Division, Member, Unit
from daodi.core.people.planting import Seedling, plant
from daodi.core.people.roles import Role
from daodi.core.people.services import add_members, add_unit, load_divisions
from daodi.core.wording.models import AnswerTemplate
from daodi.core.wording.services import save_template
from daodi.demo.county import county, divisions
from daodi.demo.dice import dice
from daodi.demo.people import staff
from daodi.demo.sisters import PREFECTURE, QI, Sister
from daodi.demo.stories import leads

Lead = tuple[Category, Division | None, Unit, str]
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
    ("operator", "RXZX", "受理甲"),
    ("handler", "SZZX", "承办乙"),
    ("leader", "SZZX", "负责丙"),
    ("supervisor", "DCS", "督办丁"),
    ("caller", "RXZX", "回访戊"),
    ("inspector", "CGJ", "巡查己"),
    ("editor", "RXZX", "编辑辛"),
    ("manager", "QX", "管理庚"),
)
# What everybody in the county may begin with: name, step, text.
TEMPLATES = (
    ("一般派单", "dispatch", "请按职责办理，24 小时内联系群众，{期限}前书面答复并交单。"),
    ("紧急派单", "dispatch", "情况紧急，请立即到场处置，两小时内反馈初步情况。"),
    ("办结答复", "hand_in",
     "{称呼}：您反映的“{标题}”（{编号}）收悉。经{主办单位}现场核实，现答复如下：\n\n如有疑问，请与我们联系。"),
    ("直接答复", "answer", "{称呼}：您咨询的“{标题}”（{编号}）收悉，现答复如下："),
    ("不予受理", "decline", "{称呼}：您反映的事项不属于本平台受理范围，请向主管机关提出。"),
    ("延期：等待材料", "extend", "所需材料（设备）尚未到位，已订购，到位后即可完成，申请延期。"),
    ("延期：需多方会商", "extend", "事项涉及多个单位，须现场会商后实施，申请延期。"),
    ("延期：天气原因", "extend", "受天气影响暂不具备施工条件，天气好转后立即实施，申请延期。"),
    ("挂账：需列入计划", "suspend", "需要立项和资金安排，已列入年度计划，申请挂账，到期复核。"),
    ("挂账：季节原因", "suspend", "受季节限制目前不能实施，待条件具备后恢复办理，申请挂账。"),
    ("请补充", "ask", "{称呼}：为尽快办理，请补充具体地点、发生时间和照片（如有）。"),
)  # fmt: skip


@transaction.atomic
def load_county(seed: int = 1, sister: Sister = QI, parent: Unit | None = None) -> None:
    """Make a county; nothing of an existing site is touched."""
    seed_calendar()
    install_policies()
    load_divisions(
        (sister.division(row.code), sister.name(row.name), row.level) for row in divisions()
    )
    units = _add_units(sister, parent)
    _add_staff(dice(seed), units, sister)
    opened = [_open(code, units) for code in LEDGERS]
    for ledger in opened:
        if ledger.is_confidential or ledger.residents_file:
            ledger.confidants.set(_confidants(units[CENTRE]))
    add_lines(opened[0], _catalogue(opened[0], units))
    if sister.number < 2:
        _add_templates()


@transaction.atomic
def load_prefecture(seed: int = 1) -> None:
    """Make a prefecture of counties that are all alike, for trying how much a site bears."""
    root = add_unit(code="prefecture", name="示例市人民政府", kind=Unit.Kind.GOVERNMENT)
    for sister in PREFECTURE:
        load_county(seed, sister, root)


def is_loaded(sister: Sister = QI) -> bool:
    return Unit.objects.filter(code=sister.unit(CENTRE)).exists()


def _add_units(sister: Sister, parent: Unit | None) -> dict[str, Unit]:
    """Add the units and return them by the codes that texts know."""
    areas = {area.code: area for area in Division.objects.all()}
    first, *rest = county().units
    seedlings = [
        Seedling(
            code=sister.unit(row.code),
            name=sister.name(row.name),
            name_en=row.name_en,
            kind=KINDS.get(row.kind, row.kind),
            parent="" if row.parent == first.code else sister.unit(row.parent),
            division=areas[sister.division(row.division)],
        )
        for row in rest
    ]
    top = add_unit(
        code=sister.unit(first.code),
        name=sister.name(first.name),
        name_en=first.name_en,
        kind=Unit.Kind.GOVERNMENT,
        parent=parent,
        division=areas[sister.division(first.division)],
    )
    units = [top, *plant(top, seedlings)]
    return {row.code: unit for row, unit in zip((first, *rest), units, strict=True)}


def _add_templates() -> None:
    manager = Member.objects.get(user__username=f"{DEMO_PREFIX}manager")
    site = AnswerTemplate.Scope.SITE
    for name, move, text in TEMPLATES:
        save_template(AnswerTemplate(name=name, move=move, text=text, scope=site), by=manager)


def _add_staff(rng: Random, units: dict[str, Unit], sister: Sister) -> None:
    people = [
        (sister.unit(person.username), person.name, units[person.unit_code], person.roles)
        for person in staff(rng)
    ]
    visitors = [
        (f"{DEMO_PREFIX}{role}", f"体验·{stem}", units[code], [role])
        for role, code, stem in VISITORS
    ]
    add_members([*people, *(visitors if sister.number < 2 else ())])


def _open(code: str, units: dict[str, Unit]) -> Ledger:
    return open_another(code, unit=units[CENTRE], supervising_unit=units[OVERSIGHT])


def _confidants(centre: Unit) -> list[Member]:
    """Name the first operators of the centre, and the visitor who is one."""
    operators = Member.objects.filter(unit=centre).with_role(Role.OPERATOR)
    visitors = operators.filter(user__username__startswith=DEMO_PREFIX)
    return [*operators.order_by("pk")[:3], *visitors]


def _catalogue(ledger: Ledger, units: dict[str, Unit]) -> Iterator[Lead]:
    categories = {category.code: category for category in ledger.categories.all()}
    towns = [unit for unit in units.values() if unit.kind == Unit.Kind.TOWN]
    for code, lead in leads().items():
        if lead == "town":
            for town in towns:
                yield categories[code], town.division, town, "乡镇（街道）履行职责事项清单"
        else:
            yield categories[code], None, units[lead], f"{units[lead].name}主要职责"
