"""Which matters figures count: ledger, window, unit, category, town, and known since when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daodi.core.figures.counting import Scope
from daodi.core.figures.formulas import FORMULAS, Basis, Formula, formula
from daodi.core.figures.sight import sees_whole, within_sight
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.people.models import Division, Member, Unit
from daodi.lib.windows import Window, so_far
from daodi.web.forms.base import DateInput
from daodi.web.forms.choices import LEADING, LOWEST, CategoriesField

USUAL_WINDOW, GIVEN_DAYS = "days30", "given"
DIGITS = 10  # of an id, at most
WINDOWS = (
    ("days30", _("the last 30 days")),
    ("week", _("this week")),
    ("month", _("this month")),
    ("quarter", _("this quarter")),
    (GIVEN_DAYS, _("from … to …")),
)
USUAL_FORMULA = "on_time"
STEPS = (("day", _("by day")), ("week", _("by week")), ("month", _("by month")))
SORTS = (("name", _("by name")), ("figure", _("by figure")))


class ScopeForm(forms.Form):
    """What the figures of a page are counted from, as it stands in its address.

    Whatever is missing or wrong there falls back to the usual: a page of figures always shows
    some. `scope` never goes beyond what the member may count.
    """

    ledger = forms.ChoiceField(label=_("Ledger"), required=False)
    window = forms.ChoiceField(label=_("Window"), choices=WINDOWS, required=False)
    first = forms.DateField(label=_("First day"), required=False, widget=DateInput)
    last = forms.DateField(label=_("Last day"), required=False, widget=DateInput)
    unit = forms.ModelChoiceField(
        label=_("Lead unit"), queryset=Unit.objects.none(), required=False, empty_label=_("any")
    )
    category = CategoriesField(label=_("Category"), empty_label=_("any"))
    town = forms.ModelChoiceField(
        label=_("Town"),
        queryset=Division.objects.towns(),
        to_field_name="code",
        required=False,
        empty_label=_("any"),
    )
    as_of = forms.DateTimeField(
        label=_("As known at"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(
        self, data: Mapping[str, Any], member: Member, ledgers: list[Ledger], now: datetime
    ) -> None:
        self.member, self.ledgers, self.now = member, ledgers, now
        self.chosen = _ledger_of(data.get("ledger", ""), ledgers)
        today = timezone.localtime(now).date()
        given = {name: value for name, value in data.items() if value}
        if given.get("first") and "window" not in given:
            given["window"] = GIVEN_DAYS
        super().__init__({"window": USUAL_WINDOW, **given, "ledger": self.chosen.code})
        self._offer()
        self.is_valid()
        self.windows = self._windows(today)

    @property
    def scope(self) -> Scope:
        """Return what is counted."""
        window, given = self.windows[0], self.cleaned_data
        as_of = given.get("as_of")
        town = given.get("town")
        scope = Scope(
            self.chosen,
            window.first,
            window.last,
            unit=given.get("unit"),
            category=given.get("category"),
            town=town.code if town else "",
            as_of=as_of if as_of and as_of < self.now else None,
        )
        return within_sight(scope, self.member)

    @property
    def before(self) -> Scope:
        """Return the same of the window before."""
        window = self.windows[1]
        return replace(self.scope, first=window.first, last=window.last)

    @property
    def before_as_then(self) -> Scope:
        """Return the same as it was known when it was as old as the window is now.

        What was filed lately has had less time to be answered: against what became of the older
        ones since, every rate would look worse, or better, than it is.
        """
        before = self.before
        return replace(
            before, as_of=(self.scope.as_of or self.now) - (self.scope.first - before.first)
        )

    def _windows(self, today: date) -> tuple[Window, Window]:
        given = self.cleaned_data
        name = given.get("window") or USUAL_WINDOW
        if name != GIVEN_DAYS:
            return so_far(name, today)
        ends = given.get("first") or today, given.get("last") or today
        window = Window(min(ends), max(ends))
        return window, window.before()

    def _offer(self) -> None:
        choices = cast("forms.ChoiceField", self.fields["ledger"])
        choices.choices = [(each.code, str(each)) for each in self.ledgers]
        units = Unit.objects.visible_to(self.member).filter(is_active=True)
        if sees_whole(self.chosen, self.member):
            asked = Q(pk=_number(self.data.get("unit")))
            units = Unit.objects.get_queryset().filter(Q(kind__in=LEADING) | asked, is_active=True)
        cast("forms.ModelChoiceField", self.fields["unit"]).queryset = units.order_by("path")
        upper = Q(level__lt=LOWEST) | Q(pk=_number(self.data.get("category")))
        categories = Category.objects.filter(upper, ledger=self.chosen).order_by("code")
        cast("forms.ModelChoiceField", self.fields["category"]).queryset = categories


class FormulaForm(ScopeForm):
    """A scope, and one figure of it."""

    formula = forms.ChoiceField(label=_("Figure"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        member: Member,
        ledgers: list[Ledger],
        now: datetime,
        *,
        with_stock: bool = True,
    ) -> None:
        self.figures = [
            each for each in FORMULAS.values() if with_stock or each.basis is not Basis.STOCK
        ]
        self.figure = _formula_of(data.get("formula", ""), self.figures)
        super().__init__({**_plain(data), "formula": self.figure.code}, member, ledgers, now)
        self.order_fields(["formula"])

    def _offer(self) -> None:
        super()._offer()
        choices = cast("forms.ChoiceField", self.fields["formula"])
        choices.choices = [(each.code, each.label) for each in self.figures]


class AxisForm(FormulaForm):
    """One figure of each unit, category or town, in an order."""

    sort = forms.ChoiceField(label=_("Order"), choices=SORTS, required=False)


class StepForm(FormulaForm):
    """One figure of each day, week or month."""

    step = forms.ChoiceField(label=_("Time steps"), choices=STEPS, required=False)


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in data}


def _number(text: object) -> int:
    """Return the id that an address names; 0: none."""
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) < DIGITS else 0


def _ledger_of(name: str, ledgers: list[Ledger]) -> Ledger:
    """Return the ledger with this code or id; else the first."""
    return next((each for each in ledgers if name in (each.code, str(each.pk))), ledgers[0])


def _formula_of(code: str, among: list[Formula]) -> Formula:
    try:
        found = formula(code)
    except KeyError:
        found = formula(USUAL_FORMULA)
    return found if found in among else formula(USUAL_FORMULA)
