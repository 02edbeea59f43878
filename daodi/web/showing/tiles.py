"""Towns as tiles: each where a manager put it, or all in the order of their codes."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from daodi.core.people.models import Division
from daodi.core.people.places import COUNTY_DIGITS
from daodi.core.people.towns import Place
from daodi.web.showing.figure_rows import Row, show_tiles

Shown = dict[str, Any]


def show_maps(rows: Iterable[Row]) -> list[Shown]:
    """Return the tiles of one figure: a map for each county whose towns have places, else a list.

    `rows` are towns in the order of their codes. What part `tiles` takes.
    """
    towns = list(rows)
    tiles = show_tiles(towns)
    places = _places(tile["town"] for tile in tiles)
    if not places:
        return [_map("", tiles)] if tiles else []
    for tile in tiles:
        tile["place"] = places.get(tile["town"])
    counties = [
        (code, list(group))
        for code, group in groupby(tiles, lambda tile: tile["town"][:COUNTY_DIGITS])
    ]
    names = _names(code for code, _group in counties) if len(counties) > 1 else {}
    return [_map(names.get(code, ""), group) for code, group in counties]


def show_places(towns: Iterable[tuple[str, Place | None]]) -> Shown:
    """Return a map of names alone, as a manager looks at it before it is used."""
    return _map("", [{"name": name, "step": 2, "place": place} for name, place in towns])


def _map(label: str, tiles: list[Shown]) -> Shown:
    """Return the placed tiles, moved up to the top left corner, and the rest."""
    placed = [tile for tile in tiles if tile.get("place")]
    rest = [tile for tile in tiles if not tile.get("place")]
    above, left = (min((tile["place"][at] for tile in placed), default=1) - 1 for at in (0, 1))
    for tile in placed:
        row, column = tile["place"]
        tile["place"] = (row - above, column - left)
    return {"label": label, "placed": placed, "rest": rest}


def _places(codes: Iterable[str]) -> dict[str, Place]:
    placed = Division.objects.filter(code__in=list(codes), tile_row__isnull=False)
    rows = placed.values_list("code", "tile_row", "tile_column")
    return {code: (row, column) for code, row, column in rows if row and column}


def _names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Division.objects.filter(code__in=list(codes)).values_list("code", "name"))
