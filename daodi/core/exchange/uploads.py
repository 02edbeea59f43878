"""Keep what somebody uploaded between the trial and their yes."""

import json
from datetime import datetime
from typing import Any

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.exchange.models import Upload
from daodi.core.exchange.trial import Line
from daodi.core.people.models import Member
from daodi.core.people.sealing import box


@transaction.atomic
def keep_upload(
    lines: list[Line],
    *,
    what: str,
    name: str,
    by: Member,
    now: datetime,
    about: int | None = None,
    sealed: bool = False,
) -> Upload:
    """Keep the lines of a table for a day, in place of what this member kept of the kind.

    `sealed` encrypts them: lines in which contacts stand are kept in no other way.
    """
    Upload.objects.too_old(now).delete()
    Upload.objects.of(by, what, about).delete()
    stored: list[Any] = [
        {"sheet": line.sheet, "row": line.row, "cells": line.cells, "columns": line.columns}
        for line in lines
    ]
    if sealed:
        stored = [box().encrypt(json.dumps(stored).encode()).decode()]
    return Upload.objects.create(
        by=by, what=what, about=about, name=name[:200], lines=stored, made_at=now
    )


def forget_uploads(now: datetime) -> int:
    """Delete what waited more than a day for its yes; return how many tables."""
    return Upload.objects.too_old(now).delete()[0]


def lines_of(upload: Upload) -> list[Line]:
    """Return the lines as they were kept; Refused when the key they were sealed with is gone."""
    stored = upload.lines
    if stored and isinstance(stored[0], str):
        try:
            stored = json.loads(box().decrypt(stored[0].encode()))
        except InvalidToken as error:
            raise Refused(
                _("What you uploaded cannot be read any more. Upload it again.")
            ) from error
    return [Line(**line) for line in stored]
