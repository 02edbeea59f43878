"""What the moves call the text that they ask for, and which of them can do without it."""

from django.utils.translation import gettext_lazy as _

TEXT_LABELS = {
    "split": _("What the second matter is about"),
    "decline": _("Where the resident can turn to instead"),
    "object": _("Why this is not your unit's matter"),
    "uphold": _("The ruling"),
    "overrule": _("The ruling"),
    "contact": _("What you agreed with the resident"),
    "ask": _("Your question to the resident"),
    "schedule": _("What the day rests on"),
    "reassign": _("Why it goes to another unit"),
    "rejoin": _("Why other units join"),
    "drop": _("Why it is dropped"),
    "extend": _("Why more time is needed"),
    "suspend": _("Why it cannot go on now"),
    "resume": _("What has changed"),
    "send_back": _("What is still wrong"),
    "redo": _("What is still wrong"),
    "reopen": _("What is still wrong"),
    "press": _("The order"),
    "answer_order": _("What was done on the order"),
    "return_order": _("What is missing in the answer"),
    "exclude": _("The evidence"),
    "include": _("Why it counts after all"),
    "hand_part": _("What your unit has done"),
    "return_draft": _("What should be different"),
    "refuse_extension": _("Why not"),
    "refuse_suspension": _("Why not"),
    "write": _("Your message"),
    "reply": _("Your reply"),
}
OPTIONAL_TEXT = ("forward", "schedule")
