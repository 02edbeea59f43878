"""Plans in files: read from Excel and Word, and written back without loss."""

from collections.abc import Iterator
from io import BytesIO
from itertools import takewhile
from pathlib import Path

from django.utils.translation import gettext as _

from daodi.apps.plans.columns import understand
from daodi.apps.plans.drafting import NewLine
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.querysets import HEAD, ITEM, TASK
from daodi.apps.plans.reading import Reader, headings, split_number
from daodi.core.exceptions import Refused
from daodi.lib.due import Within, read_due
from daodi.lib.sheets import open_table, write_table
from daodi.lib.storeys import goes_on, join_names
from daodi.lib.word import Grid, is_word, read_word, write_grid

REPEATS = {"month": "每月", "quarter": "每季度", "year": "每年", "always": "长期坚持"}
TITLES = {HEAD: "重点工作", ITEM: "工作事项", TASK: "具体任务"}
FEWEST_COLUMNS = 3


def read_plan(path: Path, plan: Plan) -> list[NewLine]:
    """Return the lines that a file has; raise Refused or Unreadable, saying why it has none."""
    reader = Reader(plan)
    if is_word(path):
        _read_word(path, reader)
    else:
        table = open_table(path, joins_names=True)
        reader.table(table.columns, (row.cells for row in table.rows()))
    return reader.lines


def _read_word(path: Path, reader: Reader) -> None:
    """Take the headings and the tables; a table without names goes on with the one before."""
    names: list[str] = []
    for block in read_word(path):
        if not isinstance(block, Grid):
            _read_heading(block, reader)
            continue
        rows = _even(block.rows)
        # One cell over the whole width: the title of the table.
        titles = list(takewhile(lambda row: len(set(row)) == 1, rows))
        own, rest = _named(rows[len(titles) :])
        if len(own) < FEWEST_COLUMNS:
            continue
        if len(names) == len(own) and not understand(own).have_tasks:
            rest = rows
        else:
            names = own
            for title in titles:
                _read_heading(title[0], reader)
        reader.table(names, (dict(zip(names, row, strict=True)) for row in rest))
    if not names:
        raise Refused(_("There is no table with tasks in this document."))


def _read_heading(words: str, reader: Reader) -> None:
    for heading in headings([words]):
        reader.heading(heading)


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Return rows of one length: some are shorter, where cells are missing at their ends."""
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _named(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, from as many rows as they stand in, and the rows below."""
    last = 1
    while last < len(rows) and (goes_on(rows[last - 1], rows[last]) or rows[last] == rows[0]):
        last += 1
    return join_names(rows[:last]), rows[last:]


def excel_of(plan: Plan) -> bytes:
    """Write a plan as a workbook that `read_plan` reads as the same plan."""
    columns, rows = table_of(plan)
    target = BytesIO()
    write_table(target, columns, rows, title=plan.title)
    return target.getvalue()


def word_of(plan: Plan) -> bytes:
    """Write a plan as a Word document that `read_plan` reads as the same plan."""
    columns, rows = table_of(plan)
    target = BytesIO()
    write_grid(target, plan.title, columns, rows)
    return target.getvalue()


def table_of(plan: Plan) -> tuple[list[str], list[list[str]]]:
    """Return a plan as a table of texts: a row a task, beside the head and item it belongs to."""
    rows = list(_rows(plan))
    used = dict.fromkeys(name for row in rows for name, words in row.items() if words)
    first = [name for name in ("序号", *TITLES.values()) if name in used or name != "序号"]
    columns = [*first, *(name for name in used if name not in first)]
    return columns, [[row.get(name, "") for name in columns] for row in rows]


def _rows(plan: Plan) -> Iterator[dict[str, str]]:
    above: dict[int, str] = {}
    waiting = False
    for line in plan.lines.for_tree():
        if waiting and line.level <= max(above, default=0):
            yield {TITLES[level]: words for level, words in above.items()}
        if line.level == TASK:
            titles = {TITLES[level]: words for level, words in above.items()}
            yield titles | _cells(plan, line)
            waiting = False
        else:
            above = {level: words for level, words in above.items() if level < line.level}
            above[line.level] = line.number + line.title
            waiting = True
    if waiting:
        yield {TITLES[level]: words for level, words in above.items()}


def _cells(plan: Plan, line: Line) -> dict[str, str]:
    whole = line.number + line.title
    together = split_number(whole) == (line.number, line.title)
    due = _due(plan, line)
    implied = read_due(due, Within(plan.first_day, plan.last_day)).first
    begins = line.first_day if line.first_day != implied else None
    return {
        "序号": "" if together else line.number,
        TITLES[TASK]: whole if together else line.title,
        "任务内容": line.text,
        "完成标准": line.standard,
        "牵头单位": line.lead.name if line.lead else "",
        "配合单位": "、".join(unit.name for unit in line.joint.all()),
        "责任单位原文": line.units,
        "责任领导": line.leader,
        "责任人": line.handler,
        "开始时间": f"{begins:%Y-%m-%d}" if begins else "",
        "完成时限": due,
        "节点": "\n".join(step.title for step in line.steps.all()),
        "目标数": f"{line.target.normalize():f}" if line.target else "",
        "计量单位": line.measure,
        "佐证材料": line.evidence,
        **line.more,
    }


def _due(plan: Plan, line: Line) -> str:
    """Return the words of the plan if they still say when it is due, else the day itself."""
    found = read_due(line.due_words, Within(plan.first_day, plan.last_day))
    if line.due_words and (found.day, found.repeats) == (line.due, line.repeats):
        return line.due_words
    day = f"{line.due:%Y-%m-%d}" if line.due else ""
    return "，".join(filter(None, (day, REPEATS.get(line.repeats, ""))))
