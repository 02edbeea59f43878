"""Every step in the life of a matter, as one table.

Buttons, rights, forms, history lines, help and the diagram in ARCHITECTURE.md come from it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daodi.core.matters.states import END_STATES, OPEN_STATES, WITH_UNIT, Side, State

RECEIVED, LISTED, DISPATCHED = State.RECEIVED, State.LISTED, State.DISPATCHED
HANDLING, WAITING, SUSPENDED = State.HANDLING, State.WAITING, State.SUSPENDED
HANDED_IN, CLEARED, DECLINED = State.HANDED_IN, State.CLEARED, State.DECLINED
MERGED, WITHDRAWN = State.MERGED, State.WITHDRAWN
RESIDENT, OPERATOR, LEAD, JOINT = Side.RESIDENT, Side.OPERATOR, Side.LEAD, Side.JOINT
LEADER, SUPERVISOR, CALLER = Side.LEADER, Side.SUPERVISOR, Side.CALLER
INSPECTOR, SYSTEM = Side.INSPECTOR, Side.SYSTEM

STAY = None
OPEN, ANY = OPEN_STATES, (*OPEN_STATES, *END_STATES)
WITH_LEAD = (DISPATCHED, HANDLING)
STAFF = (OPERATOR, LEAD, JOINT, LEADER, SUPERVISOR, CALLER)


@dataclass(frozen=True, slots=True)
class Move:
    """A named step: from which states to which, who may take it, and what it asks for."""

    name: str
    label: Promise
    sources: tuple[State, ...]
    target: State | None
    sides: tuple[Side, ...]
    asks: tuple[str, ...] = ()
    # The resident sees this line of the history, with its text.
    public: bool = False
    # Photos and papers may come with it.
    files: bool = False
    # Asks for a decision of this kind, or gives one.
    opens: str = ""
    decides: str = ""
    # The clocks take it for this move: every policy knows that one, however old it is.
    turns_as: str = ""

    def is_open_from(self, state: str) -> bool:
        return state in self.sources

    def after(self, state: str) -> str:
        """Return the state that the move leads to from `state`."""
        return self.target or state


# A table is read by its columns.
# fmt: off
MOVES = {move.name: move for move in (
    # Taking it in
    Move("file", _("File a matter"), (), RECEIVED, (RESIDENT, OPERATOR, INSPECTOR, SYSTEM),
         public=True),
    Move("list", _("List"), (RECEIVED, LISTED), LISTED, (OPERATOR, SYSTEM),
         ("category", "kind", "urgency"), public=True),
    Move("unlist", _("Undo the listing"), (LISTED,), RECEIVED, (OPERATOR,)),
    Move("split", _("Split off a second matter"), (RECEIVED, LISTED), STAY, (OPERATOR,),
         ("title", "text", "category", "attachments"), public=True),
    Move("decline", _("Decline"), (RECEIVED, LISTED), DECLINED, (OPERATOR,),
         ("reason", "text"), public=True),
    Move("answer", _("Answer directly"), (RECEIVED, LISTED), HANDED_IN, (OPERATOR,),
         ("answer",), public=True),
    Move("merge", _("Merge into another"), OPEN, MERGED, (OPERATOR, SYSTEM),
         ("into", "remark"), public=True),
    Move("unmerge", _("Undo the merging"), (MERGED,), RECEIVED, (OPERATOR,), public=True,
         turns_as="file"),
    Move("locate", _("Set the place"), (RECEIVED, LISTED), STAY, (OPERATOR,),
         ("division",)),
    # Sending it to a unit
    Move("dispatch", _("Dispatch"), (LISTED,), DISPATCHED, (OPERATOR,),
         ("lead", "joint", "joint_until", "content", "named"), public=True),
    Move("schedule_part", _("Set a joint unit's day"), WITH_LEAD, STAY, (OPERATOR,),
         ("part", "until")),
    Move("recall", _("Recall the dispatch"), (DISPATCHED,), LISTED, (OPERATOR,),
         ("remark",), turns_as="object"),
    Move("accept", _("Sign for"), (DISPATCHED,), HANDLING, (LEAD,), public=True),
    Move("object", _("Object"), (DISPATCHED,), LISTED, (LEAD,),
         ("text", "basis"), opens="objection", files=True),
    Move("uphold", _("Objection stands"), (LISTED,), STAY, (SUPERVISOR,),
         ("text",), decides="objection"),
    Move("overrule", _("Objection fails: final dispatch"), (LISTED,), DISPATCHED, (SUPERVISOR,),
         ("text",), decides="objection"),
    Move("forward", _("Forward in the house"), WITH_LEAD, DISPATCHED, (LEAD,),
         ("below", "text")),
    # Changing who does a task, or whether it is done
    Move("reassign", _("Give the task to another unit"), WITH_LEAD, DISPATCHED, (OPERATOR,),
         ("lead", "joint", "named", "text"), turns_as="dispatch"),
    Move("rejoin", _("Change the joint units"), WITH_LEAD, STAY, (OPERATOR,),
         ("joint", "named", "text")),
    Move("drop", _("Drop the task"), OPEN, WITHDRAWN, (OPERATOR,), ("text",)),
    # Handling it
    Move("contact", _("Contacted the resident"), WITH_LEAD, STAY, (LEAD,), ("text",), public=True,
         files=True),
    Move("report", _("Report on a milestone"), WITH_LEAD, STAY, (LEAD,), ("milestone", "text"),
         files=True),
    Move("hand_part", _("Hand in our part"), WITH_LEAD, STAY, (JOINT,), ("text",), files=True),
    Move("ask", _("Ask the resident"), (HANDLING,), WAITING, (LEAD,), ("text",), public=True),
    Move("reply", _("Reply"), (WAITING,), HANDLING, (RESIDENT, OPERATOR), ("text",), public=True,
         files=True),
    Move("hand_in", _("Hand in"), (HANDLING,), HANDED_IN, (LEAD,),
         ("account", "answer"), public=True, files=True),
    Move("submit", _("Submit for signature"), (HANDLING,), STAY, (LEAD,),
         ("account", "answer"), opens="signature", files=True),
    Move("sign", _("Sign and hand in"), (HANDLING,), HANDED_IN, (LEADER,),
         ("remark",), public=True, decides="signature"),
    Move("return_draft", _("Return the draft"), (HANDLING,), STAY, (LEADER,),
         ("text",), decides="signature"),
    Move("note", _("Note"), OPEN, STAY, STAFF, ("text", "public"), files=True),
    Move("write", _("Write"), OPEN, STAY, (RESIDENT,), ("text",), public=True, files=True),
    # More time, a day, or a halt
    Move("schedule", _("Set the day of the task"), (LISTED, *WITH_UNIT), STAY,
         (OPERATOR, SUPERVISOR), ("until", "text")),
    Move("extend", _("Ask for an extension"), (HANDLING,), STAY, (LEAD,),
         ("until", "text"), opens="extension"),
    Move("grant_extension", _("Grant the extension"), (HANDLING, WAITING), STAY, (SUPERVISOR,),
         ("remark",), public=True, decides="extension"),
    Move("refuse_extension", _("Refuse the extension"), (HANDLING, WAITING), STAY, (SUPERVISOR,),
         ("text",), decides="extension"),
    Move("suspend", _("Ask for suspension"), (HANDLING,), STAY, (LEADER,),
         ("text", "plan", "review_on"), opens="suspension"),
    Move("grant_suspension", _("Grant the suspension"), (HANDLING,), SUSPENDED, (SUPERVISOR,),
         ("remark",), public=True, decides="suspension"),
    Move("refuse_suspension", _("Refuse the suspension"), (HANDLING,), STAY, (SUPERVISOR,),
         ("text",), decides="suspension"),
    Move("resume", _("Take up again"), (SUSPENDED,), HANDLING, (LEAD, SUPERVISOR),
         ("text",), public=True),
    # Ending it, or not
    Move("judge", _("Judge"), (HANDED_IN, CLEARED, MERGED), STAY, (RESIDENT, CALLER),
         ("solved", "satisfied", "remark"), public=True),
    Move("send_back", _("Send back for redo"), (HANDED_IN,), HANDLING, (CALLER, SUPERVISOR),
         ("text",), public=True),
    Move("redo", _("Ask for redo"), (HANDED_IN,), HANDLING, (RESIDENT,), ("text",), public=True,
         files=True),
    Move("clear", _("Clear"), (HANDED_IN,), CLEARED, (CALLER, SYSTEM), public=True),
    Move("reopen", _("Reopen"), (CLEARED,), DISPATCHED, (RESIDENT, SUPERVISOR),
         ("text",), public=True),
    Move("withdraw", _("Withdraw"), OPEN, WITHDRAWN, (RESIDENT,), ("remark",), public=True),
    # Supervising it
    Move("press", _("Press with an order"), OPEN, STAY, (SUPERVISOR, SYSTEM), ("text", "limit")),
    Move("answer_order", _("Answer the order"), (*WITH_UNIT, HANDED_IN), STAY, (LEAD, LEADER),
         ("text",), files=True),
    Move("close_order", _("Close the order"), ANY, STAY, (SUPERVISOR,), ("remark",)),
    Move("return_order", _("Return the order's answer"), (*WITH_UNIT, HANDED_IN), STAY,
         (SUPERVISOR,), ("text", "limit")),
    Move("exclude", _("Leave out of the scoring"), ANY, STAY, (SUPERVISOR,), ("text",), files=True),
    Move("include", _("Take back into the scoring"), ANY, STAY, (SUPERVISOR,), ("text",)),
)}
# fmt: on
