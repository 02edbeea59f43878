"""What people write about their own account."""

from typing import Any, cast

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from daodi.core.people.access import Invitation
from daodi.core.people.models import User

LONGEST_PASSWORD = 128


def _password(label: Any, autocomplete: str, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _code(label: Any, hint: Any) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(
        label=label, help_text=hint, max_length=20, widget=forms.TextInput(attrs=attrs)
    )


class CodeForm(forms.Form):
    """The second step of signing in."""

    code = _code(
        _("One-time code"),
        _("The six digits that your phone shows now, or one of your recovery codes."),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        self.fields["code"].widget.attrs["autofocus"] = True


class ConfirmForm(forms.Form):
    """The own password once more, before something that a thief of the session would like."""

    password = _password(_("Your password"), "current-password")

    def __init__(
        self, request: HttpRequest, data: QueryDict | None = None, name: str = "id"
    ) -> None:
        super().__init__(data, auto_id=f"{name}_%s")
        self.use_required_attribute = False
        self.request = request

    def clean_password(self) -> str:
        given = str(self.cleaned_data["password"])
        # As at the door: wrong ones are counted, and too many of them lock.
        name = self.request.user.get_username()
        if authenticate(request=self.request, username=name, password=given) is None:
            raise forms.ValidationError(_("This is not your password."))
        return given


class SetUpForm(ConfirmForm):
    """A phone that shows codes, and the first of them."""

    code = _code(_("One-time code"), _("The six digits that your phone shows now."))
    field_order = ("code", "password")


class OwnPasswordForm(ConfirmForm):
    """A new password for oneself."""

    new = _password(_("New password"), "new-password", _("At least eight characters."))
    again = _password(_("New password once more"), "new-password")

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], cast("User", self.request.user))
        return str(self.cleaned_data["new"])

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("new", self.cleaned_data["again"]):
            raise forms.ValidationError(_("The two are not the same."))
        return str(self.cleaned_data["again"])


class AcceptForm(forms.Form):
    """What somebody who was invited chooses."""

    username = forms.CharField(
        label=_("Account"),
        help_text=_("To sign in with: letters, digits and . - _ @"),
        max_length=150,
        validators=[User.username_validator],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    name = forms.CharField(
        label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = _password(_("Password"), "new-password", _("At least eight characters."))
    again = _password(_("Password once more"), "new-password")

    def __init__(self, invitation: Invitation, data: QueryDict | None = None) -> None:
        user = invitation.member.user if invitation.member else None
        super().__init__(data, initial={"name": user.name if user else invitation.name})
        self.use_required_attribute = False
        if user:
            self.initial["username"] = user.username
            self.fields["username"].disabled = True
            self.fields["username"].help_text = _("To sign in with.")

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("The two are not the same."))
        return str(self.cleaned_data["again"])

    def given(self) -> dict[str, str]:
        """Return what `accept_invitation` takes."""
        return {key: value for key, value in self.cleaned_data.items() if key != "again"}
