"""Write the sections of a report: which ones, in which order, from which figures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from daodi.core.figures.counting import Scope, count
from daodi.core.figures.formulas import FORMULAS
from daodi.core.figures.models import Fact
from daodi.core.ledgers.models import Category
from daodi.core.people.models import Unit
from daodi.core.reports import changes, groups, lists, overview, repeats, units
from daodi.core.reports.brief import Brief, Draft, brief_of
from daodi.core.reports.models import Report, Section
from daodi.core.reports.sources import (
    Source,
    Sources,
    by_number,
    cited_in,
    replaced,
    source_of,
)

Part = Section.Kind
WRITERS: dict[str, Callable[[Brief], Draft]] = {
    Part.OVERVIEW: overview.overview,
    Part.CHANGE: changes.change,
    Part.UNITS: units.units,
    Part.CATEGORIES: groups.categories,
    Part.TOWNS: groups.towns,
    Part.OVERDUE: lists.overdue,
    Part.ORDERS: lists.orders,
    Part.SUSPENDED: lists.suspended,
    Part.REPEATED: repeats.repeated,
    Part.UNSATISFIED: repeats.unsatisfied,
    Part.OUTLOOK: lists.outlook,
}
# A day is too short for shares of units and for what has grown.
DAILY = (Part.OVERVIEW, Part.OVERDUE, Part.ORDERS, Part.UNSATISFIED, Part.OUTLOOK)
WEEKLY = tuple(part for part in WRITERS if part != Part.TOWNS)
PARTS: dict[str, tuple[str, ...]] = {
    Report.Kind.DAILY: DAILY,
    Report.Kind.WEEKLY: WEEKLY,
    Report.Kind.MONTHLY: tuple(WRITERS),
    Report.Kind.QUARTERLY: tuple(WRITERS),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A section as it is stored."""

    kind: str
    text: str
    figures: list[Source]
    table: dict[str, Any]
    bars: list[tuple[str, str]]

    @property
    def data(self) -> dict[str, Any]:
        figures = [figure.as_data() for figure in self.figures]
        return {"figures": figures, "table": self.table, "bars": self.bars}


def compose(report: Report, old: Iterable[Section] = ()) -> list[Written]:
    """Write all sections by the figures as of the report's moment.

    Sources keep the numbers that they had in the `old` sections. What people wrote there is
    counted along, even where the machine would not say it any more.
    """
    sections = {section.kind: section for section in old}
    known = by_number(section.figures for section in sections.values())
    sources = Sources(known.values())
    brief = brief_of(report.kind, scope_of(report), report.as_of, sources)
    written = []
    for kind in list(sections) or _parts(report):
        draft = WRITERS[kind](brief)
        cited = cited_in(draft.all_texts())
        figures = {number: sources.found[number] for number in sorted(cited)}
        if kind in sections:
            figures |= _kept(sections[kind], known, brief)
        in_order = [figure for _number, figure in sorted(figures.items())]
        written.append(Written(kind, draft.text, in_order, draft.table(), draft.bars))
    return written


def _parts(report: Report) -> list[str]:
    """Return what a report has: nothing on residents or towns where the ledger knows of none."""
    known = Fact.objects.current().filter(ledger=report.ledger)
    left_out = set()
    if not report.ledger.residents_file and not known.exclude(satisfied="").exists():
        left_out.add(Part.UNSATISFIED)
    if not known.exclude(town="").exists():
        left_out.add(Part.TOWNS)
    return [kind for kind in PARTS[report.kind] if kind not in left_out]


def scope_of(report: Report) -> Scope:
    return Scope(report.ledger, report.first, report.last, as_of=report.as_of)


def renewed(text: str, before: Mapping[int, Source], after: Mapping[int, Source]) -> str:
    """Put the numbers of the sources as they are now into a text that cites them as they were.

    A number that was none of its source's stays: whoever wrote it is told before it is issued.
    """

    def put(shown: str, number: int) -> str:
        part = before[number].part_of(shown) if number in before else ""
        if part and number in after:
            shown = after[number].shows.get(part, shown)
        return f"{shown}[{number}]"

    return replaced(text, put)


def _kept(section: Section, known: dict[int, Source], brief: Brief) -> dict[int, Source]:
    """Return what a person's text cites, counted again where the machine has not done it."""
    cited = cited_in(section.edited) & known.keys()
    found = brief.sources.found
    return {each: found.get(each) or _counted_again(known[each], brief) for each in cited}


def _counted_again(source: Source, brief: Brief) -> Source:
    """Count a plain figure again; what was worked out stays as it was, with its moment."""
    if not source.formula or source.way:
        return source
    formula = FORMULAS[source.formula]
    last = brief.stock.last if source.is_stock else date.fromisoformat(source.last)
    scope = replace(
        brief.scope,
        first=date.fromisoformat(source.first),
        last=last,
        unit=Unit.objects.get(pk=source.unit) if source.unit else None,
        category=Category.objects.get(pk=source.category) if source.category else None,
        town=source.town,
    )
    made = source_of(count(scope, [formula])[formula.code], scope, source.of_what)
    made.number = source.number
    return made
