"""The states of a matter and the sides that act on it."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    RECEIVED = "received", _("Received")
    LISTED = "listed", _("Listed")
    DISPATCHED = "dispatched", _("Dispatched")
    HANDLING = "handling", _("In hand")
    WAITING = "waiting", _("Waiting for the resident")
    SUSPENDED = "suspended", _("Suspended")
    HANDED_IN = "handed_in", _("Handed in")
    CLEARED = "cleared", _("Cleared")
    DECLINED = "declined", _("Declined")
    MERGED = "merged", _("Merged")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = (
    State.RECEIVED,
    State.LISTED,
    State.DISPATCHED,
    State.HANDLING,
    State.WAITING,
    State.SUSPENDED,
    State.HANDED_IN,
)
END_STATES = tuple(state for state in State if state not in OPEN_STATES)
# No unit has it: it was not dispatched yet, or its unit has objected.
WITH_US = (State.RECEIVED, State.LISTED)
WITH_UNIT = (State.DISPATCHED, State.HANDLING, State.WAITING, State.SUSPENDED)


class Side(StrEnum):
    """In what capacity somebody acts on a matter."""

    RESIDENT = "resident"
    OPERATOR = "operator"
    LEAD = "lead"
    JOINT = "joint"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    CALLER = "caller"
    INSPECTOR = "inspector"
    SYSTEM = "system"


SIDE_LABELS = {
    Side.RESIDENT: _("Resident"),
    Side.OPERATOR: _("Operator"),
    Side.LEAD: _("Lead unit"),
    Side.JOINT: _("Joint unit"),
    Side.LEADER: _("Leader of the lead unit"),
    Side.SUPERVISOR: _("Supervisor"),
    Side.CALLER: _("Caller"),
    Side.INSPECTOR: _("Inspector"),
    Side.SYSTEM: _("The system"),
}
