"""A report on the page: every number a link to what it was counted from."""

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from daodi.core.figures.formulas import FORMULAS
from daodi.core.reports.models import Report, Section
from daodi.core.reports.sources import CITED, Source, by_number, plain, whole

Shown = dict[str, Any]
PERCENT = 100


def show_sections(report: Report) -> list[Shown]:
    """Return the sections in pieces: words, and numbers with their links."""
    sections = list(report.sections.all())
    sources = by_number(section.figures for section in sections)
    return [_show_section(section, sources) for section in sections]


def _show_section(section: Section, sources: dict[int, Source]) -> Shown:
    table = section.data["table"]
    return {
        "section": section,
        "kind": section.kind,
        "heading": section.heading,
        "is_edited": section.edited_at is not None,
        "paragraphs": [
            pieces(line, sources, section.kind) for line in section.text.splitlines() if line
        ],
        "head": table.get("head", []),
        "rows": [_row(row, sources, section.kind) for row in table.get("rows", [])],
        "bars": _bars(section, sources),
    }


def _row(row: Shown, sources: dict[int, Source], kind: str) -> Shown:
    url = reverse("desk:matter", args=[row["matter"]]) if row["matter"] else ""
    first, *rest = row["cells"]
    return {"url": url, "first": first, "cells": [pieces(cell, sources, kind) for cell in rest]}


def pieces(text: str, sources: dict[int, Source], kind: str) -> list[Shown]:
    """Cut a text at its numbers; each has its link and says how it was counted."""
    found: list[Shown] = []
    end = 0
    for cited in CITED.finditer(text):
        found.append({"text": text[end : cited.start()], "url": "", "wrong": False})
        source = sources.get(int(cited["source"]))
        part = source.part_of(cited["number"]) if source else ""
        found.append(
            {
                "text": cited["number"],
                "url": source_url(source, kind, hits=part == "hits") if source else "",
                "title": source_words(source) if source else "",
                "wrong": not part,
            }
        )
        end = cited.end()
    found.append({"text": text[end:], "url": "", "wrong": False})
    return [piece for piece in found if piece["text"]]


def source_url(source: Source, kind: str, *, hits: bool) -> str:
    """Return the address of the matters behind a number.

    What was counted from the rows of its section, or added up from them, leads to these.
    """
    if not source.formula or source.way.startswith("sum"):
        return f"#{kind}"
    words = {
        "ledger": source.ledger,
        "first": source.first,
        "last": source.last,
        "unit": source.unit or "",
        "category": source.category or "",
        "town": source.town,
        "as_of": source.as_of,
        "formula": source.formula,
        "hits": "1" if hits else "0",
    }
    return list_url({name: str(value) for name, value in words.items() if value != ""})


def list_url(words: dict[str, str]) -> str:
    """Return the address of the list behind a figure; empty on a site that has no such page."""
    try:
        return f"{reverse('desk:figures_list')}?{urlencode(words)}"
    except NoReverseMatch:
        return ""


def source_words(source: Source) -> str:
    """Say in one line what a number is made of."""
    name = f"{source.label} · {source.of_what}" if source.of_what else source.label
    formula = FORMULAS.get(source.formula)
    if formula is None:
        return name
    made = f"{whole(source.hits)}/{source.of}" if formula.is_rate else str(source.of)
    return _("%(name)s: %(made)s, formula %(code)s") % {
        "name": name,
        "made": made,
        "code": formula.code,
    }


def _bars(section: Section, sources: dict[int, Source]) -> list[Shown]:
    values = [float(plain(value)) for _label, value in section.data["bars"]]
    most = max(values, default=0) or 1
    return [
        {
            "label": label,
            "pieces": pieces(shown, sources, section.kind),
            "share": round(value / most * PERCENT),
        }
        for (label, shown), value in zip(section.data["bars"], values, strict=True)
    ]


def show_row(report: Report) -> Shown:
    """Return a report as the list has it."""
    number = _("Issue %(number)s of %(year)s") % {"number": report.number, "year": report.year}
    return {
        "report": report,
        "url": reverse("desk:report", args=[report.pk]),
        "number": "" if report.is_draft else number,
        "tone": "amber" if report.is_draft else "green",
        "icon": "edit" if report.is_draft else "circle-check",
    }


def facts_of(report: Report) -> list[tuple[str, object]]:
    """Return what stands beside a report."""
    pairs = [
        (_("Ledger"), report.ledger),
        (_("Red head"), report.masthead),
        (_("Document number"), report.reference),
        (_("To"), report.addressee),
        (_("Signed for by"), report.signatory),
        (_("Copies to"), report.copies),
        (_("Issued by"), report.issued_by),
    ]
    return [(label, value) for label, value in pairs if value]
