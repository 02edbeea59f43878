"""Where a matter is, as far as its text says so: in words, with the reason."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.core.gazetteer.matching import Found, Why
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.people.places import TOWN_DIGITS
from daodi.lib.text import listed

Shown = dict[str, Any]


def show_places(matter: Matter, found: Iterable[Found]) -> Shown:
    """Return what stands beside the text: areas to take, with why, and names nobody knows yet."""
    found = list(found)
    areas = _areas(each.division for each in found if each.division)
    offers: dict[int, Shown] = {}
    fits: list[str] = []
    for number, each in enumerate(found):
        area = areas.get(each.division or 0)
        if area is None:
            continue
        if _adds_nothing(matter, each, area):
            fits.append(each.name)
        elif area.pk in offers:
            offers[area.pk]["reasons"].append(_reason(each, area))
        else:
            offers[area.pk] = {
                "number": number,
                "area": _named(area, areas),
                "has_point": each.lat is not None and matter.lat is None,
                "reasons": [_reason(each, area)],
            }
    return {
        "offers": list(offers.values()),
        "fits": listed(dict.fromkeys(fits)),
        "unknown": listed(dict.fromkeys(each.name for each in found if each.division is None)),
    }


def areas_of(data: Shown) -> str:
    """Say from which area to which a line of history took a matter."""
    codes = (data["was"], data["division"])
    names = dict(Division.objects.filter(code__in=codes).values_list("code", "name"))
    return " → ".join(names.get(code, code) or "—" for code in codes)


def _areas(keys: Iterable[int]) -> dict[int, Division]:
    """Return the areas, and the towns that villages among them lie in."""
    found = {each.pk: each for each in Division.objects.filter(pk__in=list(keys))}
    above = {each.code[:TOWN_DIGITS] for each in found.values() if each.level == "village"}
    towns = Division.objects.filter(code__in=above) if above else ()
    return found | {each.pk: each for each in towns}


def _adds_nothing(matter: Matter, found: Found, area: Division) -> bool:
    """Say whether the matter's own area is this one or lies in it, and no point would come."""
    has_it = matter.division is not None and matter.division.code.startswith(area.code)
    return has_it and (found.lat is None or matter.lat is not None)


def _named(area: Division, areas: dict[int, Division]) -> str:
    town = next((each for each in areas.values() if each.code == area.code[:TOWN_DIGITS]), area)
    return area.name if town == area else f"{town.name} · {area.name}"


def _reason(found: Found, area: Division) -> str:
    named = {"name": found.name, "area": area.name, "n": found.times}
    if found.why == Why.OFFICIAL:
        return _("“%(name)s” in the text is the name of a village") % named
    if found.why == Why.TOWN:
        return _("“%(name)s” in the text is the name of a town") % named
    if found.why == Why.KNOWN and not found.times:
        return _("“%(name)s” stands in the gazetteer for %(area)s") % named
    return (
        ngettext(
            "“%(name)s” stood in %(n)s matter of %(area)s",
            "“%(name)s” stood in %(n)s matters of %(area)s",
            found.times,
        )
        % named
    )
