from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role


class AnswerTemplateQuerySet(models.QuerySet["AnswerTemplate"]):
    def usable_by(self, member: Member) -> Self:
        """Keep the member's own, those of their unit and of the units above it, and the site's."""
        scope = AnswerTemplate.Scope
        return self.filter(
            Q(scope=scope.OWN, owner=member)
            | Q(scope=scope.UNIT, unit__path__in=member.unit.line())
            | Q(scope=scope.SITE)
        )

    def editable_by(self, member: Member) -> Self:
        """Keep what its owner changes, and a manager whose house its unit lies in."""
        mine = Q(owner=member)
        if member.has(Role.MANAGER):
            mine |= Q(unit__path__startswith=member.unit.path)
        return self.filter(mine)

    def fitting(self, matter: Matter) -> Self:
        """Keep those for this matter's ledger and category, or for any."""
        category = Q(category=None)
        if matter.category_id:
            category |= Q(category=matter.category_id)
        return self.filter(Q(ledger=None) | Q(ledger=matter.ledger_id), category)

    def for_list(self) -> Self:
        return self.select_related("ledger", "category", "unit", "owner__user").order_by(
            "name", "pk"
        )

    def from_name(self, name: str, pk: int) -> Self:
        """Keep what comes behind this one: the key to page by."""
        return self.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))


class AnswerTemplate(models.Model):
    """A text to begin with in a move, its places filled from the matter."""

    class Scope(models.TextChoices):
        OWN = "own", _("only me")
        UNIT = "unit", _("my unit and those below it")
        SITE = "site", pgettext_lazy("template", "everybody")

    class For(models.TextChoices):
        """The moves that take a text of this kind."""

        DISPATCH = "dispatch", _("Dispatch")
        ANSWER = "answer", _("Answer directly")
        HAND_IN = "hand_in", _("Hand in")
        SUBMIT = "submit", _("Submit for signature")
        DECLINE = "decline", _("Decline")
        ASK = "ask", _("Ask the resident")
        CONTACT = "contact", _("Contacted the resident")
        NOTE = "note", _("Note")
        OBJECT = "object", _("Object")
        EXTEND = "extend", _("Ask for an extension")
        SUSPEND = "suspend", _("Ask for suspension")
        SCHEDULE = "schedule", _("Set the day of the task")

    name = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("text"))
    move = models.CharField(_("for the step"), max_length=12, choices=For)
    ledger = models.ForeignKey(Ledger, models.CASCADE, null=True, blank=True, related_name="+")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    scope = models.CharField(_("who may use it"), max_length=4, choices=Scope, default=Scope.OWN)

    objects = AnswerTemplateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="template_name")]

    def __str__(self) -> str:
        return self.name

    def is_editable_by(self, member: Member) -> bool:
        """Say of a row what `editable_by` says of many."""
        mine = self.owner_id == member.pk
        return mine or (member.has(Role.MANAGER) and member.reaches(self.unit))
