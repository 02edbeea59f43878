"""Which column of a table is which field of a matter: by name, as remembered, or as told."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.ledgers.models import Ledger
from daodi.core.transfer.models import ColumnMap

# What the columns are called in the files of hotlines and message boards, likeliest first.
NAMES: dict[str, tuple[str, ...]] = {
    "id": (
        "留言编号", "工单编号", "受理编号", "工单号", "诉求编号", "事项编号", "信件编号", "编号",
        "id", "number", "case number", "case id", "source id", "reference",
    ),
    "name": (
        "留言用户", "来电人", "来电人姓名", "姓名", "联系人", "联系人姓名", "反映人", "诉求人",
        "网民昵称", "用户", "name", "caller", "contact", "resident", "user",
    ),
    "phone": (
        "电话", "手机", "联系电话", "手机号", "手机号码", "电话号码", "联系方式", "来电号码",
        "phone", "mobile", "telephone", "phone number", "tel",
    ),
    "title": (
        "留言主题", "标题", "主题", "工单标题", "诉求标题", "留言标题", "事项名称",
        "title", "subject", "topic",
    ),
    "text": (
        "留言详情", "主要内容", "诉求内容", "留言内容", "反映内容", "工单内容", "问题描述", "详情",
        "内容", "text", "content", "details", "description", "message", "body",
    ),
    "filed_at": (
        "留言时间", "受理时间", "来电时间", "反映时间", "登记时间", "提交时间", "诉求时间",
        "创建时间", "留言日期", "受理日期", "日期", "时间", "filed at", "received at",
        "submitted at", "created at", "time", "date",
    ),
    "answer": (
        "答复意见", "答复内容", "回复内容", "办理结果", "回复意见", "公开答复内容", "处理结果",
        "答复", "回复", "answer", "reply", "response", "resolution", "result",
    ),
    "answered_at": (
        "答复时间", "回复时间", "办结时间", "答复日期", "回复日期", "办结日期",
        "answered at", "replied at", "closed at", "resolved at",
    ),
    "category": ("分类", "问题分类", "诉求分类", "内容分类", "类别", "category"),
    "category_1": (
        "一级标签", "一级分类", "一级", "一级类别", "category 1", "level 1", "first level",
    ),
    "category_2": (
        "二级标签", "二级分类", "二级", "二级类别", "category 2", "level 2", "second level",
    ),
    "category_3": (
        "三级标签", "三级分类", "三级", "三级类别", "category 3", "level 3", "third level",
    ),
    "kind": ("诉求类型", "工单类型", "留言类型", "类型", "kind", "type"),
    "address": (
        "地址", "地点", "事发地址", "事发地点", "诉求地址", "详细地址", "address", "location",
        "place",
    ),
    "division": (
        "行政区划", "所属街镇", "所属乡镇", "所属区域", "街镇", "乡镇", "区划", "division",
        "district", "area", "town",
    ),
    "unit": (
        "承办单位", "办理单位", "责任单位", "主办单位", "答复单位", "回复单位", "unit",
        "department", "agency",
    ),
}  # fmt: skip
CATEGORY = ["category", "category_1", "category_2", "category_3"]
# What our own list of refused rows adds; it is not read back.
WHY = ("为什么", "why")

_ASIDE = re.compile(r"[(（\[【].*?[)）\]】]")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Matching:
    """The column of each field that was found, and the columns that are no field."""

    fields: dict[str, str]
    rest: tuple[str, ...]


def match_columns(
    ledger: Ledger, columns: Sequence[str], told: Mapping[str, str] | None = None
) -> Matching:
    """Match columns to fields: `told` comes before what was remembered, and that before names.

    `told` may give an empty column, for a field that shall not be read. Raise Refused, with the
    columns found, when neither text nor title is among them.
    """
    columns = own_columns(columns)
    remembered = ColumnMap.objects.filter(ledger=ledger, signature=_signature(columns)).first()
    fields = dict(remembered.fields) if remembered else by_name(columns)
    for name, column in (told or {}).items():
        field = _field(name)
        if column and column not in columns:
            raise Refused(
                _("There is no column “%(column)s”. The columns are: %(columns)s.")
                % {"column": column, "columns": ", ".join(columns)}
            )
        fields = {key: value for key, value in fields.items() if column != value and key != field}
        if column:
            fields[field] = column
    if not {"text", "title"} & fields.keys():
        raise Refused(
            _(
                "No column holds the text or the title of a filing. The columns are: %(columns)s. "
                "Say which one it is, such as --map text=%(first)s."
            )
            % {"columns": ", ".join(columns), "first": columns[0]}
        )
    return Matching(fields, tuple(name for name in columns if name not in fields.values()))


def remember(ledger: Ledger, columns: Sequence[str], matching: Matching) -> None:
    """Keep how these columns were matched, for the next file that has the same ones."""
    columns = own_columns(columns)
    ColumnMap.objects.update_or_create(
        ledger=ledger,
        signature=_signature(columns),
        defaults={"columns": columns, "fields": matching.fields},
    )


def own_columns(columns: Sequence[str]) -> list[str]:
    """Leave out the column in which we said why a row was refused."""
    return [name for name in columns if name.casefold() not in WHY]


def _signature(columns: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(columns)).encode()).hexdigest()


def by_name(columns: Sequence[str]) -> dict[str, str]:
    """Return the column of each field whose name tells it."""
    plain = {_plain(column): column for column in reversed(columns)}
    found = {}
    for field, names in NAMES.items():
        column = next((plain[key] for key in map(_plain, names) if key in plain), None)
        if column:
            found[field] = column
    return found


def _field(name: str) -> str:
    """Return the field that is called so, in code or as a column would be."""
    wanted = _plain(name)
    for field, names in NAMES.items():
        if wanted in {_plain(field), *map(_plain, names)}:
            return field
    raise Refused(
        _("There is no field “%(name)s”. The fields are: %(fields)s.")
        % {"name": name, "fields": ", ".join(NAMES)}
    )


def _plain(name: str) -> str:
    """Forget case, width, spaces, marks and what stands in brackets."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return _MARKS.sub("", _ASIDE.sub("", text))
