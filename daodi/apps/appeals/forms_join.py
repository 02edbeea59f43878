import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.apps.appeals.joining import Same
from daodi.core.ledgers.fields import Field, FieldRefused
from daodi.core.matters.contacts import Person
from daodi.web.forms.base import text_area

LONGEST = 2000


class JoinForm(forms.Form):
    """What is different with me, and how to reach me; all of it may stay empty."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What else should we know?"), max_length=LONGEST, required=False,
        help_text=_("Only if something is different with you."), widget=text_area(),
    )  # fmt: skip
    address = forms.CharField(label=_("Where is it with you?"), max_length=200, required=False)
    name = forms.CharField(label=_("What may we call you?"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("Telephone, if somebody should call you"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"form_key": uuid.uuid4()})

    def clean_phone(self) -> str:
        number = str(self.cleaned_data["phone"])
        try:
            return str(Field("phone", "", type="phone").clean(number)) if number else ""
        except FieldRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def same(self) -> Same:
        given = self.cleaned_data
        person = Person(given["name"], given["phone"])
        return Same(given["text"].strip(), given["address"], person)
