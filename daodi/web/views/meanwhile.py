"""What others did between the making of a page and the sending of its form."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest

from daodi.core.exceptions import ChangedMeanwhile
from daodi.core.history.models import Event, EventQuerySet
from daodi.core.matters.models import Matter
from daodi.web.showing.events import show_events

SEEN = "seen"
# Lines after which a step means what it meant before.
QUIET = ("alarm", "contact_read", "settled", "part_soon", "part_late", "reminder", "surge")


def seen_version(request: HttpRequest) -> int | None:
    """Return the version of the matter that the sent form was made for."""
    given = request.GET.get(SEEN, "")
    return int(given) if given.isdecimal() else None


def check_seen(matter: Matter, seen: int | None) -> bool:
    """Raise ChangedMeanwhile if somebody did more since then than look at the contact."""
    if _since(matter, seen).exists():
        raise ChangedMeanwhile
    return True


def show_meanwhile(matter: Matter, seen: int | None, form: forms.Form) -> dict[str, Any] | None:
    """Return who did what since then, and what the reader had written, as far as there is any."""
    events = list(_since(matter, seen).for_page())
    if not events:
        return None
    return {"events": show_events(reversed(events), (), ""), "written": list(_written(form))}


def _since(matter: Matter, seen: int | None) -> EventQuerySet:
    events = Event.objects.filter(matter=matter)
    if seen is None or seen >= matter.version:
        return events.none()
    return events.filter(seq__gt=seen).exclude(name__in=QUIET)


def _written(form: forms.Form) -> Iterator[tuple[str, str]]:
    """Yield the texts that were typed, for when their form is not on the page any more."""
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, forms.CharField) and isinstance(value, str) and value.strip():
            yield str(field.label), value
