"""What is asked for when a plan is read from a table, amended, copied, or reported on."""

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.apps.plans.amending import Units
from daodi.apps.plans.drafting import NewLine
from daodi.apps.plans.milestones import label_of
from daodi.apps.plans.models import Grade, Line, Plan
from daodi.apps.plans.progress import LONGEST, Said
from daodi.apps.plans.tables import read_plan
from daodi.core.clocks.policy import ClockRule
from daodi.core.exceptions import Refused
from daodi.lib.sheets import Unreadable
from daodi.web.forms.base import DateInput, text_area
from daodi.web.forms.choices import leading_units
from daodi.web.forms.picking import OneOf, SeveralOf, by_kind

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 20 * 2**20


class AmendForm(forms.ModelForm):
    """What may change about a task that was sent out, and why."""

    why = forms.CharField(label=_("Why the plan is changed"), widget=text_area(2))

    class Meta:
        model = Line
        fields = (
            "due", "standard", "leader", "handler", "target", "measure", "evidence",
        )  # fmt: skip
        widgets = {"due": DateInput(), "standard": text_area(2), "evidence": text_area(2)}

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ProgressForm(forms.Form):
    """One line of the week: what was done, what is next, what blocks."""

    done = forms.CharField(label=_("Done so far"), max_length=LONGEST)
    next = forms.CharField(label=_("Next"), max_length=LONGEST, required=False)
    blocked = forms.CharField(label=_("Blocked by"), max_length=LONGEST, required=False)

    def __init__(self, line: Line, milestone: ClockRule | None = None, data: Any = None) -> None:
        super().__init__(data, auto_id=f"line_{line.pk}_%s")
        self.use_required_attribute = False
        if milestone:
            # The ladder asks for a content of its own: said here, it need not be said again.
            self.fields["done"].label = label_of(milestone)
            self.fields["done"].help_text = milestone.content
        if line.target and line.counted_in_id is None:
            label = _("By now, of %(target)s %(measure)s") % {
                "target": f"{line.target:f}".rstrip("0").rstrip("."), "measure": line.measure,
            }  # fmt: skip
            self.fields["count"] = forms.DecimalField(
                label=label, required=False, min_value=0, max_digits=14, decimal_places=2
            )
        open_steps = [step for step in line.steps.all() if step.done_on is None]
        if open_steps:
            self.fields["reached"] = forms.MultipleChoiceField(
                label=_("Steps reached"),
                choices=[(step.pk, step.title) for step in open_steps],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def said(self) -> Said:
        given = self.cleaned_data
        reached = [int(key) for key in given.get("reached", ())]
        return Said(given["done"], given["next"], given["blocked"], given.get("count"), reached)


class UnitsForm(forms.Form):
    """Who does a task from now on, and why."""

    def __init__(self, line: Line, data: Any = None) -> None:
        initial = {
            "lead": line.lead_id, "joint": [unit.pk for unit in line.joint.all()],
            "leader": line.leader, "handler": line.handler,
        }  # fmt: skip
        super().__init__(data, initial=initial, auto_id="units_%s")
        self.use_required_attribute = False
        units = list(leading_units())
        groups = by_kind(units)
        self.fields["lead"] = OneOf(units, groups, label=_("Lead unit"))
        self.fields["joint"] = SeveralOf(units, groups, label=_("Joint units"))
        for name in ("leader", "handler"):
            self.fields[name] = forms.CharField(
                label=Line.label_of(name), max_length=100, required=False
            )
        self.fields["why"] = AmendForm.base_fields["why"]

    def units(self) -> Units:
        given = self.cleaned_data
        return Units(**{name: given[name] for name in ("lead", "joint", "leader", "handler")})


class DropForm(forms.Form):
    """Why a task is taken off a plan."""

    why = forms.CharField(label=_("Why the plan is changed"), widget=text_area(2))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="drop_%s")
        self.use_required_attribute = False


class GradeForm(forms.Form):
    """How good a result is."""

    mark = forms.ChoiceField(label=_("Grade"), choices=Grade.Mark, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What it rests on"),
        widget=text_area(2),
        required=False,
        help_text=_("Not up to standard: say what is still wrong, and it goes back to the unit."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="grade_%s")
        self.use_required_attribute = False


class BackForm(forms.Form):
    """A problem that is there again."""

    text = forms.CharField(label=_("What is there again"), widget=text_area(2))
    due = forms.DateField(label=_("To be done by"), widget=DateInput())


class CopyForm(forms.Form):
    """Another plan of the same shape."""

    title = forms.CharField(label=_("Title"), max_length=120)
    first_day = forms.DateField(label=_("First day"), widget=DateInput())
    last_day = forms.DateField(label=_("Last day"), widget=DateInput())


class ReadForm(forms.Form):
    """A table to read lines from."""

    file = forms.FileField(
        label=_("Excel or Word table"),
        help_text=_("Lines are added at the end of the draft; what is in doubt is shown."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsm,.ods,.csv,.docx"}),
    )

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.plan = plan

    def clean_file(self) -> list[NewLine]:
        """Return the lines that the file has."""
        given: UploadedFile = self.cleaned_data["file"]
        if (given.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 20 MB."))
        with tempfile.NamedTemporaryFile(suffix=Path(given.name or "").suffix) as copy:
            shutil.copyfileobj(given, copy)
            copy.flush()
            try:
                return read_plan(Path(copy.name), self.plan)
            except (Refused, Unreadable) as error:
                raise forms.ValidationError(str(error)) from error
