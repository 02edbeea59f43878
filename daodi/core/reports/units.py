"""The section on the units that handle: towns and departments, in the order of the house."""

from collections import defaultdict
from dataclasses import replace

from django.utils.translation import gettext as _

from daodi.core.figures.counting import Figure, by
from daodi.core.figures.formulas import formula
from daodi.core.figures.models import Daily
from daodi.core.people.models import Unit
from daodi.core.reports.brief import FEW, Brief, Draft, joined, paragraphs
from daodi.core.reports.groups import FILED, MOST_ROWS, Figures, Part, rolled
from daodi.core.reports.sources import Source, cite, percent
from daodi.lib.text import listed

OVERDUE = formula("overdue")
FLOWING = [formula(name) for name in ("filed", "on_time", "completion", "satisfaction")]
OF_UNITS = [*FLOWING, OVERDUE]


def units(brief: Brief) -> Draft:
    """How the towns and the departments handled what was filed, in the order of the house."""
    parts = _houses(brief)
    if not parts:
        return Draft(_("Nothing was dispatched in the period."))
    kinds: dict[str, list[Part]] = defaultdict(list)
    for unit, part in parts:
        # Who has only what is late from before took nothing on.
        if part.filed:
            kinds[str(unit.get_kind_display())].append(part)
    words = [_kind_words(brief, kind, parts) for kind, parts in kinds.items()]
    late = [
        _("%(name)s %(count)s")
        % {"name": part.name, "count": cite(_source(brief, part, "overdue"), "hits")}
        for _unit, part in parts
        if _is_late(part.figures)
    ]
    said = _("Overdue at the moment: %(units)s.") % {"units": listed(late)} if late else ""
    taken_on = _("%(kinds)s.") % {"kinds": joined(words)} if words else ""
    draft = Draft(paragraphs(taken_on, said, _few(parts)))
    rates = [str(each.label) for each in FLOWING if each.is_rate]
    draft.head = [_("Unit"), _("Taken on"), *rates, _("Overdue now")]
    _add_units(brief, draft, [part for _u, part in parts])
    return draft


def _few(parts: list[tuple[Unit, Part]]) -> str:
    """Say why some of the table has no rates."""
    rates = [each.code for each in FLOWING if each.is_rate]
    if not any(0 < part.figures[code].of < FEW for _unit, part in parts for code in rates):
        return ""
    return _("Where there are fewer than %(few)s cases, numbers stand in place of a rate.") % {
        "few": FEW
    }


def _houses(brief: Brief) -> list[tuple[Unit, Part]]:
    """Return the units directly below the government, each with all that lies below it.

    Those that took something on in the window, or have something that is late.
    """
    flowing = by(brief.scope, Daily.Axis.UNIT, FLOWING)
    standing = by(brief.stock, Daily.Axis.UNIT, [OVERDUE])
    none = {each.code: Figure(each, 0.0, 0) for each in OF_UNITS}
    found = {
        key: none | flowing.get(key, {}) | standing.get(key, {}) for key in {*flowing, *standing}
    }
    known = Unit.objects.in_bulk([int(key) for key in found if key])
    end = brief.scope.ledger.unit.depth * Unit.steplen
    paths = {str(pk): unit.path[:end] for pk, unit in known.items()}
    sums = rolled({key: found[key] for key in found if key in paths}, paths.__getitem__)
    sums = {path: each for path, each in sums.items() if each[FILED.code].of or _is_late(each)}
    tops = Unit.objects.filter(path__in=sums)
    return [
        (unit, Part(str(unit), replace(brief.scope, unit=unit), sums[unit.path])) for unit in tops
    ]


def _is_late(figures: Figures) -> bool:
    return figures[OVERDUE.code].hits > 0


def _kind_words(brief: Brief, kind: str, parts: list[Part]) -> str:
    sums = rolled({part.name: part.figures for part in parts}, lambda _name: "")[""]
    filed, kept = sums[FILED.code], sums[formula("on_time").code]
    counted = brief.sources.way(
        filed, brief.scope, f"sum:{kind}", kind, value=f"{filed.of}", units=f"{len(parts)}"
    )
    values: dict[str, object] = {
        "kind": kind,
        "units": cite(counted, "units"),
        "filed": cite(counted),
    }
    if kept.value is None:
        return _("%(kind)s: %(units)s units with %(filed)s") % values
    shows = {"value": percent(kept.value), "hits": f"{kept.hits:.0f}", "of": f"{kept.of}"}
    rate = brief.sources.way(kept, brief.scope, f"sum:{kind}", kind, **shows)
    values |= {part: cite(rate, part) for part in shows}
    words = (
        _("%(kind)s: %(units)s units with %(filed)s, in time %(hits)s of %(of)s")
        if kept.of < FEW
        else _("%(kind)s: %(units)s units with %(filed)s, %(value)s in time (%(hits)s of %(of)s)")
    )
    return words % values


def _add_units(brief: Brief, draft: Draft, parts: list[Part]) -> None:
    """Add the units with most matters, in the order of the house; the rest in one row."""
    largest = sorted(parts, key=lambda part: -part.filed)[:MOST_ROWS]
    for part in parts:
        if part in largest:
            cells = [_cell(brief, part, each.name) for each in OF_UNITS]
            draft.add(part.name, *cells)
    if rest := [part for part in parts if part not in largest]:
        total = sum(part.filed for part in rest)
        source = brief.sources.rows(_("the other units"), total)
        name = _("%(count)s other units") % {"count": len(rest)}
        draft.add(name, cite(source), *["–"] * (len(OF_UNITS) - 1))


def _cell(brief: Brief, part: Part, name: str) -> str:
    figure = part.figures[formula(name).code]
    source = _source(brief, part, name)
    if not figure.formula.is_rate:
        return cite(source)
    if name == "overdue":
        return cite(source, "hits")
    if not figure.of:
        return "–"
    values = {each: cite(source, each) for each in ("value", "hits", "of")}
    words = "%(hits)s/%(of)s" if figure.of < FEW else _("%(value)s (%(hits)s/%(of)s)")
    return words % values


def _source(brief: Brief, part: Part, name: str) -> Source:
    figure = part.figures[formula(name).code]
    scope = part.scope or brief.scope
    if name == OVERDUE.name:
        scope = replace(scope, last=brief.stock.last)
    return brief.sources.figure(figure, scope, part.name)
