"""The gazetteer as a table."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.exceptions import NotYours
from daodi.core.exchange.columns import (
    NO,
    NOTHING,
    PLACE_COLUMNS,
    PLACES,
    YES,
    heads,
    need,
    read_lines,
    words_of,
)
from daodi.core.exchange.trial import (
    Line,
    Outcome,
    Step,
    Taken,
    Verdict,
    WrongCell,
    carry_out,
    step_of,
)
from daodi.core.gazetteer.matching import OFFICES
from daodi.core.gazetteer.models import PlaceKind, PlaceName
from daodi.core.gazetteer.services import Facts, add_place, change_place, may_keep, use_place
from daodi.core.matters.models import LATITUDES, LONGITUDES
from daodi.core.people.models import Division, Member
from daodi.core.transfer.lookups import short_code
from daodi.lib.places import find
from daodi.lib.sheets import write_tables
from daodi.lib.text import words_in

# What offices call them, besides our own words.
KIND_WORDS = {
    "村": PlaceKind.VILLAGE,
    "自然村": PlaceKind.VILLAGE,
    "村庄": PlaceKind.VILLAGE,
    "路": PlaceKind.ROAD,
    "街": PlaceKind.ROAD,
    "道路": PlaceKind.ROAD,
    "街巷": PlaceKind.ROAD,
    "小区": PlaceKind.ESTATE,
    "住宅小区": PlaceKind.ESTATE,
    "楼盘": PlaceKind.ESTATE,
}


def read_places(path: Path) -> list[Line]:
    """Return the lines of a table of places; raise Refused or Unreadable when it is none."""
    lines = read_lines(path, PLACES)
    need(lines, "place")
    return lines


def take_places(
    lines: list[Line], *, by: Member | None, mark: str | None = None, dry_run: bool = False
) -> Outcome:
    """Add and change what the lines say, all of it or nothing; other places stay.

    A place is known by its name and its area. Not in use means: taken out.
    """
    if by and not may_keep(by):
        raise NotYours(_("One gazetteer serves the whole site: its topmost managers keep it."))

    def work() -> Iterator[Step]:
        taking = _Taking(by)
        steps = [step_of(line, taking.take) for line in lines]
        yield from steps
        counts = Outcome(steps).counts
        if not Outcome(steps).changes_nothing:
            note(Act.PLACES_IMPORTED, _("Gazetteer"), by=by, after=counts)

    return carry_out(work, mark=mark, dry_run=dry_run)


def write_places(target: BinaryIO | Path) -> None:
    """Write all places as a workbook that `take_places` takes and changes nothing."""
    rows = (
        [
            place.name,
            "、".join(place.aliases),
            str(PlaceKind(place.kind).label),
            place.division.official_code,
            place.lat,
            place.lon,
            YES[0] if place.is_active else NO[0],
        ]
        for place in PlaceName.objects.for_list().by_name().iterator()
    )
    write_tables(target, [(str(PLACES[0]), heads(PLACE_COLUMNS), rows)], title=str(PLACES[0]))


def template_of(target: BinaryIO) -> None:
    """Write the empty table, with one line that shows how it is meant."""
    row = [
        "示例：幸福小区",
        "老棉纺厂家属院",
        str(PlaceKind.ESTATE.label),
        "城关镇",
        "",
        "",
        YES[0],
    ]
    write_tables(target, [(str(PLACES[0]), heads(PLACE_COLUMNS), [row])], title=str(PLACES[0]))


class _Taking:
    """What is known already, read once."""

    def __init__(self, by: Member | None) -> None:
        self.by = by
        self.places: dict[str, list[PlaceName]] = defaultdict(list)
        for place in PlaceName.objects.for_list():
            self.places[place.name].append(place)
        self.areas: dict[str, list[Division]] = defaultdict(list)
        for area in Division.objects.local():
            self.areas[area.name].append(area)
            self.areas[area.code].append(area)
        self.kinds = KIND_WORDS | words_of(PlaceKind)

    def take(self, line: Line) -> Taken:
        name = line.get("place")
        if not name:
            raise WrongCell("place", _("The name is missing."))
        area = self._area(line.get("division")) if line.get("division") else None
        there = [each for each in self.places[name] if area in (None, each.division)]
        if len(there) > 1:
            raise WrongCell("division", _("Several areas have a place of this name: write which."))
        found = there[0] if there else None
        area = area or (found.division if found else None)
        if area is None:
            raise WrongCell("division", _("A new place needs its area."))
        facts = Facts(name, self._kind(line, found), area, self._aliases(line, found),
                      self._position(line, found))  # fmt: skip
        return self._stored(line, facts, found)

    def _stored(self, line: Line, facts: Facts, found: PlaceName | None) -> Taken:
        label, wanted = f"{facts.name} · {facts.division}", self._active(line, found)
        place = found or add_place(facts, by=self.by, origin=PlaceName.Origin.IMPORTED)
        changed = bool(found) and change_place(place, facts, by=self.by)
        if place.is_active != wanted:
            use_place(place, is_active=wanted, by=self.by)
            changed = True
        if found is None:
            self.places[facts.name].append(place)
            return Verdict.NEW, label, ""
        return Verdict.CHANGED if changed else Verdict.SAME, label, ""

    def _area(self, text: str) -> Division:
        code = short_code(text)
        names = [code] if code.isdigit() else [text + office for office in OFFICES]
        found = {area.pk: area for name in names for area in self.areas.get(name, ())}
        if len(found) > 1:
            codes = ", ".join(area.official_code for area in found.values())
            raise WrongCell(
                "division",
                _("Several areas are called %(name)s: write the code (%(codes)s).")
                % {"name": text, "codes": codes},
            )
        if not found:
            raise WrongCell(
                "division", _("There is no town or village “%(name)s”.") % {"name": text}
            )
        return next(iter(found.values()))

    def _kind(self, line: Line, found: PlaceName | None) -> str:
        text = line.get("sort")
        if not text:
            return found.kind if found else _kind_by_name(line.get("place"))
        if text not in self.kinds:
            known = ", ".join(str(kind.label) for kind in PlaceKind)
            said = {"name": text, "known": known}
            raise WrongCell("sort", _("“%(name)s” is none of these: %(known)s.") % said)
        return str(self.kinds[text])

    def _aliases(self, line: Line, found: PlaceName | None) -> list[str]:
        text = line.get("aliases")
        if not text:
            return list(found.aliases) if found else []
        if text in NOTHING:
            return []
        return words_in(text, also="/")

    def _position(self, line: Line, found: PlaceName | None) -> tuple[float, float] | None:
        lat, lon = line.get("lat"), line.get("lon")
        if not lat and not lon:
            return found.position if found else None
        if lat in NOTHING and lon in NOTHING:
            return None
        return _degrees("lat", lat, LATITUDES), _degrees("lon", lon, LONGITUDES)

    def _active(self, line: Line, found: PlaceName | None) -> bool:
        text = line.get("active").casefold()
        if text and text not in (*YES, *NO):
            raise WrongCell("active", _("Write yes or no."))
        if not text:
            return found.is_active if found else True
        return text in YES


def _kind_by_name(name: str) -> str:
    sorts = [place.sort.value for place in find(name)]
    return next((sort for sort in reversed(sorts) if sort in PlaceKind.values), PlaceKind.SITE)


def _degrees(field: str, text: str, bounds: tuple[int, int]) -> float:
    try:
        degrees = float(text)
    except ValueError as error:
        raise WrongCell(field, _("Write the point in degrees, both numbers.")) from error
    if not bounds[0] <= degrees <= bounds[1]:
        raise WrongCell(
            field,
            _("From %(least)s to %(most)s degrees.") % {"least": bounds[0], "most": bounds[1]},
        )
    return degrees
