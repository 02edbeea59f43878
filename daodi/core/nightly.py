"""Jobs that come round every night. The worker queues them by itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from daodi.core.drafts.services import forget_drafts
from daodi.core.exchange.uploads import forget_uploads
from daodi.core.figures.projecting import project
from daodi.core.history.retention import erase_old
from daodi.core.judgement.nightly import learn_from_cleared
from daodi.core.notices.services import forget_old
from daodi.core.notices.writing import BEHIND_THE_SWEEP
from daodi.core.people.sessions import forget_sessions
from daodi.core.surges.replaying import replay_past
from daodi.core.topics.services import renew_topics


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="project_all_figures", pass_context=False)
def project_all_figures(timestamp: int) -> int:
    """Compare everything once a night, so that no late transaction is missed for longer."""
    return project(timezone.now(), everything=True)


@app.periodic(cron="50 3 * * *")
@app.task(queueing_lock="forget_old_rows", pass_context=False)
def forget_old_rows(timestamp: int) -> int:
    """Delete each night old notices, what was begun and never sent, tables that wait, sessions."""
    now = timezone.now()
    return forget_old(now) + forget_drafts(now) + forget_uploads(now) + forget_sessions(now)


@app.periodic(cron="10 4 * * *")
@app.task(queueing_lock="erase_old_matters", pass_context=False)
def erase_old_matters(timestamp: int) -> int:
    """Erase each night what residents filed so many years ago as the site keeps it."""
    return erase_old(timezone.now())


@app.periodic(cron="20 2 * * *")
@app.task(queueing_lock="learn", pass_context=False)
def learn(timestamp: int) -> int:
    """Learn each night from what was cleared; what is not better than before is not used."""
    return learn_from_cleared(timezone.now())


@app.periodic(cron="30 2 * * *")
@app.task(queueing_lock="look_back", lock="topics", priority=BEHIND_THE_SWEEP, pass_context=False)
def look_back(timestamp: int) -> int:
    """Group everything of half a year once a night, and replay a year for what was in vain."""
    now = timezone.now()
    return renew_topics(now, everything=True) + replay_past(now)
