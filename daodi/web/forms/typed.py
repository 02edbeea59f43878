"""What somebody typed into a form, unchecked: taken out of it, and put into it again."""

from typing import Any

from django import forms
from django.http import QueryDict

from daodi.core.drafts.models import Draft
from daodi.web.forms.base import LONG_TEXT
from daodi.web.forms.wording import MANY

MOST = 100
WRITTEN = (forms.CharField, forms.DateField)


def typed_in(form: forms.Form, data: QueryDict) -> dict[str, Any]:
    """Return what was typed, by field and without files; nothing where nothing was written."""
    fields = {
        name: field
        for name, field in form.fields.items()
        if name in data and not isinstance(field, forms.FileField)
    }
    written = (name for name, field in fields.items() if isinstance(field, WRITTEN))
    if not any(str(data[name]).strip() for name in written):
        return {}
    return {
        name: data.getlist(name)[:MOST] if isinstance(field, MANY) else str(data[name])[:LONG_TEXT]
        for name, field in fields.items()
    }


def give_back(form: forms.Form, draft: Draft) -> None:
    """Show in an unbound form what was typed into it before."""
    known = {name: value for name, value in draft.fields.items() if name in form.fields}
    form.initial.update(known)


def texts_of(form: forms.Form) -> list[tuple[str, str]]:
    """Return the texts that stand in a form, each with its label."""
    return [
        (str(field.label), str(form[name].value()))
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField) and str(form[name].value() or "").strip()
    ]
