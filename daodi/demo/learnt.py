"""What the county has learnt by today, and what it would have suggested in the last weeks."""

from datetime import datetime

from django.db import connection

from daodi.core.intake.advice import advise
from daodi.core.judgement.learning import LAST_WEEKS
from daodi.core.judgement.nightly import learn_from_cleared
from daodi.core.judgement.queueing import ADVISING
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.surges.replaying import replay_past
from daodi.core.topics.services import renew_topics

# What was listed long ago needs no suggestion any more.
FORGET = """
DELETE FROM procrastinate_jobs j WHERE j.status = 'todo' AND j.task_name = %s AND NOT EXISTS
    (SELECT FROM core_matter m WHERE m.id = (j.args->>'matter_id')::bigint AND m.state = %s)
"""


def learn_and_look_back(now: datetime) -> int:
    """Do what nights do: learn, group what many write about, and replay the past.

    Then suggest for what came in since: none of that has been learnt.
    """
    renew_topics(now, everything=True)
    replay_past(now)
    made = learn_from_cleared(now)
    since = Matter.objects.for_page().filter(filed_at__gt=now - LAST_WEEKS)
    for matter in since.iterator(chunk_size=500):
        advise(matter, now=matter.filed_at)
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [ADVISING, State.RECEIVED])
    return made
