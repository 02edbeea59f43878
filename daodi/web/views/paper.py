import logging
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from daodi.core.exceptions import Refused
from daodi.core.history.contact import read_contact
from daodi.core.matters.contacts import Person
from daodi.core.matters.models import Matter
from daodi.core.workflow.rights import sides_of
from daodi.lib.documents import NoFonts, NotTypeset, find_fonts, typeset
from daodi.web.pages import MemberRequest, member_page
from daodi.web.showing.paper import paper_of, pictures_of
from daodi.web.showing.people import acting_name

log = logging.getLogger(__name__)
FILE = Path(__file__).parent.parent / "documents/file.typ"


@member_page
def file_pdf(request: MemberRequest, number: str) -> HttpResponse:
    """Answer with a matter's whole file as PDF; with the contact only if that was ticked."""
    visible = Matter.objects.visible_to(request.member).for_page()
    found = get_object_or_404(visible.select_related("first_unit"), number=number)
    answer = HttpResponse(_pdf(request, found), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pdf(request: MemberRequest, found: Matter) -> bytes:
    try:
        fonts = find_fonts()
        person = _contact(request, found)
        printed = f"{request.member.unit} · {acting_name(request.member)}"
        data = paper_of(found, person, printed, timezone.now())
        return typeset(FILE, data, fonts=fonts, pictures=pictures_of(data))
    except NoFonts as missing:
        raise Refused(str(missing)) from missing
    except NotTypeset as failed:
        log.warning("no file of %s: %s", found.number, failed.why)
        raise Refused(str(failed)) from failed


def _contact(request: MemberRequest, found: Matter) -> Person | None:
    """Read the contact when it was asked for, which leaves its line in the history."""
    if request.method != "POST" or "contact" not in request.POST:
        return None
    sides = sides_of(found, request.member)
    return read_contact(found, by=request.member, sides=sides, now=timezone.now())
