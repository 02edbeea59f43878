"""Learn each night, ledger by ledger, if enough is new since the last time."""

import logging
from datetime import datetime

from daodi.core.judgement.learning import LAST_WEEKS, try_to_learn
from daodi.core.judgement.models import ModelVersion
from daodi.core.judgement.services import active_version, add_version
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter

log = logging.getLogger(__name__)
# Cleared matters since the last version; fewer teach nothing new.
WORTH_LEARNING = 50


def learn_from_cleared(now: datetime) -> int:
    """Learn for each ledger in use; return how many versions were made.

    A ledger that fails leaves a line in the log and keeps what it had; the others go on.
    """
    made = 0
    for ledger in Ledger.objects.active():
        try:
            made += learn_for(ledger, now) is not None
        except Exception:
            log.exception("Learning for ledger %s failed", ledger.code)
    return made


def learn_for(ledger: Ledger, now: datetime) -> ModelVersion | None:
    """Make the next version of a ledger; None: too little to learn from, or too little is new."""
    last = ModelVersion.objects.of(ledger).newest_first().first()
    since = last.made_at - LAST_WEEKS if last else None
    cleared = Matter.objects.filter(ledger=ledger, cleared_at__isnull=False)
    until = now - LAST_WEEKS
    new = cleared.filter(cleared_at__lte=until)
    if since:
        new = new.filter(cleared_at__gt=since)
    if new[:WORTH_LEARNING].count() < WORTH_LEARNING:
        return None
    trial = try_to_learn(ledger, active_version(ledger), now)
    return add_version(ledger, trial, now=now) if trial else None
