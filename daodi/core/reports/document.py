"""A report on paper: in the layout of official documents, with where its figures come from."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from daodi.core.figures.formulas import FORMULAS
from daodi.core.reports.models import Report, Section
from daodi.core.reports.sources import Source, by_number, cited_in, plain, whole
from daodi.lib.documents.fonts import FontSet
from daodi.lib.documents.official import (
    Block,
    Heading,
    Official,
    Paragraph,
    Picture,
    Table,
)
from daodi.lib.documents.paper import draw_bars
from daodi.lib.text import listed

Pictures = dict[str, bytes]
# The columns of lists: of a matter, its number and title are wider than what else is said.
WIDTHS = {Section.Kind.UNITS: (2.8, 1.1, 1.9, 1.9, 1.9, 1.3)}
MATTER_WIDTHS = (2.9, 3.2, 2.4, 1.7, 1.6)
# A title longer than a line breaks before what stands in its brackets.
TITLE_LINE = 18


def document_of(report: Report, fonts: FontSet) -> tuple[Official, Pictures]:
    """Return what stands on the paper, in the site's language, and the charts for it."""
    with translation.override(settings.LANGUAGE_CODE):
        sections = list(report.sections.all())
        blocks: list[Block] = []
        pictures: Pictures = {}
        for section in sections:
            blocks += _section(section, pictures, fonts)
        return _frame(report, blocks, _appendix(report, sections)), pictures


def _frame(report: Report, blocks: list[Block], appendix: list[Block]) -> Official:
    issued = timezone.localtime(report.issued_at).date() if report.issued_at else None
    day = _day(issued) if issued else ""
    number = _("Issue %(number)s of %(year)s") % {"number": report.number, "year": report.year}
    title = report.title
    if len(title) > TITLE_LINE:
        title = title.replace("（", "\n（")
    return Official(
        title=title,
        blocks=blocks,
        appendix=appendix,
        appendix_title=_("Figures and where they come from"),
        masthead=report.masthead if issued else "",
        reference=(report.reference or number) if issued else "",
        addressee=_("%(units)s:") % {"units": report.addressee} if report.addressee else "",
        signatory=report.signatory,
        date=day or _day(timezone.localtime(report.as_of).date()),
        copies=_("Copies to: %(units)s") % {"units": report.copies} if report.copies else "",
        printed=(str(report.issuing_unit), _("Issued on %(day)s") % {"day": day})
        if issued
        else ("", ""),
        mark="" if issued else _("(draft)"),
        language=str(translation.get_language() or "")[:2],
    )


def _section(section: Section, pictures: Pictures, fonts: FontSet) -> list[Block]:
    blocks: list[Block] = [Heading(section.heading)]
    blocks += [Paragraph(line) for line in plain(section.text).splitlines() if line]
    bars, table = section.data["bars"], section.data["table"]
    if bars:
        name = f"{section.kind}.png"
        upright = section.kind == Section.Kind.OVERVIEW
        values = [(label, float(plain(value))) for label, value in bars]
        pictures[name] = draw_bars(values, fonts=fonts, upright=upright)
        blocks.append(Picture(name, _("Matters filed (number)")))
    # What the bars show need not stand below them once more.
    if table:
        blocks.append(_table(section, table))
    return blocks


def _table(section: Section, table: dict[str, Any]) -> Table:
    rows = [[plain(cell) for cell in row["cells"]] for row in table["rows"]]
    is_list = any(row["matter"] for row in table["rows"])
    columns = len(table["head"])
    widths = MATTER_WIDTHS[:columns] if is_list else WIDTHS.get(Section.Kind(section.kind), ())
    return Table(table["head"], rows, widths)


def _appendix(report: Report, sections: list[Section]) -> list[Block]:
    """Say of each number in the texts what it was counted from, and how."""
    known = by_number(section.figures for section in sections)
    numbers = dict.fromkeys(each for section in sections for each in sorted(cited_in(section.text)))
    cited = [known[number] for number in numbers if number in known]
    used = {source.formula for source in known.values()}
    if not cited:
        return []
    moment = date_format(
        timezone.localtime(report.as_of), pgettext("a moment of a year", "j F Y, H:i")
    )
    words = _("All figures are counted by what was known on %(moment)s, ledger “%(ledger)s”.") % {
        "moment": moment,
        "ledger": report.ledger,
    }
    head = [_("No."), _("Figure"), _("Value"), _("Numerator"), _("Denominator"), _("Days"),
            _("Formula")]  # fmt: skip
    rows = [_row(index, each) for index, each in enumerate(cited, 1)]
    return [
        Paragraph(words),
        Table(head, rows, (0.9, 3.9, 2, 1.1, 1.1, 2.2, 2.4)),
        Paragraph(_("How they are counted")),
        Table([_("Formula"), _("Name"), _("What it counts"), _("After")], _formulas(used),
              (2.6, 2, 4.6, 3.4)),
    ]  # fmt: skip


def _row(index: int, source: Source) -> list[str]:
    is_rate = bool(source.formula) and FORMULAS[source.formula].is_rate
    name = source.label
    if source.of_what:
        name = _("%(name)s (%(of_what)s)") % {"name": name, "of_what": source.of_what}
    values = source.shows if source.way else {"value": source.shows["value"]}
    days = "–"
    if source.is_stock:
        days = _("at the moment")
    elif source.formula:
        days = _days(date.fromisoformat(source.first), date.fromisoformat(source.last))
    shown: list[str] = sorted(dict.fromkeys(values.values()), key=_is_share)
    return [
        str(index),
        name,
        # Counts first, then shares of them.
        listed(shown),
        whole(source.hits) if is_rate else "–",
        str(source.of),
        days,
        source.formula or _("the list in the text"),
    ]


def _is_share(shown: str) -> bool:
    return shown.endswith("%")


def _days(first: date, last: date) -> str:
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d}—{last:%m-%d}"


def _formulas(codes: set[str]) -> list[list[str]]:
    used = [formula for code, formula in FORMULAS.items() if code in codes]
    return [[each.code, str(each.label), str(each.means), each.source] for each in used]


def _day(day: date) -> str:
    return date_format(day, pgettext("a day of a year", "j F Y"))
