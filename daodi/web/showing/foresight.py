"""What a change of a ledger means, in words and numbers."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.core.clocks.policy import Policy
from daodi.core.ledgers.fields import Field
from daodi.core.ledgers.kinds import Kind
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.services import FACTS, UNITS
from daodi.core.ledgers.who_may import filing_of
from daodi.core.matters.foresight import Foresight
from daodi.core.matters.moves import MOVES
from daodi.core.matters.sight import seers_of
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from daodi.lib.text import listed
from daodi.web.showing.policies import show_policy

Shown = dict[str, Any]
LONGEST = 300


def show_changes(before: Ledger, after: Ledger) -> list[tuple[str, str, str]]:
    """Return what differs: the name of the setting, what it was and what it would be."""
    names = [name.removesuffix("_id") for name in FACTS]
    return [
        (Ledger.label_of(name), _said(before, name), _said(after, name))
        for name in names
        if getattr(before, name) != getattr(after, name)
    ]


def show_consequences(before: Ledger, after: Ledger, seen: Foresight) -> list[str]:
    """Return a sentence for each thing that follows for matters."""
    return list(_consequences(before, after, seen))


def compare_policies(old: Policy, new: Policy) -> list[Shown]:
    """Return the clocks of two policies side by side, with whether each differs."""
    olds = {clock["name"]: clock for clock in show_policy(old)}
    news = {clock["name"]: clock for clock in show_policy(new)}
    names = [*news, *(name for name in olds if name not in news)]
    return [
        {
            "label": (news.get(name) or olds[name])["label"],
            "old": olds.get(name),
            "new": news.get(name),
            "differs": olds.get(name) != news.get(name),
        }
        for name in names
    ]


def _consequences(before: Ledger, after: Ledger, seen: Foresight) -> Iterator[str]:
    n = seen.open_matters
    yield ngettext("%(n)s matter is open.", "%(n)s matters are open.", n) % {"n": n}
    if before.policy_id != after.policy_id:
        yield _("Matters that run keep the clocks they have; the next step begins the new ones.")
    for name, count in seen.fields_gone.items():
        label = next(str(field) for field in before.extra_fields() if field.name == name)
        text = ngettext(
            "“%(field)s” is not asked any more; %(n)s matter keeps what it has there.",
            "“%(field)s” is not asked any more; %(n)s matters keep what they have there.",
            count,
        )
        yield text % {"field": label, "n": count}
    for kind, count in seen.kinds_gone.items():
        text = ngettext(
            "“%(kind)s” cannot be chosen any more; %(n)s open matter stays what it is.",
            "“%(kind)s” cannot be chosen any more; %(n)s open matters stay what they are.",
            count,
        )
        yield text % {"kind": Kind(kind).label, "n": count}
    yield from _new_duties(before, after)
    yield from _who_may(before, after, seen)


def _who_may(before: Ledger, after: Ledger, seen: Foresight) -> Iterator[str]:
    if seers_of(before) != seers_of(after):
        yield _("Who sees its open matters changes at once.")
    if filing_of(before) != filing_of(after):
        was, will = seen.filers
        yield ngettext(
            "%(n)s member may file for others then; now it is %(was)s.",
            "%(n)s members may file for others then; now it is %(was)s.",
            will,
        ) % {"n": will, "was": was}
    if after.leader_dispatches and not before.leader_dispatches:
        n = seen.listed
        yield ngettext(
            "%(n)s listed matter then waits for a leader of %(unit)s.",
            "%(n)s listed matters then wait for a leader of %(unit)s.",
            n,
        ) % {"n": n, "unit": after.unit}
    if before.leader_dispatches and not after.leader_dispatches:
        yield _("Operators dispatch from then on; leaders find nothing of it on their page.")


def _new_duties(before: Ledger, after: Ledger) -> Iterator[str]:
    known = {field.name for field in before.extra_fields() if field.required}
    asked = [field for field in after.extra_fields() if field.required and field.name not in known]
    if asked:
        yield _("From now on nobody files without: %(fields)s.") % {"fields": listed(asked)}
    if after.is_confidential and not before.is_confidential:
        yield _("New matters are seen by those only who list confidential ones.")
    if before.is_public and not after.is_public:
        yield _("Nothing of it is published any more.")
    if before.residents_file and not after.residents_file:
        yield _("Residents do not find it any more; they still follow what they filed.")
    if before.is_active and not after.is_active:
        yield _("Nothing new is filed; what is open goes on.")


def _said(ledger: Ledger, name: str) -> str:
    value = getattr(ledger, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return listed(_items(ledger, name, value))[:LONGEST] or "—"
    return "—" if value in (None, "") else str(value)[:LONGEST]


def _items(ledger: Ledger, name: str, value: list[Any]) -> list[Any]:
    """Return what a list of codes stands for, in words."""
    if name == "kinds":
        return [Kind(kind).label for kind in value]
    if name == "evidence":
        return [MOVES[step].label for step in value]
    if name == "filing_roles":
        return [Role(role).label for role in value]
    if name in UNITS:
        return list(Unit.objects.filter(pk__in=value))
    return [_field(field) for field in ledger.extra_fields()] if name == "fields" else value


def _field(field: Field) -> str:
    return f"{field} *" if field.required else str(field)
