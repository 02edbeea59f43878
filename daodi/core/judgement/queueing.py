"""Ask a worker to look at a filing: the filing itself never waits for it."""

from daodi.core.matters.models import Matter
from daodi.lib.jobs import queue

ADVISING = "daodi.core.tasks.advise_on"
# Before notices and figures: an operator may open the filing at once.
PRIORITY = 1


def queue_advice(matter: Matter) -> None:
    """Queue the job that suggests."""
    queue(ADVISING, priority=PRIORITY, matter_id=matter.pk)
