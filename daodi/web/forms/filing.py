"""The form to file a matter, for residents and for staff who file for a caller."""

import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.intake.filing import LONGEST_TEXT, Filing
from daodi.core.ledgers.fields import Field, FieldRefused
from daodi.core.ledgers.kinds import Channel, Kind, Urgency
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.contacts import Person
from daodi.core.notices.carriers.known import residents_choices
from daodi.web.forms.base import DateInput, FilesField, text_area
from daodi.web.forms.choices import CategoryField, TownField

EXTRA = "extra_"


class FilingForm(forms.Form):
    """The words, the place, the files, the contact, and the ledger's own fields."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What is it about?"),
        help_text=_("Write as you would tell it: what is wrong, where, and since when."),
        max_length=LONGEST_TEXT,
        widget=text_area(7),
    )
    photos = FilesField(
        label=_("Photos or files"),
        help_text=_("Up to 9. Where and with what a photo was taken is removed from it."),
    )
    division = TownField(label=_("Town or subdistrict"), empty_label=_("not sure"))
    address = forms.CharField(label=_("Street, village or estate"), max_length=200, required=False)
    name = forms.CharField(label=_("Your name"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("Your telephone"),
        help_text=_("Only those who handle it see it, and each look at it is recorded."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    notify = forms.ChoiceField(
        label=_("How shall we tell you?"),
        help_text=_("Few messages: that we have it, when we ask something, and what came of it."),
        widget=forms.RadioSelect,
        required=False,
    )
    email = forms.EmailField(label=_("Your e-mail address"), max_length=200, required=False)
    is_confidential = forms.BooleanField(
        label=_("Keep it confidential"),
        help_text=_("Only named members of staff see it, and it is never published."),
        required=False,
    )
    may_publish = forms.BooleanField(
        label=_("The request and its answer may be published, without name, number and address"),
        required=False,
    )

    def __init__(self, ledger: Ledger, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"form_key": uuid.uuid4()})
        self.use_required_attribute = False
        self.ledger = ledger
        for spec in ledger.extra_fields():
            self.fields[EXTRA + spec.name] = _extra_field(spec)
        if not ledger.is_public:
            del self.fields["may_publish"]
        if ledger.is_confidential:
            del self.fields["is_confidential"]
        self._offer_notices()

    def _offer_notices(self) -> None:
        """Ask how to tell them only where there is something to choose."""
        ready = residents_choices()
        cast("forms.ChoiceField", self.fields["notify"]).choices = [
            ("", _("Not at all, I look myself")),
            *ready,
        ]
        if "mail" not in dict(ready):
            del self.fields["email"]
        if not ready:
            del self.fields["notify"]

    def clean_phone(self) -> str:
        number = str(self.cleaned_data["phone"])
        if not number:
            return ""
        try:
            return str(Field("phone", "", type="phone").clean(number))
        except FieldRefused:
            raise forms.ValidationError(
                _("This is no mobile or landline number. Write 11 digits, or leave it empty.")
            ) from None

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]) if self.cleaned_data.get("notify") == "mail" else ""

    def clean(self) -> dict[str, Any]:
        self._needs("sms", "phone", _("Leave your mobile number here, or choose another way."))
        self._needs("mail", "email", _("Leave your e-mail address here, or choose another way."))
        for spec in self.ledger.extra_fields():
            try:
                spec.clean(self.cleaned_data.get(EXTRA + spec.name))
            except FieldRefused as refused:
                self.add_error(EXTRA + spec.name, str(refused))
        return self.cleaned_data

    def _needs(self, carrier: str, field: str, why: Any) -> None:
        given = self.cleaned_data
        if given.get("notify") == carrier and field in given and not given[field]:
            self.add_error(field, why)

    def filing(self) -> Filing:
        """Return what was filed."""
        given = self.cleaned_data
        extra = {
            name.removeprefix(EXTRA): _plain(value)
            for name, value in given.items()
            if name.startswith(EXTRA)
        }
        return Filing(
            text=given["text"],
            title=given.get("title", ""),
            kind=given.get("kind", ""),
            urgency=given.get("urgency", Urgency.NORMAL),
            category=given.get("category"),
            division=given["division"],
            address=given["address"],
            person=Person(
                given["name"], given["phone"], given.get("email", ""), given.get("notify", "")
            ),
            is_confidential=given.get("is_confidential", False),
            may_publish=given.get("may_publish", False),
            extra=extra,
        )


class StaffFilingForm(FilingForm):
    """What an operator enters for a caller, or an inspector on the spot."""

    CHANNELS = (Channel.PHONE, Channel.COUNTER, Channel.INSPECTION)

    def __init__(self, ledger: Ledger, data: Any = None, files: Any = None) -> None:
        super().__init__(ledger, data, files)
        channels = [(channel, channel.label) for channel in self.CHANNELS]
        kinds = [(kind, Kind(kind).label) for kind in ledger.kinds]
        own = {
            "channel": forms.ChoiceField(label=_("Came by"), choices=channels),
            "title": forms.CharField(label=_("Title"), max_length=120, required=False),
            "kind": forms.ChoiceField(label=_("Kind"), choices=kinds),
            "category": CategoryField(ledger, required=False),
            "urgency": forms.ChoiceField(
                label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL
            ),
        }
        # As one speaks on the telephone: who it is, what it is about, where; then what it is.
        first = {name: self.fields[name] for name in ("phone", "name", "text", "division",
                                                      "address")}  # fmt: skip
        self.fields = {**first, **own, **self.fields}
        self.fields["name"].label = _("Caller's name")
        self.fields["phone"].label = _("Caller's telephone")
        if "notify" in self.fields:
            self.fields["notify"].label = _("How shall we tell the caller?")
        self.fields["phone"].widget.attrs["autofocus"] = True


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _extra_field(spec: Field) -> forms.Field:
    common: dict[str, Any] = {
        "label": str(spec), "required": spec.required, "help_text": spec.hint,
    }  # fmt: skip
    choices = [(choice, choice) for choice in spec.choices]
    makers: dict[str, Any] = {
        "long": lambda: forms.CharField(max_length=2000, widget=text_area(3), **common),
        "number": lambda: forms.DecimalField(**common),
        "date": lambda: forms.DateField(widget=DateInput(), **common),
        "choice": lambda: forms.ChoiceField(choices=[("", "—"), *choices], **common),
        "choices": lambda: forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **common
        ),
        "yes": lambda: forms.BooleanField(**{**common, "required": False}),
    }
    field: forms.Field = makers.get(spec.type, lambda: forms.CharField(max_length=200, **common))()
    return field
