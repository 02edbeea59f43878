"""Who did what when: administration, and work on matters."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.models import AdminEvent, AdminEventQuerySet
from daodi.core.audit.record import note
from daodi.core.history.models import Event, EventQuerySet
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.lib.sheets import write_table
from daodi.web.excel import XLSX
from daodi.web.forms.log import AdminLogForm, LogForm, MatterLogForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.events import what_of
from daodi.web.showing.log import show_admin_event

SIZE = 50
MOST_EXPORTED = 10_000
READERS = (Role.MANAGER, Role.SUPERVISOR)
Shown = dict[str, Any]


@page_for(*READERS)
def log(request: MemberRequest) -> HttpResponse:
    """Search what managers of the house did, and what was done to it."""
    form = AdminLogForm(request.member, request.GET)
    found = list(_after_pk(_admin(form, request.member), request)[: SIZE + 1])
    rows = [show_admin_event(event) for event in found[:SIZE]]
    key = str(found[SIZE - 1].pk) if len(found) > SIZE else ""
    return _page(request, "log", form, rows, key)


@page_for(*READERS)
def log_matters(request: MemberRequest) -> HttpResponse:
    """Search what members of the house did on matters, reading contacts among it."""
    form = MatterLogForm(request.member, request.GET)
    found = list(_after_moment(_done(form, request.member), request)[: SIZE + 1])
    last = found[SIZE - 1] if len(found) > SIZE else None
    key = f"{last.recorded_at.isoformat()}_{last.pk}" if last else ""
    return _page(request, "log_matters", form, [_show_event(event) for event in found[:SIZE]], key)


@page_for(*READERS)
def log_file(request: MemberRequest) -> FileResponse:
    """Give out what was found in the log of administration."""
    events = _admin(AdminLogForm(request.member, request.GET), request.member)
    columns = [_("When"), _("Who"), _("Unit"), _("Act"), _("What"), _("In detail")]
    rows = (_admin_row(event) for event in events[:MOST_EXPORTED].iterator(chunk_size=1000))
    return _file(request, "log", columns, rows)


@page_for(*READERS)
def log_matters_file(request: MemberRequest) -> FileResponse:
    """Give out what was found of the work on matters."""
    events = _done(MatterLogForm(request.member, request.GET), request.member)
    columns = [_("When"), _("Who"), _("Unit"), _("Act"), _("Matter")]
    rows = (_event_row(event) for event in events[:MOST_EXPORTED].iterator(chunk_size=1000))
    return _file(request, "log_matters", columns, rows)


def _admin(form: AdminLogForm, member: Member) -> AdminEventQuerySet:
    events = AdminEvent.objects.visible_to(member).for_list()
    return form.keep(events) if form.is_valid() else events.none()


def _done(form: MatterLogForm, member: Member) -> EventQuerySet:
    events = Event.objects.done_by_house_of(member).for_log()
    return form.keep(events) if form.is_valid() else events.none()


def _after_pk(events: AdminEventQuerySet, request: MemberRequest) -> AdminEventQuerySet:
    after = request.GET.get("after", "")
    return events.filter(pk__lt=int(after)) if after.isdigit() else events


def _after_moment(events: EventQuerySet, request: MemberRequest) -> EventQuerySet:
    moment, _sep, pk = request.GET.get("after", "").rpartition("_")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return events
    if not (pk.isdigit() and at.tzinfo):
        return events
    behind = Q(recorded_at=at, pk__lt=int(pk)) | Q(recorded_at__lt=at)
    # Repeats what the line above says, in the form that the index understands.
    return events.filter(behind, recorded_at__lte=at)


def _page(
    request: MemberRequest, name: str, form: LogForm, rows: list[Shown], key: str
) -> HttpResponse:
    asked = {field: value for field, value in request.GET.dict().items() if field != "after"}
    query = request.GET.copy()
    query["after"] = key
    context = {
        "form": form,
        "rows": rows,
        "tabs": [_tab(each, label, name) for each, label in _logs().items()],
        "older_url": f"?{query.urlencode()}" if key else "",
        "clear_url": reverse(f"desk:{name}") if asked else "",
        "file_url": f"{reverse(f'desk:{name}_file')}?{request.GET.urlencode()}",
    }
    return render(request, f"desk/manage/{name}.html", context, status=422 if form.errors else 200)


def _logs() -> dict[str, str]:
    return {"log": _("Administration"), "log_matters": _("Work on matters")}


def _tab(name: str, label: str, current: str) -> Shown:
    url = reverse(f"desk:{name}")
    return {"label": label, "url": url, "count": None, "current": name == current}


def _show_event(event: Event) -> Shown:
    return {"event": event, "what": what_of(event)}


def _admin_row(event: AdminEvent) -> list[object]:
    shown = show_admin_event(event)
    details = "\n".join(shown["changes"])
    names = (str(shown[name]) for name in ("by", "place", "what", "label"))
    return [timezone.localtime(event.at), *names, details]


def _event_row(event: Event) -> list[object]:
    at = timezone.localtime(event.recorded_at)
    return [at, str(event.by), str(event.unit or ""), what_of(event), event.matter.number]


@transaction.atomic
def _file(
    request: MemberRequest, name: str, columns: list[str], rows: Iterator[list[object]]
) -> FileResponse:
    target = io.BytesIO()
    count = write_table(target, columns, rows, title=_logs()[name])
    unit = request.member.unit
    note(Act.AUDIT_EXPORTED, _logs()[name], by=request.member, unit=unit, after={"n": count})
    target.seek(0)
    day = timezone.localtime().date()
    filename = f"daodi-{name.replace('_', '-')}-{day}.xlsx"
    return FileResponse(target, as_attachment=True, filename=filename, content_type=XLSX)
