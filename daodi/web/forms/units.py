"""What a manager writes about units, their members and accounts."""

import secrets
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from daodi.core.people.models import Division, Member, Unit, User
from daodi.core.people.roles import Role

# Without what is mistaken for something else when it is read out or copied by hand.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
FULL_CODE = 12
# What most often stands below a unit of this level.
BELOW = {"government": Unit.Kind.DEPARTMENT, "town": Unit.Kind.VILLAGE}
CODE_LENGTHS = (2, 4, 6, 9, 12)


def new_password() -> str:
    """Return a password that can be read out: three groups of four letters and digits."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(4)) for _group in range(3))


class SearchForm(forms.Form):
    """One line to find things by."""

    q = forms.CharField(label=_("Name or code"), max_length=40, required=False)

    def asked(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""


class DivisionField(forms.CharField):
    """An official area, by its code (padding zeros or not) or by its full name."""

    def __init__(self) -> None:
        hint = _("The official code with 6, 9 or 12 digits, or the full name.")
        super().__init__(label=_("Area"), max_length=60, required=False, help_text=hint)

    def prepare_value(self, value: object) -> object:
        return value.code if isinstance(value, Division) else value

    def clean(self, value: object) -> Division | None:
        asked = super().clean(value)
        if not asked:
            return None
        ends = [end for end in CODE_LENGTHS if not asked[end:].strip("0")]
        places = Division.objects.filter(code__in=[asked[:end] for end in ends]).order_by("-code")
        found = list(places[:1] if asked.isdigit() else Division.objects.filter(name=asked)[:5])
        if not found:
            raise forms.ValidationError(_("No area has this code or name."))
        if len(found) > 1:
            codes = ", ".join(place.official_code for place in found)
            raise forms.ValidationError(
                _("Several areas have this name. Write the code: %(codes)s."),
                params={"codes": codes},
            )
        return found[0]


class UnitForm(forms.Form):
    """What may be changed of a unit."""

    name = forms.CharField(label=_("Name"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Level"), choices=Unit.Kind.choices)
    division = DivisionField()
    is_active = forms.BooleanField(
        label=_("In use"),
        help_text=_("A unit that is not in use receives nothing new; what it has stays with it."),
        required=False,
    )

    def __init__(self, unit: Unit, data: QueryDict | None = None) -> None:
        names = ("name", "name_en", "kind", "division", "is_active")
        super().__init__(data, initial={name: getattr(unit, name) for name in names})
        self.use_required_attribute = False


class UnitByNameField(forms.CharField):
    """A unit of a manager's house, by its code or by its full name."""

    def __init__(self, member: Member, label: Any) -> None:
        super().__init__(label=label, max_length=100, help_text=_("Its code, or its full name."))
        self.member = member

    def clean(self, value: object) -> Unit:
        asked = super().clean(value)
        house = Unit.objects.visible_to(self.member)
        found = list(house.filter(Q(code=asked) | Q(name=asked)).order_by("path")[:2])
        if not found:
            raise forms.ValidationError(_("No unit of your house has this name or code."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several units have this name. Write the code."))
        return found[0]


class MoveUnitForm(forms.Form):
    """The new place of a unit."""

    def __init__(self, member: Member, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        self.fields["to"] = UnitByNameField(member, _("Unit above it"))


class NewUnitForm(forms.Form):
    """A unit to be put below another."""

    name = forms.CharField(label=_("Name"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Level"), choices=Unit.Kind.choices)
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Letters, digits, - and _. Other systems call the unit by it; it stays."),
    )
    division = DivisionField()

    def __init__(self, parent: Unit, data: QueryDict | None = None) -> None:
        code = f"{parent.code}-{parent.numchild + 1}"
        kind = BELOW.get(parent.kind, Unit.Kind.SECTION)
        super().__init__(data, initial={"code": code, "kind": kind, "division": parent.division})
        self.use_required_attribute = False


def roles_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each is a power in this unit and in all units below it."),
    )


class RolesForm(forms.Form):
    """What a member may do, what they are called and how colleagues reach them."""

    roles = roles_field()
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)

    def __init__(self, member: Member, data: QueryDict | None = None) -> None:
        names = ("roles", "post", "phone")
        super().__init__(data, initial={name: getattr(member, name) for name in names})


class PasswordForm(forms.Form):
    """A new password for somebody else; empty: one is made."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("Leave it empty and one is made. Either is shown once, for you to pass on."),
        max_length=128,
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_password(self) -> str:
        given = str(self.cleaned_data["password"])
        if given:
            validate_password(given)
        return given or new_password()


class NewMemberForm(PasswordForm):
    """A person who gets a place in a unit, with an account if they have none."""

    username = forms.CharField(
        label=_("Account"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_(
            "To sign in with. An account that is there already gets one more place, "
            "and keeps its name and password."
        ),
    )
    name = forms.CharField(label=_("Name of the person"), max_length=60)
    roles = roles_field()
    field_order = ("username", "name", "roles", "password")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False

    def is_known(self) -> bool:
        """Say whether the account is there already."""
        return User.objects.filter(username=self.cleaned_data["username"]).exists()
