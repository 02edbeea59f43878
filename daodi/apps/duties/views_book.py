"""The handbook to print and to hand out."""

import logging
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from daodi.apps.duties.book import Book, book_of
from daodi.apps.duties.book_pdf import book_pdf
from daodi.apps.duties.book_word import book_word
from daodi.apps.duties.models import Duty
from daodi.core.exceptions import Refused
from daodi.core.people.models import Unit
from daodi.lib.documents import NoFonts, NotTypeset
from daodi.web.pages import MemberRequest, member_page
from daodi.web.showing.times import day_of

log = logging.getLogger(__name__)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@member_page
def book(request: MemberRequest, kind: str) -> HttpResponse:
    """Answer with the handbook of all units, or of the one asked for, as PDF or Word document."""
    kinds = {"pdf": (_pdf, "application/pdf"), "docx": (book_word, WORD)}
    if kind not in kinds:
        raise Http404
    pk = request.GET.get("unit", "")
    which = {"pk": int(pk)} if pk.isdigit() else {"path": request.member.unit.line()[0]}
    unit = get_object_or_404(Unit, **which)
    duties = Duty.objects.visible_to(request.member).in_force().of_house(unit)
    if not duties.exists():
        raise Http404
    write, mime = kinds[kind]
    made = book_of(duties, day_of(timezone.now()), unit)
    answer = HttpResponse(write(made), content_type=mime)
    name = quote(f"{made.publisher}{made.title}.{kind}")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _pdf(made: Book) -> bytes:
    try:
        return book_pdf(made)
    except NoFonts as missing:
        raise Refused(str(missing)) from missing
    except NotTypeset as failed:
        log.warning("no handbook: %s", failed.why)
        raise Refused(str(failed)) from failed
