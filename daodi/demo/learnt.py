"""What the county has learnt by today, and what it would have suggested in the last weeks."""

from datetime import datetime

from daodi.core.intake.advice import advise
from daodi.core.judgement.learning import LAST_WEEKS
from daodi.core.judgement.nightly import learn_from_cleared
from daodi.core.matters.models import Matter


def learn_and_look_back(now: datetime) -> int:
    """Learn as at night; then suggest for what came in since: none of that has been learnt."""
    made = learn_from_cleared(now)
    since = Matter.objects.for_page().filter(filed_at__gt=now - LAST_WEEKS)
    for matter in since.iterator(chunk_size=500) if made else ():
        advise(matter, now=matter.filed_at)
    return made
