from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.clocks.services import load_calendar
from daodi.core.drafts.services import drafts_for, drop_draft
from daodi.core.history.contact import may_read_contact, read_contact
from daodi.core.history.models import Event
from daodi.core.intake.recurring import recurrences_of
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.contacts import has_contact
from daodi.core.matters.files import path_of
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.people.models import Member
from daodi.core.workflow.rights import sides_of
from daodi.core.workflow.services import perform
from daodi.web.forms.base import tried
from daodi.web.forms.moves import MoveForm
from daodi.web.forms.wording import insert, keep_typed, templates_for
from daodi.web.pages import MemberRequest, member_page
from daodi.web.ranges import answer_part
from daodi.web.showing.alarms import show_alarms
from daodi.web.showing.clocks import clock_label, explain, show_clock
from daodi.web.showing.events import show_events
from daodi.web.showing.links import links_of, places_of
from daodi.web.showing.matters import facts_of, show_row
from daodi.web.showing.objections import show_objection
from daodi.web.showing.orders import show_order_of
from daodi.web.showing.parts import show_parts
from daodi.web.showing.people import away_from
from daodi.web.showing.recordings import show_recordings
from daodi.web.showing.recurrence import show_recurrences
from daodi.web.showing.times import full
from daodi.web.views.meanwhile import SEEN, check_seen, seen_version, show_meanwhile
from daodi.web.views.offers import Tried, left_over, offers_for
from daodi.web.views.pick import answer_with
from daodi.web.views.writing import keep_written

FILE_URL = "/desk/files/{}/"
# Lists to which somebody goes back who took a step of a row's own: a page, and what of it.
BACK = {
    "first": ("desk:first", ""),
    "lead": ("desk:lead", ""),
    "handle": ("desk:inbox", "?list=handle"),
    "late": ("desk:inbox", "?list=late"),
}


@member_page
def matter(request: MemberRequest, number: str) -> HttpResponse:
    """Show a matter with everything that may be done with it.

    `step` is the one to unfold; `entry` an entry of the knowledge base to answer with.
    """
    found = _fetch(request.member, number)
    asked = MOVES.get(request.GET.get("step", ""))
    if form := answer_with(request, found):
        return _page(request, found, Tried(MOVES["answer"], form))
    return _page(request, found, Tried(asked) if asked else None)


@require_POST
@member_page
def matter_move(request: MemberRequest, number: str, name: str) -> HttpResponse:
    """Take a step; when it is refused, what was typed stays in the form."""
    found = _fetch(request.member, number)
    move = MOVES.get(name)
    if move is None:
        raise Http404
    if "insert" in request.POST:
        form = MoveForm(move, found, request.member)
        templates = templates_for(found, request.member).get(name, ())
        insert(form, name, request.POST, found, templates)
        return _page(request, found, Tried(move, form))
    if "preview" in request.POST:
        form = MoveForm(move, found, request.member)
        keep_typed(form, request.POST)
        keep_written(request, found, move)
        return _page(request, found, Tried(move, form))
    form = MoveForm(move, found, request.member, request.POST, request.FILES)
    seen = seen_version(request)
    act = partial(perform, found, name, by=request.member, now=timezone.now())
    event: Event | None = None
    if form.is_valid() and tried(form, partial(check_seen, found, seen)):
        event = tried(form, partial(act, **form.cleaned_data))
    if event:
        drop_draft(found, name, by=request.member)
        messages.success(request, _("Done: %(step)s.") % {"step": move.label})
        return redirect(_back(request) or reverse("desk:matter", args=[number]))
    keep_written(request, found, move)
    found = _fetch(request.member, number)
    return _page(request, found, Tried(move, form), meanwhile=show_meanwhile(found, seen, form))


@require_POST
@member_page
def contact(request: MemberRequest, number: str) -> HttpResponse:
    """Show who filed it, once, and leave a line in the history."""
    found = _fetch(request.member, number)
    sides = sides_of(found, request.member)
    person = read_contact(found, by=request.member, sides=sides, now=timezone.now())
    return _page(request, found, person=person)


@member_page
def file(request: MemberRequest, key: str) -> HttpResponseBase:
    """Serve a file of a matter that the member may see."""
    found = get_object_or_404(Attachment, key=key)
    get_object_or_404(Matter.objects.visible_to(request.member), pk=found.matter_id)
    return serve(found, small="small" in request.GET, part=request.headers.get("Range", ""))


def serve(attachment: Attachment, *, small: bool = False, part: str = "") -> HttpResponseBase:
    """Answer with a file: pictures that were re-encoded are shown, sound is played, all else is
    downloaded. `part` is the request's header Range.
    """
    inside = attachment.is_picture or attachment.is_sound
    stream = default_storage.open(path_of(attachment.key, small=small and attachment.is_picture))
    answer: HttpResponseBase | None = None
    if attachment.is_sound:
        answer = answer_part(stream, attachment.size, part)
    answer = answer or FileResponse(stream, as_attachment=not inside, filename=attachment.name)
    answer.headers["Content-Type"] = attachment.mime
    if attachment.is_sound:
        answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _fetch(member: Member, number: str) -> Matter:
    return get_object_or_404(Matter.objects.visible_to(member).for_page(), number=number)


def _page(
    request: MemberRequest,
    found: Matter,
    tried_step: Tried | None = None,
    **more: Any,
) -> HttpResponse:
    now, member = timezone.now(), request.member
    drafts = drafts_for(found, member)
    offers = offers_for(found, member, now, drafts, tried_step)
    form = tried_step.form if tried_step else None
    events = list(Event.objects.filter(matter=found).for_page())
    files = list(found.attachments.all())
    context = {
        "matter": found,
        "row": show_row(found, now),
        "facts": facts_of(found),
        "clocks": _clocks(found, events, now),
        "events": show_events(reversed(events), files, FILE_URL),
        "recordings": show_recordings(found, files, events),
        "pictures": [file for file in files if file.is_picture],
        "moves": offers,
        "compose": next((offer for offer in offers if offer["composes"]), None),
        "left_over": left_over(found, member, drafts, offers),
        **_around(found, member, now),
        **_contact(found, member),
        "now": now,
        "links": links_of(found, member),
        "places": places_of(found, member),
        "away": away_from(found.unit, timezone.localtime(now).date()) if found.is_open else [],
        "form": form,
        "tried": tried_step.move if tried_step else None,
        "tried_is_open": _is_open(tried_step, offers),
        "seen": _seen(request, found),
        "page_url": reverse("desk:matter", args=[found.number]),
        "live_url": f"{reverse('desk:live')}?matter={found.number}&version={found.version}",
        **more,
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "desk/matter.html", context, status=status)


def _contact(found: Matter, member: Member) -> dict[str, bool]:
    is_there, may_read = has_contact(found), may_read_contact(found, sides_of(found, member))
    return {
        "has_contact": is_there,
        "may_read_contact": may_read,
        "with_contact": is_there and may_read,
    }


def _is_open(tried_step: Tried | None, offers: list[dict[str, Any]]) -> bool:
    return any(tried_step and offer["name"] == tried_step.move.name for offer in offers)


def _back(request: MemberRequest) -> str:
    """Return the address of the list that the step was taken from, if it was one."""
    page, query = BACK.get(request.GET.get("from", ""), ("", ""))
    return f"{reverse(page)}{query}" if page else ""


def _seen(request: MemberRequest, found: Matter) -> str:
    """Return what the forms of the page tell: the version they show, and where one came from."""
    came_from = request.GET.get("from", "")
    return f"?{SEEN}={found.version}" + (f"&from={came_from}" if came_from in BACK else "")


def _clocks(found: Matter, events: list[Event], now: datetime) -> list[dict[str, Any]]:
    calendar = load_calendar()
    clocks = list(found.clocks.for_page())
    for clock in clocks:
        clock.matter = found
    return [
        {
            "clock": show_clock(c, now),
            "label": clock_label(c),
            "steps": explain(c, calendar),
            "alarms": show_alarms(c, events, now),
        }
        for c in clocks
    ]


def _around(found: Matter, member: Member, now: datetime) -> dict[str, Any]:
    """Return what else belongs to a matter: what waits, units, and the matters it was one with."""
    decision = found.decisions.open().select_related("unit", "asked_by__user").first()
    return {
        "decision": decision,
        "until": full(decision.until) if decision and decision.until else "",
        "parts": show_parts(found.parts_in_force(), now),
        "order": show_order_of(found, now),
        "objection": show_objection(found) if found.pending == "objection" else None,
        "split": Matter.objects.visible_to(member).split_with(found),
        "merged": found.merged.only("number", "title")[:20],
        "mark": show_recurrences(found, recurrences_of(found, member), member, now),
    }
