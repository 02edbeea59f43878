"""Where each town of a county stands on the tile map: a row and a column."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.people.models import Division
from daodi.core.people.towns import MOST, Place


class TownsForm(forms.Form):
    """Two numbers for each town; both empty: it stands below the map."""

    def __init__(
        self, towns: Sequence[Division], places: Mapping[str, Place], data: Any = None
    ) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        self.towns = towns
        for town in towns:
            row, column = places.get(town.code, (None, None))
            self.fields[f"row_{town.code}"] = _field(gettext_lazy("Row"), town, row)
            self.fields[f"column_{town.code}"] = _field(gettext_lazy("Column"), town, column)

    def clean(self) -> dict[str, Any]:
        for town in self.towns:
            row, column = self._of(town)
            if (row is None) != (column is None) and not self.errors:
                self.add_error(
                    None, _("%(town)s needs a row and a column, or neither.") % {"town": town}
                )
        return self.cleaned_data

    def places(self) -> dict[str, Place]:
        """Return where the towns are to stand, by their codes."""
        given = {town.code: self._of(town) for town in self.towns}
        return {code: (row, column) for code, (row, column) in given.items() if row and column}

    def rows(self) -> list[tuple[Division, Any, Any]]:
        return [
            (each, self[f"row_{each.code}"], self[f"column_{each.code}"]) for each in self.towns
        ]

    def _of(self, town: Division) -> tuple[int | None, int | None]:
        given = self.cleaned_data
        return given.get(f"row_{town.code}"), given.get(f"column_{town.code}")


def _field(label: Any, town: Division, now: int | None) -> forms.Field:
    widget = forms.NumberInput(
        attrs={"aria-label": f"{town}: {label}", "min": 1, "max": MOST, "inputmode": "numeric"}
    )
    return forms.IntegerField(
        label=f"{town}: {label}",
        min_value=1,
        max_value=MOST,
        required=False,
        initial=now,
        widget=widget,
    )
