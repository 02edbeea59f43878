"""Which column is which field."""

import pytest

from daodi.core.exceptions import Refused
from daodi.core.transfer.columns import NAMES, match_columns, remember
from daodi.core.transfer.models import ColumnMap
from tests.makers import make_ledger


@pytest.fixture
def ledger(db):
    return make_ledger()


def test_no_name_stands_for_two_fields() -> None:
    names = [name for each in NAMES.values() for name in each]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        (
            ["点赞数", "留言详情", "留言编号", "留言用户", "留言时间", "留言主题"],
            {"text": "留言详情", "id": "留言编号", "name": "留言用户", "filed_at": "留言时间",
             "title": "留言主题"},
        ),
        (
            ["工单编号", "标题", "主要内容", "来电人", "电话", "回复内容", "办结时间", "类型"],
            {"id": "工单编号", "title": "标题", "text": "主要内容", "name": "来电人",
             "phone": "电话", "answer": "回复内容", "answered_at": "办结时间", "kind": "类型"},
        ),
        (
            ["Case ID", "SUBJECT", "Description", "received_at", "Reply", "replied at"],
            {"id": "Case ID", "title": "SUBJECT", "text": "Description",
             "filed_at": "received_at", "answer": "Reply", "answered_at": "replied at"},
        ),
        (
            ["内容（必填）", "一级", "二级", "三级", "编号", "受理编号"],
            {"text": "内容（必填）", "category_1": "一级", "category_2": "二级",
             "category_3": "三级", "id": "受理编号"},
        ),
    ],
)  # fmt: skip
def test_by_name(ledger, columns, fields) -> None:
    matching = match_columns(ledger, columns)
    assert matching.fields == fields
    assert set(matching.rest) == set(columns) - set(fields.values())


def test_what_was_told_is_remembered_for_these_columns_in_any_order(ledger) -> None:
    columns = ["事情", "编号", "备注"]
    told = match_columns(ledger, columns, {"text": "事情", "address": "备注"})
    remember(ledger, columns, told)
    assert match_columns(ledger, ["备注", "编号", "事情", "为什么"]).fields == told.fields
    with pytest.raises(Refused):
        match_columns(ledger, ["事情", "编号"])
    with pytest.raises(Refused):
        match_columns(make_ledger("other"), columns)


def test_told_comes_before_remembered(ledger) -> None:
    columns = ["内容", "事情", "标题"]
    remember(ledger, columns, match_columns(ledger, columns))
    told = match_columns(ledger, columns, {"内容": "事情", "title": ""})
    assert (told.fields, told.rest) == ({"text": "事情"}, ("内容", "标题"))
    remember(ledger, columns, told)
    assert match_columns(ledger, columns).fields == {"text": "事情"}
    assert ColumnMap.objects.count() == 1


def test_a_column_is_one_field_only(ledger) -> None:
    matching = match_columns(ledger, ["内容", "标题"], {"address": "标题"})
    assert matching.fields == {"text": "内容", "address": "标题"}


def test_a_table_of_very_many_columns_is_remembered(ledger) -> None:
    columns = ["内容", *(f"第{number}个很长很长的列名" for number in range(400))]
    remember(ledger, columns, match_columns(ledger, columns))
    assert ColumnMap.objects.get().columns == columns


@pytest.mark.parametrize(
    ("columns", "told", "why"),
    [
        (["甲", "乙"], {}, "The columns are: 甲, 乙. Say which one it is, such as --map text=甲"),
        (["内容"], {"title": "丙"}, "There is no column “丙”. The columns are: 内容"),
        (["内容"], {"colour": "内容"}, "There is no field “colour”. The fields are: id, name"),
    ],
)
def test_says_what_is_missing(ledger, columns, told, why) -> None:
    with pytest.raises(Refused, match=why):
        match_columns(ledger, columns, told)
