"""Entries of the knowledge base on the desk."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.knowledge.models import Entry, EntryState, EntryVersion
from daodi.lib.text import listed

Shown = dict[str, Any]
TONES = {
    EntryState.DRAFT: ("slate", "edit"),
    EntryState.PUBLISHED: ("green", "circle-check"),
    EntryState.WITHDRAWN: ("red", "ban"),
}


def show_tabs(chosen: str) -> list[Shown]:
    lists = {
        "": _("Published"),
        "drafts": _("Drafts"),
        "due": _("Due for review"),
        "proposed": _("With a proposal"),
        "withdrawn": _("No longer used"),
    }
    return [
        {"label": label, "url": f"?list={name}", "count": None, "current": name == chosen}
        for name, label in lists.items()
    ]


def show_row(entry: Entry, today: date) -> Shown:
    """Return what a list shows of an entry that knows its use."""
    tone, icon = TONES[EntryState(entry.state)]
    return {
        "entry": entry,
        "url": reverse("desk:knowledge_entry", args=[entry.pk]),
        "tone": tone,
        "icon": icon,
        "is_due": entry.state == EntryState.PUBLISHED and entry.review_on <= today,
        "use": _use(entry),
    }


def entry_heads() -> list[str]:
    """Return the columns of the list as a file, which has the answers too."""
    return [
        _("The question"), _("Answer"), _("Readers"), _("State"), _("Unit that answers for it"),
        _("Category"), _("Source"), _("Keywords"), _("Look at it again on"),
        _("Shown in the last 90 days"), _("Opened"), _("Helped"),
    ]  # fmt: skip


def entry_cells(entries: Iterable[Entry]) -> Iterator[list[object]]:
    """Yield the cells of entries that know their use."""
    for entry in entries:
        counts = [getattr(entry, name) for name in ("shown", "opened", "helped")]
        yield [
            entry.question, entry.answer, _readers(entry), entry.get_state_display(),
            str(entry.unit), str(entry.category or "") or None, entry.source or None,
            listed(entry.keywords) or None, entry.review_on, *counts,
        ]  # fmt: skip


def _readers(entry: Entry) -> str:
    return _("everybody") if entry.is_public else _("staff only")


def show_entry(entry: Entry, use: Entry, today: date) -> Shown:
    """Return what the page of an entry shows; `use` is the same entry with its counts."""
    versions = list(entry.versions.select_related("by__user", "by__unit"))
    facts = [
        (_("Unit that answers for it"), entry.unit),
        (_("Kept by"), entry.house),
        (_("Category"), entry.category),
        (_("Source"), entry.source),
        (_("Keywords"), listed(entry.keywords)),
        (_("Readers"), _readers(entry)),
        (_("Look at it again on"), entry.review_on),
        (_("Used in the last 90 days"), _use(use)),
    ]
    before = [*versions[1:], None]
    return {
        **show_row(use, today),
        "entry": entry,
        "facts": [(label, value) for label, value in facts if value],
        "versions": [
            {"version": version, "changed": _changed(version, older)}
            for version, older in zip(versions, before, strict=True)
        ],
    }


def _use(entry: Any) -> str:
    return _("shown %(shown)s · opened %(opened)s · helped %(helped)s") % {
        "shown": entry.shown,
        "opened": entry.opened,
        "helped": entry.helped,
    }


def _changed(version: EntryVersion, older: EntryVersion | None) -> str:
    """Name what a version changed."""
    if older is None:
        return ""
    labels = {
        "question": _("question"),
        "answer": _("answer"),
        "unit": _("unit that answers for it"),
        "category": _("category"),
        "source": _("source"),
        "keywords": _("keywords"),
        "is_public": _("readers"),
        "review_on": _("look at it again on"),
    }
    then, now = older.content, version.content
    return listed(label for name, label in labels.items() if then.get(name) != now.get(name))
