"""Erase the personal words of a matter, as the law on personal data asks, and keep its chain."""

from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.drafts.models import Draft
from daodi.core.exceptions import Refused
from daodi.core.history.models import EventText
from daodi.core.history.record import Line, write
from daodi.core.matters.belongings import Contact
from daodi.core.matters.files import path_of
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.people.models import Member


@transaction.atomic
def erase(matter: Matter, *, by: Member | None, reason: str, now: datetime) -> None:
    """Erase contact, words and files of an ended matter; what happened and when stays provable."""
    if matter.is_open:
        raise Refused(_("Only a matter that has ended can be erased."))
    Contact.objects.filter(pk=matter.pk).delete()
    Draft.objects.filter(matter=matter).delete()
    EventText.objects.filter(event__matter=matter, erased_at=None).update(
        text="", salt=b"", erased_at=now
    )
    keys = list(matter.attachments.values_list("key", flat=True))
    matter.attachments.all().delete()
    transaction.on_commit(partial(_delete_files, keys))
    side = Side.SUPERVISOR if by else Side.SYSTEM
    write(
        matter,
        Line("erase", side, by, data={"reason": reason}),
        now,
        title="",
        text="",
        salt=b"",
        address="",
        lat=None,
        lon=None,
        extra={},
        account="",
        answer="",
        erased_at=now,
    )
    for name in _BLANK:
        getattr(matter, name).update(**_BLANK[name])
    for name in _BLANK_ONE:
        row: Any = getattr(matter, name, None)
        if row:
            type(row).objects.filter(pk=row.pk).update(**_BLANK_ONE[name])


def _delete_files(keys: list[str]) -> None:
    for key in keys:
        default_storage.delete(path_of(key))
        default_storage.delete(path_of(key, small=True))


_BLANK: dict[str, dict[str, Any]] = {
    "decisions": {"reason": "", "basis": "", "account": "", "answer": "", "remark": ""},
    "orders": {"text": "", "answer": ""},
    "parts": {"content": ""},
    "came_back": {"place": "", "thing": ""},
    "publications": {
        "is_public": False,
        "title": "",
        "text": "",
        "answer": "",
        "lat": None,
        "lon": None,
    },
}
# Words that spoke for a suggestion, and places that were found, were the resident's.
_BLANK_ONE: dict[str, dict[str, Any]] = {
    "advice": {"guesses": [], "places": [], "why": ""},
    "recurrence": {"place": "", "thing": ""},
}
