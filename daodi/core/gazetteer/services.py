"""Keep the gazetteer: add, change, join and take out places, and learn from what was sent on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note, note_change
from daodi.core.exceptions import NotYours, Refused
from daodi.core.gazetteer.models import LONGEST_NAME, PlaceKind, PlaceName, keys_of
from daodi.core.people.models import Division, Member
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.people.roles import Role
from daodi.lib.masking import find as find_personal
from daodi.lib.text import clean

SHORTEST_NAME, MOST_ALIASES = 2, 12
# Of these the matter's own point is where they are; along a road it could be anywhere.
ON_A_POINT = (PlaceKind.ESTATE, PlaceKind.SITE)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a place."""

    name: str
    kind: str
    division: Division
    aliases: Sequence[str] = ()
    position: Point | None = None

    def values(self) -> dict[str, Any]:
        """Return the columns, checked; raise Refused when they make no sense."""
        name = checked_name(self.name)
        others = dict.fromkeys(checked_name(alias) for alias in self.aliases)
        aliases = [alias for alias in others if alias != name]
        if len(aliases) > MOST_ALIASES:
            raise Refused(_("At most %(most)s other names.") % {"most": MOST_ALIASES})
        lat, lon = self.position or (None, None)
        return {
            "name": name, "aliases": aliases, "keys": keys_of(name, aliases), "kind": self.kind,
            "division": self.division, "lat": lat, "lon": lon,
        }  # fmt: skip


def may_keep(member: Member) -> bool:
    """Say whether a member keeps the gazetteer: one for the whole site, so its topmost manager."""
    return member.has(Role.MANAGER) and member.unit.is_root()


def checked_name(text: str) -> str:
    """Return the name of a place; raise Refused if it is none, or points to a person."""
    name = clean(text, lines=False)
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        raise Refused(
            _("A name has %(least)s to %(most)s characters.")
            % {"least": SHORTEST_NAME, "most": LONGEST_NAME}
        )
    if points_to_somebody(name):
        raise Refused(_("“%(name)s” points to a person: only places stand here.") % {"name": name})
    return name


def points_to_somebody(name: str) -> bool:
    return bool(find_personal(name))


@transaction.atomic
def add_place(
    facts: Facts, *, by: Member | None, origin: str = PlaceName.Origin.TYPED
) -> PlaceName:
    """Add a place; raise Refused if one of this name is known in this area already."""
    _check(by)
    values = facts.values()
    _once(values)
    place = PlaceName.objects.create(**values, origin=origin)
    note(Act.PLACE_ADDED, place, by=by, after=_told(place))
    return place


@transaction.atomic
def change_place(place: PlaceName, facts: Facts, *, by: Member | None) -> bool:
    """Change what is known of a place; who looked at it vouches for it. Say whether it changed."""
    _check(by)
    before, values = _told(place), facts.values()
    _once(values, but=place)
    if place.origin == PlaceName.Origin.USED:
        values["origin"] = PlaceName.Origin.TYPED
    for name, value in values.items():
        setattr(place, name, value)
    place.save(update_fields=list(values))
    return note_change(Act.PLACE_CHANGED, place, before, _told(place), by=by)


@transaction.atomic
def use_place(place: PlaceName, *, is_active: bool, by: Member | None) -> None:
    """Take a place out, or back in. What is out is not suggested and does not come back by use."""
    _check(by)
    before, place.is_active = _told(place), is_active
    place.save(update_fields=["is_active"])
    note_change(Act.PLACE_CHANGED, place, before, _told(place), by=by)


@transaction.atomic
def join_places(place: PlaceName, other: PlaceName, *, by: Member) -> None:
    """Make one of two: `other` becomes another name of `place`, with its uses and its point."""
    _check(by)
    if place == other:
        raise Refused(_("Choose another place to join it with."))
    before = _told(place)
    names = [*place.aliases, other.name, *other.aliases]
    values = Facts(place.name, place.kind, place.division, names, place.position or other.position)
    changes = values.values() | {"uses": place.uses + other.uses}
    for name, value in changes.items():
        setattr(place, name, value)
    other.delete()
    place.save(update_fields=list(changes))
    note_change(Act.PLACES_JOINED, place, before, _told(place), by=by)


@transaction.atomic
def learn(
    names: Iterable[tuple[str, str]], division: Division, position: Point | None = None
) -> list[PlaceName]:
    """Count that a matter named these places (name, kind) and was sent on with this area.

    A name that nobody knew there is kept, unless it points to a person. A point is kept for the
    only estate or shop that was named, as long as it has none.
    """
    names = [each for each in dict.fromkeys(names) if not points_to_somebody(each[0])]
    pointed = [name for name, kind in names if kind in ON_A_POINT]
    kept = []
    for name, kind in names:
        place = _known(name, kind, division)
        PlaceName.objects.filter(pk=place.pk).update(uses=F("uses") + 1)
        if position and pointed == [name]:
            unset = PlaceName.objects.filter(pk=place.pk, lat=None)
            unset.update(lat=position[0], lon=position[1])
        kept.append(place)
    return kept


def _known(name: str, kind: str, division: Division) -> PlaceName:
    """Return the place of this name in the area, or in the town it lies in; else keep it."""
    town = division.code[:TOWN_DIGITS]
    there = PlaceName.objects.called(keys_of(name, ())).filter(division__code__startswith=town)
    places = sorted(there.select_related("division"), key=lambda each: each.division != division)
    if places:
        return places[0]
    values = Facts(name, kind, division).values()
    place, _is_new = PlaceName.objects.get_or_create(
        name=values.pop("name"), division=values.pop("division"),
        defaults=values | {"origin": PlaceName.Origin.USED},
    )  # fmt: skip
    return place


def _check(by: Member | None) -> None:
    if by and not may_keep(by):
        raise NotYours(_("One gazetteer serves the whole site: its topmost managers keep it."))


def _once(values: dict[str, Any], but: PlaceName | None = None) -> None:
    same = PlaceName.objects.filter(name=values["name"], division=values["division"])
    if same.exclude(pk=but.pk if but else 0).exists():
        raise Refused(
            _("%(name)s is known in %(area)s already; join the two, or write another area.")
            % {"name": values["name"], "area": values["division"]}
        )


def _told(place: PlaceName) -> dict[str, Any]:
    """Return what the log of administration says of a place."""
    point = place.position
    return {
        "name": place.name,
        "also": "、".join(place.aliases),
        "place_kind": place.kind,
        "area": place.division.name,
        "point": f"{point[0]:.5f}, {point[1]:.5f}" if point else "",
        "is_active": place.is_active,
    }
