"""Jobs with a cause: each is put into the queue inside the transaction of its cause."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from daodi.core.intake.advice import learn_places
from daodi.core.matters.moving import renew_sight
from daodi.core.notices.sending import send_due
from daodi.core.notices.writing import BEHIND_THE_SWEEP, queue_sending
from daodi.core.people.invitations import mail_invitation
from daodi.core.sweep.sure import advise_and_list

MOST_A_JOB = 300  # messages


@app.task(priority=BEHIND_THE_SWEEP, pass_context=False)
def send_notices() -> int:
    """Send what is due; queued with its cause. What one job cannot do in a while, the next does."""
    sent = send_due(timezone.now(), MOST_A_JOB)
    if sent == MOST_A_JOB:
        queue_sending()
    return sent


@app.task
def renew_sight_of(unit_id: int, after: int, done: int) -> None:
    """Let who sees the matters of a moved unit follow it, a batch at a time."""
    renew_sight(unit_id, after, done)


@app.task(retry=RetryStrategy(max_attempts=5, exponential_wait=10))
def mail_invitation_to(invitation_id: int, address: str) -> None:
    """Send an invitation; a mail server that is away is tried again."""
    mail_invitation(invitation_id, address, now=timezone.now())


@app.task(retry=RetryStrategy(max_attempts=3, exponential_wait=10))
def advise_on(matter_id: int) -> bool:
    """Suggest category and unit for a new filing, and list it where that is sure enough."""
    return advise_and_list(matter_id, timezone.now())


@app.task(retry=RetryStrategy(max_attempts=3, exponential_wait=10))
def advise_on_many(matter_ids: list[int]) -> int:
    """Do the same for what came in by a table; return how many were listed by that."""
    return sum(advise_and_list(pk, timezone.now()) for pk in matter_ids)


@app.task(retry=RetryStrategy(max_attempts=3, exponential_wait=10))
def learn_places_of(matter_id: int) -> int:
    """Let the gazetteer learn which places a matter named that was sent on."""
    return learn_places(matter_id)
