"""Lines of the log of administration in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.audit.acts import Act
from daodi.core.audit.models import AdminEvent
from daodi.core.gazetteer.models import PlaceKind
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.services import FACTS
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from daodi.lib.text import listed

Shown = dict[str, Any]
LONGEST = 200
KEYS = {
    "name": gettext_lazy("Name"),
    "name_en": gettext_lazy("Name in English"),
    "kind": gettext_lazy("Level"),
    "division": gettext_lazy("Area"),
    "is_active": gettext_lazy("In use"),
    "code": gettext_lazy("Code"),
    "parent": gettext_lazy("Unit above"),
    "roles": gettext_lazy("Roles"),
    "post": gettext_lazy("Post"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "account": gettext_lazy("Account"),
    "new_account": gettext_lazy("New account"),
    "n": gettext_lazy("Number"),
    "to": gettext_lazy("To"),
    "matters": gettext_lazy("Matters"),
    "lead": gettext_lazy("Lead unit"),
    "joint": gettext_lazy("Joint units"),
    "basis": gettext_lazy("Basis"),
    "category": gettext_lazy("Category"),
    "area": gettext_lazy("Area"),
    "source": gettext_lazy("Source"),
    "version": gettext_lazy("Version"),
    "policy": gettext_lazy("Clocks"),
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "same": gettext_lazy("unchanged"),
    "wrong": gettext_lazy("wrong"),
    "again": gettext_lazy("once more"),
    "keywords": gettext_lazy("Words that residents use"),
    "is_confidential": gettext_lazy("Confidential"),
    "kinds": gettext_lazy("Kinds"),
    "fields": gettext_lazy("Extra fields"),
    "confidants": gettext_lazy("Who lists confidential matters"),
    "decline_reasons": gettext_lazy("Reasons to decline"),
    "also": gettext_lazy("Other names"),
    "place_kind": gettext_lazy("Kind of place"),
    "point": gettext_lazy("Point"),
}
LEDGER_KEYS = {name.removesuffix("_id") for name in FACTS}
WORDS = {**dict(Role.choices), **dict(Unit.Kind.choices), **dict(PlaceKind.choices)}


def show_admin_event(event: AdminEvent) -> Shown:
    """Return what a row of the log takes."""
    return {
        "at": event.at,
        "what": Act(event.what).label,
        "label": event.label,
        "by": event.by or _("Server"),
        "place": event.by.unit if event.by else "",
        "unit": event.unit or "",
        "changes": [
            _change(key, event) for key in event.before | event.after if _tells(key, event)
        ],
    }


def _tells(key: str, event: AdminEvent) -> bool:
    """Say whether there is anything to say of it: not of what is empty in something new."""
    return key in event.before or event.after[key] not in ("", None, [], False)


def _label(key: str, event: AdminEvent) -> str:
    """Say what a fact is called: a ledger's as its own page does."""
    if key in KEYS or not event.what.startswith("ledger_"):
        return str(KEYS.get(key, key))
    return Ledger.label_of(key) if key in LEDGER_KEYS else key


def _change(key: str, event: AdminEvent) -> str:
    name = _label(key, event)
    if key in event.before and key in event.after:
        return f"{name}: {_said(event.before[key])} → {_said(event.after[key])}"
    if key in event.before:
        return f"{name}: {_said(event.before[key])} → —"
    return f"{name}: {_said(event.after[key])}"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return listed(_said(each) for each in value) or "—"
    if isinstance(value, dict):
        return str(value.get("label", value))[:LONGEST]
    return str(WORDS.get(value, "—" if value in (None, "") else value))[:LONGEST]
