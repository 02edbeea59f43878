from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A named power that a member has within a unit and what lies below it."""

    OPERATOR = "operator", _("Operator")
    HANDLER = "handler", _("Handler")
    LEADER = "leader", _("Unit leader")
    SUPERVISOR = "supervisor", _("Supervisor")
    CALLER = "caller", _("Caller")
    INSPECTOR = "inspector", _("Inspector")
    EDITOR = "editor", _("Editor")
    MANAGER = "manager", _("Manager")


# Who files for somebody else, unless a ledger says otherwise; a leader what they found on a visit.
FILERS = (Role.OPERATOR, Role.INSPECTOR, Role.SUPERVISOR, Role.MANAGER, Role.LEADER)


def usual_filers() -> list[str]:
    return [role.value for role in FILERS]
