"""What is asked for about plans and their lines."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.apps.plans.models import Line, Plan, Step, TeamMember
from daodi.apps.plans.querysets import HEAD, ITEM, TASK
from daodi.apps.plans.rights import may_plan
from daodi.apps.plans.steps import steps_in
from daodi.core.ledgers.kinds import Kind
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.people.models import Member
from daodi.lib.due import Within, read_due
from daodi.web.forms.base import DateInput, text_area
from daodi.web.forms.choices import leading_units
from daodi.web.forms.picking import OneOf, SeveralOf, by_kind

LEVELS = ((HEAD, _("Head")), (ITEM, _("Item")), (TASK, _("Task")))
# How a line of the team is written: name and post, apart by a space or a comma.
_APART = re.compile(r"[\s,，、(（]+")


def ledgers_of(member: Member) -> list[Ledger]:
    """Return the ledgers of tasks of which a member makes plans."""
    from_rights = Ledger.objects.active().with_units().filter(kinds__contains=[Kind.TASK])
    return [ledger for ledger in from_rights if may_plan(member, ledger)]


class _CategoryField(forms.ModelChoiceField):
    """A category of these ledgers; of several, each with the name of its own."""

    def __init__(self, ledgers: dict[int, Ledger]) -> None:
        categories = Category.objects.active().filter(ledger__in=ledgers)
        super().__init__(queryset=categories.order_by("ledger", "code"), label=_("Category"))
        self.ledgers = ledgers

    def label_from_instance(self, obj: Category) -> str:
        return f"{self.ledgers[obj.ledger_id]} · {obj}" if len(self.ledgers) > 1 else str(obj)


class PlanForm(forms.ModelForm):
    """A plan: where it comes from, who answers for it, when it begins and ends."""

    leaders = forms.CharField(
        label=_("Leaders of the team"),
        widget=text_area(2),
        required=False,
        help_text=_("One a line: name, then post."),
    )
    deputies = forms.CharField(label=_("Deputy leaders"), widget=text_area(2), required=False)
    people = forms.CharField(label=_("Members of the team"), widget=text_area(2), required=False)

    class Meta:
        model = Plan
        fields = (
            "title", "source_kind", "source", "source_number", "source_date", "aim", "category",
            "first_day", "last_day", "rhythm", "team", "is_public",
        )  # fmt: skip
        widgets = {
            "source_date": DateInput(), "first_day": DateInput(), "last_day": DateInput(),
            "aim": text_area(3),
        }  # fmt: skip

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.ledgers = {ledger.pk: ledger for ledger in ledgers_of(member)}
        self.fields["category"] = _CategoryField(self.ledgers)
        self.fields["is_public"].help_text = _(
            "For lists of good deeds: residents read them and judge each one."
        )
        if self.instance.pk:
            self.initial.update(_team_words(self.instance.team_members.all()))

    def draft(self) -> Plan:
        """Return the plan as it was filled in, with the ledger of its category."""
        plan: Plan = self.instance
        plan.ledger = self.ledgers[plan.category.ledger_id]
        return plan

    def team(self) -> list[TeamMember]:
        given = self.cleaned_data
        return [
            person
            for duty, words in (
                (TeamMember.Duty.LEADER, given["leaders"]),
                (TeamMember.Duty.DEPUTY, given["deputies"]),
                (TeamMember.Duty.MEMBER, given["people"]),
            )
            for line in words.splitlines()
            if (person := _person(duty, line))
        ]


def _person(duty: str, line: str) -> TeamMember | None:
    name, *rest = _APART.split(line.strip(), maxsplit=1)
    post = rest[0].rstrip(")） ") if rest else ""
    return TeamMember(duty=duty, name=name[:60], post=post[:100]) if name else None


def _team_words(people: Iterable[TeamMember]) -> dict[str, str]:
    fields = {"leader": "leaders", "deputy": "deputies", "member": "people"}
    words: dict[str, list[str]] = {}
    for one in people:
        words.setdefault(fields[one.duty], []).append(f"{one.name} {one.post}".strip())
    return {name: "\n".join(lines) for name, lines in words.items()}


class LineForm(forms.ModelForm):
    """A line: a head and an item have a title only, a task says who does what by when."""

    class Meta:
        model = Line
        fields = (
            "level", "number", "title", "text", "standard", "leader", "handler", "first_day",
            "due", "due_words", "repeats", "target", "measure", "counted_in", "evidence",
        )  # fmt: skip
        widgets = {
            "text": text_area(3), "standard": text_area(2), "evidence": text_area(2),
            "first_day": DateInput(), "due": DateInput(),
        }  # fmt: skip

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.plan = plan
        self.fields["level"] = forms.TypedChoiceField(
            label=_("This is a"), choices=LEVELS, coerce=int, initial=TASK
        )
        self.fields["due_words"].help_text = _(
            "Such as 4月底前 or 每季度: the day is found from it when none is given."
        )
        units = list(leading_units())
        groups = by_kind(units)
        self.fields["lead"] = OneOf(units, groups, label=_("Lead unit"), required=False)
        self.fields["joint"] = SeveralOf(units, groups, label=_("Joint units"))
        self.fields["steps"] = forms.CharField(
            label=_("Nodes"),
            widget=text_area(4),
            required=False,
            help_text=_("One a line; what begins with a day, such as 3月底前, has that day."),
        )
        if self.instance.pk:
            self.initial["lead"] = self.instance.lead_id
            self.initial["joint"] = [unit.pk for unit in self.instance.joint.all()]
            self.initial["steps"] = "\n".join(step.title for step in self.instance.steps.all())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        words = given.get("due_words")
        if words and not given.get("due") and not given.get("repeats"):
            found = read_due(words, Within(self.plan.first_day, self.plan.last_day))
            given["due"], given["repeats"] = found.day, found.repeats
            given["first_day"] = given.get("first_day") or found.first
            if found.doubt:
                self.add_error("due_words", found.doubt)
        return given

    def draft(self) -> Line:
        line: Line = self.instance
        for name in ("lead", "due", "repeats", "first_day"):
            setattr(line, name, self.cleaned_data[name])
        return line

    def steps(self) -> list[Step]:
        """Return the steps as written; those that are done stay done."""
        there = (
            {step.title: step.done_on for step in self.instance.steps.all()}
            if (self.instance.pk)
            else {}
        )
        steps = steps_in(self.cleaned_data["steps"], self.plan)
        for step in steps:
            step.done_on = there.get(step.title)
        return steps
