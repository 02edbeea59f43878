"""Background jobs. A job is put into the queue inside the transaction of its cause."""

from django.utils import timezone
from procrastinate.contrib.django import app

from daodi.core.figures.projecting import project
from daodi.core.history.roots import close_days
from daodi.core.sweep.alarms import sweep


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sweep", pass_context=False)
def sweep_deadlines(timestamp: int) -> int:
    """Look every minute at what has come due."""
    return sweep(timezone.now())


@app.periodic(cron="15 * * * *")
@app.task(queueing_lock="close_days", pass_context=False)
def close_finished_days(timestamp: int) -> int:
    """Close every day that is over; asked every hour, so that none is left out after a stop."""
    return len(close_days(timezone.now()))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="project_figures", pass_context=False)
def project_figures(timestamp: int) -> int:
    """Bring the figures up to date every minute."""
    return project(timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="project_all_figures", pass_context=False)
def project_all_figures(timestamp: int) -> int:
    """Compare everything once a night, so that no late transaction is missed for longer."""
    return project(timezone.now(), everything=True)
