"""The sections that divide a ledger: by category, by town."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from daodi.core.figures.counting import Figure, Scope, by
from daodi.core.figures.formulas import formula
from daodi.core.figures.models import Daily
from daodi.core.ledgers.models import Category
from daodi.core.people.models import Division
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.reports.brief import FEW, Brief, Draft, sentences
from daodi.core.reports.sources import cite, percent
from daodi.lib.statistics import counts_differ
from daodi.lib.text import listed

FILED = formula("filed")
MOST_ROWS, MOST_NAMED = 20, 3
Figures = dict[str, Figure]
Found = Mapping[Any, Figures]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a ledger: what it is called, and its scope; None: no list can be kept to it."""

    name: str
    scope: Scope | None
    figures: Figures

    @property
    def filed(self) -> int:
        return self.figures[FILED.code].of


def rolled(found: Found, top: Callable[[Any], Any]) -> dict[Any, Figures]:
    """Add up the figures of all groups that belong to the same one further up."""
    sums: dict[Any, Figures] = {}
    for key, figures in found.items():
        into = sums.setdefault(top(key), {})
        for code, figure in figures.items():
            there = into.get(code, Figure(figure.formula, 0.0, 0))
            into[code] = Figure(figure.formula, there.hits + figure.hits, there.of + figure.of)
    return sums


def categories(brief: Brief) -> Draft:
    """What it was about, and what has grown."""
    parts, before = _categories(brief.scope), _categories(brief.before)
    if not parts:
        return Draft(_("Nothing was filed in the period."))
    return _compared(brief, parts, before, _("Category"))


def towns(brief: Brief) -> Draft:
    """Where it came from, and where more came from than before."""
    parts, before = _towns(brief.scope), _towns(brief.before)
    if not parts:
        return Draft(_("Nothing was filed in the period."))
    return _compared(brief, parts, before, _("Town"))


def _categories(scope: Scope) -> list[Part]:
    """Return the topmost categories, each with all below it, the largest first."""
    found = by(scope, Daily.Axis.CATEGORY, [FILED])
    tops = {each.code: each for each in Category.objects.filter(ledger=scope.ledger, level=1)}
    codes = dict(Category.objects.filter(ledger=scope.ledger).values_list("pk", "code"))

    def top(key: str) -> str:
        code = codes.get(int(key), "") if key else ""
        return next((each for each in tops if code.startswith(each)), "")

    sums = rolled(found, top)
    return _largest(
        Part(str(tops[code]), replace(scope, category=tops[code]), figures)
        if code
        else Part(_("not listed yet"), None, figures)
        for code, figures in sums.items()
    )


def _towns(scope: Scope) -> list[Part]:
    found = by(scope, Daily.Axis.TOWN, [FILED])
    names = dict(Division.objects.filter(code__in=found).values_list("code", "name"))
    sums = rolled(found, lambda code: code if len(code) == TOWN_DIGITS else "")
    return _largest(
        Part(names.get(code, code), replace(scope, town=code), figures)
        if code
        else Part(_("without a town"), None, figures)
        for code, figures in sums.items()
    )


def _largest(parts: Iterable[Part]) -> list[Part]:
    """Order by size; what stands for "unknown" comes last."""
    return sorted(parts, key=lambda part: (part.scope is None, -part.filed, part.name))


def _compared(brief: Brief, parts: list[Part], before: list[Part], of: str) -> Draft:
    then = {part.name: part for part in before}
    # One matter is no concentration.
    named = [part for part in parts if part.scope and part.filed > 1][:MOST_NAMED]
    most = listed(_named(brief, part) for part in named)
    draft = Draft(
        sentences(_("Most came in on: %(parts)s.") % {"parts": most} if most else "",
                  _growth(brief, parts, then))
    )  # fmt: skip
    draft.head = [of, _("This period"), _("Period before")]
    for part in parts[:MOST_ROWS]:
        draft.add(part.name, _count(brief, part, brief.scope), _earlier(brief, part, then))
    draft.bars = [(part.name, _count(brief, part, brief.scope)) for part in parts[:MOST_ROWS]]
    return draft


def _earlier(brief: Brief, part: Part, then: Mapping[str, Part]) -> str:
    """Return how much a part had in the period before, if that can be said."""
    before = brief.before
    if not brief.is_known:
        return "–"
    if part.scope is None:
        return _count(brief, then.get(part.name, Part(part.name, None, {})), before)
    scope = replace(part.scope, first=before.first, last=before.last, as_of=before.as_of)
    figures = then[part.name].figures if part.name in then else {}
    return _count(brief, Part(part.name, scope, figures), before)


def _count(brief: Brief, part: Part, whole: Scope) -> str:
    figure = part.figures.get(FILED.code, Figure(FILED, 0.0, 0))
    if part.scope is None:
        # Whatever has no category or town: no list can be asked for it.
        window = f"{whole.first}/{whole.last}"
        way = f"sum:{part.name}:{window}"
        return cite(brief.sources.way(figure, whole, way, part.name, value=f"{figure.of}"))
    return cite(brief.sources.figure(figure, part.scope, part.name))


def _named(brief: Brief, part: Part) -> str:
    """Return a part with its number, and with its share if there are enough to speak of shares."""
    figure, scope = part.figures[FILED.code], part.scope or brief.scope
    total = brief.figure("filed").of
    values = {"name": part.name, "count": _count(brief, part, brief.scope)}
    if total < FEW:
        return _("%(name)s (%(count)s matters)") % values
    made_of = _("%(name)s: %(count)s of %(total)s") % {
        "name": part.name, "count": figure.of, "total": total,
    }  # fmt: skip
    source = brief.sources.way(figure, scope, "share", made_of, value=percent(figure.of / total))
    return _("%(name)s %(count)s (%(share)s)") % {**values, "share": cite(source)}


def _growth(brief: Brief, parts: list[Part], then: Mapping[str, Part]) -> str:
    """Name what has grown by more than chance; with few cases nothing is said of it."""
    if not brief.is_known:
        return ""
    grown = []
    for part in parts:
        earlier = then[part.name].filed if part.name in then else 0
        enough = part.filed >= FEW and counts_differ(part.filed, earlier)
        if part.scope and enough and part.filed > earlier:
            grown.append((part.filed - earlier, part))
    if not grown:
        return _("None of them has grown by more than the usual ups and downs.")
    grown.sort(key=lambda each: -each[0])
    words = []
    for more, part in grown[:MOST_NAMED]:
        source = brief.sources.way(
            part.figures[FILED.code], part.scope or brief.scope, "change",
            f"{part.name} {part.filed - more} → {part.filed}", difference=f"{more}",
        )  # fmt: skip
        words.append(
            _("%(name)s (%(count)s more)")
            % {"name": part.name, "count": cite(source, "difference")}
        )
    return _("Grown most: %(parts)s.") % {"parts": listed(words)}
