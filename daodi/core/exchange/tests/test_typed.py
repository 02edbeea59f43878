"""Requests that were typed into a table while there was no network."""

import openpyxl
import pytest
from django.utils.translation import override

from daodi.core.exceptions import Refused
from daodi.core.exchange.tests.makers import book
from daodi.core.exchange.typed import (
    COLUMNS,
    left_of,
    read_typed,
    take_typed,
    write_left_rows,
    write_template,
)
from daodi.core.history.models import Event
from daodi.core.history.verify import verify_matters
from daodi.core.ledgers.kinds import Channel
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.transfer.columns import by_name, match_columns
from tests.makers import DAY, NOON, make_ledger

HEADS = ["来电时间", "来电人", "联系电话", "标题", "诉求内容"]
CALL = ["2026-03-02 09:30", "张三", "13900000001", "路灯不亮", "村口的路灯坏了三天。"]
EMPTY = ["2026-03-02 09:40", "李四", "13900000002", "", ""]
FIELDS = {
    "filed_at", "name", "phone", "title", "text", "kind", "category", "address", "division",
}  # fmt: skip


@pytest.fixture
def lines(db, tmp_path):
    return read_typed(book(tmp_path / "calls.xlsx", 电话=[HEADS, CALL, EMPTY]), make_ledger())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_import_knows_every_column_of_the_template(db, tmp_path, language) -> None:
    path, ledger = tmp_path / "template.xlsx", make_ledger()
    with override(language):
        write_template(path, ledger)
    heads = [cell.value for cell in openpyxl.load_workbook(path).active[1]]
    assert len(heads) == len(COLUMNS)
    assert by_name(heads).keys() == FIELDS
    assert match_columns(ledger, heads).rest == ()


def test_a_call_is_filed_as_one_by_telephone_by_who_took_it(operator, lines) -> None:
    done = take_typed(lines, make_ledger(), source="calls.xlsx", by=operator, now=NOON)
    assert (done.taken, [*done.refused]) == (1, [3])
    matter = Matter.objects.get()
    assert (matter.channel, matter.title, matter.state) == (Channel.PHONE, "路灯不亮", "received")
    assert matter.filed_at < NOON
    event = Event.objects.get()
    assert (event.name, event.side, event.by, event.unit) == (
        "file", Side.OPERATOR, operator, operator.unit,
    )  # fmt: skip
    assert event.data["source"] == "calls.xlsx"
    assert not [fault for _matter, faults in verify_matters() for fault in faults]


def test_a_trial_files_nothing_and_twice_is_once(operator, lines) -> None:
    how = {"source": "calls.xlsx", "by": operator, "now": NOON}
    tried = take_typed(lines, make_ledger(), dry_run=True, **how)
    assert (tried.taken, Matter.objects.count()) == (1, 0)
    take_typed(lines, make_ledger(), **how)
    again = take_typed(lines, make_ledger(), **how)
    assert (again.taken, again.doubled, Matter.objects.count()) == (0, 1, 1)


def test_refused_rows_come_back_and_can_be_mended(operator, lines, tmp_path) -> None:
    how = {"source": "calls.xlsx", "by": operator, "now": NOON + DAY}
    ledger, path = make_ledger(), tmp_path / "left.xlsx"
    left = left_of(lines, take_typed(lines, ledger, **how))
    write_left_rows(path, left)
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[1]] == [*HEADS, "why"]
    assert sheet["B2"].value == "李四"
    assert "in a few words" in sheet["F2"].value
    sheet["E2"] = "停水两天了。"
    sheet.parent.save(path)
    mended = take_typed(read_typed(path, ledger), ledger, **how)
    assert (mended.taken, mended.refused) == (1, {})


def test_what_is_no_table_of_calls_is_refused(db, tmp_path) -> None:
    path = book(tmp_path / "a.xlsx", 表=[["天气", "温度"], ["晴", "20"]])
    with pytest.raises(Refused, match="No column says what the calls are about"):
        read_typed(path, make_ledger())
