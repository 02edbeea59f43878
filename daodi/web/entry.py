"""How an app announces itself in the menu. Read from apps.py: no models may be imported here."""

from dataclasses import dataclass

from django.utils.functional import Promise

from daodi.core.people.roles import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A menu entry, for members with one of these roles; no roles: for every member."""

    label: str | Promise
    url_name: str
    icon: str
    roles: tuple[Role, ...] = ()
