"""Who is told what: one table for the house, one for residents."""

from dataclasses import dataclass
from enum import StrEnum

from daodi.core.history.models import Event
from daodi.core.ledgers.kinds import Urgency
from daodi.core.matters.models import Matter
from daodi.core.matters.states import WITH_US, Side
from daodi.core.people.roles import Role


class Place(StrEnum):
    """Which unit of a matter, from where those who are told are looked for upwards."""

    LEAD = "lead"
    JOINT = "joint"
    ABOVE = "above"
    LEDGER = "ledger"
    SUPERVISING = "supervising"
    # The unit that the event itself names.
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Audience:
    """Those with a role at one of the matter's units; `says` is their notice, if not the event."""

    place: Place
    role: Role
    says: str = ""


HANDLERS = Audience(Place.LEAD, Role.HANDLER)
LEADERS = Audience(Place.LEAD, Role.LEADER)
JOINT = Audience(Place.JOINT, Role.HANDLER, says="joint")
JOINT_HANDLERS = Audience(Place.JOINT, Role.HANDLER)
JOINT_LEADERS = Audience(Place.JOINT, Role.LEADER)
OPERATORS = Audience(Place.LEDGER, Role.OPERATOR)
CALLERS = Audience(Place.LEDGER, Role.CALLER)
SUPERVISORS = Audience(Place.SUPERVISING, Role.SUPERVISOR)
TAKEN_FROM = Audience(Place.NAMED, Role.HANDLER, says="taken_from")
LEADERS_ABOVE = Audience(Place.ABOVE, Role.LEADER)
REMINDED = (Audience(Place.NAMED, Role.HANDLER), Audience(Place.NAMED, Role.LEADER))

# A table is read by its columns.
# fmt: off
STAFF = {
    # What comes to a unit
    "dispatch":          (HANDLERS, JOINT),
    "overrule":          (HANDLERS,),
    "reassign":          (HANDLERS, JOINT, TAKEN_FROM),
    "rejoin":            (HANDLERS, JOINT),
    "forward":           (HANDLERS,),
    "reply":             (HANDLERS,),
    "write":             (HANDLERS,),
    "hand_part":         (HANDLERS,),
    "schedule_part":     (JOINT_HANDLERS,),
    "part_soon":         (JOINT_HANDLERS,),
    "part_late":         (JOINT_HANDLERS, JOINT_LEADERS, HANDLERS, SUPERVISORS),
    "send_back":         (HANDLERS, LEADERS),
    "redo":              (HANDLERS, LEADERS),
    "reopen":            (HANDLERS, LEADERS),
    "resume":            (HANDLERS,),
    # What takes it from the unit that had it
    "withdraw":          (HANDLERS,),
    "drop":              (HANDLERS, LEADERS),
    "merge":             (HANDLERS,),
    # What is asked for, and what became of it
    "object":            (SUPERVISORS,),
    "uphold":            (HANDLERS, OPERATORS),
    "extend":            (SUPERVISORS,),
    "grant_extension":   (HANDLERS,),
    "refuse_extension":  (HANDLERS,),
    "suspend":           (SUPERVISORS,),
    "grant_suspension":  (HANDLERS,),
    "refuse_suspension": (HANDLERS,),
    "submit":            (LEADERS,),
    "return_draft":      (HANDLERS,),
    # Orders
    "press":             (HANDLERS, LEADERS),
    "answer_order":      (SUPERVISORS,),
    "return_order":      (HANDLERS, LEADERS),
    "close_order":       (HANDLERS,),
    # Early warning
    "surge":             (LEADERS, SUPERVISORS),
}
# fmt: on
# Whom a policy names in `tell`.
ALARMED = {
    "handler": HANDLERS,
    "leader": LEADERS,
    "operator": OPERATORS,
    "caller": CALLERS,
    "supervisor": SUPERVISORS,
    "above": LEADERS_ABOVE,
}
TAKEN = ("withdraw", "merge")
HURRIED = (Urgency.CRITICAL, Urgency.URGENT)
# Residents get few messages: what they must know, and what they are asked.
RESIDENTS = frozenset(
    {
        "file",
        "ask",
        "hand_in",
        "sign",
        "answer",
        "answer_shared",
        "decline",
        "merge",
        "unmerge",
        "grant_extension",
        "grant_suspension",
        "send_back",
        "clear",
    }
)


def audiences(matter: Matter, event: Event) -> tuple[Audience, ...]:
    """Return who of the house is told of an event.

    As long as no unit has it, the operators are told instead: of all but that it is gone. A unit
    that has objected is told what becomes of that, and no more of what is late meanwhile.
    """
    has_no_unit = matter.unit_id is None
    if event.name == "file":
        return (OPERATORS,) if matter.urgency in HURRIED else ()
    if event.name == "reminder":
        # An answer goes to who asked, everything else to the unit that is asked.
        return (SUPERVISORS,) if event.data["step"] == "answer" else REMINDED
    if event.name == "alarm":
        told = tuple(ALARMED[name] for name in event.data["tell"] if name in ALARMED)
        has_no_unit |= matter.state in WITH_US
    else:
        told = STAFF.get(event.name, ())
    if has_no_unit and event.name in TAKEN:
        return ()
    if has_no_unit:
        told = tuple(OPERATORS if each.place == Place.LEAD else each for each in told)
    return tuple(dict.fromkeys(told))


def tells_resident(event: Event) -> bool:
    """Say whether the resident is told of an event; never of what they did themselves."""
    own = event.side == Side.RESIDENT and event.name != "file"
    return event.name in RESIDENTS and not own
