"""The link by which a resident judges one result: signed, and good for 30 days."""

from datetime import datetime, timedelta

from django.core import signing
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.matters.models import Matter

LASTS = timedelta(days=30)
_SIGNER = signing.Signer(salt="daodi.judge", sep=".")


def judge_link(matter: Matter, *, now: datetime) -> str:
    """Return the path of the page on which the result that a matter has now can be judged.

    Whoever has it may read the answer, judge it once and ask for redo; it opens nothing else.
    """
    until = int((now + LASTS).timestamp())
    return f"/judge/{_SIGNER.sign(f'{matter.pk}.{matter.whole.round}.{until}')}/"


def judged_by(token: str, *, now: datetime) -> tuple[int, int]:
    """Return of which matter, by its key, which round a link is about; raise Refused if neither."""
    try:
        pk, round_, until = map(int, _SIGNER.unsign(token).split("."))
    except (signing.BadSignature, ValueError) as error:
        raise Refused(_("This link is not complete. Please open it from the message.")) from error
    if now.timestamp() > until:
        raise Refused(_("This link was good for 30 days, and they are over."))
    return pk, round_
