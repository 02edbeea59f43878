"""What is asked for about duties: what they say, their steps, comments, and what to look for."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from daodi.apps.duties.models import Comment, Duty, Version
from daodi.apps.duties.querysets import DutyQuerySet
from daodi.apps.duties.steps import LONGEST_WORDS, MOST_DAYS, MOST_STEPS, Step
from daodi.apps.duties.writing import Content
from daodi.core.ledgers.models import Category
from daodi.core.people.models import Member, Unit
from daodi.web.forms.base import text_area
from daodi.web.forms.picking import SeveralOf, by_branch

BLANK_ROWS = 3


class ContentForm(forms.ModelForm):
    """All of a version but its steps."""

    # The state of the draft that somebody began from.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    class Meta:
        model = Version
        fields = (
            "title", "duties", "cautions", "basis", "is_public", "papers", "place", "note",
        )  # fmt: skip
        widgets = {"duties": text_area(4), "cautions": text_area(4), "papers": text_area(3)}
        help_texts = {
            "duties": _("One a line."),
            "cautions": _("One a line: what goes wrong easily, and how to avoid it."),
            "basis": _("The law or document and its article."),
            "papers": _("For residents; one a line."),
            "note": _("For whoever reads the next version."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        categories = list(Category.objects.active().filter(ledger__residents_file=True))
        field = SeveralOf(categories, by_branch(categories), label=_("Leads for these categories"))
        field.help_text = _("The dispatch catalogue is proposed to follow.")
        self.fields["categories"] = field

    def content(self, steps: list[Step]) -> Content:
        given = dict(self.cleaned_data)
        given.pop("seen")
        categories = tuple(given.pop("categories"))
        return Content(**given, categories=categories, steps=tuple(steps))


class StepForm(forms.Form):
    """A row of the table of steps; an empty one is left out."""

    what = forms.CharField(label=_("What is done"), max_length=LONGEST_WORDS, required=False)
    who = forms.CharField(label=_("Done by"), max_length=LONGEST_WORDS, required=False)
    input = forms.CharField(label=_("Takes in"), max_length=LONGEST_WORDS, required=False)
    output = forms.CharField(label=_("Gives out"), max_length=LONGEST_WORDS, required=False)
    form = forms.CharField(label=_("Form"), max_length=LONGEST_WORDS, required=False)
    days = forms.IntegerField(
        label=_("Working days"), min_value=1, max_value=MOST_DAYS, required=False
    )
    back = forms.IntegerField(
        label=_("If not: back to"), min_value=1, max_value=MOST_STEPS, required=False
    )


StepFormSet = forms.formset_factory(
    StepForm, extra=0, max_num=MOST_STEPS, absolute_max=MOST_STEPS + BLANK_ROWS
)


def steps_in(rows: Any) -> list[Step]:
    """Return what the rows of a valid set say."""
    return [Step.read(row.cleaned_data) for row in rows]


def rows_after(data: QueryDict, act: str) -> list[dict[str, str]]:
    """Return the rows of steps as they are after a button: `add`, `up-2`, `down-2`, `remove-2`.

    What was typed stays; a way back follows the step that it leads to.
    """
    total = data.get("form-TOTAL_FORMS", "")
    count = min(int(total) if total.isdigit() else 0, MOST_STEPS + BLANK_ROWS)
    names = list(StepForm.base_fields)
    rows = [{name: data.get(f"form-{n}-{name}", "") for name in names} for n in range(count)]
    order = _order(len(rows), act)
    moved = {str(old + 1): str(new + 1) for new, old in enumerate(order)}
    found = [rows[old] for old in order]
    for row in found:
        row["back"] = moved.get(row["back"], "")
    return [*found, {}] if act == "add" else found


def _order(count: int, act: str) -> list[int]:
    order = list(range(count))
    name, _dash, place = act.partition("-")
    at = int(place) if place.isdigit() else -1
    if not 0 <= at < count:
        return order
    if name == "remove":
        order.remove(at)
    swap = at + {"up": -1, "down": 1}.get(name, 0)
    if name != "remove" and 0 <= swap < count:
        order[at], order[swap] = order[swap], order[at]
    return order


class CommentForm(forms.ModelForm):
    line = forms.CharField(widget=forms.HiddenInput, max_length=20)

    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": text_area(2)}


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Answer"), widget=text_area(2), required=False, max_length=1000)


class StartForm(forms.Form):
    text = forms.CharField(
        label=_("What it is about this time"), widget=text_area(2), required=False, max_length=500
    )


class FilterForm(forms.Form):
    """What to look for in the work lists."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)

    def __init__(self, seen: DutyQuerySet, data: Any) -> None:
        super().__init__(data)
        units = Unit.objects.filter(pk__in=seen.order_by().values("unit"))
        field = forms.ModelChoiceField(units, label=_("Unit"), required=False, empty_label=_("All"))
        self.fields["unit"] = field

    def keep(self, duties: DutyQuerySet) -> DutyQuerySet:
        if not self.is_valid():
            return duties
        if unit := self.cleaned_data["unit"]:
            duties = duties.filter(unit=unit)
        words = self.cleaned_data["q"]
        return duties.saying(words) if words else duties

    def is_filled(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())


def writing_units(member: Member) -> list[Unit]:
    """Return the units for which somebody may begin a duty: the own one, or where lists stand."""
    with_lists = Duty.objects.of_house(member.unit).order_by().values("unit")
    listed = Unit.objects.filter(pk__in=with_lists)
    return list(dict.fromkeys([member.unit, *listed]))
