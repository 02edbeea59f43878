"""What the resident does after filing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.workflow.act import act, needed, said
from daodi.core.workflow.parts import end_parts
from daodi.core.workflow.rights import By


@transaction.atomic
def write_in(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """Add something to a matter that is being handled."""
    return act(matter, "write", by=by, now=now, text=needed(text, _("your message")))


@transaction.atomic
def reply(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """Answer the unit's question; the clocks run on."""
    return act(matter, "reply", by=by, now=now, text=needed(text, _("your reply")))


@transaction.atomic
def withdraw(matter: Matter, *, remark: str = "", by: By, now: datetime) -> Event:
    """Take a matter back; it ends here, for joint units too."""
    end_parts(matter, now)
    return act(matter, "withdraw", by=by, now=now, text=said(remark), pending="")
