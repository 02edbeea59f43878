"""A matter's whole file in words, as its document takes them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.clocks.services import load_calendar
from daodi.core.history.models import DayRoot, Event
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.contacts import Person
from daodi.core.matters.files import path_of
from daodi.core.matters.models import Matter
from daodi.core.workflow.models import Decision
from daodi.lib.text import listed
from daodi.web.showing.clocks import clock_label, explain, show_clock
from daodi.web.showing.events import show_events
from daodi.web.showing.matters import facts_of
from daodi.web.showing.times import full

Shown = dict[str, Any]
Pairs = list[tuple[str, str]]
MOST_PICTURES = 40


def paper_of(matter: Matter, person: Person | None, printed: str, now: datetime) -> Shown:
    """Return the data of a matter's file, with its contact if `person` was read for it."""
    events = list(Event.objects.filter(matter=matter).for_page())
    files = list(matter.attachments.all())
    pictures = [file for file in files if file.is_picture][:MOST_PICTURES]
    return {
        "labels": _labels(),
        "title": matter.title or _("(erased)"),
        "head": " · ".join(filter(None, (settings.SITE_NAME, matter.number))),
        "mark": _("Confidential") if matter.is_confidential else "",
        "foot": _("Printed by %(who)s, %(at)s") % {"who": printed, "at": full(now)},
        "facts": _pairs([(_("State"), matter.get_state_display()), *facts_of(matter)]),
        "text": matter.text or _("(erased)"),
        "answer": matter.answer,
        "account": matter.account,
        "contact": _pairs([(_("Name"), person.name), (_("Phone"), person.phone)] if person else []),
        "clocks": _clocks(matter, now),
        "parts": _parts(matter),
        "decisions": [_decision(each) for each in _decisions(matter)],
        "events": _events(events, files),
        "pictures": [{"file": file.key, "name": file.name} for file in pictures],
        "files": [_file(file) for file in files],
        "proof": _proof(matter, events),
    }


def pictures_of(data: Shown) -> dict[str, bytes]:
    """Return the small copies of the pictures that a file shows."""
    contents = {}
    for picture in data["pictures"]:
        with default_storage.open(path_of(picture["file"], small=True)) as stream:
            contents[picture["file"]] = stream.read()
    return contents


def _labels() -> dict[str, str]:
    return {
        "text": _("What was filed"),
        "answer": _("Answer to the resident"),
        "account": _("Internal account"),
        "contact": _("Contact"),
        "clocks": _("Clocks"),
        "parts": _("Joint units"),
        "decisions": _("Decisions"),
        "history": _("History"),
        "pictures": _("Pictures"),
        "files": _("Files"),
        "proof": _("Proof"),
    }


def _pairs(pairs: Iterable[tuple[object, object]]) -> Pairs:
    return [(str(label), str(value)) for label, value in pairs if value]


def _clocks(matter: Matter, now: datetime) -> list[Shown]:
    calendar = load_calendar()
    shown = []
    for clock in matter.clocks.for_page():
        clock.matter = matter
        words = show_clock(clock, now)
        steps = explain(clock, calendar)
        shown.append({"label": clock_label(clock), "words": words["words"], "steps": steps})
    return shown


def _parts(matter: Matter) -> Pairs:
    shown = []
    for part in matter.parts.select_related("unit"):
        if part.handed_in_at:
            done = _("handed in %(at)s") % {"at": full(part.handed_in_at)}
        else:
            done = _("no longer asked") if part.ended_at else _("not handed in yet")
        shown.append((str(part.unit), f"{part.content}\n{done}".strip()))
    return shown


def _decisions(matter: Matter) -> Iterable[Decision]:
    return matter.decisions.select_related("unit", "asked_by__user", "decided_by__user")


def _decision(decision: Decision) -> Shown:
    ruling = {None: _("open"), True: _("granted"), False: _("refused")}[decision.is_granted]
    asked = f"{decision.unit} · {decision.asked_by} · {full(decision.asked_at)}"
    facts = [
        (_("Asked"), asked),
        (_("Reason"), decision.reason),
        (_("Basis"), decision.basis),
        (_("Until"), full(decision.until) if decision.until else ""),
        (_("Internal account"), decision.account),
        (_("Answer to the resident"), decision.answer),
        (_("Decision"), ruling),
        (_("Decided"), _decided(decision)),
        (_("Remark"), decision.remark),
    ]
    return {"title": str(decision.get_kind_display()), "facts": _pairs(facts)}


def _decided(decision: Decision) -> str:
    return f"{decision.decided_by} · {full(decision.decided_at)}" if decision.decided_at else ""


def _events(events: Sequence[Event], files: Sequence[Attachment]) -> list[Shown]:
    return [
        {
            "what": shown["what"],
            "who": " · ".join(str(part) for part in (shown["unit"], shown["who"]) if part),
            "at": f"{timezone.localtime(shown['at']):%Y-%m-%d %H:%M:%S}",
            "internal": _("Internal") if shown["internal"] else "",
            "text": shown["text"],
            "files": listed(file["name"] for file in shown["files"]),
        }
        for shown in show_events(events, files, "")
    ]


def _file(file: Attachment) -> Shown:
    return {
        "name": file.name,
        "size": filesizeformat(file.size),
        "digest": bytes(file.digest).hex(),
    }


def _proof(matter: Matter, events: Sequence[Event]) -> Pairs:
    """Say by what anybody can check that the history is as it was written."""
    day = timezone.localtime(events[-1].recorded_at).date()
    root = DayRoot.objects.filter(day=day).first()
    return [
        (_("Lines"), str(matter.version)),
        (_("Last hash"), bytes(matter.head).hex()),
        (_("Root of the day"), f"{day:%Y-%m-%d} {root.hex}" if root else _("not closed yet")),
    ]
