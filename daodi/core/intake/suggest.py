"""What a new matter is probably about, and who probably leads for it, each with its reason.

The category comes from what a worker wrote down when the matter came in; before that, and on a site
that has learnt nothing yet, from the words of the category scheme. The unit comes from the dispatch
catalogue and from earlier dispatches.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from daodi.core.judgement.keywords import Guess, guess_by_words
from daodi.core.judgement.models import advice_of
from daodi.core.ledgers.catalogue import find_lines
from daodi.core.ledgers.models import CatalogueLine, Category
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Unit
from daodi.lib.text import listed

MOST = 3
LOOK_BACK = timedelta(days=365)
FEWEST_BEFORE, MOST_OF_THEM = 3, 0.6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category and the unit that leads for it there, with the reasons; confidence is 0 to 1."""

    category: Category
    unit: Unit | None
    reason: str
    confidence: float
    unit_reason: str = ""
    joint: Sequence[Unit] = field(default_factory=tuple)
    # Its confidence was tried on matters that people had listed.
    is_learnt: bool = False


def suggest(
    matter: Matter, categories: Iterable[Category] | None = None, chosen: Category | None = None
) -> list[Suggestion]:
    """Return the likeliest categories and units of a matter, the best first.

    `categories` spares the query for those of the ledger; one that is `chosen`, or the matter's
    own, comes first. Units whose objection to this matter stands are not proposed again.
    """
    known = list(matter.ledger.categories.active() if categories is None else categories)
    first = chosen or matter.category
    guesses = [guess for guess in _guesses(matter, known) if guess.category != first]
    if first:
        guesses.insert(0, Guess(first, (), 1.0))
    found = route(matter, guesses[:MOST])
    if first:
        found[0] = replace(found[0], reason="" if chosen else _own_reason(matter))
    return found


def route(matter: Matter, guesses: Sequence[Guess]) -> list[Suggestion]:
    """Add to each category the unit that leads for it there, and why."""
    found = [guess.category for guess in guesses]
    lines = find_lines(matter.ledger, found, matter.division)
    before = past_leads(matter, found)
    refused = _refused_by(matter)
    return [
        _with_unit(guess, lines.get(guess.category.code), before.get(guess.category.pk), refused)
        for guess in guesses
    ]


def _guesses(matter: Matter, known: Sequence[Category]) -> list[Guess]:
    """Return what a worker wrote down, as far as the categories are still in use."""
    advice = advice_of(matter)
    if advice is None:
        return guess_by_words(matter.title, matter.text, known)
    by_key = {category.pk: category for category in known}
    return [
        Guess(by_key[each["category"]], tuple(each["words"]), each["confidence"], each["learnt"])
        for each in advice.guesses
        if each["category"] in by_key
    ]


def past_leads(matter: Matter, categories: Iterable[Category]) -> dict[int, Counter[int]]:
    """Count the units that such matters from the same place went to within a year, by category."""
    rows = (
        Matter.objects.filter(
            ledger=matter.ledger_id,
            category__in=categories,
            division=matter.division_id,
            is_confidential=False,
            bounces=0,
            first_unit__isnull=False,
            filed_at__gt=matter.filed_at - LOOK_BACK,
        )
        .exclude(pk=matter.pk)
        .values_list("category", "first_unit")
        .annotate(times=Count("pk"))
    )
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for category, unit, times in rows.order_by():
        found[category][unit] = times
    return found


def _own_reason(matter: Matter) -> str:
    if matter.state == State.RECEIVED:
        return _("chosen when it was filed")
    return _("it is listed so")


def _refused_by(matter: Matter) -> set[int]:
    """Return the units whose objection was granted or still waits."""
    if not matter.bounces:
        return set()
    asked = matter.decisions.filter(kind="objection").exclude(is_granted=False)
    return set(asked.values_list("unit", flat=True))


def _with_unit(
    guess: Guess, line: CatalogueLine | None, before: Counter[int] | None, refused: set[int]
) -> Suggestion:
    unit, reason = _usual(before, refused)
    joint: Sequence[Unit] = ()
    if line and line.lead_id not in refused and line.lead.is_active:
        unit, joint = line.lead, tuple(line.joint.all())
        basis = line.basis or str(line.category)
        by_line = _("catalogue line %(number)s: %(basis)s") % {
            "number": line.number,
            "basis": basis,
        }
        times, total = (before[unit.pk], before.total()) if before else (0, 0)
        counted = _went_there(times, total) if times and total >= FEWEST_BEFORE else ""
        reason = listed(part for part in (by_line, counted) if part)
    said = _("words: %(words)s") % {"words": listed(guess.words)} if guess.words else ""
    return Suggestion(guess.category, unit, said, guess.confidence, reason, joint, guess.is_learnt)


def _usual(before: Counter[int] | None, refused: set[int]) -> tuple[Unit | None, str]:
    """Return where most such matters went, if there were enough of them to say so."""
    for pk, times in before.most_common(1) if before else ():
        total = before.total() if before else 0
        if pk not in refused and total >= FEWEST_BEFORE and times >= total * MOST_OF_THEM:
            unit = Unit.objects.filter(pk=pk, is_active=True).first()
            return unit, _went_there(times, total) if unit else ""
    return None, ""


def _went_there(times: int, total: int) -> str:
    return _("%(times)s of %(total)s such matters went there") % {"times": times, "total": total}
