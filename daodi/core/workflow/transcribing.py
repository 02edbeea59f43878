"""Write down what is said in a recording."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.workflow.act import act, needed

# In the data of a note: the key of the recording that it writes down.
RECORDING = "recording"


@transaction.atomic
def transcribe(
    matter: Matter, recording: Attachment, *, text: str, by: Member, now: datetime
) -> Event:
    """Add a note that says what is said in a recording of the matter; its resident reads it too."""
    if recording.matter_id != matter.pk or not recording.is_sound:
        raise Refused(_("This is no recording of this matter."))
    text = needed(text, _("what is said in the recording"))
    data = {RECORDING: recording.key}
    return act(matter, "note", by=by, now=now, text=text, data=data, public=recording.is_public)
