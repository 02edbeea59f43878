"""The same as somebody else's: an own receipt, and one matter where theirs is open."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.intake.filing import Filing, Receipt, file_matter
from daodi.core.matters.contacts import NOBODY, Person
from daodi.core.matters.states import Side
from daodi.core.publishing.models import Publication
from daodi.core.workflow.services import perform


@dataclass(frozen=True, slots=True)
class Same:
    """What somebody with the same problem adds; all of it may be empty."""

    words: str = ""
    address: str = ""
    person: Person = NOBODY


@transaction.atomic
def join(shown: Publication, same: Same, *, form_key: uuid.UUID, now: datetime) -> Receipt:
    """File the same as what was published, and say so in the history.

    If that one is open again, both are one at once, unless somebody adds words of their own:
    those are read by an operator first, for they may say something else.
    """
    whole = shown.matter
    filing = Filing(
        text="\n".join(filter(None, (_("The same as: %(title)s") % {"title": shown.title},
                                     same.words))),
        title=shown.title,
        kind=whole.kind,
        category=whole.category,
        division=shown.town,
        address=same.address,
        person=same.person,
        same_as=whole.number,
    )  # fmt: skip
    receipt = file_matter(whole.ledger, filing, now=now, form_key=form_key)
    if receipt.is_new and whole.is_open and not same.words:
        perform(receipt.matter, "merge", into=whole, by=Side.SYSTEM, now=now)
    return receipt
