"""The operator's one decision: what it is, who leads, what they are to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.intake.advice import LONGEST_WHY
from daodi.core.intake.suggest import Suggestion
from daodi.core.ledgers.kinds import Kind, Urgency
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.workflow.sorting import Listing
from daodi.web.forms.base import LONG_TEXT, text_area
from daodi.web.forms.choices import MembersField
from daodi.web.forms.days import joint_until_field
from daodi.web.forms.picking import OneOf, SeveralOf, by_branch, by_kind

# Below this a category is offered and not chosen beforehand.
SURE_ENOUGH = 0.2


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, fetched once a page."""

    categories: Sequence[Category]
    units: Sequence[Unit]
    suggestions: Sequence[Suggestion]

    @property
    def best(self) -> Suggestion | None:
        """Return the suggestion to begin with, if one is likely enough."""
        first = self.suggestions[0] if self.suggestions else None
        return first if first and first.confidence >= SURE_ENOUGH else None


class SortForm(forms.Form):
    """Kind, urgency, category, units and content of one matter; `version` is the one seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices)
    content = forms.CharField(
        label=_("What the units are to do"),
        max_length=LONG_TEXT,
        required=False,
        widget=text_area(3),
    )
    why = forms.CharField(
        label=_("Why something else than suggested"), max_length=LONGEST_WHY, required=False
    )

    def __init__(self, matter: Matter, choices: Choices, data: Any = None) -> None:
        super().__init__(data, auto_id="sort_%s")
        self.use_required_attribute = False
        self.choices = choices
        kinds = [(kind, Kind(kind).label) for kind in matter.ledger.kinds]
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=kinds)
        self.fields["category"] = OneOf(
            choices.categories, by_branch(choices.categories), label=_("Category")
        )
        units = by_kind(choices.units)
        sends = "list" not in (data or ())
        self.fields["lead"] = OneOf(choices.units, units, label=_("Lead unit"), required=sends)
        self.fields["joint"] = SeveralOf(choices.units, units, label=_("Joint units"))
        self.fields["joint_until"] = joint_until_field()
        # Its label is the word that unfolds it.
        self.fields["joint"].widget.attrs["aria-label"] = _("Joint units")
        self.fields["why"].widget.attrs["aria-label"] = _("Why something else than suggested")
        best = choices.best
        if matter.is_confidential or (best and best.category.is_confidential):
            self.fields["named"] = _members()
        self.initial = {"version": matter.version, "urgency": matter.urgency}
        self.initial |= _beginning(matter, best)

    def listing(self) -> Listing:
        given = self.cleaned_data
        return Listing(given["category"], given["kind"], given["urgency"])

    def dispatch(self) -> dict[str, Any]:
        """Return what dispatching asks for."""
        names = ("lead", "joint", "joint_until", "content", "named")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


def _members() -> forms.Field:
    handlers = Member.objects.active().with_role(Role.HANDLER).for_list()
    return MembersField(label=_("Members who may see it"), queryset=handlers, required=False)


def _beginning(matter: Matter, best: Suggestion | None) -> dict[str, Any]:
    """What is chosen beforehand: the category's usual kind as long as nobody has chosen one."""
    if best is None:
        return {"kind": matter.kind}
    hint = best.category.kind_hint if matter.category is None else ""
    return {
        "kind": hint if hint in matter.ledger.kinds else matter.kind,
        "category": best.category.pk,
        "lead": best.unit.pk if best.unit else None,
        "joint": [unit.pk for unit in best.joint],
    }
