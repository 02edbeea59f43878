"""Lines of history in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from daodi.core.history.models import Event
from daodi.core.history.record import FOR
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.moves import MOVES
from daodi.core.matters.states import SIDE_LABELS, Side
from daodi.core.workflow.transcribing import RECORDING
from daodi.web.showing.details import details_of
from daodi.web.showing.people import in_place_of, names_of_absent

Shown = dict[str, Any]
# Lines that no move leaves.
OTHERS = {
    "alarm": gettext_lazy("Alarm"),
    "contact_read": gettext_lazy("Contact was read"),
    "merged_in": gettext_lazy("Another matter was merged in"),
    "merged_out": gettext_lazy("Another matter was taken out again"),
    "answer_shared": gettext_lazy("Answer"),
    "handed_over": gettext_lazy("Handed over to a colleague"),
    "part_soon": gettext_lazy("A joint part is due soon"),
    "part_late": gettext_lazy("A joint part is late"),
    "settled": gettext_lazy("Deadline became definite"),
    "reminder": gettext_lazy("Early sign"),
    "surge": gettext_lazy("More than usual"),
    "erase": gettext_lazy("Personal data erased"),
    "published": gettext_lazy("Made public with names masked"),
    "left_unpublished": gettext_lazy("Left unpublished"),
    "unpublished": gettext_lazy("Taken off the public pages"),
}
# What a resident reads instead of the office's own terms.
PLAIN = {
    "file": gettext_lazy("You sent it"),
    "list": gettext_lazy("We read it and put it on the list"),
    "split": gettext_lazy("We made two requests of it"),
    "decline": gettext_lazy("We cannot handle it"),
    "answer": gettext_lazy("We answered"),
    "dispatch": gettext_lazy("Sent to the unit that answers for it"),
    "accept": gettext_lazy("The unit took it in hand"),
    "contact": gettext_lazy("The unit contacted you"),
    "note": gettext_lazy("How it goes"),
    "ask": gettext_lazy("The unit asks you"),
    "reply": gettext_lazy("You replied"),
    "write": gettext_lazy("You wrote"),
    "grant_extension": gettext_lazy("More time was granted"),
    "grant_suspension": gettext_lazy("Work has to wait for a while"),
    "resume": gettext_lazy("Work goes on"),
    "sign": gettext_lazy("The unit answered"),
    "hand_in": gettext_lazy("The unit answered"),
    "send_back": gettext_lazy("Sent back to the unit to do it again"),
    "judge": pgettext_lazy("resident", "Judgement"),
    "redo": gettext_lazy("You asked for redo"),
    "clear": gettext_lazy("Done and cleared"),
    "reopen": gettext_lazy("Taken up again"),
    "merge": gettext_lazy("Joined with the same matter of others"),
    "unmerge": gettext_lazy("Handled on its own again"),
    "withdraw": gettext_lazy("You withdrew it"),
    "published": gettext_lazy("Shown to everybody, without your name"),
    "unpublished": gettext_lazy("Taken off the public pages"),
}
# Lines whose particulars a resident reads too.
TOLD_RESIDENTS = (
    "file", "split", "dispatch", "decline", "judge", "grant_extension", "grant_suspension",
)  # fmt: skip
ICONS = {
    "file": "inbox",
    "list": "list-check",
    "unlist": "arrow-back-up",
    "split": "arrows-split-2",
    "dispatch": "send",
    "recall": "arrow-back-up",
    "reassign": "switch-horizontal",
    "rejoin": "users",
    "drop": "ban",
    "accept": "progress",
    "contact": "phone",
    "note": "message",
    "ask": "message-question",
    "reply": "message",
    "write": "message",
    "hand_in": "clipboard-check",
    "sign": "clipboard-check",
    "answer": "clipboard-check",
    "answer_shared": "clipboard-check",
    "clear": "circle-check",
    "object": "arrow-back-up",
    "decline": "ban",
    "merge": "arrow-merge",
    "merged_in": "arrow-merge",
    "locate": "map-pin",
    "schedule": "calendar",
    "suspend": "clock-pause",
    "grant_suspension": "clock-pause",
    "alarm": "alert-triangle",
    "part_soon": "clock-exclamation",
    "part_late": "alert-triangle",
    "reminder": "flag",
    "surge": "flame",
    "press": "alert-circle",
    "answer_order": "message",
    "return_order": "arrow-back-up",
    "close_order": "check",
    "published": "world",
    "unpublished": "eye",
}


def show_events(
    events: Iterable[Event], files: Iterable[Attachment], url: str, *, plain: bool = False
) -> list[Shown]:
    """Return what the timeline takes; `plain` for a resident, `url` is how files are fetched."""
    events = list(events)
    absent = names_of_absent(events)
    by_seq: dict[int, list[Shown]] = {}
    for file in files:
        shown = {
            "name": file.name,
            "url": url.format(file.key),
            "size": file.size,
            "is_sound": file.is_sound,
        }
        by_seq.setdefault(file.seq, []).append(shown)
    return [
        _show(event, by_seq.get(event.seq, []), _who(event, absent, plain=plain), plain=plain)
        for event in events
    ]


def headlines(events: Iterable[Event]) -> list[str]:
    """Say of each line in a few words who did what."""
    events = list(events)
    absent = names_of_absent(events)
    pairs = [(_who(event, absent, plain=False), what_of(event)) for event in events]
    return [_("%(who)s: %(what)s") % {"who": who, "what": what} for who, what in pairs]


def _show(event: Event, files: list[Shown], who: str, *, plain: bool) -> Shown:
    words = getattr(event, "words", None)
    text = words.text if words else ""
    if words and words.erased_at:
        text = _("(erased, as the law on personal data asks)")
    details = "" if plain and event.name not in TOLD_RESIDENTS else details_of(event)
    return {
        "at": event.at,
        "what": what_of(event, plain=plain),
        "who": who,
        "unit": event.unit or "",
        "text": "\n".join(part for part in (details, text) if part),
        "icon": ICONS.get(event.name, "point"),
        "internal": not event.is_public,
        "files": files,
    }


def what_of(event: Event, *, plain: bool = False) -> str:
    """Return what happened, in the office's words, or in those for residents (`plain`)."""
    if RECORDING in event.data:
        return _("Written down from the recording")
    if plain and event.name in PLAIN:
        return str(PLAIN[event.name])
    return str(MOVES[event.name].label if event.name in MOVES else OTHERS[event.name])


def _who(event: Event, absent: dict[int, str], *, plain: bool) -> str:
    """Residents read which unit acted, and never the name of a person in it."""
    if plain or not event.by:
        return "" if plain else str(SIDE_LABELS[Side(event.side)])
    return in_place_of(str(event.by), absent.get(event.data.get(FOR, 0), ""))
