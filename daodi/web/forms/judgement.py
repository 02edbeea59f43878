"""From which confidence filings are listed without an operator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.judgement.models import LEAST_SURE, MOST_SURE


class LimitForm(forms.Form):
    """A percentage; empty: never."""

    percent = forms.IntegerField(
        label=_("List without an operator from"),
        help_text=_("Percent of confidence, 50 to 100. Leave it empty and a person lists each."),
        min_value=LEAST_SURE,
        max_value=MOST_SURE,
        required=False,
    )
