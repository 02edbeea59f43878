"""What supervisors write: early signs, what becomes of them, and what they found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.matters.models import Matter
from daodi.core.supervision.models import LONGEST_TOPIC, Reminder
from daodi.web.forms.base import LONG_TEXT, DateInput, text_area
from daodi.web.forms.choices import UnitField


class ReminderForm(forms.Form):
    """An early sign that chosen matters show; the unit that has most of them is offered."""

    kind = forms.ChoiceField(
        label=_("On which list"), choices=Reminder.Kind.choices, widget=forms.RadioSelect
    )
    unit = UnitField(label=_("Unit that it concerns"))
    topic = forms.CharField(label=_("What it is about"), max_length=LONGEST_TOPIC)
    text = forms.CharField(
        label=_("What the unit is to look at"),
        max_length=LONG_TEXT,
        widget=text_area(),
        help_text=_("What grows, comes back or moves: a place, a topic, a number."),
    )
    due = forms.DateField(
        label=_("To be answered by the end of"),
        widget=DateInput(),
        required=False,
        help_text=_("For an assignment only."),
    )

    def __init__(self, matters: list[Matter], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.use_required_attribute = False
        leads = [matter.unit_id for matter in matters if matter.unit_id]
        if leads:
            self.fields["unit"].initial = max(set(leads), key=leads.count)


class LineForm(forms.Form):
    """What is said on a reminder; `due` when a new day must be set."""

    text = forms.CharField(label=_("Text"), max_length=LONG_TEXT, widget=text_area())

    def __init__(self, name: str, reminder: Reminder, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{name}_%s")
        self.use_required_attribute = False
        self.fields["text"].label = TEXT_LABELS[name]
        self.fields["text"].required = name != "close" or reminder.answered_at is None
        if name == "send_back" and reminder.kind == Reminder.Kind.ASSIGN:
            self.fields["due"] = forms.DateField(
                label=_("To be answered by the end of"), widget=DateInput()
            )


TEXT_LABELS = {
    "answer": _("What was found and done"),
    "send_back": _("What is missing in the answer"),
    "close": _("Remark"),
}


class FindingForm(forms.Form):
    """What was found when a pattern was looked into."""

    text = forms.CharField(
        label=_("What you found"),
        max_length=LONG_TEXT,
        widget=text_area(),
        help_text=_("About the unit and its work, never about a person."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False
