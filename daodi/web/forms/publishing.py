"""The words that everybody is to read of a matter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.matters.models import Matter
from daodi.core.publishing.models import Publication
from daodi.core.publishing.services import (
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    has_public_place,
)
from daodi.lib.masking import mask
from daodi.web.forms.base import text_area


class PublishForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    text = forms.CharField(label=_("What was asked"), max_length=LONGEST_TEXT, widget=text_area(7))
    answer = forms.CharField(label=_("Answer"), max_length=LONGEST_TEXT, widget=text_area(7))
    shows_place = forms.BooleanField(
        label=_("Show its place on the public map"),
        help_text=_("To about a hundred metres. Not if somebody's home is there."),
        required=False,
    )
    use_required_attribute = False

    def __init__(self, matter: Matter, shown: Publication | None, data: Any = None) -> None:
        """Begin with what is public already, or with the matter's words masked."""
        names = ("title", "text", "answer")
        words = {name: mask(getattr(matter, name)) for name in names}
        if shown and shown.is_public:
            words = {name: getattr(shown, name) for name in names}
        super().__init__(data, initial=words)
        if shown and shown.is_public:
            self.initial["shows_place"] = shown.lat is not None
        if not has_public_place(matter):
            del self.fields["shows_place"]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON)
    use_required_attribute = False
