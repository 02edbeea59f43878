"""The receipt: on a page to print, and as PDF to keep."""

import logging
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from daodi.apps.appeals.due import clocks_of, due_on, promise_words
from daodi.core.exceptions import Refused
from daodi.core.history.proof import check_of
from daodi.core.intake.codes import new_code
from daodi.core.matters.models import Matter
from daodi.lib.documents import NoFonts, NotTypeset, find_fonts, typeset
from daodi.web.showing.times import full
from daodi.web.throttle import HOUR, is_too_often

log = logging.getLogger(__name__)
DOCUMENT = Path(__file__).parent / "documents/receipt.typ"
DRAWING = "receipt.svg"
HALF = 4
# Typesetting costs a second of the processor.
DOCUMENTS_AN_HOUR = 30
Shown = dict[str, Any]


def receipt(request: HttpRequest, form_key: Any) -> HttpResponse:
    """Show number and code to whoever sent the form: only they know its key."""
    matter, now = _filed(form_key), timezone.now()
    drawing = segno.make(_link(request, matter)).svg_inline(scale=4, border=2)
    context = {
        "section": "file",
        "matter": matter,
        "code": _code(form_key),
        # segno writes it itself, nothing of the link stands in it as text.
        "qr": format_html("{}", SafeString(drawing)),
        "promise": promise_words(matter, clocks_of(matter), now),
        "check": check_of(matter.head),
        "now": now,
    }
    return render(request, "appeals/receipt.html", context)


@never_cache
def receipt_pdf(request: HttpRequest, form_key: Any) -> HttpResponse:
    """Answer with the receipt as PDF."""
    matter = _filed(form_key)
    if is_too_often(request, "receipt", most=DOCUMENTS_AN_HOUR, seconds=HOUR):
        raise Refused(_("Too many documents from your connection. Print the page, or wait."))
    stream = BytesIO()
    segno.make(_link(request, matter)).save(stream, kind="svg", border=0)
    data = receipt_on_paper(matter, request.build_absolute_uri, timezone.now())
    try:
        drawings = {DRAWING: stream.getvalue()}
        pdf = typeset(DOCUMENT, data, fonts=find_fonts(), pictures=drawings)
    except NoFonts as missing:
        raise Refused(str(NotTypeset.message)) from missing
    except NotTypeset as failed:
        log.warning("no receipt of %s: %s", matter.number, failed.why)
        raise Refused(str(failed)) from failed
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{matter.number}.pdf"'
    return answer


def receipt_on_paper(matter: Matter, whole: Any, now: datetime) -> Shown:
    """Return what stands on a receipt; `whole` makes a path an address."""
    clocks = clocks_of(matter)
    return {
        "title": _("Receipt"),
        "head": " · ".join(filter(None, (settings.SITE_NAME, matter.number))),
        "foot": _("Printed %(at)s") % {"at": full(now)},
        "number": matter.number,
        "code": _code(matter.form_key),
        "scan": _("Scan to follow it"),
        "labels": {
            "number": _("Number of the request"),
            "code": _("Your code to follow it"),
            "due": _("What comes next"),
            "text": _("What you sent"),
            "proof": _("What proves it"),
        },
        "promise": promise_words(matter, clocks, now),
        "due": [
            {"what": f"{each['what']} {each['by']}".strip(), "why": each["why"]}
            for each in due_on(matter, clocks, now)
        ],
        "facts": [(_("Sent"), full(matter.filed_at)), (_("Title"), matter.title or _("(erased)"))],
        "text": matter.text,
        "follow": _("Follow it with number and code at:") + " " + whole(reverse("appeals:track")),
        "proof": [
            (_("Check number"), check_of(matter.head)),
            (_("Hash of the record"), bytes(matter.head).hex()),
            (_("Where to check it"), whole(reverse("appeals:check"))),
        ],
        "secret": _("Show the code to nobody: whoever has it can read your request."),
    }


def _filed(form_key: Any) -> Matter:
    return get_object_or_404(Matter.objects.for_page(), form_key=form_key)


def _code(form_key: Any) -> str:
    code = new_code(form_key)
    return f"{code[:HALF]} {code[HALF:]}"


def _link(request: HttpRequest, matter: Matter) -> str:
    path = reverse("appeals:course", args=[matter.number])
    return request.build_absolute_uri(f"{path}?code={new_code(matter.form_key)}")
