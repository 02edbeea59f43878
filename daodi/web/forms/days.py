"""Fields for days."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.lib.text import listed
from daodi.web.forms.base import DateInput


class ChipsField(forms.DateField):
    """A day, with those that people usually ask for: one tap fills one in."""

    def __init__(self, chips: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(widget=DateInput(), **kwargs)
        self.chips = chips
        if chips:
            self.help_text = _("Usual: %(days)s.") % {"days": listed(text for _day, text in chips)}


def joint_until_field() -> forms.Field:
    """Return the field for the day by which joint units hand in."""
    return forms.DateField(
        label=gettext_lazy("Joint units hand in by the end of"),
        help_text=gettext_lazy("Empty: they have half of the lead unit's time."),
        widget=DateInput(),
        required=False,
    )
