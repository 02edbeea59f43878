"""The supervisor's board, the lists behind it, and what was left out of the scoring."""

from functools import partial

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.matters.models import Matter
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from daodi.core.supervision.board import (
    BY_NAME,
    count_orders,
    count_watched,
    earlier_ones,
    total,
    watched,
    without_unit,
)
from daodi.core.supervision.models import Reminder
from daodi.lib.sheets import write_table
from daodi.web.excel import asks_for_excel, matters_file, workbook
from daodi.web.pages import MemberRequest, page_for
from daodi.web.paging import EXCEL, by_due, by_newest
from daodi.web.showing.excluded import REASON_COLUMNS, show_excluded, show_reasons
from daodi.web.showing.supervision import (
    NO_UNIT,
    Shown,
    show_columns,
    show_tiles,
    show_units,
    show_watched,
    unit_cells,
)
from daodi.web.showing.surges import surges_for
from daodi.web.views.steps import show_step, take_step

INCLUDE, STEPS = "desk:include", ("include",)
LONGEST_KEY = 10


@page_for(Role.SUPERVISOR)
def board(request: MemberRequest) -> HttpResponseBase:
    """Show how much is late, comes back or stands still, as lists and by unit."""
    now, member = timezone.now(), request.member
    matters, orders = count_watched(member, now), count_orders(member, now)
    heads, rows = show_units(matters, orders)
    if asks_for_excel(request):
        name = f"{_('Supervision')} {_('By unit')}"
        sheet = partial(write_table, columns=[_("Unit"), *heads], rows=unit_cells(rows), title=name)
        return workbook(sheet, name)
    ours = Reminder.objects.visible_to(member)
    context = {
        "tiles": show_tiles(total(matters.values())),
        "orders": total(orders.values()),
        "signs": ours.aggregate(
            prompt=Count("pk", filter=Q(closed_at=None, kind=Reminder.Kind.PROMPT)),
            assign=Count("pk", filter=Q(closed_at=None, kind=Reminder.Kind.ASSIGN)),
            answered=Count("pk", filter=Q(closed_at=None, answered_at__isnull=False)),
        ),
        "excel_url": f"?{EXCEL}=1",
        "heads": heads,
        "rows": rows,
        "surges": surges_for(member, now),
    }
    return render(request, "desk/supervision/board.html", context)


@page_for(Role.SUPERVISOR)
def watch(request: MemberRequest, name: str) -> HttpResponseBase:
    """Show one list of the board, of one unit if the address names it."""
    if name not in BY_NAME:
        raise Http404
    now, member = timezone.now(), request.member
    unit = unit_asked(request)
    matters = watched(BY_NAME[name], member, now, unit).for_list()
    if request.GET.get("unit") == NO_UNIT:
        matters = without_unit(matters)
    if name == "repeated":
        seen = Matter.objects.visible_to(member)
        earlier = earlier_ones(seen).order_by("-cleared_at")
        marked = seen.filter(came_back__matter=OuterRef("pk"), came_back__is_denied=False)
        found = [Subquery(each.values("number")[:1]) for each in (marked, earlier)]
        matters = matters.annotate(earlier=Coalesce(*found))
    columns, show = show_columns(), partial(show_watched, now=now)
    if asks_for_excel(request):
        title = BY_NAME[name].label
        return matters_file(matters.due_first(), columns, show, title=title, by=member)
    page = by_due(matters, request)
    context = {
        "watch": BY_NAME[name],
        "unit": unit,
        "tabs": [
            {**tile, "count": None, "current": tile["name"] == name} for tile in show_tiles({})
        ],
        "rows": show(page.rows),
        "columns": columns,
        "page": page,
    }
    return render(request, "desk/supervision/list.html", context)


@page_for(Role.SUPERVISOR)
def excluded(request: MemberRequest) -> HttpResponseBase:
    """Show what was left out of the scoring, with the evidence."""
    return _excluded(request)


@require_POST
@page_for(Role.SUPERVISOR)
def include(request: MemberRequest, number: str, name: str) -> HttpResponseBase:
    """Take a matter back into the scoring."""
    found, form = take_step(request, number, name, STEPS)
    if form is None:
        return redirect("desk:excluded")
    step = show_step(INCLUDE, found, name, request.member, form)
    return _excluded(request, {**step, "title": found.title})


def unit_asked(request: MemberRequest) -> Unit | None:
    """Return the unit that the address names, if it names one."""
    pk = request.GET.get("unit", "")
    return get_object_or_404(Unit, pk=pk) if pk.isdecimal() and len(pk) < LONGEST_KEY else None


def _excluded(request: MemberRequest, refused: Shown | None = None) -> HttpResponseBase:
    matters = Matter.objects.visible_to(request.member).filter(is_excluded=True).for_list()
    if asks_for_excel(request):
        show, title = partial(show_reasons, now=timezone.now()), _("Left out of the scoring")
        newest = matters.newest_first()
        return matters_file(newest, REASON_COLUMNS, show, title=title, by=request.member)
    page = by_newest(matters, request)
    context = {
        "rows": [
            {**row, "step": show_step(INCLUDE, matter, *STEPS, request.member)}
            for matter, row in zip(page.rows, show_excluded(page.rows, timezone.now()), strict=True)
        ],
        "page": page,
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "desk/supervision/excluded.html", context, status=status)
