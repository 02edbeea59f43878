"""Tables in and out: upload, see what would change, say yes; and the same again as a download."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.exchange.catalogue import read_catalogue, take_catalogue, write_catalogue
from daodi.core.exchange.ledgers import read_ledger, take_ledger, write_ledger
from daodi.core.exchange.models import Upload
from daodi.core.exchange.organisation import (
    read_organisation,
    take_organisation,
    template_of,
    write_organisation,
)
from daodi.core.exchange.trial import Line, Outcome, Verdict
from daodi.core.exchange.uploads import keep_upload, lines_of
from daodi.core.ledgers.models import Ledger
from daodi.core.people.roles import Role
from daodi.web.excel import workbook
from daodi.web.forms.base import tried
from daodi.web.forms.exchange import TableForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.views.ledgers import crumbs_of, fetch_ledger

MOST_SHOWN = 500
ORDER = (Verdict.WRONG, Verdict.NEW, Verdict.CHANGED, Verdict.SAME)
TONES = {
    Verdict.WRONG: ("red", "alert-circle"),
    Verdict.NEW: ("green", "plus"),
    Verdict.CHANGED: ("amber", "edit"),
    Verdict.SAME: ("slate", "equal"),
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing that goes in and out as a table: how it is read, taken in and written."""

    what: str
    title: str
    read: Callable[[Path], list[Line]]
    take: Callable[..., Outcome]
    crumbs: list[tuple[str, str]]
    about: int | None = None
    accept: str = ".xlsx,.xls,.ods,.csv"

    def url(self, name: str = "") -> str:
        """Return the address of its page, or of one of the pages below it."""
        page = f"desk:{self.what}{'_' if name else ''}{name}"
        return reverse(page, args=[self.about] if self.about else [])


def _organisation() -> Exchange:
    return Exchange(
        "organisation",
        _("Units and members as a table"),
        read_organisation,
        lambda lines, **how: take_organisation(lines, now=timezone.now(), **how),
        [(_("Units and members"), reverse("desk:units"))],
    )


def _catalogue(ledger: Ledger) -> Exchange:
    back = (_("Dispatch catalogue"), reverse("desk:catalogue", args=[ledger.pk]))
    return Exchange(
        "lines",
        _("Dispatch catalogue as a table"),
        read_catalogue,
        lambda lines, **how: take_catalogue(ledger, lines, **how),
        [*crumbs_of(ledger), back],
        ledger.pk,
    )


def _ledger(ledger: Ledger) -> Exchange:
    return Exchange(
        "ledger_text",
        _("Ledger as a file"),
        read_ledger,
        lambda lines, **how: take_ledger(ledger, lines, **how),
        crumbs_of(ledger),
        ledger.pk,
        ".yaml,.yml",
    )


@page_for(Role.MANAGER)
def organisation(request: MemberRequest) -> HttpResponse:
    """Take in units and members from a table."""
    return _upload_page(request, _organisation())


@page_for(Role.MANAGER)
def organisation_trial(request: MemberRequest) -> HttpResponse:
    """Show what the uploaded organisation would change; take it in on a yes."""
    return _trial_page(request, _organisation())


@page_for(Role.MANAGER)
def organisation_file(request: MemberRequest) -> FileResponse:
    """Give the house out as a table."""
    member = request.member
    return workbook(partial(write_organisation, by=member), f"daodi-{member.unit.code}")


@page_for(Role.MANAGER)
def organisation_template(_request: MemberRequest) -> FileResponse:
    """Give out the empty table."""
    return workbook(template_of, "daodi-template")


@page_for(Role.MANAGER)
def lines(request: MemberRequest, pk: int) -> HttpResponse:
    """Take in a ledger's dispatch catalogue from a table."""
    return _upload_page(request, _catalogue(fetch_ledger(request.member, pk)))


@page_for(Role.MANAGER)
def lines_trial(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what the uploaded catalogue would change; take it in on a yes."""
    return _trial_page(request, _catalogue(fetch_ledger(request.member, pk)))


@page_for(Role.MANAGER)
def lines_file(request: MemberRequest, pk: int) -> FileResponse:
    """Give a ledger's dispatch catalogue out as a table."""
    ledger = fetch_ledger(request.member, pk)
    return workbook(partial(write_catalogue, ledger=ledger), f"daodi-{ledger.code}-catalogue")


@page_for(Role.MANAGER)
def ledger_text(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a ledger what a file says."""
    return _upload_page(request, _ledger(fetch_ledger(request.member, pk)))


@page_for(Role.MANAGER)
def ledger_text_trial(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what the uploaded ledger would change; take it in on a yes."""
    return _trial_page(request, _ledger(fetch_ledger(request.member, pk)))


@page_for(Role.MANAGER)
def ledger_text_file(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a ledger out as a file."""
    ledger = fetch_ledger(request.member, pk)
    headers = {"Content-Disposition": f'attachment; filename="ledger-{ledger.code}.yaml"'}
    return HttpResponse(write_ledger(ledger), content_type="application/yaml", headers=headers)


def _upload_page(request: MemberRequest, kind: Exchange) -> HttpResponse:
    sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if sent else (None, None)
    form = TableForm(kind.read, data, files, accept=kind.accept)
    if form.is_bound and form.is_valid():
        name, found = form.cleaned_data["file"]
        given = {"what": kind.what, "name": name, "about": kind.about}
        keep_upload(found, by=request.member, now=timezone.now(), **given)
        return redirect(kind.url("trial"))
    context = {
        "title": kind.title,
        "crumbs": kind.crumbs,
        "form": form,
        "file_url": kind.url("file"),
        "template_url": kind.url("template") if kind.about is None else "",
        "is_text": "yaml" in kind.accept,
    }
    return render(request, "desk/manage/upload.html", context, status=422 if form.errors else 200)


def _trial_page(request: MemberRequest, kind: Exchange) -> HttpResponse:
    uploads = Upload.objects.of(request.member, kind.what, kind.about)
    upload = get_object_or_404(uploads)
    found, by = lines_of(upload), request.member
    form = TableForm(kind.read, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        form.errors.clear()
        mark = request.POST.get("mark", "")
        done = tried(form, lambda: kind.take(found, by=by, mark=mark))
        if done and not done.is_wrong:
            upload.delete()
            counts = {"new": done.counts["new"], "changed": done.counts["changed"]}
            messages.success(request, _("Taken in: %(new)s new, %(changed)s changed.") % counts)
            return redirect(kind.crumbs[-1][1])
    outcome = kind.take(found, by=by, dry_run=True)
    context = {
        "title": kind.title,
        "name": upload.name,
        "crumbs": [*kind.crumbs, (kind.title, kind.url())],
        "back_url": kind.url(),
        "form": form,
        "outcome": outcome,
        "counts": [_count(outcome, verdict) for verdict in ORDER],
        "steps": _steps(outcome),
        "most": MOST_SHOWN,
    }
    return render(request, "desk/manage/trial.html", context, status=422 if form.errors else 200)


def _count(outcome: Outcome, verdict: Verdict) -> dict[str, object]:
    tone, icon = TONES[verdict]
    number = outcome.counts[verdict]
    return {"label": verdict.label, "n": number, "tone": tone, "icon": icon}


def _steps(outcome: Outcome) -> list[dict[str, object]]:
    """Return the wrong lines first, then what would change; lines that change nothing are left."""
    told = [step for step in outcome.steps if step.verdict != Verdict.SAME]
    told.sort(key=lambda step: ORDER.index(Verdict(step.verdict)))
    return [
        {"step": step, "word": Verdict(step.verdict).label, "look": TONES[Verdict(step.verdict)]}
        for step in told[:MOST_SHOWN]
    ]
