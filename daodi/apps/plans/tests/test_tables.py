"""Tables as offices write them: read with doubts rather than guesses, written back without loss."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document

from daodi.apps.plans.drafting import add_lines
from daodi.apps.plans.models import Plan
from daodi.apps.plans.tables import excel_of, read_plan, word_of
from daodi.apps.plans.tests.makers import draft_plan, head, task
from daodi.core.exceptions import Refused
from daodi.core.people.models import Unit
from daodi.core.people.services import add_unit
from daodi.lib.sheets import Unreadable

HEADER = ["序号", "重点任务", "具体措施", "目标要求", "责任单位", "责任领导", "完成时限", "备注"]


@pytest.fixture
def plan(operator, manager) -> Plan:
    """A draft in a county whose units have the names of offices."""
    county = manager.unit
    Unit.objects.filter(pk=county.pk).update(name="杞县人民政府", kind="government")
    for code, name, kind in (
        ("CGJ", "杞县城市管理局", "department"),
        ("ZJJ", "杞县住房和城乡建设局", "department"),
        ("T1", "城关镇", "town"),
        ("T2", "五里河镇", "town"),
    ):
        add_unit(code=code, name=name, kind=kind, parent=county)
    return draft_plan(operator)


def everything(plan: Plan) -> list[tuple]:
    """Return all that a plan's lines say."""
    return [
        (
            line.level, line.number, line.title, line.text, line.standard, line.evidence,
            line.lead, list(line.joint.all()), line.units, line.leader, line.handler,
            line.first_day, line.due, line.repeats, line.target, line.measure, line.more,
            [(step.title, step.day) for step in line.steps.all()],
            line.parent.title if line.parent else "",
        )
        for line in plan.lines.for_tree().select_related("parent", "lead")
    ]  # fmt: skip


def read(plan: Plan, path: Path, operator) -> Plan:
    add_lines(plan, read_plan(path, plan), by=operator)
    return plan


def write_oddities(path: Path) -> None:
    """Write the table of a campaign as it was sent round."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.merge_range("A1:H1", "城市管理百日攻坚行动任务分解表")
    sheet.write_row("A2", HEADER)
    sheet.merge_range("A3:H3", "一、基础设施提升")
    sheet.merge_range("B4:B5", "（一）背街小巷整治")
    sheet.write_row("A4", [1])
    rows = [
        [
            "1.整治背街小巷123条",
            "路平灯亮",
            "牵头单位：城管局；配合单位：住建局、各乡镇（街道）",
            "张某某",
            "4月底前",
            "含老城区",
        ],
        ["2.  施划停车泊位", "", "城管局、住房和城乡建设局", "", "每季度", ""],
    ]
    for number, cells in enumerate(rows):
        sheet.write_row(3 + number, 2, cells)
    sheet.write_row("A5", [2])
    sheet.write_row("A6", ["二", "秩序提升"])
    sheet.write_row("A7", [3, "", "3.规范经营", "无占道", "城管局和住建局", "", "长期坚持", ""])
    sheet.write_row("A8", [4, "", "拆除违建", "", "某某公司", "", "尽快", ""])
    book.close()


def test_an_excel_table_with_every_oddity(plan, operator, tmp_path) -> None:
    path = tmp_path / "方案.xlsx"
    write_oddities(path)
    read(plan, path, operator)
    lines = {line.title: line for line in plan.lines.for_tree()}
    assert [(line.level, line.number, line.title) for line in lines.values()] == [
        (1, "一、", "基础设施提升"), (2, "（一）", "背街小巷整治"), (3, "1.", "整治背街小巷123条"),
        (3, "2.", "施划停车泊位"), (1, "二、", "秩序提升"), (3, "3.", "规范经营"),
        (3, "4", "拆除违建"),
    ]  # fmt: skip
    lanes = lines["整治背街小巷123条"]
    assert (str(lanes.lead), lanes.due, lanes.leader) == (
        "杞县城市管理局", date(2026, 4, 30), "张某某",
    )  # fmt: skip
    assert [str(unit) for unit in lanes.joint.all()] == [
        "杞县住房和城乡建设局",
        "城关镇",
        "五里河镇",
    ]
    assert (lanes.more, lanes.doubts) == ({"备注": "含老城区"}, [])
    parking = lines["施划停车泊位"]
    assert (parking.repeats, [str(unit) for unit in parking.joint.all()]) == (
        "quarter", ["杞县住房和城乡建设局"],
    )  # fmt: skip
    assert lines["规范经营"].repeats == "always"
    assert len(lines["拆除违建"].doubts) == 2
    assert lines["拆除违建"].units == "某某公司"
    assert lines["拆除违建"].due_words == "尽快"


def test_rows_that_go_on_are_steps_or_doubts(plan, operator, tmp_path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["具体任务", "牵头单位", "完成时限", "时间节点"])
    sheet.merge_range("A2:A4", "整治背街小巷")
    sheet.write_row("B2", ["城管局", "6月底前", "3月底前，完成摸排"])
    sheet.write_row("B3", ["城管局", "6月底前", "5月15日前完成施工"])
    sheet.write_row("B5", ["住建局", "", ""])
    sheet.write_row("D4", ["6月底前全部验收"])
    book.close()
    read(plan, path, operator)
    (line,) = plan.lines.for_tree()
    assert [(step.title, step.day) for step in line.steps.all()] == [
        ("3月底前，完成摸排", date(2026, 3, 31)),
        ("5月15日前完成施工", date(2026, 5, 15)),
        ("6月底前全部验收", date(2026, 6, 30)),
    ]
    assert (line.more, len(line.doubts)) == ({"牵头单位（续）": "住建局"}, 1)


def test_a_word_document_with_headings_and_tables(plan, operator, tmp_path) -> None:
    path = tmp_path / "plan.docx"
    document = Document()
    document.add_paragraph("杞县城市提升方案")
    for heading, tasks in (("一、基础设施", ["修路", "装灯"]), ("二、秩序", ["划线"])):
        document.add_paragraph(heading)
        table = document.add_table(rows=1 + len(tasks), cols=4)
        for cell, name in zip(table.rows[0].cells, [*HEADER[2:5], "完成时限"], strict=True):
            cell.text = name
        for row, title in zip(table.rows[1:], tasks, strict=True):
            for cell, words in zip(row.cells, (title, "完成", "城管局", "5月底前"), strict=True):
                cell.text = words
    merged = document.tables[0]
    merged.cell(1, 2).merge(merged.cell(2, 2)).text = "住建局"
    document.save(path)
    read(plan, path, operator)
    assert [(line.level, line.title, str(line.lead or "")) for line in plan.lines.for_tree()] == [
        (1, "基础设施", ""), (3, "修路", "杞县住房和城乡建设局"),
        (3, "装灯", "杞县住房和城乡建设局"),
        (1, "秩序", ""), (3, "划线", "杞县城市管理局"),
    ]  # fmt: skip


@pytest.mark.parametrize("write", [excel_of, word_of])
def test_what_is_written_is_read_as_the_same_plan(plan, operator, tmp_path, write) -> None:
    bureau, homes = (Unit.objects.get(code=code) for code in ("CGJ", "ZJJ"))
    steps = [("3月底前，摸排", date(2026, 3, 31)), ("全部完工", None)]
    lines = [
        head("基础设施"), head("背街小巷", 2),
        task("整治", number="1.", lead=bureau, steps=steps, target=Decimal(123), measure="条",
             due=date(2026, 4, 30), due_words="4月底前", more={"备注": "老城区\n先行"}),
        task("停车", lead=homes, due=None, due_words="每季度", repeats="quarter", text="内容",
             first_day=date(2026, 3, 9), leader="张某", handler="李某", units="牵头单位：住建局"),
        head("秩序"), task("=规范", lead=bureau, evidence="照片", repeats="always"), head("文明"),
    ]  # fmt: skip
    add_lines(plan, lines, by=operator)
    plan.lines.get(title="停车").joint.set([bureau])
    path = tmp_path / "plan"
    path.write_bytes(write(plan))
    again = read(draft_plan(operator), path, operator)
    before = [(*row[:8], row[8] or _written(row), *row[9:]) for row in everything(plan)]
    assert everything(again) == before
    assert not again.lines.doubtful().exists()


def _written(row: tuple) -> str:
    """Where no words of the plan were kept, the names of the units are the words."""
    names = [
        "、".join(str(unit) for unit in units) for units in ([row[6]] if row[6] else [], row[7])
    ]
    return "；".join(filter(None, names))


def test_what_is_too_long_for_its_place_is_kept_beside_it(plan, operator, tmp_path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["序号", "具体任务", "责任单位", "完成时限", "目标数"])
    cells = ["序" * 30, "任" * 400, "某某公司" * 200, "尽快" * 300, "约百余处"]
    sheet.write_row("A2", cells)
    book.close()
    read(plan, path, operator)
    (line,) = plan.lines.for_tree()
    everywhere = {line.text, *line.more.values()}
    assert set(cells) <= everywhere
    assert len(line.doubts) == 5


def test_what_is_no_plan_is_refused(plan, tmp_path) -> None:
    path = tmp_path / "other.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["姓名", "电话"])
    sheet.write_row("A2", ["张三", "1"])
    book.close()
    with pytest.raises(Refused, match="No column says"):
        read_plan(path, plan)
    document = Document()
    document.add_paragraph("一、没有表格")
    document.save(tmp_path / "other.docx")
    with pytest.raises(Refused, match="no table"):
        read_plan(tmp_path / "other.docx", plan)
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(Unreadable):
        read_plan(tmp_path / "broken.docx", plan)


Rows = list[list[str]]
# Name; merged cells as first row, first column, last row, last column; rows.
HEADS: dict[str, tuple[list[tuple[int, int, int, int]], Rows]] = {
    "one row": ([], [["序号", "具体任务", "牵头单位", "配合单位", "完成时限"]]),
    "two rows": (
        [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)],
        [["序号", "具体任务", "责任分工", "", "完成时限"], ["", "", "牵头单位", "配合单位", ""]],
    ),
    "two rows below a title": (
        [(0, 0, 0, 4), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4)],
        [
            ["杞县百日攻坚任务分解表", "", "", "", ""],
            ["序号", "具体任务", "责任分工", "", "完成时限"],
            ["", "", "牵头单位", "配合单位", ""],
        ],
    ),
    "groups that tell nothing": (
        [(0, 0, 0, 1), (0, 2, 0, 4)],
        [["任务", "", "落实", "", ""], ["序号", "名称", "牵头单位", "配合单位", "完成时限"]],
    ),
    "a general word below": (
        [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)],
        [["序号", "任务", "责任", "", "时限"], ["", "", "牵头单位", "配合单位", ""]],
    ),
    "spaced out": (
        [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)],
        [["序 号", "具体任务", "责任分工", "", "完成\n时限"], ["", "", "牵头单位", "配合单位", ""]],
    ),
}
ENTRIES = [
    ["1", "整治背街小巷", "城管局", "住建局", "4月底前"],
    ["2", "施划停车泊位", "住建局", "各乡镇（街道）", "每季度"],
]


def write_excel(path: Path, merged: list[tuple[int, int, int, int]], rows: Rows) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for place, cells in enumerate(rows):
        for column, words in enumerate(cells):
            if words:
                sheet.write(place, column, words)
    for top, left, bottom, right in merged:
        sheet.merge_range(top, left, bottom, right, rows[top][left])
    book.close()


def write_document(path: Path, merged: list[tuple[int, int, int, int]], rows: Rows) -> None:
    document = Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for place, cells in enumerate(rows):
        for column, words in enumerate(cells):
            if words:
                table.cell(place, column).text = words
    for top, left, bottom, right in merged:
        table.cell(top, left).merge(table.cell(bottom, right)).text = rows[top][left]
    document.save(path)


@pytest.mark.parametrize("write", [write_excel, write_document])
@pytest.mark.parametrize("name", HEADS)
def test_names_in_several_rows_are_read_like_names_in_one(
    plan, operator, tmp_path, name, write
) -> None:
    merged, rows = HEADS[name]
    path = tmp_path / "plan"
    write(path, merged, [*rows, *ENTRIES])
    lines = read_plan(path, plan)
    assert [
        (new.line.number, new.line.title, str(new.line.lead), len(new.joint), new.line.more)
        for new in lines
    ] == [
        ("1", "整治背街小巷", "杞县城市管理局", 1, {}),
        ("2", "施划停车泊位", "杞县住房和城乡建设局", 2, {}),
    ]
    assert [(new.line.due, new.line.repeats, new.line.doubts) for new in lines] == [
        (date(2026, 4, 30), "", []), (None, "quarter", []),
    ]  # fmt: skip


@pytest.mark.parametrize("write", [write_excel, write_document])
def test_columns_of_quarters_keep_their_words(plan, operator, tmp_path, write) -> None:
    """Groups with the same names below are told apart, and written back under both."""
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]
    rows = [
        ["具体任务", "牵头单位", "一季度", "", "二季度", ""],
        ["", "", "目标", "进展", "目标", "进展"],
        ["整治背街小巷", "城管局", "40 条", "38 条", "83 条", "未开始"],
    ]
    path = tmp_path / "plan"
    write(path, merged, rows)
    read(plan, path, operator)
    more = {
        "一季度·目标": "40 条", "一季度·进展": "38 条", "二季度·目标": "83 条",
        "二季度·进展": "未开始",
    }  # fmt: skip
    assert plan.lines.get().more == more
    for again in (excel_of, word_of):
        path.write_bytes(again(plan))
        assert read(draft_plan(operator), path, operator).lines.get().more == more


def test_a_word_table_with_a_short_row_loses_nothing(plan, operator, tmp_path) -> None:
    path = tmp_path / "plan.docx"
    names = ["具体任务", "牵头单位", "完成时限"]
    write_document(path, [], [names, ["修路", "城管局", "5月底前"], ["装灯", "住建局", ""]])
    document = Document(path)
    last = document.element.body.tbl_lst[0].tr_lst[2].tc_lst[2]
    last.getparent().remove(last)
    document.save(path)
    read(plan, path, operator)
    assert [(line.title, line.due) for line in plan.lines.order_by("place")] == [
        ("修路", date(2026, 5, 31)), ("装灯", None),
    ]  # fmt: skip
