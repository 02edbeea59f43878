"""What somebody writes to order paper forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.intake.models import MOST_SHEETS
from daodi.core.ledgers.models import Ledger

USUAL = 10


class LedgerField(forms.ModelChoiceField):
    def label_from_instance(self, ledger: Ledger) -> str:
        return ledger.plain_name


class PrintForm(forms.Form):
    """Which form, and how many of it."""

    ledger = LedgerField(
        label=_("Form for"), queryset=Ledger.objects.open_to_residents(), empty_label=None
    )
    count = forms.IntegerField(
        label=_("How many"), min_value=1, max_value=MOST_SHEETS, initial=USUAL
    )
    use_required_attribute = False

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.initial["ledger"] = Ledger.objects.open_to_residents().first()
