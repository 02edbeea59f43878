from datetime import date
from typing import Self

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from daodi.core.people.roles import Role

DEMO_PREFIX = "demo-"


class User(AbstractUser):
    """An account to sign in with; what it may do hangs on its members."""

    name = models.CharField(_("name"), max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name or self.username


class DivisionQuerySet(models.QuerySet["Division"]):
    def within(self, code: str) -> Self:
        """Keep the division with this code and all that lies in it."""
        return self.filter(code__startswith=code)

    def local(self) -> Self:
        """Keep towns and villages: where somebody is, in everyday speech."""
        return self.filter(level__in=("town", "village"))

    def towns(self) -> Self:
        return self.filter(level="town")

    def named(self, text: str) -> Self:
        """Keep the divisions with these characters in their name."""
        return self.filter(name__icontains=text)


class Division(models.Model):
    """An official area: where something is, not who is responsible for it.

    `code` is the official code without the padding zeros (2, 4, 6, 9 or 12 digits), so that the
    code of an area is a prefix of the codes of everything in it.
    """

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    level = models.CharField(
        max_length=8, choices=[(x, x) for x in ("province", "city", "county", "town", "village")]
    )
    # Where a town stands on the tile map of its county, from the top left, if a manager said so.
    tile_row = models.PositiveSmallIntegerField(null=True)
    tile_column = models.PositiveSmallIntegerField(null=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                Left("code", 6), "tile_row", "tile_column", name="division_tile_once",
                condition=Q(tile_row__isnull=False),
            )
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["code"], name="division_prefix", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(fields=["name"], name="division_name"),  # names that stand in texts
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def official_code(self) -> str:
        """Return the code with all its twelve digits."""
        return self.code.ljust(12, "0")


# treebeard has no types: Django's own class is named beside each of its for the type checker.
class UnitQuerySet(MP_NodeQuerySet, models.QuerySet["Unit"]):
    def visible_to(self, member: "Member") -> Self:
        """Keep the units of this member's own house: its unit and what lies below it."""
        return self.filter(path__startswith=member.unit.path)

    def directly_below(self, unit: "Unit") -> Self:
        return self.filter(path__startswith=unit.path, depth=unit.depth + 1)

    def on_the_way_to(self, *units: "Unit") -> Self:
        """Keep these units and all above them."""
        return self.filter(path__in={path for unit in units for path in unit.line()})

    def named(self, text: str) -> Self:
        """Keep the units with these characters in their name or code."""
        return self.filter(
            Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__iexact=text)
        )

    def without_members(self) -> Self:
        """Keep the units in which nobody works."""
        here = Member.objects.active().filter(unit=OuterRef("pk"))
        return self.filter(~Exists(here))

    def from_path(self, path: str) -> Self:
        """Keep what comes behind this path: the key to page by."""
        return self.filter(path__gt=path)


class UnitManager(MP_NodeManager, models.Manager["Unit"]):
    def get_queryset(self) -> UnitQuerySet:
        return UnitQuerySet(self.model, using=self._db).order_by("path")

    def visible_to(self, member: "Member") -> UnitQuerySet:
        return self.get_queryset().visible_to(member)


class Unit(MP_Node):
    """A government, department, community, village, station or team that can answer for matters."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        DEPARTMENT = "department", _("Department")
        TOWN = "town", _("Town")
        VILLAGE = "village", _("Village or community")
        SECTION = "section", _("Section or station")
        ENTERPRISE = "enterprise", _("Public enterprise")

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DEPARTMENT)
    division = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)

    objects = UnitManager()

    node_order_by: list[str] = []

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name

    def is_within(self, other: "Unit") -> bool:
        """Say whether this unit is `other` or lies below it."""
        return bool(self.path.startswith(other.path))

    def line(self) -> list[str]:
        """Return the paths of this unit and of all units above it, the topmost first."""
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        return [self.path[:end] for end in ends]


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> Self:
        return self.filter(is_active=True, user__is_active=True)

    def with_role(self, role: Role) -> Self:
        return self.filter(roles__contains=[role])

    def with_any(self, *roles: Role) -> Self:
        return self.filter(roles__overlap=list(roles))

    def visible_to(self, member: "Member") -> Self:
        """Keep the members of this member's own house: its unit and what lies below it."""
        return self.in_house(member.unit)

    def in_house(self, unit: Unit) -> Self:
        """Keep the members of this unit and of all units below it."""
        return self.filter(unit__path__startswith=unit.path)

    def named(self, text: str) -> Self:
        """Keep the members with these characters in their name or account."""
        return self.filter(Q(user__name__icontains=text) | Q(user__username__iexact=text))

    def outside(self, unit: Unit) -> Self:
        return self.exclude(unit__path__startswith=unit.path)

    def without_password(self) -> Self:
        """Keep those who cannot sign in yet: nobody gave them a password."""
        return self.active().filter(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def without_role(self) -> Self:
        """Keep those who may do nothing."""
        return self.active().filter(roles=[])

    def only_inside(self, unit: Unit) -> Self:
        """Keep those whose account has no place outside this house."""
        outside = Member.objects.outside(unit).filter(user=OuterRef("user"))
        return self.filter(~Exists(outside))

    def ended_last(self) -> Self:
        return self.order_by("-is_active", "pk")

    def demonstration(self) -> Self:
        """Keep the people of a made-up county whom a visitor may be."""
        return self.filter(user__username__startswith=DEMO_PREFIX).for_list()

    def for_list(self) -> Self:
        return self.select_related("user", "unit").order_by("unit__path", "pk")


class Member(models.Model):
    """A person's place in a unit, with the roles they have there."""

    user = models.ForeignKey(User, models.PROTECT, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="members")
    roles = ArrayField(models.CharField(max_length=12, choices=Role))
    # What they are called there and how colleagues reach them; no power hangs on it.
    post = models.CharField(_("post"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    is_active = models.BooleanField(default=True)

    # Who works in this place, and until when, while the member is away; see `places_of`.
    deputy: "Member | None" = None
    deputy_until: date | None = None

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit"], name="member_once_in_a_unit"),
            models.CheckConstraint(
                condition=Q(roles__contained_by=list(Role.values)), name="member_roles_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def hand(self) -> "Member":
        """Return under whose account it is written down what is done in this place."""
        return self.deputy or self

    def has(self, *roles: Role) -> bool:
        """Say whether the member has one of these roles."""
        return not set(roles).isdisjoint(self.roles)

    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]

    def reaches(self, unit: Unit) -> bool:
        """Say whether `unit` lies within the member's house."""
        return unit.is_within(self.unit)
