"""Keep the tree of units and the members in it; each act leaves a line in the log."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note, note_change
from daodi.core.exceptions import Refused
from daodi.core.people.locks import Lock, hold
from daodi.core.people.models import Division, Member, Unit, User
from daodi.core.people.roles import Role
from daodi.lib.text import clean


@transaction.atomic
def add_unit(
    *,
    code: str,
    name: str,
    kind: str = Unit.Kind.DEPARTMENT,
    parent: Unit | None = None,
    division: Division | None = None,
    name_en: str = "",
    by: Member | None = None,
) -> Unit:
    """Put a unit into the tree, at the top or below `parent`; its code must be new."""
    hold(Lock.TREE)
    if Unit.objects.filter(code=code).exists():
        raise Refused(_("There is already a unit with the code %(code)s.") % {"code": code})
    unit = Unit(code=code, name=name, kind=kind, division=division, name_en=name_en)
    if parent:
        # Read anew: the tree counts the children, and the caller may have read an older count.
        Unit.objects.add_child(Unit.objects.get(pk=parent.pk), instance=unit)
    else:
        Unit.objects.add_root(instance=unit)
    note(Act.UNIT_ADDED, unit, by=by, unit=unit, after={**_unit_facts(unit), "code": code})
    return unit


@transaction.atomic
def change_unit(
    unit: Unit,
    *,
    name: str,
    name_en: str,
    kind: str,
    division: Division | None,
    is_active: bool,
    by: Member | None = None,
) -> None:
    """Change what a unit is called and where it is; its place in the tree and its code stay."""
    before = _unit_facts(Unit.objects.select_related("division").get(pk=unit.pk))
    unit.name, unit.name_en, unit.kind = name, name_en, kind
    unit.division, unit.is_active = division, is_active
    unit.save(update_fields=["name", "name_en", "kind", "division", "is_active"])
    note_change(Act.UNIT_CHANGED, unit, before, _unit_facts(unit), by=by, unit=unit)


@transaction.atomic
def add_member(
    *,
    username: str,
    name: str,
    unit: Unit,
    roles: Sequence[str],
    password: str | None = None,
    by: Member | None = None,
    **about: str,
) -> Member:
    """Give a person a place in a unit; without a password they cannot sign in yet.

    An account of that name that exists already gets one more place, and keeps its password.
    `about`: post and phone there, and the e-mail of a new account.
    """
    user, is_new = User.objects.get_or_create(
        username=username, defaults={"name": name, "email": about.pop("email", "")}
    )
    if is_new:
        user.set_password(password)
        user.save(update_fields=["password"])
    if user.members.filter(unit=unit).exists():
        raise Refused(_("%(name)s is a member of this unit already.") % {"name": user})
    member = Member.objects.create(user=user, unit=unit, roles=_known(roles), **about)
    after = {**_member_facts(member), "account": username, "new_account": is_new}
    note(Act.MEMBER_ADDED, member, by=by, member=member, after=after)
    return member


@transaction.atomic
def add_members(
    rows: Iterable[tuple[str, str, Unit, Sequence[str]]], *, by: Member | None = None
) -> list[Member]:
    """Give many new people a place at once: rows of user name, name, unit and roles.

    None of them can sign in before they are given a password.
    """
    given = [
        (User(username=login, name=name), unit, _known(roles)) for login, name, unit, roles in rows
    ]
    for user, _unit, _roles in given:
        user.set_unusable_password()
    User.objects.bulk_create(user for user, _unit, _roles in given)
    made = Member.objects.bulk_create(
        Member(user=user, unit=unit, roles=roles) for user, unit, roles in given
    )
    note(Act.MEMBERS_ADDED, len(made), by=by, after={"n": len(made)})
    return made


@transaction.atomic
def change_member(
    member: Member,
    *,
    roles: Sequence[str],
    is_active: bool,
    by: Member | None = None,
    **about: str,
) -> None:
    """Change what a member may do, or end their membership; nothing of theirs is deleted.

    `about`: post and phone, where they are to change.
    """
    if member == by and not (is_active and Role.MANAGER in roles):
        raise Refused(_("You cannot take the manager's role from yourself: ask another manager."))
    before = _member_facts(Member.objects.get(pk=member.pk))
    member.roles, member.is_active = _known(roles), is_active
    member.post, member.phone = about.get("post", member.post), about.get("phone", member.phone)
    member.save(update_fields=["roles", "is_active", "post", "phone"])
    note_change(Act.MEMBER_CHANGED, member, before, _member_facts(member), by=by, member=member)


@transaction.atomic
def change_account(member: Member, *, name: str, email: str, by: Member | None = None) -> None:
    """Change what a person is called and their e-mail; only for accounts of one's own house."""
    check_own_account(member, by)
    user = member.user
    before = {"name": user.name, "email": user.email}
    user.name, user.email = name, email
    user.save(update_fields=["name", "email"])
    after = {"name": name, "email": email}
    note_change(Act.MEMBER_CHANGED, member, before, after, by=by, member=member)


def rename(user: User, name: str) -> None:
    """Change what a person is called, in what was written down before too."""
    name = clean(name, lines=False)
    if not name:
        raise Refused(_("Please write your name."))
    user.name = name
    user.save(update_fields=["name"])


@transaction.atomic
def set_password(member: Member, password: str, *, by: Member | None = None) -> None:
    """Set a password; a manager may only for accounts that have no place outside the house."""
    check_own_account(member, by)
    member.user.set_password(password)
    member.user.save(update_fields=["password"])
    note(Act.PASSWORD_SET, member, by=by, member=member)


@transaction.atomic
def change_own_password(member: Member, password: str) -> None:
    """Set one's own password."""
    member.user.set_password(password)
    member.user.save(update_fields=["password"])
    note(Act.PASSWORD_CHANGED, member, by=member, member=member)


def check_own_account(member: Member, by: Member | None) -> None:
    """Raise Refused if the account has a place outside the house of the manager `by`."""
    if by and member.user.members.outside(by.unit).exists():
        raise Refused(
            _("%(name)s has a place outside your house too: a manager there must do this.")
            % {"name": member}
        )


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


def _unit_facts(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "name_en": unit.name_en,
        "kind": unit.kind,
        "division": unit.division.code if unit.division else "",
        "is_active": unit.is_active,
    }


def _member_facts(member: Member) -> dict[str, Any]:
    return {
        "roles": list(member.roles),
        "is_active": member.is_active,
        "post": member.post,
        "phone": member.phone,
    }


def _known(roles: Sequence[str]) -> list[str]:
    unknown = set(roles) - set(Role.values)
    if unknown:
        raise Refused(
            _("Unknown role: %(role)s. Known are: %(known)s.")
            % {"role": ", ".join(sorted(unknown)), "known": ", ".join(Role.values)}
        )
    return sorted(set(roles))
