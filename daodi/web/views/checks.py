"""What a dispatch catalogue leaves open, and its lines put right one by one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.ledgers.catalogue import change_line
from daodi.core.ledgers.overlaps import conflicts, exceptions, out_of_use, without_line
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from daodi.web.forms.base import tried
from daodi.web.forms.catalogue import ChangeLineForm
from daodi.web.forms.choices import LEADING
from daodi.web.pages import MemberRequest, page_for
from daodi.web.views.ledgers import crumbs_of, fetch_ledger, tabs_of

MOST = 100


@page_for(Role.MANAGER)
def check(request: MemberRequest, pk: int) -> HttpResponse:
    """Show gaps, lines that meet, and what is out of use, each with the way to put it right."""
    ledger = fetch_ledger(request.member, pk)
    leading = Unit.objects.visible_to(request.member).filter(kind__in=LEADING)
    context = {
        "ledger": ledger,
        "crumbs": crumbs_of(),
        "tabs": tabs_of(ledger, "catalogue"),
        "gaps": list(ledger.categories.all().without_lead().for_list()[:MOST]),
        "conflicts": conflicts(ledger, MOST),
        "exceptions": exceptions(ledger, MOST),
        "out_of_use": list(out_of_use(ledger)[:MOST]),
        "idle": list(without_line(leading, ledger).order_by("path")[:MOST]),
        "most": MOST,
    }
    return render(request, "desk/manage/check.html", context)


@page_for(Role.MANAGER)
def line(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Change who leads by a line."""
    ledger = fetch_ledger(request.member, pk)
    found = get_object_or_404(ledger.catalogue.for_list(), number=number)
    form = ChangeLineForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = {"by": request.member, **form.cleaned_data}
        given["joint"] = list(given["joint"])
        tried(form, lambda: change_line(found, **given))
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("desk:catalogue", pk)
    back = (_("Dispatch catalogue"), reverse("desk:catalogue", args=[pk]))
    where = found.area or _("everywhere")
    context = {
        "title": f"{found.category} · {where}",
        "crumbs": [*crumbs_of(ledger), back],
        "lead": _("Matters that were dispatched by it stay where they are."),
        "form": form,
        "word": _("Save"),
        "back_url": back[1],
    }
    return render(request, "desk/manage/form.html", context, status=422 if form.errors else 200)
