"""What the columns of an organisation or a catalogue are called, and the words in their cells."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from daodi.core.exceptions import Refused
from daodi.core.exchange.trial import Line
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from daodi.core.transfer.reading import as_text
from daodi.lib.sheets import NoRows, Table, UnknownSheet, open_table
from daodi.lib.text import clean

MOST_ROWS = 20_000
# The name that we give a sheet, then those of other tables.
UNITS = (gettext_lazy("Units"), "单位", "单位表", "机构")
MEMBERS = (gettext_lazy("Members"), "成员", "人员", "人员表")
LINES = (gettext_lazy("Catalogue"), "派单目录", "目录")
PLACES = (gettext_lazy("Gazetteer"), "地名", "地名库", "地名表")
# The name that we give a column, then those of other tables.
NAMES = {
    "code": (gettext_lazy("Unit code"), "单位代码", "单位编码", "代码", "编码", "code"),
    "unit": (gettext_lazy("Unit"), "单位", "单位名称", "所在单位", "部门", "unit name"),
    "name_en": (gettext_lazy("Name in English"), "英文名称", "英文名", "english name"),
    "kind": (gettext_lazy("Level"), "层级", "单位层级", "单位类型", "类型", "kind"),
    "parent": (gettext_lazy("Unit above"), "上级单位", "上级", "主管单位", "parent", "parent unit"),
    "division": (
        gettext_lazy("Area"),
        "行政区划代码",
        "区域",
        "行政区划",
        "区划",
        "区划代码",
        "division",
    ),
    "active": (gettext_lazy("In use"), "在用", "启用", "是否启用", "active"),
    "account": (gettext_lazy("Account"), "账号", "用户名", "登录名", "username", "user name"),
    "person": (pgettext_lazy("person", "Name"), "姓名", "人员姓名", "person"),
    "post": (gettext_lazy("Post"), "职务", "岗位", "职位", "title"),
    "roles": (gettext_lazy("Roles"), "角色", "权限", "role"),
    "phone": (gettext_lazy("Telephone"), "电话", "联系电话", "手机", "手机号", "电话号码", "phone"),
    "email": (gettext_lazy("E-mail"), "电子邮箱", "邮箱", "邮件", "email", "mail"),
    "number": (gettext_lazy("Number"), "编号", "序号", "no."),
    "category": (gettext_lazy("Category code"), "分类代码", "事项代码", "category"),
    "way": (gettext_lazy("Category"), "分类", "事项", "事项名称", "category name"),
    "lead": (gettext_lazy("Lead unit"), "主办单位", "牵头单位", "责任单位", "lead"),
    "joint": (gettext_lazy("Joint units"), "协办单位", "配合单位", "joint"),
    "basis": (gettext_lazy("Basis"), "派单依据", "依据", "basis"),
    "place": (gettext_lazy("Place name"), "地名", "标准名称", "名称", "小区名称", "place"),
    "aliases": (gettext_lazy("Other names"), "别名", "俗称", "曾用名", "aliases"),
    "sort": (gettext_lazy("Kind of place"), "地名类别", "地名类型", "类别", "sort"),
    "lat": (gettext_lazy("Latitude"), "纬度", "lat"),
    "lon": (gettext_lazy("Longitude"), "经度", "lon", "lng"),
}
UNIT_COLUMNS = ("code", "unit", "name_en", "kind", "parent", "division", "active")
MEMBER_COLUMNS = ("account", "person", "unit", "post", "roles", "phone", "email", "active")
PLACE_COLUMNS = ("place", "aliases", "sort", "division", "lat", "lon", "active")
LINE_COLUMNS = ("number", "category", "way", "division", "lead", "joint", "basis")
YES, NO = ("是", "yes", "true", "1", "√"), ("否", "no", "false", "0", "×")
# What offices say for a level or a role, besides our own word.
KIND_WORDS = {
    "政府": Unit.Kind.GOVERNMENT,
    "部门": Unit.Kind.DEPARTMENT,
    "局": Unit.Kind.DEPARTMENT,
    "乡镇": Unit.Kind.TOWN,
    "街道": Unit.Kind.TOWN,
    "村": Unit.Kind.VILLAGE,
    "社区": Unit.Kind.VILLAGE,
    "科室": Unit.Kind.SECTION,
    "站所": Unit.Kind.SECTION,
    "企业": Unit.Kind.ENTERPRISE,
}
ROLE_WORDS = {
    "受理员": Role.OPERATOR,
    "承办人": Role.HANDLER,
    "经办人": Role.HANDLER,
    "负责人": Role.LEADER,
    "领导": Role.LEADER,
    "督办员": Role.SUPERVISOR,
    "回访员": Role.CALLER,
    "巡查员": Role.INSPECTOR,
    "测评员": Role.INSPECTOR,
    "编辑": Role.EDITOR,
    "管理员": Role.MANAGER,
}
# A cell that shall be empty from now on; one that is empty leaves things as they are.
NOTHING = ("-", "—", "无", "none")


def read_lines(path: Path, *sheets: tuple[object, ...]) -> list[Line]:
    """Return the rows of these sheets, named in either language; else those of the first one."""
    found = [table for sheet in sheets for table in _tables(path, sheet)]
    # A text file has one table, whatever it is asked for.
    tables = [table for table in found if table.sheet] or [open_table(path)]
    lines = [line for table in tables for line in _lines(table)]
    if len(lines) > MOST_ROWS:
        raise Refused(
            _("The table has more than %(limit)s rows. Please split it.") % {"limit": MOST_ROWS}
        )
    return lines


def need(lines: Iterable[Line], *names: str) -> None:
    """Raise Refused unless some line has one of these columns."""
    if not any(name in line.columns for line in lines for name in names):
        wanted = ", ".join(str(NAMES[name][0]) for name in names)
        raise Refused(_("None of these columns was found: %(columns)s.") % {"columns": wanted})


def heads(names: Iterable[str]) -> list[str]:
    return [str(NAMES[name][0]) for name in names]


def kinds() -> dict[str, str]:
    return {**KIND_WORDS, **words_of(Unit.Kind)}


def roles() -> dict[str, str]:
    return {**ROLE_WORDS, **words_of(Role)}


def _tables(path: Path, names: tuple[object, ...]) -> Iterator[Table]:
    for word in (word for name in names for word in _in_all_languages(name)):
        try:
            yield open_table(path, sheet=word)
        except UnknownSheet:
            continue
        except NoRows:
            pass
        return


def _lines(table: Table) -> Iterator[Line]:
    columns = {}
    for column in table.columns:
        field = _fields().get(column.strip().casefold())
        if field and field not in columns:
            columns[field] = column
    for row in table.rows():
        cells = {field: _text(row.cells[column]) for field, column in columns.items()}
        yield Line(table.sheet or "", row.number, cells, columns)


def _text(cell: object) -> str:
    return clean(as_text(cell), lines=False)


@cache
def _fields() -> dict[str, str]:
    """Return the field of each name that a column may have."""
    return {
        word.casefold(): field
        for field, names in NAMES.items()
        for name in names
        for word in _in_all_languages(name)
    }


@cache
def words_of(choices: type[models.TextChoices]) -> dict[str, str]:
    """Return the value of each word for it, in any language."""
    labels = {word: each.value for each in choices for word in _in_all_languages(each.label)}
    return labels | {each.value: each.value for each in choices}


def _in_all_languages(name: object) -> list[str]:
    words = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            words.append(str(name))
    return list(dict.fromkeys(words))
