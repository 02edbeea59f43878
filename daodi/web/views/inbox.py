from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from daodi.core.knowledge.models import Entry
from daodi.core.lists.models import SavedView
from daodi.core.lists.services import columns_for
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.search.matters import number_in
from daodi.lib.days import day_of
from daodi.lib.pairs import words_of
from daodi.web.beginning import first_page_of
from daodi.web.excel import asks_for_excel, matters_file
from daodi.web.forms.filters import FilterForm
from daodi.web.forms.lists import ColumnsForm, NewViewForm, names_of, with_list
from daodi.web.middleware import MEMBER_KEY
from daodi.web.pages import MemberRequest, member_page
from daodi.web.paging import ORDERS, SORTED
from daodi.web.queues import MOST_COUNTED, QUEUES, Queue, queues_for
from daodi.web.showing.elsewhere import found_elsewhere
from daodi.web.showing.lists import show_columns, show_list
from daodi.web.showing.matters import Shown
from daodi.web.showing.parts import show_part_due
from daodi.web.views.steps import may_ask

# In this list many can be ticked at once.
CHOOSE_IN = "list"
# In these a handler asks for more time and a leader for a halt, right in the row.
ASK_IN = ("handle", "late")


@member_page
def inbox(request: MemberRequest) -> HttpResponseBase:
    """Show one list of the member's, what is due first on top; or what a search has found."""
    now, member, form = timezone.now(), request.member, FilterForm(request.GET)
    given = form.cleaned_data
    asked = given.get("q", "")
    if number := _number_of(asked, member):
        return redirect("desk:matter", number)
    queues = queues_for(member)
    chosen = _chosen(queues, given.get("list", ""), form)
    matters = form.keep(chosen.matters(member).for_list(), member)
    words, order = words_of(asked), given.get("order") or chosen.order
    columns = show_columns(columns_for(chosen.name, member))
    if asks_for_excel(request):
        show = partial(show_list, now=now, columns=columns, words=[])
        return matters_file(SORTED[order](matters), columns, show, title=chosen.label, by=member)
    if words:
        matters = matters.with_words()
    page = ORDERS[order](matters, request)
    rows = show_list(page.rows, now, columns, words)
    _mark(rows, page.rows, chosen, member, now)
    context = {
        "choose": chosen.name == CHOOSE_IN,
        "queue": chosen,
        "tabs": [_tab(queue, member, chosen) for queue in queues],
        "form": form,
        "rows": rows,
        "page": page,
        "columns": columns,
        **_tools(chosen, form, columns, member),
        "clear_url": f"?list={chosen.name}" if form.is_filled() else "",
        "live_url": _live_url(request, chosen, now),
        "to_review": _to_review(member, now),
        "elsewhere": found_elsewhere(member, asked),
    }
    return render(request, "desk/inbox.html", context)


@require_POST
@member_page
def switch_member(request: MemberRequest) -> HttpResponse:
    """Work as another of one's own members from now on."""
    wanted = request.POST.get("member", "")
    if wanted in {str(place.pk) for place in request.members}:
        request.session[MEMBER_KEY] = int(wanted)
    place = next((place for place in request.members if str(place.pk) == wanted), request.member)
    return redirect(first_page_of(place.roles))


def _mark(
    rows: list[Shown], matters: list[Matter], queue: Queue, member: Member, now: datetime
) -> None:
    """Add to the rows what one of the lists has beyond the others."""
    for row, matter in zip(rows, matters, strict=True):
        if queue.order == "part":
            row["clock"] = show_part_due(matter.part_due, now)
        if queue.name == CHOOSE_IN:
            # What is done with many is done at the version seen here.
            row["pk"] = f"{matter.pk}.{matter.version}"
        if queue.name in ASK_IN:
            row["asks"] = may_ask(matter, member, queue.name)


def _to_review(member: Member, now: datetime) -> int:
    """Count for editors the entries that should be looked at again; they have no other inbox."""
    if not member.has(Role.EDITOR):
        return 0
    due = Entry.objects.kept_by(member).due(day_of(now))
    return due[:MOST_COUNTED].count()


def _live_url(request: MemberRequest, queue: Queue, now: datetime) -> str:
    """Return where the page is told of changes to this list, as it is filtered."""
    asked = request.GET.dict() | {"list": queue.name, "since": now.isoformat()}
    return f"{reverse('desk:live')}?{urlencode(asked)}"


def _number_of(asked: str, member: Member) -> str | None:
    """Return the number of the one matter that was asked for, if the member may see it."""
    key = number_in(asked)
    found = Matter.objects.visible_to(member).filter(pk=key) if key else None
    return found.values_list("number", flat=True).first() if found is not None else None


def _chosen(queues: list[Queue], name: str, form: FilterForm) -> Queue:
    """Return the list asked for: a search goes through everything, else it is the member's own."""
    among, usual = (QUEUES, QUEUES[-1]) if form.is_filled() else (queues, queues[0])
    return next((queue for queue in among if queue.name == name), usual)


def _tools(
    chosen: Queue, form: FilterForm, columns: list[dict[str, Any]], member: Member
) -> dict[str, Any]:
    """Return what changes a list: the columns, and the views that are saved."""
    query = with_list(form, chosen.name)
    names = {"list": chosen.name, "names": names_of(columns), "query": query}
    views = SavedView.objects.visible_to(member).for_list()
    return {
        "views": [
            {"label": view.name, "url": f"?{view.query}", "current": view.query == query}
            for view in views
        ],
        "view_form": NewViewForm(initial={"query": query}),
        "columns_form": ColumnsForm(initial=names),
    }


def _tab(queue: Queue, member: Member, chosen: Queue) -> dict[str, Any]:
    count = queue.count(member) if queue.roles else None
    return {
        "label": queue.label,
        "url": f"?list={queue.name}",
        "count": f"{MOST_COUNTED}+" if count and count > MOST_COUNTED else count,
        "current": queue == chosen,
    }
