"""Ask a worker to look at matters: what came in never waits for it."""

from collections.abc import Iterable

from daodi.core.matters.models import Matter
from daodi.lib.jobs import queue

ADVISING, ADVISING_MANY = "daodi.core.tasks.advise_on", "daodi.core.tasks.advise_on_many"
LEARNING = "daodi.core.tasks.learn_places_of"
# Before notices and figures: an operator may open the filing at once.
PRIORITY = 1
# Behind everything that somebody waits for.
AT_LEISURE = -10


def queue_advice(matter: Matter) -> None:
    """Queue the job that suggests."""
    queue(ADVISING, priority=PRIORITY, matter_id=matter.pk)


def queue_advice_on(matters: Iterable[Matter]) -> None:
    """Queue one job that suggests for all of these, of which there may be thousands."""
    keys = [matter.pk for matter in matters]
    if keys:
        queue(ADVISING_MANY, priority=AT_LEISURE, matter_ids=keys)


def queue_learning(matter: Matter) -> None:
    """Queue the job by which the gazetteer learns from what was sent on."""
    queue(LEARNING, priority=AT_LEISURE, matter_id=matter.pk)
