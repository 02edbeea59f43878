"""Put jobs into the queue."""

from typing import Any

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task


def queue(task: str, *, priority: int = 0, **arguments: Any) -> None:
    """Queue a job by the name of its task, in this transaction: if it is taken back, so is the job.

    That holds in a worker too, whose own connection to the queue is another one.
    """
    jobs = JobManager(DjangoConnector())
    configure_task(name=task, job_manager=jobs, priority=priority).defer(**arguments)
