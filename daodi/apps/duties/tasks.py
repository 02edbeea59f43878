"""Background jobs of work lists."""

from django.utils import timezone
from procrastinate.contrib.django import app

from daodi.apps.duties.handbooks import write
from daodi.apps.duties.models import Handbook
from daodi.apps.duties.rounds import open_due_rounds


@app.periodic(cron="40 7 * * *")
@app.task(pass_context=False)
def open_revision_rounds(timestamp: int) -> int:
    """Open the rounds whose two months are over, before the working day begins."""
    del timestamp
    return len(open_due_rounds(timezone.now()))


@app.task(pass_context=False)
def write_handbook(handbook_id: int) -> None:
    """Write a handbook that somebody asked for; whoever waits too long asks again."""
    write(Handbook.objects.select_related("unit").get(pk=handbook_id), now=timezone.now())
