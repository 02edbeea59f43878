"""The rule by which a ledger's residents are asked afterwards: read it, change it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note_change
from daodi.core.exceptions import NotYours, Refused
from daodi.core.followup.models import FollowUpRule
from daodi.core.ledgers.models import Ledger, LedgerQuerySet
from daodi.core.people.models import Member
from daodi.core.people.roles import Role

RULERS = (Role.MANAGER, Role.SUPERVISOR)
# What a rule says, by the names of its fields.
SAYS = (
    "whom", "share", "silent_days", "most_tries", "hours_apart", "ask_solved", "ask_satisfied",
    "ask_more",
)  # fmt: skip


def rule_of(ledger: Ledger) -> FollowUpRule:
    """Return the ledger's rule; unsaved, if nobody has changed it yet."""
    return FollowUpRule.objects.filter(ledger=ledger).first() or FollowUpRule(ledger=ledger)


def ruled_by(member: Member) -> LedgerQuerySet:
    """Keep the ledgers that the member manages or supervises."""
    house, ours = member.unit.path, Q(pk__in=())
    if member.has(Role.MANAGER):
        ours |= Q(unit__path__startswith=house)
    if member.has(Role.SUPERVISOR):
        ours |= Q(supervising_unit__path__startswith=house)
    return Ledger.objects.filter(ours)


@transaction.atomic
def change_rule(ledger: Ledger, *, by: Member, **says: Any) -> FollowUpRule:
    """Let a ledger's residents be asked by another rule: from the next draw on."""
    if not ruled_by(by).filter(pk=ledger.pk).exists():
        raise NotYours
    rule = rule_of(ledger)
    before = _said_by(rule)
    for name in SAYS:
        setattr(rule, name, says.get(name, getattr(rule, name)))
    try:
        rule.clean_fields()
    except ValidationError as error:
        name, words = next(iter(error.message_dict.items()))
        raise Refused(f"{FollowUpRule.label_of(name)}: {words[0]}") from error
    after = _said_by(rule)
    stored, _made = FollowUpRule.objects.update_or_create(ledger=ledger, defaults=after)
    about = {"by": by, "unit": ledger.unit}
    note_change(Act.LEDGER_CHANGED, _("%s: follow-up") % ledger, before, after, **about)
    return stored


def _said_by(rule: FollowUpRule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in SAYS}
