"""Handbooks of many units: asked for on a page, written by a job, kept until the next one."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from daodi.apps.duties.book import book_of
from daodi.apps.duties.book_pdf import book_pdf
from daodi.apps.duties.book_word import book_word
from daodi.apps.duties.models import Duty, Handbook
from daodi.core.exceptions import Refused
from daodi.core.people.models import Member, Unit
from daodi.lib.documents import NoFonts, NotTypeset
from daodi.lib.jobs import queue

log = logging.getLogger(__name__)
WRITING = "daodi.apps.duties.tasks.write_handbook"
WRITERS = {Handbook.Kind.PDF: book_pdf, Handbook.Kind.WORD: book_word}
# So many duties are written while somebody waits for the page: less than a second's work.
MOST_AT_ONCE = 20
# Whoever asks again within this time waits for the job that is on its way.
PATIENCE = timedelta(minutes=10)


@transaction.atomic
def ask_for(unit: Unit, kind: Handbook.Kind, *, by: Member, now: datetime) -> Handbook:
    """Have a handbook of what is in force written, unless that is on its way already."""
    if not Duty.objects.visible_to(by).in_force().of_house(unit).exists():
        raise Refused(_("No unit has a duty in force yet."))
    there: Handbook | None = (
        Handbook.objects.select_for_update().filter(unit=unit, kind=kind).first()
    )
    if there and is_on_its_way(there, now):
        return there
    asked = {"asked_by": by.hand, "asked_at": now, "fault": ""}
    made, _is_new = Handbook.objects.update_or_create(unit=unit, kind=kind, defaults=asked)
    queue(WRITING, handbook_id=made.pk)
    return made


def is_on_its_way(handbook: Handbook, now: datetime) -> bool:
    """Say whether the job that writes it is still to be waited for."""
    return handbook.is_wanted and now < handbook.asked_at + PATIENCE


def write(handbook: Handbook, *, now: datetime) -> None:
    """Write a handbook in the site's language, and keep it in place of the last one."""
    with translation.override(settings.LANGUAGE_CODE):
        duties = Duty.objects.of_house(handbook.unit)
        book = book_of(duties, timezone.localtime(now).date(), handbook.unit)
        try:
            handbook.content = WRITERS[Handbook.Kind(handbook.kind)](book)
        except (NoFonts, NotTypeset) as failed:
            log.warning("no handbook %s: %s", handbook.pk, getattr(failed, "why", failed))
            handbook.fault = str(failed)
            handbook.save(update_fields=["fault"])
            return
    handbook.made_at, handbook.fault = now, ""
    handbook.save(update_fields=["content", "made_at", "fault"])


def changed_since(handbook: Handbook) -> int:
    """Count the duties that were approved or ended after a handbook was written."""
    since = handbook.made_at
    newer = Q(current__approved_at__gt=since) | Q(ended_at__gt=since)
    return Duty.objects.of_house(handbook.unit).filter(newer).count() if since else 0
