"""Rows that describe a ledger's extra fields."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.lib.text import words_in
from daodi.web.forms.base import text_area

FIELD_TYPES = (
    ("text", _("One line")),
    ("long", _("Several lines")),
    ("number", _("A number")),
    ("date", _("Day")),
    ("choice", _("One of several")),
    ("choices", _("Any of several")),
    ("yes", _("Yes or no")),
    ("phone", _("Telephone")),
)
LONGEST_NAME = 26


class FieldForm(forms.Form):
    """One extra field of a ledger; left empty it is none."""

    name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=31)
    label = forms.CharField(label=_("Label"), max_length=60)
    label_en = forms.CharField(label=_("Label in English"), max_length=80, required=False)
    type = forms.ChoiceField(label=_("Type"), choices=FIELD_TYPES, initial="text")
    required = forms.BooleanField(label=_("Must be filled"), required=False)
    choices = forms.CharField(
        label=_("Choices"),
        help_text=_("Only for a choice: separated by commas, or one a line."),
        max_length=2000,
        required=False,
        widget=text_area(2),
    )
    hint = forms.CharField(label=_("Hint"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        given["choices"] = words_in(given.get("choices", ""))
        if given.get("type") in ("choice", "choices") and not given["choices"]:
            self.add_error("choices", _("Write what can be chosen."))
        return given


def specs_of(rows: "forms.BaseFormSet[FieldForm]") -> list[dict[str, Any]]:
    """Return the ledger's field list; a field keeps the name under which it is stored."""
    kept = [form.cleaned_data for form in rows.forms if form not in rows.deleted_forms]
    specs: list[dict[str, Any]] = []
    for row in (row for row in kept if row.get("label")):
        used = {spec["name"] for spec in specs} | {str(other.get("name")) for other in kept}
        name = row["name"] or _free_name(row["label_en"] or row["label"], used)
        spec = {key: value for key, value in row.items() if value and key != "DELETE"}
        specs.append(spec | {"name": name})
    return specs


def _free_name(label: str, used: set[str]) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:LONGEST_NAME]
    name = name if re.match("[a-z]", name) else "field"
    names = (f"{name}_{n}" if n else name for n in range(len(used) + 1))
    return next(each for each in names if each not in used)


FieldFormSet = forms.formset_factory(
    FieldForm, extra=3, can_delete=True, can_delete_extra=False, max_num=30
)


def errors_of(rows: "forms.BaseFormSet[FieldForm]") -> list[str]:
    """Say for the summary what the rows say beside their fields."""
    wrong = [str(error) for error in rows.non_form_errors()]
    for number, form in enumerate(rows.forms, start=1):
        for name, errors in form.errors.items() if form not in rows.deleted_forms else ():
            said = _("Extra field %(number)s, %(label)s: %(error)s") % {
                "number": number,
                "label": form.fields[name].label,
                "error": " ".join(str(error) for error in errors),
            }
            wrong.append(said)
    return wrong


def rows_of(specs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a ledger's field list as the rows show it."""
    return [{**spec, "choices": "\n".join(spec.get("choices", ()))} for spec in specs]
