"""What a list can be filtered by."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.kinds import Channel, Kind, Satisfied, Urgency
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.belongings import Part
from daodi.core.matters.models import NEVER
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import State
from daodi.core.people.models import Member, Unit
from daodi.core.search.matters import find_matters
from daodi.lib.days import begin_of_day, end_of_day
from daodi.lib.pairs import LONGEST_QUERY
from daodi.web.forms.base import DateInput
from daodi.web.forms.choices import CategoriesField, TownField

# Always there; the rest on request, and when something is chosen in it.
USUAL = ("list", "more", "q", "state", "urgency", "ledger", "order")
PLACE = ("list", "more")
ASIDE = ("list", "more", "order")
ORDERS = (
    ("due", _("due first")),
    ("newest", _("newest first")),
    ("oldest", _("oldest first")),
)
# What a chosen value is compared with, as it is.
_EQUAL = ("state", "urgency", "ledger", "kind", "channel", "card", "satisfied")
# Units, categories and places come with all that lies below them.
_BELOW = {"unit": "path", "division": "code"}
_MARKS = {
    "confidential": Q(is_confidential=True),
    "bounced": Q(bounces__gt=0),
    "redone": Q(redos__gt=0),
}


class FilterForm(forms.Form):
    """Words, number or telephone; state, urgency and ledger; and on request all else."""

    list = forms.CharField(required=False, widget=forms.HiddenInput)
    more = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Words, number, place, telephone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_QUERY}),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    ledger = forms.ModelChoiceField(
        label=_("Ledger"), queryset=Ledger.objects.active(), required=False, empty_label=_("any")
    )
    category = CategoriesField(label=_("Category"), empty_label=_("any"))
    unit = forms.ModelChoiceField(
        label=_("Lead unit"),
        queryset=Unit.objects.filter(is_active=True),
        required=False,
        empty_label=_("any"),
    )
    division = TownField(label=_("Town"), empty_label=_("any"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    channel = forms.ChoiceField(label=_("Came by"), required=False)
    card = forms.ChoiceField(label=_("Card"), required=False)
    satisfied = forms.ChoiceField(label=_("Satisfaction"), required=False)
    filed_from = forms.DateField(label=_("Filed from"), required=False, widget=DateInput)
    filed_to = forms.DateField(label=_("Filed up to"), required=False, widget=DateInput)
    due_from = forms.DateField(label=_("Due from"), required=False, widget=DateInput)
    due_to = forms.DateField(label=_("Due up to"), required=False, widget=DateInput)
    confidential = forms.BooleanField(label=_("Confidential"), required=False)
    joint = forms.BooleanField(label=_("With joint units"), required=False)
    bounced = forms.BooleanField(label=_("Was sent back by a unit"), required=False)
    redone = forms.BooleanField(label=_("Was redone"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for name, choices in _choices().items():
            cast("forms.ChoiceField", self.fields[name]).choices = [("", _("any")), *choices]
        cast("forms.ChoiceField", self.fields["order"]).choices = [("", _("as usual")), *ORDERS]
        self.is_valid()
        self.can_have_more = not data.get("more")
        if not self.can_have_more:
            category = cast("CategoriesField", self.fields["category"])
            category.offer(self.cleaned_data.get("ledger"), self.cleaned_data.get("category"))
        else:
            self._leave_out_what_is_not_used()

    def is_filled(self) -> bool:
        """Say whether anything is filtered."""
        return any(self.cleaned_data.get(name) for name in self.fields if name not in ASIDE)

    def conditions(self) -> dict[str, str]:
        """Return the conditions and the order as they stand in the address of the list."""
        used = (name for name in self.fields if name not in PLACE and self.cleaned_data.get(name))
        return {name: str(self.data[name]) for name in used}

    def keep(self, matters: MatterQuerySet, member: Member) -> MatterQuerySet:
        """Keep what was asked for."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if words := given.get("q", "").strip():
            matters = find_matters(matters, words, member)
        matters = matters.filter(**{name: given[name] for name in _EQUAL if name in given})
        for name, key in _BELOW.items():
            if name in given:
                within = {f"{name}__{key}__startswith": getattr(given[name], key)}
                matters = matters.filter(**within)
        return matters.filter(*_rest(given))

    def _leave_out_what_is_not_used(self) -> None:
        """A list of units or categories is long: show it when it is asked for."""
        for name in [name for name in self.fields if name not in USUAL]:
            value = self.cleaned_data.get(name)
            if not value:
                del self.fields[name]
            elif isinstance(self.fields[name], forms.ModelChoiceField):
                field = cast("forms.ModelChoiceField", self.fields[name])
                field.queryset = type(value).objects.filter(pk=value.pk)


def _choices() -> dict[str, list[tuple[str, Any]]]:
    return {
        "state": State.choices,
        "urgency": Urgency.choices,
        "kind": Kind.choices,
        "channel": Channel.choices,
        "satisfied": Satisfied.choices,
        "card": [("yellow", _("yellow card")), ("red", _("red card"))],
    }


def _rest(given: Mapping[str, Any]) -> list[Q]:
    conditions = [condition for name, condition in _MARKS.items() if name in given]
    if category := given.get("category"):
        below = Category.objects.filter(ledger=category.ledger_id).within(category.code)
        conditions.append(Q(category__in=below))
    if "joint" in given:
        parts = Part.objects.in_force().filter(matter=OuterRef("pk"))
        conditions.append(Q(Exists(parts)))
    if given.get("due_from") or given.get("due_to"):
        conditions.append(Q(due_at__lt=NEVER))
    for name in ("filed", "due"):
        if first := given.get(f"{name}_from"):
            conditions.append(Q(**{f"{name}_at__gte": begin_of_day(first)}))
        if last := given.get(f"{name}_to"):
            conditions.append(Q(**{f"{name}_at__lt": end_of_day(last)}))
    return conditions
