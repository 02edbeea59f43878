"""What a resident says on the telephone, on one screen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.followup.calling import Then
from daodi.core.ledgers.kinds import Satisfied, Solved
from daodi.web.forms.base import LONG_TEXT, text_area


class CallForm(forms.Form):
    solved = forms.ChoiceField(
        label=_("Is it solved?"), choices=Solved.choices, widget=forms.RadioSelect
    )
    satisfied = forms.ChoiceField(
        label=_("Is the resident satisfied?"), choices=Satisfied.choices, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label=_("In the resident's words"), max_length=LONG_TEXT, widget=text_area(), required=False
    )
    # The button that was pressed.
    then = forms.ChoiceField(choices=Then.choices, required=False, widget=forms.HiddenInput)

    use_required_attribute = False
