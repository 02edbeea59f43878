"""One step on many matters."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.history.models import Event
from daodi.core.ledgers.kinds import Kind, Urgency
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.workflow.services import perform
from daodi.core.workflow.sorting import Listing, list_and_dispatch
from daodi.web.forms.base import LONG_TEXT, text_area
from daodi.web.forms.choices import CategoryField, UnitField, UnitsField

Act = Callable[[Matter], Event]


class BulkForm(forms.Form):
    """What a step asks for, the same for all; `move` is the one that must be open to each."""

    move = ""

    def __init__(self, ledger: Ledger, data: Any = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        self.ledger = ledger
        self.ask()

    def ask(self) -> None:
        """Add the fields of this step."""

    def act(self, by: Member, now: datetime) -> Act:
        """Return what is done with each matter."""
        return partial(perform, name=self.move, by=by, now=now, **self.cleaned_data)


class NoteForm(BulkForm):
    move = "note"
    text = forms.CharField(label=_("Text"), max_length=LONG_TEXT, widget=text_area())
    public = forms.BooleanField(label=_("The residents may read it"), required=False)


class ListForm(BulkForm):
    move = "list"

    def ask(self) -> None:
        kinds = [(kind, Kind(kind).label) for kind in self.ledger.kinds]
        self.fields["category"] = CategoryField(self.ledger)
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=kinds)
        self.fields["urgency"] = forms.ChoiceField(
            label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL
        )


class DispatchForm(BulkForm):
    move = "dispatch"

    def ask(self) -> None:
        _ask_whom(self)


class SortForm(ListForm):
    """List and dispatch in one go."""

    def ask(self) -> None:
        super().ask()
        _ask_whom(self)

    def act(self, by: Member, now: datetime) -> Act:
        given = self.cleaned_data
        listing = Listing(given["category"], given["kind"], given["urgency"])
        sent = {name: given[name] for name in ("lead", "joint", "content")}
        return partial(list_and_dispatch, listing=listing, by=by, now=now, **sent)


def _ask_whom(form: forms.Form) -> None:
    form.fields["lead"] = UnitField(label=_("Lead unit"))
    form.fields["joint"] = UnitsField(label=_("Joint units"), required=False)
    form.fields["content"] = forms.CharField(
        label=_("What the units are to do"),
        max_length=LONG_TEXT,
        required=False,
        widget=text_area(3),
    )


FORMS: dict[str, type[BulkForm]] = {
    "sort": SortForm, "dispatch": DispatchForm, "list": ListForm, "note": NoteForm,
}  # fmt: skip
LABELS = {
    "sort": _("List and dispatch"), "dispatch": _("Dispatch"), "list": _("List"), "note": _("Note"),
}  # fmt: skip
