"""Paper forms in words, for the page that prints them and for their document."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from daodi.core.intake.models import FormBatch
from daodi.core.intake.paper import PRINTABLE, PaperForm, sheets_of
from daodi.core.ledgers.kinds import Kind, Urgency
from daodi.core.ledgers.models import Ledger

Shown = dict[str, Any]
# The page of the portal that a strip leads to; a site without the portal prints none.
STRIP_PAGE = "appeals:paper"
# As the sheet says it.
URGENCIES = (
    (Urgency.NORMAL, gettext_lazy("It can wait its turn")),
    (Urgency.URGENT, gettext_lazy("No water, power, gas or heating")),
    (Urgency.CRITICAL, gettext_lazy("People are in danger")),
)
LINES = 8
PHONE_DIGITS = 11
CODE_HALF = 4


def show_sheets(
    batch: FormBatch, sheets: Iterable[PaperForm], whole: Callable[[str], str]
) -> Shown:
    """Return all that stands on sheets, in the site's language; `whole` makes paths addresses."""
    with override(settings.LANGUAGE_CODE):
        return {
            "labels": _labels(batch.ledger),
            "kinds": [str(Kind(kind).label) for kind in batch.ledger.kinds],
            "urgencies": [str(label) for _value, label in URGENCIES],
            "lines": list(range(LINES)),
            "digits": list(range(PHONE_DIGITS)),
            "sheets": [_sheet(form, whole) for form in sheets],
        }


def drawings_of(shown: Shown) -> dict[str, bytes]:
    """Return the codes to scan, as the document names them."""
    drawings = {}
    for sheet in shown["sheets"]:
        for name, link in sheet["links"].items():
            drawings[f"{name}-{sheet['number']}.svg"] = _svg(link)
    return drawings


def shown_batches(batches: Iterable[FormBatch], entered: Mapping[int, int]) -> list[Shown]:
    """Return the rows of the list of what was printed."""
    rows = []
    for batch in batches:
        sheets = sheets_of(batch)
        rows.append({
            "batch": batch,
            "first": sheets[0].shown,
            "last": sheets[-1].shown,
            "entered": entered.get(batch.pk, 0),
            "printable_until": batch.printed_at + PRINTABLE,
        })  # fmt: skip
    return rows


def _sheet(form: PaperForm, whole: Callable[[str], str]) -> Shown:
    asked = urlencode({"ledger": form.batch.ledger.code, "form": form.serial})
    links = {"desk": whole(f"{reverse('desk:new')}?{asked}")}
    if strip := _strip(form.serial):
        links["strip"] = whole(strip)
    pictures = {name: segno.make(link).svg_data_uri(border=0) for name, link in links.items()}
    return {
        "number": form.serial,
        "serial": form.shown,
        "code": f"{form.code[:CODE_HALF]} {form.code[CODE_HALF:]}",
        "links": links,
        "pictures": pictures,
    }


def _strip(serial: str) -> str:
    try:
        return reverse(STRIP_PAGE, args=[serial])
    except NoReverseMatch:
        return ""


def _svg(link: str) -> bytes:
    stream = BytesIO()
    segno.make(link).save(stream, kind="svg", border=0)
    return stream.getvalue()


def _labels(ledger: Ledger) -> dict[str, str]:
    public = ledger.is_public and not ledger.is_confidential
    return {
        "title": _("Form for residents: %(what)s") % {"what": ledger.plain_name},
        "site": settings.SITE_NAME,
        "serial": _("Form number"),
        "staff": _("Staff: scan to enter"),
        "how": _("Write what you know and leave the rest empty. Tick with ✓."),
        "text": _("What is it about? What is wrong, where, and since when?"),
        "kind": _("What do you want?"),
        "place": _("Where is it? (town, village, street, what stands nearby)"),
        "urgency": _("Can it wait? In an emergency call 110, 119 or 120."),
        "name": _("Your name"),
        "phone": _("Telephone"),
        "publish": _("Others may read it, without my name, number and address") if public else "",
        "confidential": ""
        if ledger.is_confidential
        else _("Only a few people may see it (confidential)"),
        "date": _("Date"),
        "taken": _("Taken by"),
        "cut": _("Tear off here and keep it"),
        "keep": _("Keep this strip"),
        "code": _("Your code"),
        "follow": _(
            "When the form has been entered, scan this and give your code: you see where it "
            "stands, can write to us, and say whether it was solved."
        ),
        "secret": _("Show the code to nobody: whoever has it can read your request."),
    }
