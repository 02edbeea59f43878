"""One form for every move: its fields are what the table of moves says that it asks for."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.catalogue import find_line
from daodi.core.ledgers.kinds import Kind, Satisfied, Solved, Urgency
from daodi.core.ledgers.models import CatalogueLine
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import Move
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.web.forms.base import LONG_TEXT, FilesField, text_area
from daodi.web.forms.choices import (
    CategoryField,
    MatterField,
    MembersField,
    PartField,
    TownField,
    UnitField,
    UnitsField,
)
from daodi.web.forms.days import ChipsField, joint_until_field
from daodi.web.forms.labels import OPTIONAL_TEXT, TEXT_LABELS
from daodi.web.showing.days import longer_until, review_days

ORDER_LIMITS = (
    ("PT4H", _("4 hours")),
    ("P1D", _("1 day")),
    ("P1W", _("1 working day")),
    ("P3W", _("3 working days")),
    ("P5W", _("5 working days")),
)


class MoveForm(forms.Form):
    """What a move asks for, as fields for this matter and this member."""

    def __init__(
        self,
        move: Move,
        matter: Matter,
        member: Member | None,
        data: Any = None,
        files: Any = None,
    ) -> None:
        # One step can stand on a page for many matters.
        super().__init__(data, files, auto_id=f"{move.name}_{matter.pk}_%s")
        self.use_required_attribute = False
        self.matter, self.member = matter, member
        for ask in move.asks:
            if ask == "named" and not matter.is_confidential:
                continue
            self.fields[ask] = _FIELDS[ask](self, move)
        if move.files:
            needed = bool(member) and matter.ledger.asks_for_evidence(move.name)
            hint = _("This ledger asks for evidence: at least one.") if needed else ""
            self.fields["files"] = FilesField(
                label=_("Photos or files"), required=needed, help_text=hint
            )
        # On the desk what is optional stands behind its word.
        self.folds_files = bool(member)

    @cached_property
    def line(self) -> CatalogueLine | None:
        """Return the line of the dispatch catalogue that fits the matter."""
        return find_line(self.matter.ledger, self.matter.category, self.matter.division)


def _text(form: MoveForm, move: Move) -> forms.Field:
    return forms.CharField(
        label=TEXT_LABELS.get(move.name, _("Text")),
        max_length=LONG_TEXT,
        widget=text_area(),
        required=move.name not in OPTIONAL_TEXT,
        # Of the whole filing what belongs to the second matter is kept.
        initial=form.matter.text if move.name == "split" else "",
    )


def _long(label: Any, *, required: bool = True, hint: Any = "") -> Callable[..., forms.Field]:
    return lambda _form, _move: forms.CharField(
        label=label, max_length=LONG_TEXT, widget=text_area(), required=required, help_text=hint
    )


def _choice(label: Any, choices: Any, *, radio: bool = False) -> Callable[..., forms.Field]:
    widget = forms.RadioSelect if radio else forms.Select
    return lambda _form, _move: forms.ChoiceField(label=label, choices=choices, widget=widget)


def _category(form: MoveForm, move: Move) -> forms.Field:
    if move.name == "split":
        return CategoryField(form.matter.ledger, required=False)
    return CategoryField(form.matter.ledger, initial=form.matter.category_id)


def _title(_form: MoveForm, _move: Move) -> forms.Field:
    hint = _("Left empty, it is the beginning of the text.")
    return forms.CharField(label=_("Title"), max_length=120, required=False, help_text=hint)


def _attachments(form: MoveForm, _move: Move) -> forms.Field:
    return forms.ModelMultipleChoiceField(
        label=_("Files that go along"),
        queryset=form.matter.attachments.filter(is_public=True),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _kind(form: MoveForm, _move: Move) -> forms.Field:
    choices = [(kind, Kind(kind).label) for kind in form.matter.ledger.kinds]
    return forms.ChoiceField(label=_("Kind"), choices=choices, initial=form.matter.kind)


def _urgency(form: MoveForm, _move: Move) -> forms.Field:
    return forms.ChoiceField(
        label=_("Urgency"), choices=Urgency.choices, initial=form.matter.urgency
    )


def _lead(form: MoveForm, _move: Move) -> forms.Field:
    line = form.line
    hint = ""
    if line:
        hint = _("Catalogue line %(number)s: %(basis)s") % {
            "number": line.number,
            "basis": line.basis or line.category,
        }
    return UnitField(label=_("Lead unit"), initial=line.lead_id if line else None, help_text=hint)


def _joint(form: MoveForm, move: Move) -> forms.Field:
    if move.name == "rejoin":
        there = form.matter.parts.in_force().values_list("unit", flat=True)
        return UnitsField(label=_("Joint units"), required=False, initial=list(there))
    line = form.line
    initial = [unit.pk for unit in line.joint.all()] if line else []
    return UnitsField(label=_("Joint units"), required=False, initial=initial)


def _joint_until(_form: MoveForm, _move: Move) -> forms.Field:
    return joint_until_field()


def _part(form: MoveForm, _move: Move) -> forms.Field:
    return PartField(form.matter.parts.open().select_related("unit"), label=_("Joint unit"))


def _below(form: MoveForm, _move: Move) -> forms.Field:
    house = form.matter.first_unit or form.matter.unit
    units = Unit.objects.filter(is_active=True, path__startswith=house.path if house else "-")
    return forms.ModelChoiceField(
        label=_("Unit of your house"), queryset=units.exclude(pk=form.matter.unit_id)
    )


def _named(_form: MoveForm, _move: Move) -> forms.Field:
    members = Member.objects.active().with_role(Role.HANDLER).for_list()
    return MembersField(label=_("Members who may see it"), queryset=members, required=False)


def _into(form: MoveForm, _move: Move) -> forms.Field:
    return MatterField(form.member, label=_("Number of the matter to merge into"))


def _reason(form: MoveForm, _move: Move) -> forms.Field:
    choices = [(reason, reason) for reason in form.matter.ledger.decline_reasons]
    return forms.ChoiceField(label=_("Reason"), choices=choices)


def _milestone(form: MoveForm, _move: Move) -> forms.Field:
    clocks = form.matter.ledger.rules.clocks
    choices = [(c.name, f"{c.label}: {c.content}") for c in clocks if c.content]
    return forms.ChoiceField(label=_("Milestone"), choices=choices)


def _public(_form: MoveForm, _move: Move) -> forms.Field:
    return forms.BooleanField(label=_("The resident may read it"), required=False)


def _division(form: MoveForm, _move: Move) -> forms.Field:
    field = TownField(label=_("Town"), initial=form.matter.division_id)
    field.required = True
    return field


def _until(form: MoveForm, move: Move) -> forms.Field:
    # Only an extension has a usual length.
    chips = longer_until(form.matter) if move.name == "extend" else []
    return ChipsField(chips, label=_("Until the end of"))


def _review_on(_form: MoveForm, _move: Move) -> forms.Field:
    return ChipsField(review_days(timezone.now()), label=_("Look at it again on"))


_FIELDS: dict[str, Callable[[MoveForm, Move], forms.Field]] = {
    "text": _text,
    "category": _category,
    "title": _title,
    "attachments": _attachments,
    "kind": _kind,
    "urgency": _urgency,
    "lead": _lead,
    "joint": _joint,
    "joint_until": _joint_until,
    "part": _part,
    "named": _named,
    "below": _below,
    "into": _into,
    "reason": _reason,
    "milestone": _milestone,
    "division": _division,
    "public": _public,
    "content": _long(_("What the units are to do"), required=False),
    "remark": _long(_("Remark"), required=False),
    "basis": _long(_("The rule or list of duties you rely on")),
    "plan": _long(_("The plan")),
    "account": _long(_("Internal account"), hint=_("For the house: what was found and done.")),
    "answer": _long(
        _("Answer to the resident"),
        hint=_("The resident reads it: what was found, what was done, by whom, whom to ask."),
    ),
    "until": _until,
    "review_on": _review_on,
    "solved": _choice(_("Is it solved?"), Solved.choices, radio=True),
    "satisfied": _choice(_("Is the resident satisfied?"), Satisfied.choices, radio=True),
    "limit": _choice(_("To be answered within"), ORDER_LIMITS),
}
