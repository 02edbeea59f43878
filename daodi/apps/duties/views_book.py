"""The handbook to print and to hand out: a short one at once, a long one from a job."""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.duties.book import book_of
from daodi.apps.duties.handbooks import MOST_AT_ONCE, WRITERS, ask_for, changed_since, is_on_its_way
from daodi.apps.duties.models import Duty, Handbook
from daodi.apps.duties.querysets import DutyQuerySet
from daodi.core.exceptions import Refused
from daodi.core.people.models import Unit
from daodi.lib.days import day_of
from daodi.lib.documents import NoFonts, NotTypeset
from daodi.web.pages import MemberRequest, member_page

MIMES = {
    Handbook.Kind.PDF: "application/pdf",
    Handbook.Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@member_page
def handbook(request: MemberRequest) -> HttpResponse:
    """Show the handbooks of a unit with those below it, or of all: to take along, or to ask for."""
    unit, now = _unit(request), timezone.now()
    duties = _duties(request, unit)
    kept = {each.kind: each for each in Handbook.objects.filter(unit=unit).for_list()}
    rows = [_row(kind, kept.get(kind), now) for kind in Handbook.Kind]
    top = request.member.unit.line()[0]
    context = {
        "unit": unit,
        "every_url": reverse("duties:handbook") if unit.path != top else "",
        "count": duties.count(),
        "is_short": _is_short(duties),
        "rows": rows,
        "waiting": any(row["waiting"] for row in rows),
    }
    return render(request, "duties/handbook.html", context)


@member_page
def book(request: MemberRequest, kind: str) -> HttpResponse:
    """Answer with the handbook of a unit that has few duties; a longer one is asked for."""
    kind, unit = _kind(kind), _unit(request)
    duties = _duties(request, unit)
    if not _is_short(duties):
        return redirect(f"{reverse('duties:handbook')}?unit={unit.pk}")
    made = book_of(duties, day_of(timezone.now()), unit)
    try:
        return _file(WRITERS[kind](made), kind, unit)
    except (NoFonts, NotTypeset) as failed:
        raise Refused(str(failed)) from failed


@require_POST
@member_page
def handbook_ask(request: MemberRequest, kind: str) -> HttpResponse:
    """Have a handbook written."""
    unit = _unit(request)
    ask_for(unit, _kind(kind), by=request.member, now=timezone.now())
    return redirect(f"{reverse('duties:handbook')}?unit={unit.pk}")


@member_page
def handbook_file(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer with a handbook that was written."""
    seen = Handbook.objects.visible_to(request.member).select_related("unit")
    found = get_object_or_404(seen, pk=pk, made_at__isnull=False)
    return _file(bytes(found.content), Handbook.Kind(found.kind), found.unit)


def _kind(kind: str) -> Handbook.Kind:
    if kind not in Handbook.Kind.values:
        raise Http404
    return Handbook.Kind(kind)


def _unit(request: MemberRequest) -> Unit:
    """Return the unit asked for, or the topmost one of the member's house."""
    pk = request.GET.get("unit", "")
    which = {"pk": int(pk)} if pk.isdigit() else {"path": request.member.unit.line()[0]}
    found: Unit = get_object_or_404(Unit, **which)
    return found


def _duties(request: MemberRequest, unit: Unit) -> DutyQuerySet:
    duties: DutyQuerySet = Duty.objects.visible_to(request.member).in_force().of_house(unit)
    if not duties.exists():
        raise Http404
    return duties


def _is_short(duties: DutyQuerySet) -> bool:
    return len(duties.values("pk")[: MOST_AT_ONCE + 1]) <= MOST_AT_ONCE


def _row(kind: Handbook.Kind, kept: Any, now: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "kept": kept,
        "waiting": bool(kept and is_on_its_way(kept, now)),
        "is_stuck": bool(kept and kept.is_wanted and not is_on_its_way(kept, now)),
        "changed": changed_since(kept) if kept else 0,
    }


def _file(content: bytes, kind: Handbook.Kind, unit: Unit) -> HttpResponse:
    answer = HttpResponse(content, content_type=MIMES[kind])
    name = quote(f"{unit}{_('Work list handbook')}.{kind}")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
