"""One line of a table about a member."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from daodi.core.exchange.columns import NAMES, NOTHING, roles
from daodi.core.exchange.house import House
from daodi.core.exchange.trial import Line, Taken, Verdict, WrongCell, told
from daodi.core.exchange.units import is_yes
from daodi.core.people.models import Member, Unit, User
from daodi.core.people.roles import Role
from daodi.core.people.services import add_member, change_account, change_member
from daodi.core.workflow.leaving import leave
from daodi.lib.text import words_in

LONGEST = {"account": 150, "person": 60, "post": 60, "phone": 30, "email": 254}


def take_member(line: Line, house: House, by: Member | None, now: datetime) -> Taken:
    """Add the member of a line, or change what differs."""
    _check(line)
    if not (line.get("unit") or line.get("code")):
        raise WrongCell("unit", _("A member needs a unit."))
    unit = house.unit_of(line) or house.unit(line.get("unit") or line.get("code"), "unit")
    account = line.get("account")
    found = (
        house.members.get((account, unit.code))
        if account
        else house.member_called(line.get("person"), unit)
    )
    return _change(line, found, by, now) if found else _add(line, unit, house, by)


def _check(line: Line) -> None:
    for name, longest in LONGEST.items():
        if len(line.get(name)) > longest:
            raise WrongCell(name, _("at most %(most)s characters.") % {"most": longest})
    if email := _or_nothing(line.get("email")):
        try:
            validate_email(email)
        except ValidationError:
            raise WrongCell("email", _("This is not an e-mail address.")) from None
    if account := line.get("account"):
        try:
            User.username_validator(account)
        except ValidationError:
            raise WrongCell(
                "account", _("An account has letters, digits and . - _ @ only.")
            ) from None


def _add(line: Line, unit: Unit, house: House, by: Member | None) -> Taken:
    account = line.get("account") or _free_account(unit)
    if not line.get("person") and not User.objects.filter(username=account).exists():
        raise WrongCell("person", _("A new member needs a name."))
    made = add_member(
        username=account,
        name=line.get("person"),
        unit=unit,
        roles=_roles(line, []),
        by=by,
        post=_or_nothing(line.get("post")),
        phone=_or_nothing(line.get("phone")),
        email=_or_nothing(line.get("email")),
    )
    if not is_yes(line, default=True):
        change_member(made, roles=made.roles, is_active=False, by=by)
    house.put_member(made)
    label = _labels(made.roles) or _("no role")
    return Verdict.NEW, f"{made} · {unit}", f"{account} · {label}"


def _change(line: Line, member: Member, by: Member | None, now: datetime) -> Taken:
    before, after = _facts(member), _wanted(line, member)
    changes = {name: (before[name], after[name]) for name in after if after[name] != before[name]}
    if {"name", "email"} & changes.keys():
        change_account(member, name=after["name"], email=after["email"], by=by)
    if before["is_active"] and not after["is_active"] and by:
        leave(member, successor=None, by=by, now=now)
    if {"roles", "post", "phone", "is_active"} & changes.keys():
        given = {name: after[name] for name in ("roles", "is_active", "post", "phone")}
        change_member(member, by=by, **given)
    shown = {_column(name): (_said(old), _said(new)) for name, (old, new) in changes.items()}
    verdict = Verdict.CHANGED if changes else Verdict.SAME
    return verdict, f"{member} · {member.unit}", told(shown)


def _wanted(line: Line, member: Member) -> dict[str, Any]:
    """Return what the line says of a member; an empty cell leaves things as they are."""
    wanted = _facts(member) | {
        "roles": _roles(line, member.roles),
        "is_active": is_yes(line, default=member.is_active),
    }
    cells = {"name": line.get("person")}
    cells |= {name: line.get(name) for name in ("post", "phone", "email")}
    return wanted | {name: _or_nothing(text) for name, text in cells.items() if text}


def _facts(member: Member) -> dict[str, Any]:
    return {
        "name": member.user.name,
        "email": member.user.email,
        "roles": sorted(member.roles),
        "post": member.post,
        "phone": member.phone,
        "is_active": member.is_active,
    }


def _roles(line: Line, default: list[str]) -> list[str]:
    text = line.get("roles")
    if not text:
        return sorted(default)
    if text in NOTHING:
        return []
    words = words_in(_joined(text), also=r"/\s")
    if unknown := [word for word in words if word not in roles()]:
        known = "、".join(str(role.label) for role in Role)
        raise WrongCell(
            "roles",
            _("“%(word)s” is no role. Write one or more of: %(known)s.")
            % {"word": unknown[0], "known": known},
        )
    return sorted({roles()[word] for word in words})


def _joined(text: str) -> str:
    """Let labels of two words stand as one: Unit leader."""
    for label in roles():
        if " " in label:
            text = text.replace(label, roles()[label])
    return text


def _free_account(unit: Unit) -> str:
    number = 1
    while True:
        account = f"{unit.code.lower()}-{number:02d}"
        if not User.objects.filter(username=account).exists():
            return account
        number += 1


def _labels(given: list[str]) -> str:
    return "、".join(str(Role(role).label) for role in given)


def _said(value: object) -> object:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _labels(value) if isinstance(value, list) else value


def _column(name: str) -> str:
    return str(NAMES[{"name": "person", "is_active": "active"}.get(name, name)][0])


def _or_nothing(text: str) -> str:
    return "" if text in NOTHING else text
