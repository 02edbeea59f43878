"""Find the places that a text names and say where each lies, with what speaks for it.

Official names are asked first, then the gazetteer, then where earlier matters lay that named the
same. Of places that several areas have, the area must be said in the text or be known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count

from daodi.core.gazetteer.models import PlaceName
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.search.models import MATTER, Indexed
from daodi.lib.pairs import fold
from daodi.lib.places import SHORTEST, Place, Sort, find

LONGEST, LONGEST_KEY = 600, 16  # characters of a text and of a name that are looked at
MOST_FOUND, MOST_ASKED, MOST_READ = 3, 4, 500
# Of several areas with one name, that which has most of the matters, if it has enough of them.
MOST_OF_THEM, FEWEST_MATTERS = 0.6, 2
# What official names end in, and people leave out.
OFFICES = (
    "", "民委员会", "村民委员会", "委会", "村委会", "居委会", "居民委员会", "委员会",
    "社区居民委员会", "办事处",
)  # fmt: skip


class Why(StrEnum):
    """What says where a place lies, the surest first."""

    OFFICIAL = "official"
    KNOWN = "known"
    MATTERS = "matters"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a text names: its area, its point if one is known, and why so."""

    name: str
    kind: str
    why: str
    division: int | None = None
    # Matters that speak for it.
    times: int = 0
    lat: float | None = None
    lon: float | None = None
    also: tuple[str, ...] = ()

    @property
    def point(self) -> tuple[float, float] | None:
        return (self.lat, self.lon) if self.lat is not None and self.lon is not None else None

    def stored(self) -> dict[str, Any]:
        return asdict(self) | {"also": list(self.also)}


def places_in(text: str, within: Division | None = None, but: int | None = None) -> list[Found]:
    """Return the places named in a text, the surest first; those without an area come last.

    `within` is the area that is known already, `but` the matter that the text is from.
    """
    text = text[:LONGEST]
    named = [place for place in find(text) if place.sort is not Sort.AREA]
    official = _official(named)
    towns = {each.code for _name, each in official if each.level == "town"}
    if within and not towns:
        towns = {within.code[:TOWN_DIGITS]}
    found = [*_villages(official, towns), *_known(text, towns)]
    taken = [each.name for each in found]
    rest = [place for place in named if not any(_is_in(place.name, name) for name in taken)]
    found += _from_matters(rest, towns, but)
    found += [
        Found(name, Sort.TOWN, Why.TOWN, each.pk)
        for name, each in official
        if each.level == "town" and not _lies_in_one(found, each)
    ]
    settled = {each.name for each in found}
    found += [
        Found(place.name, place.sort, "")
        for place in rest
        if place.sort is not Sort.TOWN and not any(_is_in(place.name, each) for each in settled)
    ]
    return list(dict.fromkeys(found))[: 2 * MOST_FOUND]


def _is_in(name: str, known: str) -> bool:
    return known in name or name in known


def _lies_in_one(found: Iterable[Found], town: Division) -> bool:
    """Say whether something smaller in this town was found."""
    keys = [each.division for each in found if each.division]
    return bool(keys) and Division.objects.within(town.code).filter(pk__in=keys).exists()


def _official(named: Sequence[Place]) -> list[tuple[str, Division]]:
    """Return towns and villages by the names that they have officially, the longest names alone."""
    ends = {
        place.name: [place.name[at:] for at in range(len(place.name) - SHORTEST + 1)]
        for place in named
        if place.sort in (Sort.TOWN, Sort.VILLAGE)
    }
    wanted = {end + office: end for some in ends.values() for end in some for office in OFFICES}
    rows: dict[str, list[Division]] = defaultdict(list)
    for division in Division.objects.local().filter(name__in=list(wanted)) if wanted else ():
        rows[wanted[division.name]].append(division)
    return [
        (end, division)
        for some in ends.values()
        for end in [next((end for end in some if end in rows), "")]
        for division in rows.get(end, ())
    ]


def _villages(official: Iterable[tuple[str, Division]], towns: set[str]) -> Iterator[Found]:
    """Yield the villages that can be meant: one of the name, or one in the towns that are said."""
    by_name: dict[str, list[Division]] = defaultdict(list)
    for name, each in official:
        if each.level == "village" and each not in by_name[name]:
            by_name[name].append(each)
    for name, villages in by_name.items():
        near = [each for each in villages if each.code[:TOWN_DIGITS] in towns] or villages
        if len(near) == 1:
            yield Found(name, Sort.VILLAGE, Why.OFFICIAL, near[0].pk)


def _known(text: str, towns: set[str]) -> Iterator[Found]:
    """Yield the places of the gazetteer whose names stand in a text, long names first."""
    folded = fold(text)
    parts = {
        folded[start : start + length]
        for length in range(SHORTEST, LONGEST_KEY + 1)
        for start in range(len(folded) - length + 1)
    }
    rows = PlaceName.objects.speaking().called(parts).for_list()
    by_key: dict[str, list[PlaceName]] = defaultdict(list)
    for place in rows:
        for key in set(place.keys) & parts:
            by_key[key].append(place)
    for key in sorted(by_key, key=len, reverse=True):
        if key not in folded:
            continue
        folded = folded.replace(key, "\n")
        if meant := _meant(by_key[key], towns):
            yield Found(
                meant.name, meant.kind, Why.KNOWN, meant.division_id, meant.uses,
                meant.lat, meant.lon, tuple(meant.aliases),
            )  # fmt: skip


def _meant(places: Sequence[PlaceName], towns: set[str]) -> PlaceName | None:
    """Return which of several places of one name is meant, if that can be said."""
    near = [each for each in places if each.division.code[:TOWN_DIGITS] in towns] or places
    if len(near) == 1:
        return near[0]
    most = max(near, key=lambda each: each.uses)
    return most if most.uses > MOST_OF_THEM * sum(each.uses for each in near) else None


def _from_matters(named: Sequence[Place], towns: set[str], but: int | None) -> Iterator[Found]:
    """Yield where earlier matters lay that named the same; nothing is read of confidential ones."""
    small = {place.name: place.sort for place in named if place.sort is not Sort.TOWN}
    for name in list(small)[:MOST_ASKED]:
        words = [fold(name)]
        said = Indexed.objects.with_pairs(MATTER, words).saying(words)
        refs = said.order_by("-ref").values("ref")[:MOST_READ]
        rows = (
            Matter.objects.filter(pk__in=refs, is_confidential=False, division__isnull=False)
            .exclude(pk=but or 0)
            .order_by()
            .values_list("division", "division__code")
            .annotate(times=Count("pk"))
        )
        counted = [row for row in rows if not towns or row[1][:TOWN_DIGITS] in towns]
        if place := _where(counted):
            yield Found(name, small[name], Why.MATTERS, *place)


def _where(rows: Iterable[tuple[int, str, int]]) -> tuple[int, int] | None:
    """Return the area that has most of these matters, with how many: a village, else its town."""
    rows = list(rows)
    total = sum(times for _pk, _code, times in rows)
    if total < FEWEST_MATTERS:
        return None
    towns: Counter[str] = Counter()
    for _pk, code, times in rows:
        towns[code[:TOWN_DIGITS]] += times
    code, times = towns.most_common(1)[0]
    if times < MOST_OF_THEM * total:
        return None
    pk, _code, here = max(rows, key=lambda row: row[2])
    if here >= MOST_OF_THEM * total:
        return pk, here
    town = Division.objects.filter(code=code).first()
    return (town.pk, times) if town else None
