"""What a resident is asked, in plain words, and how the questions stand on the page."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.intake.filing import Filing
from daodi.core.ledgers.kinds import Urgency
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.attachments import NewFile
from daodi.core.matters.models import LATITUDES, LONGITUDES
from daodi.web.forms.base import FilesField
from daodi.web.forms.filing import EXTRA, FilingForm
from daodi.web.forms.places import PlaceField

PRESSING = (
    (Urgency.NORMAL, gettext_lazy("Yes, it can take its turn")),
    (Urgency.URGENT, gettext_lazy("No: there is no water, power, gas or heating")),
    (Urgency.CRITICAL, gettext_lazy("No: people are in danger")),
)
# What stands in a section of its own; all other fields are about the person.
ABOUT = ("form_key", "text", "recording", "photos", "urgency")
WHERE = ("address", "division", "lat", "lon")


class RecordingField(FilesField):
    """A voice note; cleans to a list of none or one."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.widget.attrs = {"accept": "audio/*", "capture": "user"}

    def clean(self, data: object, _initial: object = None) -> list[NewFile]:
        files = super().clean(data)
        if any(not file.mime.startswith("audio/") for file in files):
            raise forms.ValidationError(_("This is no sound recording."))
        return files[:1]


class PressingField(forms.ChoiceField):
    """How soon somebody must come; who says nothing can wait for their turn."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Can it wait?"),
            help_text=gettext_lazy("In an emergency call 110, 119 or 120."),
            choices=PRESSING,
            initial=Urgency.NORMAL,
            widget=forms.RadioSelect,
        )

    def clean(self, value: Any) -> Any:
        return super().clean(value or Urgency.NORMAL)


class ResidentForm(FilingForm):
    """The same filing as on the desk, asked as one asks a neighbour."""

    recording = RecordingField(
        label=gettext_lazy("Or say it"),
        help_text=gettext_lazy("A few sentences are enough, in your own dialect if you like."),
    )
    division = PlaceField(
        label=gettext_lazy("Town or subdistrict"), empty_label=gettext_lazy("not sure")
    )
    lat = forms.FloatField(
        min_value=LATITUDES[0], max_value=LATITUDES[1], required=False, widget=forms.HiddenInput
    )
    lon = forms.FloatField(
        min_value=LONGITUDES[0], max_value=LONGITUDES[1], required=False, widget=forms.HiddenInput
    )
    urgency = PressingField()

    def __init__(self, ledger: Ledger, data: Any = None, files: Any = None) -> None:
        if data and files and files.get("recording") and not data.get("text", "").strip():
            data = data.copy()
            data["text"] = _("What I want to say is in the recording.")
        super().__init__(ledger, data, files)
        for name, (label, hint) in _plain_words().items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, hint
        nothing = _("Please write what it is about, or say it.")
        self.fields["text"].error_messages["required"] = nothing
        if data:
            place: Any = self.fields["division"]
            place.show_village(data.get("division", ""))

    def extras(self) -> list[forms.BoundField]:
        """Return what this ledger asks beyond the words."""
        return [self[name] for name in self.fields if name.startswith(EXTRA)]

    def about_you(self) -> list[forms.BoundField]:
        """Return what is asked about the person, and about who may read it."""
        told = {*ABOUT, *WHERE}
        names = (name for name in self.fields if name not in told and not name.startswith(EXTRA))
        return [self[name] for name in names]

    def files_sent(self) -> list[NewFile]:
        """Return what comes with it, the voice first."""
        return [*self.cleaned_data["recording"], *self.cleaned_data["photos"]]

    def filing(self) -> Filing:
        given = self.cleaned_data
        lat, lon = given.get("lat"), given.get("lon")
        position = None if lat is None or lon is None else (lat, lon)
        return replace(super().filing(), position=position)


def _plain_words() -> dict[str, tuple[str, str]]:
    return {
        "text": (
            _("What is it about?"),
            _("Write as you would tell it: what is wrong, where, and since when."),
        ),
        "photos": (_("Photos or files"), _("Up to 9. They help to find the place at once.")),
        "address": (
            _("Where is it?"),
            _("Village, street or estate, and what stands nearby."),
        ),
        "name": (_("What may we call you?"), ""),
        "phone": (
            _("Telephone, if somebody should call you"),
            _(
                "You can read the answer here without it. Only those who work on it see the "
                "number, and each look at it is recorded."
            ),
        ),
        "is_confidential": (
            _("Only a few people may see it"),
            _(
                "Choose this if you fear trouble because of it. Then only named members of "
                "staff see it, and it is never published."
            ),
        ),
        "may_publish": (
            _("Others may read it"),
            _(
                "The request and its answer, without your name, number and address, so that "
                "others with the same question find it."
            ),
        ),
    }
