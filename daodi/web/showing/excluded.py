"""What was left out of the scoring, with the evidence that was given."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daodi.core.history.models import Event
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.models import Matter
from daodi.web.showing.matters import show_row

Shown = dict[str, Any]
REASON_COLUMNS: list[Shown] = [
    {"name": "unit", "label": _("Lead unit")},
    {"name": "at", "label": _("Left out at")},
    {"name": "why", "label": _("Why")},
]


def show_excluded(matters: Sequence[Matter], now: datetime) -> list[Shown]:
    """Return each matter with who left it out, when, why and on which papers; two queries."""
    lines = Event.objects.filter(matter__in=matters, name="exclude").select_related(
        "by__user", "unit", "words"
    )
    last = {e.matter_id: e for e in lines.order_by("matter_id", "-seq").distinct("matter_id")}
    files = _files(last)
    return [
        {
            **show_row(matter, now),
            "evidence": last.get(matter.pk),
            "files": files.get(matter.pk, []),
        }
        for matter in matters
    ]


def show_reasons(matters: Sequence[Matter], now: datetime) -> list[Shown]:
    """Return rows of a matter table that say when and why each matter was left out."""
    rows = show_excluded(matters, now)
    for row in rows:
        line = row["evidence"]
        said = {"at": timezone.localtime(line.at), "why": line.words.text} if line else {}
        row["cells"] = [{"name": name, "text": said.get(name)} for name in ("at", "why")]
    return rows


def _files(lines: dict[int, Event]) -> dict[int, list[Shown]]:
    """Return the files that came with these lines."""
    found: dict[int, list[Shown]] = defaultdict(list)
    for file in Attachment.objects.filter(matter__in=lines):
        if file.seq == lines[file.matter_id].seq:
            url = reverse("desk:file", args=[file.key])
            shown = {"name": file.name, "url": url, "size": file.size, "is_sound": file.is_sound}
            found[file.matter_id].append(shown)
    return found
