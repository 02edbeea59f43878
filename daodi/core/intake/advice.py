"""Write down what is suggested for a matter, and why an operator chose something else.

What an operator made of the places that were found goes back into the gazetteer.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from daodi.core.gazetteer.matching import Found, Why, places_in
from daodi.core.gazetteer.models import PlaceKind
from daodi.core.gazetteer.services import learn
from daodi.core.intake.suggest import route
from daodi.core.judgement.keywords import Guess, guess_by_words
from daodi.core.judgement.models import Advice, ModelVersion, advice_of
from daodi.core.judgement.services import guesses_for
from daodi.core.matters.models import Matter
from daodi.lib.text import clean

LONGEST_WHY = 200


def advise(matter: Matter, *, now: datetime) -> Advice:
    """Suggest for a matter by what is known now, and keep it.

    As long as nobody has listed the matter a newer suggestion takes the place of an older one.
    """
    categories = list(matter.ledger.categories.active())
    version, guesses = guesses_for(matter, categories)
    return _write(matter, version, guesses, now)


def keep_why(matter: Matter, why: str, *, now: datetime) -> None:
    """Keep why an operator chose something else than was suggested."""
    why = clean(why, lines=False)[:LONGEST_WHY]
    if not why:
        return
    if not Advice.objects.filter(matter=matter).exists():
        # No worker was there yet: what the operator saw came from the words of the scheme.
        categories = matter.ledger.categories.active()
        _write(matter, None, guess_by_words(matter.title, matter.text, categories), now)
    Advice.objects.filter(matter=matter).update(why=why)


def _write(
    matter: Matter, version: ModelVersion | None, guesses: Sequence[Guess], now: datetime
) -> Advice:
    first = route(matter, guesses[:1])
    best = first[0] if first else None
    advice, _is_new = Advice.objects.update_or_create(
        matter=matter,
        defaults={
            "ledger_id": matter.ledger_id,
            "at": now,
            "version": version,
            "category": best.category if best else None,
            "confidence": best.confidence if best else 0,
            "unit": best.unit if best else None,
            "unit_reason": best.unit_reason if best else "",
            "guesses": [
                {
                    "category": guess.category.pk,
                    "confidence": guess.confidence,
                    "words": list(guess.words),
                    "learnt": guess.is_learnt,
                }
                for guess in guesses
            ],
            "places": _places(matter),
        },
    )
    return advice


def places_of(matter: Matter) -> list[Found]:
    """Return the places that a worker found in a matter; nothing before it has been there."""
    advice = advice_of(matter)
    return [Found(**each) for each in advice.places] if advice else []


@transaction.atomic
def learn_places(matter_id: int) -> int:
    """Let the gazetteer learn from a matter that an operator sent on; return how many names.

    Once a matter, and never from a confidential one: what stands there is nobody's to collect.
    """
    matter = Matter.objects.select_related("division").get(pk=matter_id)
    if matter.is_confidential or matter.erased_at or matter.division is None:
        return 0
    advice = Advice.objects.select_for_update().filter(matter=matter, is_learnt_from=False).first()
    if advice is None:
        return 0
    # Official names need not be learnt.
    names = [(each["name"], each["kind"]) for each in advice.places if _is_worth_it(each)]
    point = (matter.lat, matter.lon) if matter.lat is not None and matter.lon is not None else None
    learn(names, matter.division, point)
    advice.is_learnt_from = True
    advice.save(update_fields=["is_learnt_from"])
    return len(names)


def _places(matter: Matter) -> list[dict[str, Any]]:
    text = "\n".join((matter.title, matter.text, matter.address))
    return [each.stored() for each in places_in(text, matter.division, matter.pk)]


def _is_worth_it(place: dict[str, Any]) -> bool:
    """Say whether a place is none that the official divisions have already."""
    return place["kind"] in PlaceKind.values and place["why"] != Why.OFFICIAL
