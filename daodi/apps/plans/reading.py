"""Lines of a plan out of a table as offices write it. Nothing is dropped: what is not understood
stays with its line and is a doubt for a person to settle.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from daodi.apps.plans.columns import Columns, understand
from daodi.apps.plans.drafting import NewLine
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.naming import Register
from daodi.apps.plans.querysets import HEAD, ITEM, TASK
from daodi.apps.plans.steps import steps_in
from daodi.core.exceptions import Refused
from daodi.core.people.models import Unit
from daodi.lib.due import Within, read_due

Cells = Mapping[str, object]
_NUMBERED = re.compile(
    r"(第?[一二三四五六七八九十]+[、章.．]|[(（][一二三四五六七八九十]+[)）]|"
    r"\d{1,3}(?:\.\d{1,3})*[.、．](?!\d)|[(（]\d{1,3}[)）])\s*(?=\S)"
)
_AMOUNT = re.compile(r"([\d,，.]+)\s*(\D{0,20})")
_TOP, _SECOND = (
    re.compile("第?[一二三四五六七八九十]+[、章.．]"),
    re.compile("[(（][一二三四五六七八九十]"),
)
_BARE_NUMBER = re.compile("[一二三四五六七八九十]{1,3}|[(（][一二三四五六七八九十]{1,3}[)）]")
LONGEST_TITLE, LONGEST_NUMBER, LONGEST_WORDS, LONGEST_STEP = 300, 20, 100, 200
LONGEST_UNITS, LONGEST_MEASURE = 400, 20
PAIR = 2


@dataclass(slots=True)
class Reader:
    """Takes the rows of one or several tables, and headings between them, in their order."""

    plan: Plan
    register: Register = field(default_factory=Register)
    lines: list[NewLine] = field(default_factory=list)
    _above: dict[int, str] = field(default_factory=dict)

    def heading(self, words: str) -> None:
        """Take a line of words on its own: the head or item of what follows."""
        number, title = split_number(words)
        self._open(ITEM if _SECOND.match(number) else HEAD, number, title)

    def table(self, names: list[str], rows: Iterable[Cells]) -> None:
        """Take the rows of a table; raise Refused when no column says what is to be done."""
        columns = understand(names)
        if not columns.have_tasks:
            raise Refused(
                _("No column says what is to be done. Please name one of them %(name)s.")
                % {"name": "具体任务"}
            )
        before: dict[str, str] = {}
        for row in rows:
            cells = {name: said(value) for name, value in row.items()}
            if heading := _heading(cells, columns):
                self.heading(heading)
            elif before and self._is_more_of(cells, before, columns):
                self._continue(cells, before, columns)
            else:
                self._task(cells, row, columns)
                before = cells

    def _task(self, cells: dict[str, str], row: Cells, columns: Columns) -> None:
        levels = (HEAD, ITEM, TASK)[-len(columns.titles) :]
        for level, name in zip(levels[:-1], columns.titles[:-1], strict=True):
            if cells[name]:
                self._open(level, *split_number(cells[name]))
        title = cells[columns.titles[-1]]
        if not title:
            if any(cells[name] for name in (*columns.meaning, *columns.others)):
                self._unplaced(cells)
            return
        number, rest = split_number(title)
        number = number or cells.get(columns.of("number"), "")
        line = Line(level=TASK, number=number[:LONGEST_NUMBER], title=rest[:LONGEST_TITLE])
        if len(rest) > LONGEST_TITLE:
            line.text = rest
        if len(number) > LONGEST_NUMBER:
            line.more["序号（原文）"] = number
        new = _Filled(self.plan, line, self.register).fill(cells, row, columns)
        self.lines.append(new)

    def _open(self, level: int, number: str, title: str) -> None:
        words = number + title
        if self._above.get(level) != words:
            self._above = {each: said for each, said in self._above.items() if each < level}
            self._above[level] = words
            line = Line(level=level, number=number[:LONGEST_NUMBER], title=title[:LONGEST_TITLE])
            line.text = title if len(title) > LONGEST_TITLE else ""
            self.lines.append(NewLine(line))

    def _is_more_of(self, cells: dict[str, str], before: dict[str, str], columns: Columns) -> bool:
        """Say whether a row goes on with the task before: without a task, or with its next step."""
        kept = [name for name, meaning in columns.meaning.items() if meaning != "steps"]
        if cells[columns.titles[-1]]:
            kept += columns.titles
            return bool(columns.of("steps")) and all(cells[n] in {before[n], ""} for n in kept)
        return bool(self.lines) and any(cells[name] for name in kept + columns.others)

    def _continue(self, cells: dict[str, str], before: dict[str, str], columns: Columns) -> None:
        new, line = self.lines[-1], self.lines[-1].line
        for name, words in cells.items():
            if not words or words == before[name] or name in columns.titles:
                continue
            if columns.meaning.get(name) == "steps":
                steps = [*new.steps, *steps_in(words, self.plan)]
                self.lines[-1] = new = NewLine(line, new.joint, steps)
            elif columns.meaning.get(name) != "number":
                key = name if name in columns.others else f"{name}（续）"
                line.more[key] = "\n".join(filter(None, (line.more.get(key, ""), words)))
                line.doubts.append(_("A further row says: %(words)s") % {"words": words[:200]})

    def _unplaced(self, cells: dict[str, str]) -> None:
        """Keep a row without a task as a task in doubt."""
        line = Line(level=TASK, title=_("(no title)"), more={k: v for k, v in cells.items() if v})
        line.doubts = [_("This row says nothing of what is to be done.")]
        self.lines.append(NewLine(line))


@dataclass(slots=True)
class _Filled:
    """A task while its cells are read."""

    plan: Plan
    line: Line
    register: Register

    def fill(self, cells: dict[str, str], row: Cells, columns: Columns) -> NewLine:
        line = self.line
        given = {meaning: cells[name] for name, meaning in columns.meaning.items()}
        for name in ("text", "standard", "evidence"):
            setattr(line, name, "\n".join(filter(None, (getattr(line, name), given.get(name)))))
        for name in ("leader", "handler"):
            self._short(name, given.get(name, ""), LONGEST_WORDS)
        self._time(row.get(columns.of("due")), row.get(columns.of("first_day")))
        self._amount(given.get("target", ""), given.get("measure", ""))
        joint = self._units(given)
        steps = given.get("steps", "")
        if any(len(step) > LONGEST_STEP for step in steps.splitlines()):
            line.more[f"{columns.of('steps')}（原文）"] = steps
            self._doubt(_("%(what)s was cut short."), what=_("Nodes"))
        line.more |= {name: cells[name] for name in columns.others if cells[name]}
        return NewLine(line, joint, steps_in(steps, self.plan))

    def _short(self, name: str, words: str, most: int) -> None:
        setattr(self.line, name, words[:most])
        if len(words) > most:
            self.line.more[f"{Line.label_of(name)}（原文）"] = words
            self._doubt(_("%(what)s was cut short."), what=Line.label_of(name))

    def _time(self, due: object, first: object) -> None:
        within = Within(self.plan.first_day, self.plan.last_day)
        found, begin = read_due(due, within), read_due(first, within)
        self.line.due, self.line.repeats = found.day, found.repeats
        self.line.first_day = begin.day or found.first
        for doubt in filter(None, (found.doubt, begin.doubt)):
            self._doubt("%(doubt)s", doubt=doubt)
        if not isinstance(due, date):
            self._short("due_words", said(due), LONGEST_WORDS)
        if begin.doubt and begin.day is None:
            self.line.more["开始时间（原文）"] = said(first)

    def _amount(self, words: str, measure: str) -> None:
        if not words:
            return
        found = _AMOUNT.fullmatch(words)
        try:
            number = Decimal(found[1].replace(",", "").replace("，", "")) if found else Decimal(0)
        except InvalidOperation:
            number = Decimal(0)
        if number > 0 and found:
            self.line.target = number
            self._short("measure", measure or found[2].strip(), LONGEST_MEASURE)
        else:
            self.line.more["目标数（原文）"] = words
            self._doubt(_("“%(words)s” is no number of something."), words=words)

    def _units(self, given: Mapping[str, str]) -> list[Unit]:
        """Find the units of all columns that name some."""
        main = self.register.named(given.get("lead", ""))
        mixed = self.register.named(given.get("both", ""), leads=main.lead is None)
        joint = self.register.named(given.get("joint", ""), leads=False)
        main.add([unit for unit in (mixed.lead,) if unit], leads=True)
        main.add([*mixed.joint, *joint.joint], leads=False)
        self.line.lead = main.lead
        written = [given.get(name, "") for name in ("lead", "both", "joint")]
        units = given.get("units") or "；".join(filter(None, written))
        self._short("units", units, LONGEST_UNITS)
        for word in (*main.unknown, *mixed.unknown, *joint.unknown):
            self._doubt(_("“%(word)s” is no unit that is known here."), word=word)
        return main.joint

    def _doubt(self, sentence: str, **values: str) -> None:
        self.line.doubts.append((sentence % values)[:300])


def split_number(words: str) -> tuple[str, str]:
    """Divide 一、… or （三）… or 5.… into its number and its words."""
    found = _NUMBERED.match(words)
    return (found[1], words[found.end() :]) if found else ("", words)


def said(value: object) -> str:
    """Return what a cell says as a person reads it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value).strip()


def _heading(cells: Mapping[str, str], columns: Columns) -> str:
    """Return the words of a row that is one heading over all columns; empty: it is none."""
    filled = [name for name, words in cells.items() if words]
    told = list(dict.fromkeys(cells[name] for name in filled))
    if len(told) == 1:
        # Merged over all columns, or in the first one with nothing beside it.
        outside = filled[0] == next(iter(cells)) and filled[0] not in columns.titles
        return told[0] if len(filled) > 1 or outside else ""
    number = cells.get(columns.of("number"), "").rstrip("、.")
    if len(told) == PAIR and _BARE_NUMBER.fullmatch(number):
        title = next(words for words in reversed(told) if words.rstrip("、.") != number)
        return number + ("" if number[0] in "(（" else "、") + title
    return ""


def headings(blocks: Iterable[str]) -> Iterator[str]:
    """Keep the paragraphs that count: the others are the document's own words."""
    return (block for block in blocks if _TOP.match(block) or _SECOND.match(block))
