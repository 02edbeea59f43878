"""Find a town or village by what somebody types."""

from dataclasses import dataclass

from django.db.models import F, Value

from daodi.core.people.models import Division, DivisionQuerySet

MOST = 8
# How long the code of a county or a town is; a village has more.
COUNTY_DIGITS, TOWN_DIGITS = 6, 9
_LONGEST = 30
# Of many that fit, as many are looked at to find the best.
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A town, or a village and the town that it lies in."""

    code: str
    name: str
    town: str = ""


def find_places(text: str) -> list[Place]:
    """Return the towns and villages that fit what was typed, the likeliest first.

    A town may stand before its village: 城关镇后街 finds the 后街 of that town alone.
    """
    text = "".join(text.split())[:_LONGEST]
    if not text:
        return []
    found = _best(Division.objects.local(), text) or _in_a_town(text)
    return _with_towns(found[:MOST])


def villages_of(town: str) -> list[Place]:
    """Return all villages of the town with this code."""
    villages = Division.objects.filter(level="village", code__startswith=town)
    return [Place(each.code, each.name) for each in villages] if len(town) == TOWN_DIGITS else []


def _best(divisions: DivisionQuerySet, text: str) -> list[Division]:
    found = list(divisions.named(text)[:_LOOKED_AT])
    return sorted(found, key=lambda each: (each.level, not each.name.startswith(text), each.code))


def _in_a_town(text: str) -> list[Division]:
    towns = Division.objects.towns().annotate(typed=Value(text)).filter(typed__startswith=F("name"))
    found: list[Division] = []
    for town in towns:
        rest = text.removeprefix(town.name)
        found += _best(Division.objects.within(town.code).filter(level="village"), rest)
    return found


def _with_towns(found: list[Division]) -> list[Place]:
    codes = {each.code[:TOWN_DIGITS] for each in found if each.level == "village"}
    towns = dict(Division.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        Place(
            each.code,
            each.name,
            towns.get(each.code[:TOWN_DIGITS], "") if each.level == "village" else "",
        )
        for each in found
    ]
