"""Jobs that come round: every minute or every hour. The worker queues them by itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from daodi.core.figures.projecting import project
from daodi.core.followup.draw import draw
from daodi.core.followup.settling import settle
from daodi.core.history.roots import close_days
from daodi.core.notices.reviews import tell_reviews
from daodi.core.notices.writing import BEHIND_THE_SWEEP
from daodi.core.reports.due import make_due
from daodi.core.supervision.reminders import sweep_reminders
from daodi.core.surges.services import watch
from daodi.core.sweep.alarms import sweep
from daodi.core.sweep.parts import sweep_parts
from daodi.core.tasks import send_notices
from daodi.core.topics.services import renew_topics


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sweep", pass_context=False)
def sweep_deadlines(timestamp: int) -> int:
    """Look every minute at what has come due: matters, joint units' parts, early signs."""
    now = timezone.now()
    return sweep(now) + sweep_parts(now) + sweep_reminders(now)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="draw_follow_ups", pass_context=False)
def draw_follow_ups(timestamp: int) -> int:
    """Draw every minute whose residents are called, and leave out who has spoken meanwhile."""
    drawn = draw(timezone.now())
    settle(timezone.now())
    return drawn


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


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="make_due_reports", priority=BEHIND_THE_SWEEP, pass_context=False)
def make_due_reports(timestamp: int) -> int:
    """Make the reports that are due; asked every hour, so that a stop leaves none out."""
    return make_due(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="send_due_notices", priority=BEHIND_THE_SWEEP, pass_context=False)
def send_due_notices(timestamp: int) -> int:
    """Look every minute for what has come due since, and for what was left behind."""
    return send_notices()


@app.periodic(cron="35 * * * *")
@app.task(queueing_lock="tell_due_reviews", priority=BEHIND_THE_SWEEP, pass_context=False)
def tell_due_reviews(timestamp: int) -> int:
    """Tell every hour what of the knowledge base came due; a stop leaves none out."""
    return tell_reviews(timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(
    queueing_lock="renew_topics", lock="topics", priority=BEHIND_THE_SWEEP, pass_context=False
)
def renew_hot_topics(timestamp: int) -> int:
    """Group every five minutes what came in, where something came in."""
    return renew_topics(timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="watch_surges", priority=BEHIND_THE_SWEEP, pass_context=False)
def watch_surges(timestamp: int) -> int:
    """Look every quarter of an hour for what grows faster than its own past allows."""
    return watch(timezone.now())
