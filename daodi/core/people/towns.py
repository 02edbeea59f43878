"""Where the towns of a county stand on its tile map: rows and columns that a manager chose."""

from collections.abc import Mapping, Sequence
from math import ceil, sqrt

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.exceptions import Refused
from daodi.core.people.models import Division, DivisionQuerySet, Member, Unit
from daodi.core.people.places import COUNTY_DIGITS
from daodi.lib.text import listed

# Row and column, counted from the top left.
Place = tuple[int, int]
MOST = 12


def counties_of(member: Member) -> list[Division]:
    """Return the counties whose towns have units below the member's own unit."""
    towns = Unit.objects.visible_to(member).filter(kind=Unit.Kind.TOWN).exclude(pk=member.unit_id)
    codes = towns.filter(division__level="town").values_list("division__code", flat=True)
    counties = Division.objects.filter(code__in={code[:COUNTY_DIGITS] for code in codes})
    return list(counties.order_by("code"))


def towns_of(county: Division) -> DivisionQuerySet:
    return Division.objects.within(county.code).towns()


def usual_places(towns: Sequence[Division]) -> dict[str, Place]:
    """Return a square in the order of the codes, to begin with."""
    width = min(ceil(sqrt(len(towns))), MOST)
    return {town.code: (at // width + 1, at % width + 1) for at, town in enumerate(towns)}


def check_places(towns: Sequence[Division], places: Mapping[str, Place]) -> None:
    """Raise Refused if a place is off the map, or two towns want the same one."""
    taken: dict[Place, Division] = {}
    for town in towns:
        place = places.get(town.code)
        if place is None:
            continue
        if not all(1 <= each <= MOST for each in place):
            raise Refused(
                _("%(town)s: rows and columns go from 1 to %(most)s.")
                % {"town": town, "most": MOST}
            )
        if place in taken:
            row, column = place
            raise Refused(
                _("Row %(row)s, column %(column)s is wanted twice, by %(towns)s: move one of them.")
                % {"towns": listed([taken[place], town]), "row": row, "column": column}
            )
        taken[place] = town


@transaction.atomic
def place_towns(county: Division, places: Mapping[str, Place], *, by: Member) -> None:
    """Put towns where they stand on the tile map; those without a place stand below it.

    No place at all: all stand in the order of their codes again.
    """
    towns = list(towns_of(county).select_for_update())
    check_places(towns, places)
    towns_of(county).update(tile_row=None, tile_column=None)
    placed = [town for town in towns if town.code in places]
    for town in placed:
        town.tile_row, town.tile_column = places[town.code]
    Division.objects.bulk_update(placed, ["tile_row", "tile_column"])
    note(Act.TOWNS_PLACED, county, by=by, unit=by.unit, after={"n": len(placed)})
