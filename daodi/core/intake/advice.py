"""Write down what is suggested for a matter, and why an operator chose something else."""

from collections.abc import Sequence
from datetime import datetime

from daodi.core.intake.suggest import route
from daodi.core.judgement.keywords import Guess, guess_by_words
from daodi.core.judgement.models import Advice, ModelVersion
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
        },
    )
    return advice
