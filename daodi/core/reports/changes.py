"""The section on what has changed, and what is too little to say."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from daodi.core.figures.counting import Figure
from daodi.core.figures.formulas import formula
from daodi.core.reports.brief import (
    FEW,
    FLOWS,
    Brief,
    Draft,
    day_words,
    joined,
    paragraphs,
    sentences,
    span_words,
)
from daodi.core.reports.sources import cite, percent, whole
from daodi.lib.statistics import counts_differ, differ
from daodi.lib.text import listed

COMPARED = ("response", "completion", "satisfaction", "on_time", "redo")
POINTS = 100
SHORT = {
    "filed": pgettext_lazy("counted in a report", "filed"),
    "answered": pgettext_lazy("counted in a report", "answered"),
    "cleared": pgettext_lazy("counted in a report", "cleared"),
}


def change(brief: Brief) -> Draft:
    """What is more or less than in the period before, and what is too little to say."""
    span = span_words(brief.before.first, brief.before.last)
    if not brief.is_known:
        return Draft(
            _("The ledger was not kept in all of the period before (%(span)s): nothing compared.")
            % {"span": span}
        )
    head = _("Compared with the period before (%(span)s):") % {"span": span}
    counted = joined(_count_change(brief, name) for name in FLOWS)
    said = [name for name in COMPARED if _enough(brief, name)]
    rates = joined(_rate_change(brief, name) for name in said)
    small = [str(formula(name).label) for name in COMPARED if name not in said]
    return Draft(
        paragraphs(
            _("%(head)s %(counts)s.") % {"head": head, "counts": counted},
            _("%(rates)s.") % {"rates": rates} if rates else "",
            sentences(_notable(brief, said), _too_small(small), _fairness(brief)),
        )
    )


def _pair(brief: Brief, name: str) -> tuple[Figure, Figure]:
    code = formula(name).code
    return brief.now[code], brief.then[code]


def _enough(brief: Brief, name: str) -> bool:
    return min(figure.of for figure in _pair(brief, name)) >= FEW


def _count_change(brief: Brief, name: str) -> str:
    now, then = _pair(brief, name)
    values = {
        "label": SHORT[name],
        "now": brief.cited(name),
        "then": cite(brief.sources.figure(then, brief.before)),
    }
    if now.of == then.of:
        return _("%(label)s %(now)s, as many as before") % values
    shows = {"difference": whole(abs(now.of - then.of))}
    if then.of >= FEW:
        shows["growth"] = percent(abs(now.of - then.of) / then.of)
    source = brief.sources.way(now, brief.scope, "change", f"{then.of} → {now.of}", **shows)
    values |= {part: cite(source, part) for part in shows}
    more = now.of > then.of
    if "growth" not in shows:
        words = (
            _("%(label)s %(now)s, %(difference)s more than %(then)s")
            if more
            else _("%(label)s %(now)s, %(difference)s fewer than %(then)s")
        )
    else:
        words = (
            _("%(label)s %(now)s, %(difference)s more than %(then)s (up %(growth)s)")
            if more
            else _("%(label)s %(now)s, %(difference)s fewer than %(then)s (down %(growth)s)")
        )
    return words % values


def _rate_change(brief: Brief, name: str) -> str:
    now, then = _pair(brief, name)
    points = ((now.value or 0) - (then.value or 0)) * POINTS
    values = {
        "label": formula(name).label,
        "now": brief.cited(name),
        "then": cite(brief.sources.figure(then, brief.before)),
    }
    shown = f"{abs(points):.1f}"
    if shown == "0.0":
        return _("%(label)s %(now)s, as before") % values
    was = percent(then.value or 0)
    source = brief.sources.way(
        now, brief.scope, "change", f"{was} → {percent(now.value or 0)}", points=shown
    )
    values["points"] = cite(source, "points")
    words = (
        _("%(label)s %(now)s, %(points)s percentage points above %(then)s")
        if points > 0
        else _("%(label)s %(now)s, %(points)s percentage points below %(then)s")
    )
    return words % values


def _notable(brief: Brief, rates: list[str]) -> str:
    """Name what has changed by more than chance: only that is worth a leader's attention."""
    found = []
    for name in FLOWS:
        now, then = _pair(brief, name)
        if counts_differ(now.of, then.of):
            found.append(str(SHORT[name]))
    for name in rates if brief.is_fair else ():
        now, then = _pair(brief, name)
        if differ(now.hits, now.of, then.hits, then.of):
            found.append(str(formula(name).label))
    if not brief.is_fair:
        return _notable_counts(found)
    if not found:
        return _("None of this goes beyond the usual ups and downs: it shows no trend yet.")
    return _("Beyond the usual ups and downs: %(names)s; the rest is within them.") % {
        "names": listed(found)
    }


def _notable_counts(names: list[str]) -> str:
    """Say it of the numbers only: of rates that are not fairly compared nothing is concluded."""
    if not names:
        return _("The numbers do not go beyond the usual ups and downs: they show no trend yet.")
    return _("Beyond the usual ups and downs in number: %(names)s.") % {"names": listed(names)}


def _too_small(names: list[str]) -> str:
    if not names:
        return ""
    return _("%(names)s: fewer than %(few)s cases in one of the periods, not compared.") % {
        "names": listed(names),
        "few": FEW,
    }


def _fairness(brief: Brief) -> str:
    if brief.is_fair:
        return _("The period before is counted as it was known as long after its end (%(at)s).") % {
            "at": day_words(timezone.localtime(brief.before.as_of)) if brief.before.as_of else ""
        }
    return _(
        "The period before is counted by what is known today: its matters had more time, so that "
        "rates are compared with reserve."
    )
