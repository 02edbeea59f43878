"""Figures in words, and the way to the matters behind each."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.figures.comparing import FEW, Change, Direction, change
from daodi.core.figures.counting import Figure, Scope, age_of_open
from daodi.core.figures.formulas import FORMULAS, Basis, Formula, formula

Shown = dict[str, Any]
PERCENT = 100
ARROWS = {Direction.UP: "↑", Direction.DOWN: "↓", Direction.SAME: "→", Direction.FEW: ""}
BASES = {
    Basis.FILED: gettext_lazy("by the day of filing"),
    Basis.ANSWERED: gettext_lazy("by the day of the first answer"),
    Basis.CLEARED: gettext_lazy("by the day of clearing"),
    Basis.STOCK: gettext_lazy("as it stands, of all that was filed by the last day"),
}
# The table of figures, under headings; each figure once.
GROUPS = (
    (gettext_lazy("How much there is"), ("filed", "answered", "cleared", "open")),
    (
        gettext_lazy("In time"),
        ("dispatch_on_time", "accept_on_time", "respond_on_time", "on_time", "within_7",
         "within_30", "overdue", "suspended"),
    ),
    (gettext_lazy("The three rates of the counties"), ("response", "completion", "satisfaction")),
    (gettext_lazy("Beijing's three rates"), ("bj_response", "bj_solved", "bj_satisfied")),
    (gettext_lazy("How well"), ("first_time", "judged", "bounce", "redo")),
)  # fmt: skip
# How old what is open is, at most, in the order of the page.
AGES = {
    "q1": gettext_lazy("A quarter at most"),
    "median": gettext_lazy("Half at most"),
    "q3": gettext_lazy("Three quarters at most"),
    "p90": gettext_lazy("Nine tenths at most"),
}
OLDEST = "oldest"


def scope_words(scope: Scope) -> dict[str, str]:
    """Return a scope as the addresses of figures have it."""
    words: dict[str, object] = {
        "ledger": scope.ledger.code,
        "first": scope.first.isoformat(),
        "last": scope.last.isoformat(),
        "unit": scope.unit.pk if scope.unit else "",
        "category": scope.category.pk if scope.category else "",
        "town": scope.town,
        "as_of": scope.as_of.isoformat() if scope.as_of else "",
    }
    return {name: str(value) for name, value in words.items() if value}


def figures_url(name: str, scope: Scope, *args: str, **more: str) -> str:
    """Return the address of a page of figures, such as "figures", for a scope."""
    return f"{reverse(f'desk:{name}', args=args)}?{urlencode(scope_words(scope) | more)}"


def list_url(scope: Scope, formula: Formula, *, hits: bool = True) -> str:
    """Return the address of the matters that a figure counts: its hits, or all of its cases."""
    return figures_url("figures_list", scope, formula=formula.code, hits="1" if hits else "0")


def number(value: float) -> str:
    """Write a count; one that was counted in part has a decimal."""
    rounded = round(float(value), 1)
    return number_format(rounded, 0 if rounded.is_integer() else 1, force_grouping=True)


def value_words(figure: Figure) -> str:
    """Write what a figure gives: a share, a count, or that there is no case."""
    if figure.value is None:
        return "—"
    if not figure.formula.is_rate:
        return number(figure.of)
    return _("%(n)s %%") % {"n": _percent(figure.value, 1)}


def interval_words(figure: Figure) -> str:
    """Write how sure a share is."""
    if figure.interval is None:
        return ""
    low, high = (_percent(each, 0) for each in figure.interval)
    return _("95 %%: %(low)s–%(high)s %%") % {"low": low, "high": high}


def show_figure(figure: Figure, scope: Scope | None, before: Figure | None = None) -> Shown:
    """Return what the table of figures shows of one; without a scope or a case it leads nowhere."""
    rule = figure.formula
    return {
        "label": rule.label,
        "value": value_words(figure),
        "url": list_url(scope, rule) if scope and figure.of else "",
        "is_rate": rule.is_rate,
        "hits": number(figure.hits),
        "of": number(figure.of),
        "of_url": list_url(scope, rule, hits=False) if scope and figure.of else "",
        "interval": interval_words(figure),
        "too_few": rule.is_rate and figure.of < FEW,
        "means": rule.means,
        "basis": BASES[rule.basis],
        "code": rule.code,
        "version": rule.version,
        "source": rule.source,
        "before": value_words(before) if before else "",
        "change": show_change(change(figure, before), rule) if before else None,
    }


def show_change(change: Change, rule: Formula) -> Shown:
    """Say in words where a figure went; the arrow only repeats it."""
    tones = {True: "green", False: "red", None: "slate"}
    return {
        "arrow": ARROWS[change.direction],
        "words": _change_words(change, rule),
        "tone": tones[change.is_better],
    }


def _change_words(change: Change, rule: Formula) -> str:
    if change.direction is Direction.FEW:
        return _("too few to compare")
    if change.direction is Direction.SAME:
        return _("about the same")
    by = _percent(abs(change.difference), 1 if rule.is_rate else 0)
    ways = {
        (Direction.UP, True): _("up by %(by)s points"),
        (Direction.DOWN, True): _("down by %(by)s points"),
        (Direction.UP, False): _("up by %(by)s %%"),
        (Direction.DOWN, False): _("down by %(by)s %%"),
    }
    said = ways[change.direction, rule.is_rate] % {"by": by}
    verdicts = {True: _("better"), False: _("worse"), None: ""}
    verdict = verdicts[change.is_better]
    return _("%(change)s, %(verdict)s") % {"change": said, "verdict": verdict} if verdict else said


def show_groups(found: dict[str, Figure], before: dict[str, Figure], scope: Scope) -> list[Shown]:
    """Return the table of figures under its headings; what stands now has no window before."""
    return [
        {
            "label": label,
            "rows": [_row(formula(name), found, before, scope) for name in names],
        }
        for label, names in GROUPS
    ]


def show_ages(scope: Scope, now: datetime, of: int) -> Shown | None:
    """Return how old what is open is, with the way to it, the oldest first; nothing without any."""
    if not of:
        return None
    ages = age_of_open(scope, scope.as_of or now)
    days = [(label, round(ages[name] or 0.0, 1)) for name, label in AGES.items()]
    return {
        "of": number(of),
        "url": f"{list_url(scope, formula('open'))}&{urlencode({'order': OLDEST})}",
        "days": days,
        "shown": [(label, number(value)) for label, value in days],
    }


def comparable() -> tuple[list[Formula], list[Formula]]:
    """Return the counts and the rates that a window before has too."""
    flows = [each for each in FORMULAS.values() if each.basis is not Basis.STOCK]
    return [each for each in flows if not each.is_rate], [each for each in flows if each.is_rate]


def _percent(share: float, decimals: int) -> str:
    # Formatting alone would cut off what is to be rounded.
    return number_format(round(share * PERCENT, decimals), decimals)


def _row(rule: Formula, found: dict[str, Figure], before: dict[str, Figure], scope: Scope) -> Shown:
    return show_figure(found[rule.code], scope, before.get(rule.code))
