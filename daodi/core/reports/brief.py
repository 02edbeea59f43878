"""What whoever writes a section has before them, and what a section is when it is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from daodi.core.figures.counting import Figure, Scope, count
from daodi.core.figures.formulas import formula
from daodi.core.figures.models import Fact
from daodi.core.reports.sources import Source, Sources, cite
from daodi.lib.limits import add_months

# With fewer cases than this a share says little, and nothing is compared.
FEW = 10
FLOWS = ("filed", "answered", "cleared")
RATES = (
    "response", "completion", "satisfaction", "on_time", "dispatch_on_time", "accept_on_time",
    "respond_on_time", "redo", "bounce",
)  # fmt: skip
STOCKS = ("open", "suspended", "overdue")
STANDING = [formula(name) for name in STOCKS]
COMPARED = [formula(name) for name in (*FLOWS, *RATES)]


@dataclass(frozen=True, slots=True)
class Brief:
    """A window and the one before it, counted; `sources` takes down each number that is used.

    `stock`: everything up to the moment, for what stands open then. `is_known`: the ledger was kept
    in all of the window before; `is_fair`: that one was counted by what was known as long after its
    end.
    """

    kind: str
    at: datetime
    scope: Scope
    before: Scope
    stock: Scope
    now: dict[str, Figure]
    then: dict[str, Figure]
    sources: Sources
    is_known: bool
    is_fair: bool

    def figure(self, name: str) -> Figure:
        return self.now[formula(name).code]

    def source(self, name: str) -> Source:
        """Return the source of a figure of the whole ledger."""
        scope = self.stock if name in STOCKS else self.scope
        return self.sources.figure(self.figure(name), scope)

    def cited(self, name: str, part: str = "value") -> str:
        return cite(self.source(name), part)


@dataclass(slots=True)
class Draft:
    """A section as the machine writes it. In texts and cells, `126[3]` cites source 3."""

    text: str
    head: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    bars: list[tuple[str, str]] = field(default_factory=list)

    def add(self, *cells: str, matter: str = "") -> None:
        """Add a row to the table; `matter`: the number of the one that it is about."""
        self.rows.append({"cells": list(cells), "matter": matter})

    def table(self) -> dict[str, Any]:
        return {"head": self.head, "rows": self.rows} if self.rows else {}

    def all_texts(self) -> str:
        """Return everything that may cite a source."""
        cells = (cell for row in self.rows for cell in row["cells"])
        return "\n".join([self.text, *cells, *(value for _label, value in self.bars)])


def brief_of(kind: str, scope: Scope, at: datetime, sources: Sources) -> Brief:
    """Count a window, the one before it, and what stands at a moment."""
    before, is_fair = window_before(scope, at)
    stock = replace(scope, last=timezone.localtime(at).date())
    filed = Fact.objects.filter(ledger=scope.ledger)
    first = filed.order_by("filed_on").values_list("filed_on", flat=True).first()
    return Brief(
        kind=kind,
        at=at,
        scope=scope,
        before=before,
        stock=stock,
        now=count(scope, COMPARED) | count(stock, STANDING),
        then=count(before, COMPARED),
        sources=sources,
        is_known=first is not None and first <= before.first,
        is_fair=is_fair,
    )


def window_before(scope: Scope, at: datetime) -> tuple[Scope, bool]:
    """Return the window before this one, as it was known as long after its own end.

    What was known then is kept since the figures began; before that it is what is known now, and
    the comparison is not a fair one: there was more time to answer.
    """
    first, last = days_before(scope.first, scope.last)
    before = replace(scope, first=first, last=last)
    moment = at - (scope.last - last)
    oldest = Fact.objects.filter(ledger=scope.ledger).order_by("pk").values_list("since", flat=True)
    began = oldest.first()
    is_fair = began is not None and began <= moment
    return replace(before, as_of=moment) if is_fair else before, is_fair


def days_before(first: date, last: date) -> tuple[date, date]:
    """Return the span before: whole months before whole months, else as many days."""
    end = first - timedelta(days=1)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        return add_months(first, -months), end
    return first - (last - first) - timedelta(days=1), end


def day_words(day: date) -> str:
    """Return a day without its year, as offices write it."""
    return date_format(day, pgettext("a day", "j F"))


def span_words(first: date, last: date) -> str:
    """Return a span of days without the year; within a month it is named once."""
    if first == last:
        return day_words(first)
    if first.month == last.month and first.year == last.year:
        ends = {
            "month": date_format(first, pgettext("a month", "F")),
            "first": first.day,
            "last": last.day,
        }
        return _("%(first)s to %(last)s %(month)s") % ends
    return _("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)}


def moment_words(moment: datetime) -> str:
    """Return a moment to the minute, without its year."""
    here = timezone.localtime(moment)
    return date_format(here, pgettext("a moment", "j F, H:i"))


def joined(parts: Iterable[str]) -> str:
    """Join parts of a sentence that have commas of their own."""
    return _("; ").join(parts)


def sentences(*parts: str) -> str:
    """Join sentences; empty ones are left out."""
    said = (part if part.endswith("。") else f"{part} " for part in parts if part)
    return "".join(said).strip()


def paragraphs(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
