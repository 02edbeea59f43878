"""Fields to choose units, categories, places and matters."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.belongings import Part
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division, Member, Unit

LOWEST = 3  # level of categories
LEADING = (
    Unit.Kind.DEPARTMENT,
    Unit.Kind.TOWN,
    Unit.Kind.ENTERPRISE,
    Unit.Kind.GOVERNMENT,
)


def leading_units() -> QuerySet[Unit]:
    """Return the units that matters are dispatched to; they forward inside their own house."""
    units: QuerySet[Unit] = Unit.objects.filter(is_active=True, kind__in=LEADING)
    return units.order_by("kind", "path")


class UnitField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=leading_units(), **kwargs)


class UnitsField(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.SelectMultiple(attrs={"size": 5})
        super().__init__(queryset=leading_units(), widget=widget, **kwargs)


class CategoryField(forms.ModelChoiceField):
    """The categories of a ledger, deepest ones grouped by what they belong to."""

    def __init__(self, ledger: Ledger, **kwargs: Any) -> None:
        kwargs = {"label": gettext_lazy("Category"), **kwargs}
        super().__init__(queryset=ledger.categories.active(), **kwargs)
        self.choices = [("", "---------"), *_grouped(list(ledger.categories.active()))]


class CategoriesField(forms.ModelChoiceField):
    """A category of any ledger, each under the one that it belongs to."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=_categories(), required=False, **kwargs)

    def offer(self, ledger: Ledger | None, chosen: Category | None) -> None:
        """Offer all of a ledger; of all ledgers their upper levels, which are not too many."""
        offered = Q(ledger=ledger) if ledger else Q(level__lt=LOWEST)
        self.queryset = _categories().filter(offered | Q(pk=chosen.pk if chosen else None))

    def label_from_instance(self, obj: Category) -> str:
        return "\u3000" * (obj.level - 1) + str(obj)


def _categories() -> QuerySet[Category]:
    return Category.objects.active().order_by("ledger", "code")


def _grouped(categories: list[Category]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    by_id = {category.pk: category for category in categories}
    parents = {category.parent_id for category in categories}
    groups: dict[str, list[tuple[int, str]]] = {}
    for category in categories:
        if category.pk in parents:
            continue
        above = by_id.get(category.parent_id or 0)
        top = by_id.get(above.parent_id or 0) if above else None
        name = " / ".join(str(node) for node in (top, above) if node) or _("Other")
        groups.setdefault(name, []).append((category.pk, str(category)))
    yield from groups.items()


class MatterField(forms.CharField):
    """A matter by its number, among those that the member may see."""

    def __init__(self, member: Member | None, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
        self.member = member

    def clean(self, value: Any) -> Matter:
        number = super().clean(value).strip().upper()
        if self.member:
            matters = Matter.objects.visible_to(self.member).for_page()
            if found := matters.filter(number=number).first():
                return found
        raise forms.ValidationError(_("There is no matter with this number."))


class TownField(forms.ModelChoiceField):
    """A town of the site, to say roughly where."""

    def __init__(self, **kwargs: Any) -> None:
        towns = Division.objects.filter(level="town")
        super().__init__(queryset=towns, required=False, **kwargs)


class PartField(forms.ModelChoiceField):
    """A joint unit's part, by the unit's name."""

    def label_from_instance(self, obj: Part) -> str:
        return str(obj.unit)


class MembersField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Member) -> str:
        return f"{obj.unit} · {obj}"
