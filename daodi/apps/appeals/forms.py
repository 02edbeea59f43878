from django import forms
from django.utils.translation import gettext_lazy as _


class TrackForm(forms.Form):
    """Number and tracking code, as they stand on the receipt."""

    number = forms.CharField(
        label=_("Number of the request"),
        help_text=_("Such as SQ-20261121-000123."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Eight letters and digits; capitals and blanks do not matter."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    use_required_attribute = False
