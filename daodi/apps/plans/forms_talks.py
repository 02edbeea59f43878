"""What is asked for around opinions and meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.apps.plans.models import Line, Meeting, Opinion, Plan, Round
from daodi.core.people.models import Unit
from daodi.web.forms.base import DateInput, text_area
from daodi.web.forms.choices import leading_units
from daodi.web.forms.picking import OneOf, SeveralOf, by_kind


class RoundForm(forms.Form):
    """Whom to ask, and until when."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.use_required_attribute = False
        units = list(leading_units())
        self.fields["units"] = SeveralOf(units, by_kind(units), label=_("Units that are asked"))
        self.fields["until"] = forms.DateField(label=_("Until the end of"), widget=DateInput())


class OpinionForm(forms.Form):
    """What a unit thinks, of the whole plan or of one line."""

    def __init__(
        self, asked: Round, units: list[Unit], lines: list[Line], data: Any = None
    ) -> None:
        super().__init__(data, auto_id=f"round_{asked.pk}_%s")
        self.use_required_attribute = False
        self.fields["unit"] = forms.TypedChoiceField(
            label=_("Unit"),
            choices=[(unit.pk, str(unit)) for unit in units],
            coerce={str(unit.pk): unit for unit in units}.get,
        )
        self.fields["line"] = forms.TypedChoiceField(
            label=_("About"),
            choices=[("", _("the whole plan")), *((line.pk, str(line)) for line in lines)],
            coerce={str(line.pk): line for line in lines}.get,
            empty_value=None,
            required=False,
        )
        self.fields["way"] = forms.ChoiceField(label=_("Said"), choices=Opinion.Way)
        self.fields["text"] = forms.CharField(label=_("Opinion"), widget=text_area(3))


class AnswerForm(forms.Form):
    """What becomes of an opinion."""

    is_taken = forms.TypedChoiceField(
        label=_("Taken up"),
        choices=[("yes", _("Taken up")), ("no", _("Not adopted"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("How, or why not"), widget=text_area(2))

    def __init__(self, opinion: Opinion, data: Any = None) -> None:
        super().__init__(data, auto_id=f"opinion_{opinion.pk}_%s")
        self.use_required_attribute = False


class MeetingForm(forms.ModelForm):
    """What kind of meeting, when and where."""

    class Meta:
        model = Meeting
        fields = ("kind", "day", "place")
        widgets = {"day": DateInput()}

    def __init__(self, plan: Plan, data: Any = None) -> None:
        super().__init__(data, instance=Meeting(plan=plan))
        self.use_required_attribute = False


class MinutesForm(forms.Form):
    minutes = forms.CharField(label=_("Minutes"), widget=text_area(6))


class ResolutionForm(forms.Form):
    """What was decided, who does it, by when."""

    text = forms.CharField(label=_("What was decided"), widget=text_area(2))

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.use_required_attribute = False
        units = list(leading_units())
        self.fields["lead"] = OneOf(units, by_kind(units), label=_("Lead unit"))
        self.fields["due"] = forms.DateField(label=_("To be done by"), widget=DateInput())
