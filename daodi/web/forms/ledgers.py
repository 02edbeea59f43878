"""What a manager writes about a ledger: how it works, and the fields it adds."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from daodi.core.clocks.models import PolicyVersion
from daodi.core.ledgers.kinds import EVIDENCE_STEPS, Kind
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.services import shipped_ledgers
from daodi.core.matters.moves import MOVES
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.web.forms.base import text_area
from daodi.web.forms.choices import LEADING, UnitField, leading_units
from daodi.web.forms.extra import FieldFormSet, errors_of, rows_of, specs_of
from daodi.web.forms.who_may import who_may_fields

BLANK = "blank"
MOST_BOXES = 60
MOST_DAYS = 3650
LONGEST_REASON = 200


class PrefixField(forms.RegexField):
    def __init__(self, *, required: bool = True, disabled: bool = False) -> None:
        super().__init__(
            "^[A-Z]{1,6}$",
            required=required,
            disabled=disabled,
            label=_("Prefix of numbers"),
            help_text=_("One to six letters A to Z, at the head of every matter's number."),
            error_messages={"invalid": _("Write one to six letters, A to Z.")},
        )

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).upper()


class PolicyField(forms.ModelChoiceField):
    """The newest version of each policy, and the one in use."""

    def __init__(self, now: int = 0, hint: Any = "", *, required: bool = True) -> None:
        newest = PolicyVersion.objects.order_by("code", "-version").distinct("code")
        ids = [*newest.values_list("pk", flat=True), now]
        policies = PolicyVersion.objects.filter(pk__in=ids)
        super().__init__(policies, label=_("Clocks"), help_text=hint, required=required)


def _units_of(member: Member, now: int | None = None) -> QuerySet[Unit]:
    """Return the units that can run a ledger of this house, and the one that does."""
    house: QuerySet[Unit] = Unit.objects.visible_to(member)
    return house.filter(is_active=True, kind__in=LEADING) | house.filter(
        pk__in=[now, member.unit_id]
    )


class NewLedgerForm(forms.Form):
    """What a new ledger begins with; the rest is set on its own page."""

    name = forms.CharField(
        label=_("Name"), help_text=_("Empty: the preset's own."), max_length=100, required=False
    )

    def __init__(self, member: Member, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        english = get_language() == "en"
        presets = [
            (code, preset["name_en"] if english else preset["name"])
            for code, preset in shipped_ledgers().items()
        ]
        preset = forms.ChoiceField(
            label=_("Begin with"),
            choices=[*presets, (BLANK, _("A blank one"))],
            initial=presets[0][0],
            widget=forms.RadioSelect,
        )
        self.fields = {"preset": preset, **self.fields}
        self.fields["prefix"] = PrefixField(required=False)
        self.fields["policy"] = PolicyField(required=False)
        for name in ("prefix", "policy"):
            self.fields[name].help_text = _("Empty: the preset's own.")
        self.fields["unit"] = forms.ModelChoiceField(
            _units_of(member), label=_("Unit that lists and dispatches")
        )
        self.fields["supervising_unit"] = UnitField(label=_("Unit that supervises"))

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("preset") == BLANK:
            for name in ("name", "prefix", "policy"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("A blank ledger needs this."))
        return self.cleaned_data

    def given(self) -> dict[str, Any]:
        """Return what `open_another` takes; what was left empty is the preset's."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if chosen["preset"] == BLANK:
            chosen |= {"preset": "", "kinds": [Kind.HELP]}
        return chosen


class LedgerForm(forms.Form):
    """Everything that a manager may change of a ledger, its extra fields among it."""

    name = forms.CharField(label=_("Name"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    public_name = forms.CharField(
        label=_("Name for residents"),
        help_text=_("Plain words for what they choose; empty: the name above."),
        max_length=60,
        required=False,
    )
    public_name_en = forms.CharField(
        label=_("Name for residents in English"), max_length=80, required=False
    )
    purpose = forms.CharField(
        label=_("What it is for"), max_length=2000, required=False, widget=text_area(2)
    )
    is_active = forms.BooleanField(
        label=_("In use"),
        help_text=_("Nothing new is filed in a ledger out of use; what is open goes on."),
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    residents_file = forms.BooleanField(label=_("Residents may file"), required=False)
    is_public = forms.BooleanField(
        label=_("Matters may be published, with the resident's consent"), required=False
    )
    leader_signs = forms.BooleanField(label=_("A leader signs before hand-in"), required=False)
    evidence = forms.MultipleChoiceField(
        label=_("Steps that need a photo or a file"),
        help_text=_("None: evidence is always welcome and never asked for."),
        choices=[(name, MOVES[name].label) for name in EVIDENCE_STEPS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_confidential = forms.BooleanField(label=_("Every matter is confidential"), required=False)
    clear_after_satisfied = forms.IntegerField(
        label=_("Days until a satisfied matter is cleared"), min_value=0, max_value=MOST_DAYS
    )
    clear_after_silence = forms.IntegerField(
        label=_("Days of silence until a matter is cleared"),
        help_text=_("Empty: never."),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
    )
    reopen_days = forms.IntegerField(
        label=_("Days in which a resident may ask for redo"), min_value=0, max_value=MOST_DAYS
    )
    decline_reasons = forms.CharField(
        label=_("Reasons to decline"),
        help_text=_("One a line, as the law has them."),
        max_length=4000,
        required=False,
        widget=text_area(5),
    )

    def __init__(self, ledger: Ledger, member: Member, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=model_to_dict(ledger))
        self.use_required_attribute = False
        self.ledger = ledger
        self.initial["decline_reasons"] = "\n".join(ledger.decline_reasons)
        self.extra = FieldFormSet(data, prefix="field", initial=rows_of(ledger.fields))
        self.fields |= _choices_for(ledger, member)
        if ledger.matter_set.exists():
            self.fields["prefix"].disabled = True
            self.fields["prefix"].help_text = _("It stays: there are matters with it.")

    def clean_decline_reasons(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["decline_reasons"].splitlines()]
        if any(len(line) > LONGEST_REASON for line in lines):
            raise forms.ValidationError(_("A reason has at most 200 characters."))
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        if not self.extra.is_valid():
            for error in errors_of(self.extra):
                self.add_error(None, error)
        return self.cleaned_data

    def changed(self) -> Ledger:
        """Return the ledger as it is to be stored; its confidants are stored apart."""
        given = {key: value for key, value in self.cleaned_data.items() if key != "confidants"}
        for name, value in given.items():
            setattr(self.ledger, name, value)
        self.ledger.fields = specs_of(self.extra)
        return self.ledger


def _choices_for(ledger: Ledger, member: Member) -> dict[str, forms.Field]:
    """Return the fields that depend on the ledger and on who edits it."""
    supervisors = leading_units() | Unit.objects.filter(pk=ledger.supervising_unit_id)
    return {
        "prefix": PrefixField(),
        "unit": forms.ModelChoiceField(
            _units_of(member, ledger.unit_id),
            label=_("Unit that lists and dispatches"),
            help_text=_("Open matters are seen by a new unit from their next step on."),
        ),
        "supervising_unit": forms.ModelChoiceField(supervisors, label=_("Unit that supervises")),
        "policy": PolicyField(ledger.policy_id, _("Matters that run keep the clocks they have.")),
        "confidants": _confidants_field(ledger),
        **who_may_fields(ledger),
    }


class MembersField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, member: Member) -> str:
        return f"{member} · {member.unit}"


def _confidants_field(ledger: Ledger) -> forms.Field:
    house = Member.objects.active().in_house(ledger.unit)
    members = house.with_any(Role.OPERATOR, Role.HANDLER).for_list()
    few = len(members[: MOST_BOXES + 1]) <= MOST_BOXES
    return MembersField(
        members,
        label=_("Who lists confidential matters"),
        help_text=_("Operators and handlers of the unit that runs it."),
        required=False,
        widget=forms.CheckboxSelectMultiple if few else forms.SelectMultiple(attrs={"size": 10}),
    )
