"""A place: a town from the list, or a village that was found by its name."""

from collections.abc import Iterator
from typing import Any

from django.forms.models import ModelChoiceIterator

from daodi.core.people.models import Division
from daodi.web.forms.choices import TownField


class TownsFirst(ModelChoiceIterator):
    """Offers the towns, and a village only when it was chosen before."""

    def __iter__(self) -> Iterator[Any]:
        self.queryset = Division.objects.towns()
        yield from super().__iter__()
        village = getattr(self.field, "village", None)
        if village:
            yield self.choice(village)


class PlaceField(TownField):
    """Shows the towns and takes villages too, by their official codes."""

    iterator = TownsFirst
    village: Division | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(to_field_name="code", **kwargs)
        self.queryset = Division.objects.local()

    def show_village(self, code: str) -> None:
        """Let a village be shown that was chosen before."""
        villages = Division.objects.filter(level="village", code=code)
        self.village = villages.first() if code.isdecimal() else None
        self.choices = self.iterator(self)
