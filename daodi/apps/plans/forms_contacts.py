"""What is asked for about contact places and visits."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.apps.plans.contacts import KEEPERS, ContactPlace, Visit
from daodi.apps.plans.visiting import ledgers_for_concerns
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Division, Member
from daodi.core.people.roles import Role
from daodi.web.forms.base import DateInput, text_area
from daodi.web.forms.picking import OneOf

QUARTERS_BACK = 8


class PlaceForm(forms.ModelForm):
    """A place to look after; who keeps a house also says whose it is."""

    class Meta:
        model = ContactPlace
        fields = ("kind", "name", "division")

    def __init__(self, member: Member, data: Any = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        self.member = member
        towns = list(Division.objects.towns())
        self.fields["division"] = OneOf(
            towns, [(str(_("Towns")), [(one.pk, one, one.code) for one in towns])],
            label=_("Town"), required=False,
        )  # fmt: skip
        staff = _cadres(member)
        if staff != [member]:
            rows = [(one.pk, f"{one} · {one.unit}", "") for one in staff]
            self.fields["member"] = OneOf(
                staff, [(str(_("Leading cadres")), rows)], label=_("Who looks after it"),
                initial=member.pk if member in staff else None,
            )  # fmt: skip

    def _post_clean(self) -> None:
        """The service checks the whole, with its own sentences."""

    def draft(self) -> ContactPlace:
        given = {"member": self.member, **self.cleaned_data}
        return ContactPlace(**given)


class VisitForm(forms.Form):
    """A visit on one screen: where, when, what was seen, what has to be dealt with."""

    def __init__(
        self, places: list[ContactPlace], today: date, data: Any = None, visit: Visit | None = None
    ) -> None:
        initial = {"day": visit.day, "seen": visit.seen} if visit else {"day": today}
        super().__init__(data, initial=initial)
        self.use_required_attribute = False
        if visit is None:
            self.fields["place"] = _one_of(places, _("Contact place"))
        self.fields["day"] = forms.DateField(label=_("Day of the visit"), widget=DateInput())
        self.fields["seen"] = forms.CharField(
            label=_("What you saw and heard"), widget=text_area(5), max_length=5000
        )
        self.fields["concerns"] = forms.CharField(
            label=_("Problems found"), widget=text_area(3), required=False, max_length=5000,
            help_text=_("One a line: what, and where. Names of residents are not needed."),
        )  # fmt: skip
        ledgers = ledgers_for_concerns()
        if visit is None and ledgers:
            self.fields["ledger"] = _sent_to(ledgers)

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "concerns": self.cleaned_data["concerns"].splitlines()}


class ConcernForm(forms.Form):
    """Which ledger takes a concern; where there is one only, nothing is asked."""

    def __init__(self, ledgers: list[Ledger], data: Any = None) -> None:
        super().__init__(data)
        self.fields["ledger"] = forms.TypedChoiceField(
            label=_("Ledger"),
            choices=[(row.pk, str(row)) for row in ledgers],
            coerce={str(row.pk): row for row in ledgers}.get,
            widget=forms.Select if len(ledgers) > 1 else forms.HiddenInput,
            initial=ledgers[0].pk if ledgers else None,
        )


class QuarterForm(forms.Form):
    """Which quarter a report is about."""

    def __init__(self, quarters: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["quarter"] = forms.ChoiceField(
            label=_("Quarter"), choices=quarters, required=False
        )


def _one_of(places: list[ContactPlace], label: Any) -> forms.TypedChoiceField:
    # The radio buttons of a few places are faster on a phone than a list that opens.
    return forms.TypedChoiceField(
        label=label,
        choices=[(place.pk, str(place)) for place in places],
        coerce={str(place.pk): place for place in places}.get,
        widget=forms.RadioSelect,
        initial=places[0].pk if len(places) == 1 else None,
    )


def _sent_to(ledgers: list[Ledger]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Send these problems on at once"),
        choices=[("", _("Not yet")), *((row.pk, str(row)) for row in ledgers)],
        coerce={str(row.pk): row for row in ledgers}.get,
        empty_value=None,
        required=False,
    )


def _cadres(member: Member) -> list[Member]:
    """Return to whom a member may give a place: to their house, or to themselves only."""
    if not member.has(*KEEPERS):
        return [member]
    cadres = Member.objects.active().with_role(Role.LEADER).in_house(member.unit)
    return list(cadres.for_list())
