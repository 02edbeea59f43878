"""Forms about oneself: name, password, absences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.people.absences import deputies_for
from daodi.core.people.models import Member
from daodi.web.forms.base import DateInput


class NameForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=60)


class DeputyField(forms.ModelChoiceField):
    """Members of the same unit and of those above it, each with their unit."""

    def label_from_instance(self, obj: Member) -> str:
        return f"{obj} · {obj.unit}"


class AbsenceForm(forms.Form):
    """Days on which somebody is away, and who stands in."""

    first_day = forms.DateField(label=_("First day"), widget=DateInput())
    last_day = forms.DateField(label=_("Last day"), widget=DateInput())
    reason = forms.CharField(
        label=_("Reason for the absence"),
        max_length=100,
        required=False,
        help_text=_("Only you, your leaders and managers read it."),
    )

    def __init__(self, member: Member, data: Any = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        self.fields["deputy"] = DeputyField(
            label=_("Deputy"),
            queryset=deputies_for(member),
            help_text=_(
                "Sees and may do what the absent member may, confidential matters included. "
                "Each act is written down under the deputy's own name."
            ),
        )
        self.order_fields(["first_day", "last_day", "deputy", "reason"])
