from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from daodi.core.matters.models import LATITUDES, LONGITUDES
from daodi.core.people.models import Division
from daodi.core.people.places import TOWN_DIGITS
from daodi.lib.pairs import fold

LONGEST_NAME = 40
# A name that came from the work alone speaks from so many matters on.
SPEAKS_FROM = 2


class PlaceKind(models.TextChoices):
    """What a place is, by the words of `daodi.lib.places`."""

    VILLAGE = "village", _("Village")
    ROAD = "road", _("Road")
    ESTATE = "estate", _("Estate")
    SITE = "site", _("Shop, school or other place")


class PlaceNameQuerySet(models.QuerySet["PlaceName"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def called(self, keys: Iterable[str]) -> Self:
        """Keep the places that are called, or were once, by one of these names as they are kept.

        `keys_of` says how that is.
        """
        # As one value: of a list, the ORM would make an expression for each name.
        return self.filter(keys__overlap=Value(list(keys), output_field=PlaceName.keys.field))

    def speaking(self) -> Self:
        """Keep what may be suggested: a name from the work needs more than one matter."""
        return self.active().filter(~Q(origin=PlaceName.Origin.USED) | Q(uses__gte=SPEAKS_FROM))

    def from_use(self) -> Self:
        """Keep what the work brought and nobody has looked at."""
        return self.active().filter(origin=PlaceName.Origin.USED)

    def with_letters(self, text: str) -> Self:
        """Keep the places with these characters in a name."""
        return self.annotate(said=_joined()).filter(said__contains=fold(text))

    def beside(self, place: "PlaceName") -> Self:
        """Keep the other places of the same town."""
        town = place.division.code[:TOWN_DIGITS]
        return self.active().filter(division__code__startswith=town).exclude(pk=place.pk)

    def for_list(self) -> Self:
        return self.select_related("division")

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def behind(self, name: str, pk: int) -> Self:
        """Keep what comes behind this place in the order of names: the key to page by."""
        return self.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))


class PlaceName(models.Model):
    """What a place is called here, and where it lies; never the name of a person."""

    class Origin(models.TextChoices):
        IMPORTED = "imported", _("from a table")
        TYPED = "typed", _("entered by hand")
        USED = "used", _("from use")

    name = models.CharField(max_length=LONGEST_NAME)
    aliases = ArrayField(models.CharField(max_length=LONGEST_NAME), default=list)
    # Name and aliases, folded: by these it is found.
    keys = ArrayField(models.CharField(max_length=LONGEST_NAME), default=list)
    kind = models.CharField(max_length=8, choices=PlaceKind)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    origin = models.CharField(max_length=8, choices=Origin)
    # Matters that named it and were sent on with this area.
    uses = models.PositiveIntegerField(default=0)
    # What was taken out stays, so that the work does not bring it back.
    is_active = models.BooleanField(default=True)

    objects = PlaceNameQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "division"], name="placename_once_an_area"),
            models.CheckConstraint(
                condition=Q(lat=None, lon=None)
                | Q(lat__isnull=False, lon__isnull=False)
                & Q(lat__range=LATITUDES, lon__range=LONGITUDES),
                name="placename_position_on_earth",
            ),
        ]
        indexes = [
            GinIndex(fields=["keys"], name="placename_keys"),
            models.Index(fields=["name", "id"], condition=Q(is_active=True), name="placename_list"),
            models.Index(
                fields=["name", "id"],
                condition=Q(is_active=True, origin="used"),
                name="placename_from_use",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def position(self) -> tuple[float, float] | None:
        return (self.lat, self.lon) if self.lat is not None and self.lon is not None else None


def keys_of(name: str, aliases: Iterable[str]) -> list[str]:
    """Return by what a place is found."""
    return list(dict.fromkeys(fold(each) for each in (name, *aliases)))


def _joined() -> models.Func:
    """Name and aliases in one text, as they are compared."""
    blank = models.Value("\n")
    return models.Func(
        F("keys"), blank, function="array_to_string", output_field=models.TextField()
    )
