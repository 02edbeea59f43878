"""The section on the whole ledger: how much came in, is done, stands."""

from dataclasses import replace

from django.utils.translation import gettext as _

from daodi.core.figures.counting import Figure, over_time
from daodi.core.figures.formulas import formula
from daodi.core.reports.brief import (
    FEW,
    FLOWS,
    Brief,
    Draft,
    moment_words,
    paragraphs,
    span_words,
)
from daodi.core.reports.models import Report
from daodi.core.reports.sources import cite
from daodi.lib.text import listed
from daodi.lib.windows import Window, periods

THREE = ("response", "completion", "satisfaction")
IN_TIME = ("dispatch_on_time", "accept_on_time", "respond_on_time", "on_time")
STEPS = {
    Report.Kind.WEEKLY: "day",
    Report.Kind.MONTHLY: "week",
    Report.Kind.QUARTERLY: "month",
}


def overview(brief: Brief) -> Draft:
    """How much came in, how much is done, how much stands."""
    if not brief.figure("filed").of and not brief.figure("open").of:
        return Draft(_("Nothing came in, and nothing is open."))
    flow = _(
        "%(span)s: %(filed)s filed, %(answered)s answered, %(cleared)s cleared. At %(at)s, "
        "%(open)s are open, of them %(suspended)s suspended and %(overdue)s overdue."
    ) % {
        "span": span_words(brief.scope.first, brief.scope.last),
        "at": moment_words(brief.at),
        **{name: brief.cited(name) for name in (*FLOWS, "open")},
        **{name: brief.cited(name, "hits") for name in ("suspended", "overdue")},
    }
    told = _rates(brief, THREE, _("Of what was filed in the period: %(rates)s."))
    in_time = _rates(brief, IN_TIME, _("In time: %(rates)s."))
    draft = Draft(paragraphs(flow, told, in_time, _too_few(brief)))
    draft.bars = _course(brief)
    return draft


def _rates(brief: Brief, names: tuple[str, ...], words: str) -> str:
    known = [name for name in names if brief.figure(name).of >= FEW]
    return words % {"rates": listed(_rate(brief, name) for name in known)} if known else ""


def _rate(brief: Brief, name: str) -> str:
    source = brief.source(name)
    return _("%(label)s %(value)s (%(hits)s of %(of)s)") % {
        "label": formula(name).label,
        **{part: cite(source, part) for part in ("value", "hits", "of")},
    }


def _too_few(brief: Brief) -> str:
    """Name the rates that rest on too few cases to be told."""
    small = [
        _("%(label)s %(hits)s of %(of)s")
        % {
            "label": formula(name).label,
            "hits": cite(brief.source(name), "hits"),
            "of": cite(brief.source(name), "of"),
        }
        for name in (*THREE, *IN_TIME)
        if 0 < brief.figure(name).of < FEW
    ]
    if not small:
        return ""
    return _("Fewer than %(few)s cases, no rate is told: %(names)s.") % {
        "names": listed(small),
        "few": FEW,
    }


def _course(brief: Brief) -> list[tuple[str, str]]:
    """Return how much was filed in each day, week or month of the window."""
    step = STEPS.get(Report.Kind(brief.kind))
    if step is None:
        return []
    scope, filed = brief.scope, formula("filed")
    found = over_time(scope, [filed], step)
    counted = {max(start, scope.first): figures[filed.code] for start, figures in found}
    bars = []
    for each in periods(Window(scope.first, scope.last), step):
        label = span_words(each.first, each.last)
        figure = counted.get(each.first, Figure(filed, 0.0, 0))
        part = replace(scope, first=each.first, last=each.last)
        source = brief.sources.figure(figure, part, label)
        bars.append((label, cite(source)))
    return bars
