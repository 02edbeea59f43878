"""What is written in the knowledge base."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.knowledge.models import Entry, EntryQuerySet
from daodi.core.knowledge.services import REVIEW_AFTER, Draft
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.lib.masking import mask
from daodi.lib.text import words_in
from daodi.web.forms.base import LONG_TEXT, DateInput, text_area
from daodi.web.forms.choices import CategoryField, UnitField

LONGEST_QUESTION, LONGEST_NOTE, LONGEST_KEYWORD = 200, 300, 30


class KeywordsField(forms.CharField):
    """Words with anything between them; cleans to a tuple."""

    def __init__(self) -> None:
        hint = _("Other words that people use for it, with a blank between them.")
        super().__init__(label=_("Keywords"), required=False, max_length=300, help_text=hint)

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        words = words_in(super().clean(value) or "", also=r"\s")
        return tuple(word[:LONGEST_KEYWORD] for word in words)


class EntryForm(forms.Form):
    """An entry: what is asked, what the answer is, who answers for it and until when it holds."""

    question = forms.CharField(
        label=_("The question"),
        max_length=LONGEST_QUESTION,
        help_text=_("As residents ask it, in one sentence."),
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONG_TEXT,
        widget=text_area(8),
        help_text=_("What to do, where, with what, how long it takes, whom to ask."),
    )
    unit = UnitField(label=_("Unit that answers for it"))
    source = forms.CharField(
        label=_("Source"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("The law, the document or the matter that it rests on."),
    )
    keywords = KeywordsField()
    is_public = forms.BooleanField(
        label=_("Residents read it too"),
        required=False,
        help_text=_("Without this only staff find it."),
    )
    review_on = forms.DateField(label=_("Look at it again on"), widget=DateInput())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, initial: dict[str, Any], data: Any = None, *, noted: bool = False) -> None:
        super().__init__(data, initial=initial)
        self.use_required_attribute = False
        ledger = Ledger.objects.open_to_residents().first()
        if ledger:
            self.fields["category"] = CategoryField(ledger, required=False)
        if noted:
            self.fields["note"] = forms.CharField(
                label=_("What has changed"), max_length=LONGEST_NOTE, required=False
            )

    def draft(self) -> Draft:
        given = self.cleaned_data
        names = ("question", "answer", "unit", "source", "keywords", "is_public", "review_on")
        return Draft(category=given.get("category"), **{name: given[name] for name in names})


def initial_of(entry: Entry) -> dict[str, Any]:
    names = ("question", "answer", "unit", "source", "keywords", "is_public", "review_on",
             "category", "version")  # fmt: skip
    return {name: getattr(entry, name) for name in names}


def initial_from(matter: Matter | None, today: date) -> dict[str, Any]:
    """Return what a new entry begins with: the masked words of a matter, if it is made of one."""
    initial: dict[str, Any] = {"review_on": today + REVIEW_AFTER}
    if matter is None:
        return initial
    return initial | {
        "question": mask(matter.title),
        "answer": mask(matter.answer),
        "unit": matter.first_unit or matter.unit,
        "category": matter.category,
        "source": matter.number,
        "is_public": matter.ledger.is_public,
    }


class ProposalForm(forms.Form):
    """Other words for an entry."""

    question = forms.CharField(label=_("The question"), max_length=LONGEST_QUESTION)
    answer = forms.CharField(label=_("Answer"), max_length=LONG_TEXT, widget=text_area(6))
    note = forms.CharField(label=_("Why"), max_length=LONGEST_NOTE, required=False)
    use_required_attribute = False


class WithdrawForm(forms.Form):
    note = forms.CharField(label=_("Why it is no longer used"), max_length=LONGEST_NOTE)
    use_required_attribute = False


class ConfirmForm(forms.Form):
    review_on = forms.DateField(label=_("Look at it again on"), widget=DateInput())
    use_required_attribute = False


class EntryFilterForm(forms.Form):
    """Words, unit and readers."""

    list = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Words of the question or the answer"), max_length=60, required=False
    )
    unit = UnitField(label=_("Unit"), required=False, empty_label=_("any"))
    readers = forms.ChoiceField(
        label=_("Readers"),
        required=False,
        choices=[("", _("any")), ("public", _("everybody")), ("staff", _("staff only"))],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.is_valid()

    def is_filled(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "unit", "readers"))

    def keep(self, entries: EntryQuerySet) -> EntryQuerySet:
        given = self.cleaned_data
        if given.get("unit"):
            entries = entries.of_house(given["unit"])
        if given.get("readers"):
            entries = entries.filter(is_public=given["readers"] == "public")
        return entries.saying(given.get("q", ""))
