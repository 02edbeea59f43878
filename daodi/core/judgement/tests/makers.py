"""A ledger that has worked for some months: cleared matters of three kinds."""

from datetime import datetime, timedelta

from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.lib.learning.tests.makers import messages
from tests.makers import NOON, make_category, make_ledger, make_matter

LATER = NOON + timedelta(days=120)
NAMES = {"roads": "CX01", "schools": "JY01", "health": "WS01"}


def make_scheme() -> tuple[Ledger, dict[str, Category]]:
    ledger = make_ledger()
    return ledger, {
        name: make_category(ledger, code, name.capitalize()) for name, code in NAMES.items()
    }


def make_cleared(each: int, *, at: datetime, seed: int = 1) -> list[Matter]:
    """Return cleared matters, so many of each kind, as if they had gone all the way."""
    ledger, scheme = make_scheme()
    made = []
    for (title, text), label in zip(*messages(each, seed), strict=True):
        matter = make_matter(text, title=title, ledger=ledger, now=at - timedelta(days=5))
        made.append(matter)
        Matter.objects.filter(pk=matter.pk).update(
            state="cleared", category=scheme[label], cleared_at=at, next_look_at=None
        )
    return made


def make_history() -> Ledger:
    """Return a ledger with enough before and within the last four weeks of LATER."""
    make_cleared(20, at=LATER - timedelta(days=40))
    make_cleared(12, at=LATER - timedelta(days=7), seed=2)
    return make_ledger()
