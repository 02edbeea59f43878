"""What a clerk types from a paper form: what the sheet asks, in the sheet's order and words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from daodi.core.intake.paper import PaperForm
from daodi.core.ledgers.kinds import Channel, Urgency
from daodi.core.people.models import Division, Unit
from daodi.core.people.places import TOWN_DIGITS
from daodi.web.forms.filing import EXTRA, StaffFilingForm
from daodi.web.showing.paper_forms import URGENCIES

SHEET = (
    "text", "kind", "division", "address", "urgency", "name", "phone", "may_publish",
    "is_confidential",
)  # fmt: skip
# The sheet does not ask for it: an operator chooses it later, or it is the same for all sheets.
UNASKED = ("title", "category", "notify", "email")


class PaperEntryForm(StaffFilingForm):
    """The form of staff without what no sheet asks; from the first field to the last by Tab."""

    def __init__(self, paper: PaperForm, unit: Unit, data: Any = None, files: Any = None) -> None:
        super().__init__(paper.batch.ledger, data, files)
        for name in UNASKED:
            self.fields.pop(name, None)
        self.fields["urgency"] = forms.ChoiceField(choices=URGENCIES, initial=Urgency.NORMAL)
        asked = [*(name for name in self.fields if name.startswith(EXTRA)), "photos"]
        self.order_fields([*SHEET, *asked])
        self.fields["channel"].widget = forms.HiddenInput()
        self.initial["channel"] = Channel.COUNTER
        # Sheets come from where they are handed in, until the sheet says otherwise.
        self.initial["division"] = _town_of(unit)
        for name, (label, hint) in _words_of_the_sheet().items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, hint
        self.fields["phone"].widget.attrs = {"inputmode": "tel", "autocomplete": "off"}
        self.fields["text"].widget.attrs["autofocus"] = True


def _town_of(unit: Unit) -> Division | None:
    """Return the town that a unit stands in; None for one of the whole county."""
    if unit.division is None:
        return None
    code = unit.division.code
    return Division.objects.towns().filter(code__in=[code[:TOWN_DIGITS], code]).first()


def _words_of_the_sheet() -> dict[str, tuple[str, str]]:
    return {
        "text": (
            _("What stands on the sheet"),
            _("In their own words, as it is written. What you cannot read: […]."),
        ),
        "kind": (_("What they want"), _("The box that is ticked; none: what it sounds like.")),
        "division": (_("Town or subdistrict"), ""),
        "address": (_("Place, as on the sheet"), ""),
        "urgency": (_("Can it wait?"), _("The box that is ticked.")),
        "name": (_("Name on the sheet"), ""),
        "phone": (
            _("Telephone on the sheet"),
            _("Only those who handle it see it, and each look at it is recorded."),
        ),
        "may_publish": (_("Ticked: others may read it"), ""),
        "is_confidential": (_("Ticked: only a few people may see it"), ""),
        "photos": (_("A photo of the sheet, or what came with it"), ""),
    }
