"""How every table comes in: upload it, see what it would change, say yes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.exchange.models import Upload
from daodi.core.exchange.trial import Line, Outcome, Verdict
from daodi.core.exchange.uploads import keep_upload, lines_of
from daodi.web.forms.base import tried
from daodi.web.forms.exchange import TableForm
from daodi.web.pages import MemberRequest

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


def upload_page(request: MemberRequest, kind: Exchange) -> HttpResponse:
    """Take a table up and keep it for the trial."""
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


def trial_page(request: MemberRequest, kind: Exchange) -> HttpResponse:
    """Show what the kept table would change; take it in on a yes."""
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
