"""One answer for many: who else asked, and what was done on the matter that all were joined to."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.web.showing.events import show_events

# What the office did for all of them. Never what it wrote to one, or one wrote to it.
SHARED = (
    "list", "dispatch", "accept", "grant_extension", "grant_suspension", "resume", "hand_in",
    "sign", "send_back", "clear",
)  # fmt: skip


def whole_of(matter: Matter) -> Matter | None:
    """Return the matter that this one was joined to, as a page needs it."""
    if matter.merged_into_id is None:
        return None
    return Matter.objects.for_page().get(pk=matter.merged_into_id)


def joined_words(matter: Matter) -> str:
    """Say how many others asked for the same; empty: nobody did."""
    others = Matter.objects.filter(
        merged_into=matter.merged_into_id or matter.pk, state=State.MERGED
    ).count()
    if matter.merged_into_id:
        # The others that were joined, and the one that they were joined to.
        return ngettext(
            "Your request was joined with %(n)s other about the same; you get the same answer "
            "here, under your own number.",
            "Your request was joined with %(n)s others about the same; you get the same answer "
            "here, under your own number.",
            others,
        ) % {"n": others}
    if not others:
        return ""
    return ngettext(
        "%(n)s other asked for the same; all get the same answer.",
        "%(n)s others asked for the same; all get the same answer.",
        others,
    ) % {"n": others}


def events_of_whole(whole: Matter) -> list[dict[str, Any]]:
    """Return what was done for all, for the timeline: which step, when and by which unit."""
    events = Event.objects.filter(matter=whole).public().filter(name__in=SHARED).for_page()
    shown = show_events(events, (), "", plain=True)
    for row in shown:
        row["text"] = ""
        row["what"] = _("For all of you: %(what)s") % {"what": row["what"]}
    return shown
