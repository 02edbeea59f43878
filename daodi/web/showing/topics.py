"""A hot topic in words, and its weeks as bars."""

from typing import Any

from django.urls import reverse

from daodi.core.topics.models import Topic

WEEKS = 12  # shown
WIDTH, GAP, HEIGHT = 8, 2, 32
HUNDRED = 100


def show_topic(topic: Topic) -> dict[str, Any]:
    return {
        "name": str(topic),
        "url": reverse("desk:topic", args=[topic.pk]),
        "people": topic.people,
        "seen": topic.seen,
        "since": topic.since,
        "done": round(topic.done * HUNDRED),
        "renewed": topic.renewed_at,
        "bars": _bars(topic.curve[-WEEKS:]),
        "last": topic.curve[-1][1] if topic.curve else 0,
        "width": WEEKS * (WIDTH + GAP),
        "height": HEIGHT,
    }


def _bars(curve: list[list[Any]]) -> list[dict[str, Any]]:
    """Return a bar for each week, the newest at the right end."""
    top = max((count for _week, count in curve), default=0) or 1
    first = WEEKS - len(curve)
    return [
        {
            "x": (first + place) * (WIDTH + GAP),
            "y": HEIGHT - round(count / top * HEIGHT),
            "width": WIDTH,
            "height": round(count / top * HEIGHT),
        }
        for place, (_week, count) in enumerate(curve)
    ]
