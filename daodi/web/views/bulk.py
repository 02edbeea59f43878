"""One step on many matters: choose them in a list, see what will happen, see what did."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from daodi.core.workflow.sorting import on_each, why_not
from daodi.web.forms.bulk import FORMS, LABELS, BulkForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.paging import SIZE
from daodi.web.showing.matters import show_rows

SEEN = re.compile(r"(\d{1,18})\.(\d{1,9})")


@page_for(Role.OPERATOR)
def bulk(request: MemberRequest) -> HttpResponse:
    """Ask what to do with the chosen matters, and then do it, each for itself."""
    given = request.POST if request.method == "POST" else request.GET
    name = given.get("do", "")
    if name not in FORMS:
        raise Http404
    matters = _chosen(request, given.getlist("m"))
    if not matters:
        messages.error(request, _("Tick the matters first."))
        return redirect("desk:inbox")
    ledgers = {matter.ledger_id for matter in matters}
    if len(ledgers) > 1:
        messages.error(request, _("Choose matters of one ledger at a time."))
        return redirect("desk:inbox")
    form = FORMS[name](matters[0].ledger, given if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _done(request, name, form, given.getlist("m"), matters)
    return _ask(request, name, form, matters)


def _chosen(request: MemberRequest, keys: list[str]) -> list[Matter]:
    found = [SEEN.fullmatch(key) for key in keys[:SIZE]]
    pks = [int(each[1]) for each in found if each]
    return list(Matter.objects.visible_to(request.member).for_page().filter(pk__in=pks).due_first())


def _ask(request: MemberRequest, name: str, form: BulkForm, matters: list[Matter]) -> HttpResponse:
    now = timezone.now()
    rows = show_rows(matters, now)
    for row, matter in zip(rows, matters, strict=True):
        row["version"] = matter.version
        row["why_not"] = why_not(matter, form.move, by=request.member, now=now)
    context = {
        "label": LABELS[name],
        "name": name,
        "form": form,
        "rows": rows,
        "able": sum(not row["why_not"] for row in rows),
    }
    return render(request, "desk/bulk.html", context, status=422 if form.errors else 200)


def _done(
    request: MemberRequest, name: str, form: BulkForm, keys: list[str], matters: list[Matter]
) -> HttpResponse:
    seen = {int(pk): int(version) for pk, version in SEEN.findall(" ".join(keys))}
    act = form.act(request.member, timezone.now())
    outcomes = on_each([(matter, seen[matter.pk]) for matter in matters], act)
    context = {
        "label": LABELS[name],
        "went": [outcome.matter for outcome in outcomes if not outcome.refusal],
        "stayed": [outcome for outcome in outcomes if outcome.refusal],
    }
    return render(request, "desk/bulk_done.html", context)
