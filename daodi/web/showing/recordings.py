"""Recordings of a matter, with what staff wrote down of them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from daodi.core.history.models import Event
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.models import Matter
from daodi.core.workflow.transcribing import RECORDING


def show_recordings(
    matter: Matter, files: Iterable[Attachment], events: Iterable[Event]
) -> list[dict[str, Any]]:
    """Return what the desk shows of each recording; the last transcript counts."""
    texts = {event.data[RECORDING]: event.words.text for event in events if RECORDING in event.data}
    return [
        {
            "number": file.pk,
            "name": file.name,
            "url": reverse("desk:file", args=[file.key]),
            "action": reverse("desk:transcript", args=[file.key]),
            "text": texts.get(file.key, ""),
            "is_open": matter.is_open,
        }
        for file in files
        if file.is_sound
    ]
