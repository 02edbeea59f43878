"""What a list can be filtered by."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.fields import PHONE
from daodi.core.ledgers.kinds import Urgency
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.contacts import same_phone
from daodi.core.matters.models import MatterQuerySet
from daodi.core.matters.states import State

NUMBER = re.compile(r"(?:[A-Za-z]{1,6}-?\d{8}-?)?(\d{1,12})")


class FilterForm(forms.Form):
    """Number or telephone, state, urgency and ledger."""

    list = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Number or telephone"), required=False, max_length=40)
    state = forms.ChoiceField(label=_("State"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    ledger = forms.ModelChoiceField(
        label=_("Ledger"), queryset=Ledger.objects.active(), required=False, empty_label=_("any")
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name, choices in (("state", State.choices), ("urgency", Urgency.choices)):
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = [("", _("any")), *choices]
        self.is_valid()

    def is_filled(self) -> bool:
        """Say whether anything is filtered."""
        return any(self.cleaned_data.get(name) for name in ("q", "state", "urgency", "ledger"))

    def number(self) -> int | None:
        """Return the id of the matter that was asked for by its number."""
        asked = self.cleaned_data.get("q", "").strip()
        found = NUMBER.fullmatch(asked)
        return int(found.group(1)) if found and not PHONE.fullmatch(asked) else None

    def keep(self, matters: MatterQuerySet) -> MatterQuerySet:
        """Keep what was asked for."""
        given = self.cleaned_data
        asked = given.get("q", "").strip()
        if number := self.number():
            matters = matters.filter(pk=number)
        elif asked:
            matters = matters.filter(pk__in=same_phone(asked))
        for name in ("state", "urgency", "ledger"):
            if given.get(name):
                matters = matters.filter(**{name: given[name]})
        return matters
