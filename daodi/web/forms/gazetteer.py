"""What a manager writes about a place."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from daodi.core.gazetteer.models import LONGEST_NAME, PlaceKind, PlaceName
from daodi.core.gazetteer.services import Facts
from daodi.core.matters.models import LATITUDES, LONGITUDES
from daodi.lib.text import words_in
from daodi.web.forms.units import DivisionField

LONGEST_ALIASES, LONGEST_QUERY = 400, 40


class FindPlaceForm(forms.Form):
    """One line to find places by."""

    q = forms.CharField(label=_("Place name"), max_length=LONGEST_QUERY, required=False)

    def asked(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""


class PlaceForm(forms.Form):
    """Name, other names, kind, area and point of a place."""

    name = forms.CharField(label=_("Place name"), max_length=LONGEST_NAME)
    aliases = forms.CharField(
        label=_("Other names"),
        help_text=_("What people also say, separated by commas."),
        max_length=LONGEST_ALIASES,
        required=False,
    )
    kind = forms.ChoiceField(label=_("Kind of place"), choices=PlaceKind.choices)
    division = DivisionField()
    lat = forms.FloatField(
        label=_("Latitude"), min_value=LATITUDES[0], max_value=LATITUDES[1], required=False
    )
    lon = forms.FloatField(
        label=_("Longitude"), min_value=LONGITUDES[0], max_value=LONGITUDES[1], required=False
    )

    def __init__(self, place: PlaceName | None = None, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=_known(place) if place else None)
        self.use_required_attribute = False
        self.fields["division"].required = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("lat") is None) != (given.get("lon") is None):
            self.add_error("lon", _("A point needs both numbers."))
        return given

    def facts(self) -> Facts:
        given = self.cleaned_data
        names = words_in(given["aliases"])
        point = None if given["lat"] is None else (given["lat"], given["lon"])
        return Facts(given["name"], given["kind"], given["division"], names, point)


class JoinPlaceForm(forms.Form):
    """Which other place is this one too."""

    def __init__(self, place: PlaceName, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="join_%s")
        self.use_required_attribute = False
        self.fields["other"] = OtherPlace(
            label=_("The other place"),
            help_text=_("What lies in the same town. It becomes another name of this place."),
            queryset=PlaceName.objects.beside(place).for_list().by_name(),
        )


class OtherPlace(forms.ModelChoiceField):
    def label_from_instance(self, place: PlaceName) -> str:
        return f"{place.name} · {place.division}"


def _known(place: PlaceName) -> dict[str, Any]:
    return {
        "name": place.name,
        "aliases": "、".join(place.aliases),
        "kind": place.kind,
        "division": place.division,
        "lat": place.lat,
        "lon": place.lon,
    }
