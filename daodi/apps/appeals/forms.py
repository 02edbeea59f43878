from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.knowledge.models import EntryQuerySet
from daodi.core.ledgers.models import Category
from daodi.core.publishing.models import PublicationQuerySet
from daodi.web.forms.choices import TownField, UnitField


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


class StripForm(forms.Form):
    """The code on the strip of a paper form."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Eight letters and digits; capitals and blanks do not matter."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "autofocus": True}
        ),
    )
    use_required_attribute = False


class CheckForm(forms.Form):
    """Number and check number, as they stand on a printed page or a receipt."""

    number = forms.CharField(label=_("Number of the request"), max_length=30)
    check = forms.CharField(
        label=_("Check number"),
        help_text=_("Sixteen letters and digits; capitals and blanks do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    use_required_attribute = False


class UnitSearchForm(forms.Form):
    q = forms.CharField(label=_("Name of the unit"), max_length=40, required=False)

    def asked(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""


class AnswerFilterForm(forms.Form):
    """Words of the question or the answer."""

    q = forms.CharField(label=_("Words to look for"), max_length=60, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.is_valid()

    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("q"))

    def keep(self, entries: EntryQuerySet) -> EntryQuerySet:
        return entries.saying(self.cleaned_data.get("q", ""))


class PublicFilterForm(forms.Form):
    """Words, topic, unit and town."""

    q = forms.CharField(label=_("Words to look for"), max_length=60, required=False)
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Category.objects.active().filter(
            level=1, ledger__is_public=True, ledger__residents_file=True
        ),
        required=False,
        empty_label=_("any"),
    )
    town = TownField(label=_("Town"), empty_label=_("any"))
    unit = UnitField(label=_("Unit"), required=False, empty_label=_("any"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.is_valid()

    def is_filled(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def keep(self, published: PublicationQuerySet) -> PublicationQuerySet:
        given = self.cleaned_data
        for name in ("topic", "town", "unit"):
            if given.get(name):
                published = published.filter(**{name: given[name]})
        return published.saying(given.get("q", ""))


class PhoneForm(forms.Form):
    """The number that stood on the request."""

    phone = forms.CharField(
        label=_("Your mobile number"),
        help_text=_("The one that you left with the request."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    use_required_attribute = False

    def number(self) -> str:
        return str(self.cleaned_data["phone"])


class OneTimeCodeForm(forms.Form):
    """The six digits that were sent to a telephone."""

    phone = forms.CharField(max_length=20, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("The six digits from the message"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )
    use_required_attribute = False
