"""One filing, two matters."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from daodi.core.history.models import Event
from daodi.core.intake.part import file_part
from daodi.core.ledgers.models import Category
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.models import Matter
from daodi.core.workflow.act import act
from daodi.core.workflow.rights import By


@transaction.atomic
def split(
    matter: Matter,
    *,
    text: str,
    title: str = "",
    category: Category | None = None,
    attachments: Iterable[Attachment] = (),
    by: By,
    now: datetime,
) -> Event:
    """Make a second matter of what else somebody asked for in one filing.

    The resident of the first follows both; the words of the first stay as they were filed.
    """
    part = file_part(matter, text=text, title=title, category=category, by=by, now=now,
                     attachments=attachments)  # fmt: skip
    return act(matter, "split", by=by, now=now, data={"into": part.number})
