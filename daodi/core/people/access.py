"""How people come in: invitations, and what is remembered of their signing in."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daodi.core.people.models import Member, Unit, User
from daodi.core.people.roles import Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, member: Member) -> Self:
        """Keep the invitations into this member's own house."""
        return self.filter(unit__path__startswith=member.unit.path)

    def waiting(self) -> Self:
        """Keep what was neither used nor revoked; it may be too old."""
        return self.filter(used_at=None, revoked_at=None)

    def overdue(self, now: datetime) -> Self:
        return self.waiting().filter(expires_at__lte=now)

    def not_sent(self) -> Self:
        """Keep the letters that have not gone out."""
        return self.waiting().filter(token_hash=None)

    def with_member(self) -> models.QuerySet["Invitation", int | None]:
        """Return the members who are invited to choose a password."""
        return self.filter(member__isnull=False).values_list("member", flat=True)

    def for_list(self) -> Self:
        return self.select_related("unit", "by__user", "member__user").order_by("-pk")


class Invitation(models.Model):
    """A link by which one person takes a place in a unit: it works once, for a few days.

    Only the hash of its token is kept. One that goes by e-mail has none before the letter is
    written: the token is made by the job that sends it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=12, choices=Role))
    name = models.CharField(_("name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # Somebody who is a member already and has no password yet; or who they became.
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    token_hash = models.BinaryField(max_length=32, null=True, unique=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "-id"],
                condition=Q(used_at=None, revoked_at=None),
                name="invitation_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email or str(self.unit)

    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]


class SignInQuerySet(models.QuerySet["SignIn"]):
    def wrong_codes(self, user: User, since: datetime) -> Self:
        """Keep the wrong codes since this moment."""
        return self.filter(user=user, at__gt=since, result=SignIn.Result.WRONG_CODE)


class SignIn(models.Model):
    """One time that somebody signed in or, with the right password, gave a wrong code."""

    class Result(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        WITH_CODE = "with_code", _("Signed in with a code")
        WITH_RECOVERY = "recovery", _("Signed in with a recovery code")
        WRONG_CODE = "wrong_code", _("Wrong code")
        DEMO = "demo", _("Signed in with one click")

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=Result)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="sign_in_of_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.result} {self.at}"
