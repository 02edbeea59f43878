"""Write down what is suggested for a matter, and why an operator chose something else."""

from datetime import datetime

from daodi.core.intake.suggest import route
from daodi.core.judgement.models import Advice
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


def keep_why(matter: Matter, why: str) -> None:
    """Keep why an operator chose something else than was suggested."""
    why = clean(why, lines=False)[:LONGEST_WHY]
    if why:
        Advice.objects.filter(matter=matter).update(why=why)
