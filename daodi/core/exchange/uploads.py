"""Keep what somebody uploaded between the trial and their yes."""

from datetime import datetime

from django.db import transaction

from daodi.core.exchange.models import Upload
from daodi.core.exchange.trial import Line
from daodi.core.people.models import Member


@transaction.atomic
def keep_upload(
    lines: list[Line], *, what: str, name: str, by: Member, now: datetime, about: int | None = None
) -> Upload:
    """Keep the lines of a table for a day, in place of what this member kept of the kind."""
    Upload.objects.too_old(now).delete()
    Upload.objects.of(by, what, about).delete()
    stored = [
        {"sheet": line.sheet, "row": line.row, "cells": line.cells, "columns": line.columns}
        for line in lines
    ]
    return Upload.objects.create(
        by=by, what=what, about=about, name=name[:200], lines=stored, made_at=now
    )


def lines_of(upload: Upload) -> list[Line]:
    return [Line(**line) for line in upload.lines]
