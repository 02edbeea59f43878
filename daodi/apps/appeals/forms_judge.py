"""What a resident is asked who follows the link in the message that there is an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.kinds import Satisfied, Solved
from daodi.web.forms.base import LONG_TEXT, text_area


class JudgeForm(forms.Form):
    """How it turned out."""

    solved = forms.ChoiceField(
        label=_("Is it solved?"), choices=Solved.choices, widget=forms.RadioSelect
    )
    satisfied = forms.ChoiceField(
        label=_("Are you satisfied with how it was handled?"),
        choices=Satisfied.choices,
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("Is there anything else that you would like to say?"),
        max_length=LONG_TEXT,
        widget=text_area(3),
        required=False,
    )
    use_required_attribute = False

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("solved", "satisfied"):
            self.fields[name].error_messages["required"] = _("Please choose one.")


class AgainForm(forms.Form):
    text = forms.CharField(
        label=_("What is still wrong"), max_length=LONG_TEXT, widget=text_area(3)
    )
    use_required_attribute = False
