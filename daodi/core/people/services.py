"""Keep the tree of units and the members in it."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.people.models import Division, Member, Unit, User
from daodi.core.people.roles import Role


@transaction.atomic
def add_unit(
    *,
    code: str,
    name: str,
    kind: str = Unit.Kind.DEPARTMENT,
    parent: Unit | None = None,
    division: Division | None = None,
    name_en: str = "",
) -> Unit:
    """Put a unit into the tree, at the top or below `parent`; its code must be new."""
    if Unit.objects.filter(code=code).exists():
        raise Refused(_("There is already a unit with the code %(code)s.") % {"code": code})
    unit = Unit(code=code, name=name, kind=kind, division=division, name_en=name_en)
    if parent:
        # Read anew: the tree counts the children, and the caller may have read an older count.
        Unit.objects.add_child(Unit.objects.get(pk=parent.pk), instance=unit)
    else:
        Unit.objects.add_root(instance=unit)
    return unit


def change_unit(
    unit: Unit, *, name: str, name_en: str, kind: str, division: Division | None, is_active: bool
) -> None:
    """Change what a unit is called and where it is; its place in the tree and its code stay."""
    unit.name, unit.name_en, unit.kind = name, name_en, kind
    unit.division, unit.is_active = division, is_active
    unit.save(update_fields=["name", "name_en", "kind", "division", "is_active"])


@transaction.atomic
def add_member(
    *, username: str, name: str, unit: Unit, roles: Sequence[str], password: str | None = None
) -> Member:
    """Give a person a place in a unit; without a password they cannot sign in yet.

    An account of that name that exists already gets one more place, and keeps its password.
    """
    user, is_new = User.objects.get_or_create(username=username, defaults={"name": name})
    if is_new:
        user.set_password(password)
        user.save(update_fields=["password"])
    if user.members.filter(unit=unit).exists():
        raise Refused(_("%(name)s is a member of this unit already.") % {"name": user})
    return Member.objects.create(user=user, unit=unit, roles=_known(roles))


@transaction.atomic
def add_members(rows: Iterable[tuple[str, str, Unit, Sequence[str]]]) -> list[Member]:
    """Give many new people a place at once: rows of user name, name, unit and roles.

    None of them can sign in before they are given a password.
    """
    given = [
        (User(username=login, name=name), unit, _known(roles)) for login, name, unit, roles in rows
    ]
    for user, _unit, _roles in given:
        user.set_unusable_password()
    User.objects.bulk_create(user for user, _unit, _roles in given)
    return Member.objects.bulk_create(
        Member(user=user, unit=unit, roles=roles) for user, unit, roles in given
    )


def change_member(
    member: Member, *, roles: Sequence[str], is_active: bool, by: Member | None = None
) -> None:
    """Change what a member may do, or end their membership; nothing of theirs is deleted."""
    if member == by and not (is_active and Role.MANAGER in roles):
        raise Refused(_("You cannot take the manager's role from yourself: ask another manager."))
    member.roles, member.is_active = _known(roles), is_active
    member.save(update_fields=["roles", "is_active"])


def set_password(member: Member, password: str, *, by: Member | None = None) -> None:
    """Set a password; a manager may only for accounts that have no place outside the house."""
    if by and member.user.members.outside(by.unit).exists():
        raise Refused(
            _("%(name)s has a place outside your house too: a manager there sets the password.")
            % {"name": member}
        )
    member.user.set_password(password)
    member.user.save(update_fields=["password"])


def load_divisions(rows: Iterable[tuple[str, str, str]]) -> int:
    """Put divisions in, or rename those that are there: rows of code, name and level."""
    divisions = [Division(code=code, name=name[:60], level=level) for code, name, level in rows]
    Division.objects.bulk_create(
        divisions,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level"],
        batch_size=5000,
    )
    return len(divisions)


def _known(roles: Sequence[str]) -> list[str]:
    unknown = set(roles) - set(Role.values)
    if unknown:
        raise Refused(
            _("Unknown role: %(role)s. Known are: %(known)s.")
            % {"role": ", ".join(sorted(unknown)), "known": ", ".join(Role.values)}
        )
    return sorted(set(roles))
