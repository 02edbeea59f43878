"""An answer as the resident will read it, and what its writer should look at once more."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from daodi.core.matters.models import Matter
from daodi.core.wording.services import PLACE, is_place
from daodi.core.workflow.act import said
from daodi.lib.replies import persons_in
from daodi.lib.text import listed
from daodi.web.showing.lacks import lacks_of

ANSWER = "answer"
MOST_NAMED = 8


def show_preview(form: forms.Form, matter: Matter, text: str | None = None) -> dict[str, Any]:
    """Return the answer that stands in a form, as it would be stored, with hints on it."""
    answer = said(str(form[ANSWER].value() or "") if text is None else text)
    return {
        "answer": answer,
        "unit": matter.unit,
        "hints": hints_on(answer),
        "lacks": lacks_of(matter, answer),
    }


def hints_on(answer: str) -> list[str]:
    """Say what in an answer points to a person, and what a template left open."""
    hints = []
    if persons := persons_in(answer):
        hints.append(
            _("Points to a person: %(words)s. Leave out what is not the resident's own.")
            % {"words": listed(persons[:MOST_NAMED])}
        )
    places = list(dict.fromkeys(found[0] for found in PLACE.finditer(answer) if is_place(found[1])))
    if places:
        hints.append(_("Still to be filled in: %(places)s.") % {"places": listed(places)})
    return hints
