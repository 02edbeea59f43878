"""Ask a worker to look at a filing: the filing itself never waits for it."""

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from daodi.core.matters.models import Matter

ADVISING = "daodi.core.tasks.advise_on"
# Before notices and figures: an operator may open the filing at once.
PRIORITY = 1


def queue_advice(matter: Matter) -> None:
    """Queue the job that suggests, on the connection of this transaction, in a worker too."""
    jobs = JobManager(DjangoConnector())
    task = configure_task(name=ADVISING, job_manager=jobs, priority=PRIORITY)
    task.defer(matter_id=matter.pk)
