"""Why nothing is to be done about what grows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.surges.models import LONGEST_REASON


class SetAsideForm(forms.Form):
    reason = forms.CharField(
        label=_("Why nothing is to be done"),
        max_length=LONGEST_REASON,
        help_text=_("For example: announced beforehand, known and solved, entered twice."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False
