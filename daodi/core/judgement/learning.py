"""Learn from a ledger's own cleared matters, and compare with what is in use."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import F

from daodi.core.judgement.keywords import Guess, guess_by_words
from daodi.core.judgement.machine import guess_with, lib, tree_in
from daodi.core.judgement.models import ModelVersion
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State

if TYPE_CHECKING:
    from daodi.lib.learning import Tree

# What is older than this many matters says little of how the site sorts today, and costs time.
MOST_ROWS = 20_000
# On these weeks the versions are compared; none of them has seen them.
LAST_WEEKS = timedelta(weeks=4)
FEWEST_TESTED, MOST_TESTED = 30, 2_000
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A cleared matter: what was written, and the category that people gave it in the end."""

    title: str
    text: str
    code: str
    cleared_at: datetime


@dataclass(frozen=True, slots=True)
class Trial:
    """What was learnt, and how it did beside what is in use, on the same rows."""

    tree: "Tree"
    rows: int
    figures: dict[str, Any]
    rival: dict[str, Any]

    @property
    def is_better(self) -> bool:
        return bool(self.figures["accuracy"] > self.rival["accuracy"])


def try_to_learn(ledger: Ledger, running: ModelVersion | None, now: datetime) -> Trial | None:
    """Learn from what was cleared before the last weeks; None: there is too little of it yet."""
    cases = cases_of(ledger)
    before = [case for case in cases if case.cleared_at <= now - LAST_WEEKS]
    since = [case for case in cases if case.cleared_at > now - LAST_WEEKS][:MOST_TESTED]
    if len(since) < FEWEST_TESTED:
        return None
    categories = list(ledger.categories.active())
    ways = _ways(ledger.categories.all())
    messages = [lib().Message(case.title, case.text) for case in before]
    try:
        tree = lib().train(messages, [ways[case.code] for case in before])
    except lib().TooFew:
        return None
    in_use = tree_in(running) if running else None
    say = partial(_first_guess, categories=categories)
    return Trial(
        tree,
        len(before),
        _figures(since, partial(say, tree)),
        _figures(since, partial(say, in_use)),
    )


def cases_of(ledger: Ledger) -> list[Case]:
    """Return the newest cleared matters, but not what a machine listed and nobody changed."""
    rows = (
        Matter.objects.filter(
            ledger=ledger,
            state=State.CLEARED,
            category__isnull=False,
            is_confidential=False,
            erased_at=None,
        )
        .exclude(advice__is_listed=True, advice__category=F("category"))
        .order_by("-cleared_at")
        .values_list("title", "text", "category__code", "cleared_at")
    )
    return [
        Case(title, text, code, cleared_at)
        for title, text, code, cleared_at in rows[:MOST_ROWS]
        if cleared_at
    ]


def _ways(categories: Iterable[Category]) -> dict[str, tuple[str, ...]]:
    """Return the codes on the way down to each category, from rows that are there already."""
    ways: dict[int, tuple[str, ...]] = {}
    for each in sorted(categories, key=lambda category: category.level):
        ways[each.pk] = (*ways.get(each.parent_id or 0, ()), each.code)
    return {way[-1]: way for way in ways.values()}


def _first_guess(
    tree: "Tree | None", case: Case, *, categories: Sequence[Category]
) -> Guess | None:
    """Return what stands first for a case; without a tree by the words of the scheme."""
    if tree:
        found = guess_with(tree, case.title, case.text, categories)
    else:
        found = guess_by_words(case.title, case.text, categories)
    return found[0] if found else None


def _figures(cases: Sequence[Case], say: Callable[[Case], Guess | None]) -> dict[str, Any]:
    """Measure the first guess on each case; one that is not made counts as wrong."""
    said = [say(case) for case in cases]
    found = lib().measure(
        [each.category.code if each else NOBODY for each in said],
        [each.confidence if each else 0 for each in said],
        [case.code for case in cases],
    )
    return asdict(found)
