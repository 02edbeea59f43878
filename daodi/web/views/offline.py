"""Work without network: take the table out, bring it back, see what it would do, do it."""

from functools import partial
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.exchange.models import Upload
from daodi.core.exchange.offline import (
    MOST_OUT,
    TITLE,
    read_work,
    take_work,
    try_work,
    workload,
    write_left,
    write_work,
)
from daodi.core.exchange.trial import Line, Outcome, Step, Verdict
from daodi.core.exchange.uploads import keep_upload, lines_of
from daodi.core.ledgers.models import Ledger
from daodi.core.people.roles import Role
from daodi.web.excel import workbook
from daodi.web.forms.exchange import TableForm, TypedForm
from daodi.web.pages import MemberRequest, page_for

# Under these names tables wait for their yes, and what came of them is kept for a day.
WORK, DONE = "work", "work_done"
TYPED, LEFT = "typed", "typed_left"


@page_for(Role.HANDLER, Role.OPERATOR)
def offline(request: MemberRequest) -> HttpResponse:
    """Show what can be done without network, for who handles matters and who takes calls."""
    return offline_page(request)


@page_for(Role.HANDLER)
def work_file(request: MemberRequest) -> FileResponse:
    """Give out the matters that the member's house has in hand."""
    return workbook(partial(write_work, by=request.member), str(TITLE))


@require_POST
@page_for(Role.HANDLER)
def work_new(request: MemberRequest) -> HttpResponse:
    """Take the filled table, and show what it would do."""
    form = TableForm(read_work, request.POST, request.FILES)
    if not form.is_valid():
        return offline_page(request, work=form)
    name, lines = form.cleaned_data["file"]
    keep_upload(lines, what=WORK, name=name, by=request.member, now=timezone.now())
    return redirect("desk:offline_work_trial")


@page_for(Role.HANDLER)
def work_trial(request: MemberRequest) -> HttpResponse:
    """Show line by line what the table would do; do what can be done on a yes."""
    now, by = timezone.now(), request.member
    upload = get_object_or_404(Upload.objects.of(by, WORK))
    lines = lines_of(upload)
    if request.method == "POST":
        # Taken away first: what was done once is not done again.
        upload.delete()
        outcome = take_work(lines, by=by, now=now)
        keep_upload(_with_outcome(lines, outcome), what=DONE, name=upload.name, by=by, now=now)
        return redirect("desk:offline_work_done")
    outcome = try_work(lines, by=by, now=now)
    return render(request, "desk/offline/trial.html", _told(upload, _with_outcome(lines, outcome)))


@page_for(Role.HANDLER)
def work_done(request: MemberRequest) -> HttpResponse:
    """Show line by line what was done, and what was not and why."""
    upload = get_object_or_404(Upload.objects.of(request.member, DONE))
    return render(request, "desk/offline/done.html", _told(upload, lines_of(upload)))


@page_for(Role.HANDLER)
def work_left(request: MemberRequest) -> FileResponse:
    """Give out the lines that were refused, each with the reason, to be mended."""
    upload = get_object_or_404(Upload.objects.of(request.member, DONE))
    left = [line for line in lines_of(upload) if _is_wrong(line)]
    return workbook(partial(write_left, lines=left), _("Not done"))


def offline_page(
    request: MemberRequest, work: TableForm | None = None, typed: TypedForm | None = None
) -> HttpResponse:
    """Show the page again, with the form that was refused."""
    member = request.member
    context: dict[str, Any] = {"most": MOST_OUT}
    if member.has(Role.HANDLER):
        in_hand = workload(member).order_by()[: MOST_OUT + 1].count()
        context |= {
            "work": work or TableForm(read_work),
            "in_hand": min(in_hand, MOST_OUT),
            "has_more": in_hand > MOST_OUT,
            "has_done": Upload.objects.of(member, DONE).exists(),
        }
    if member.has(Role.OPERATOR):
        ledgers = list(Ledger.objects.active().run_by(member))
        ours = [ledger.pk for ledger in ledgers]
        left = Upload.objects.filter(by=member, what=LEFT, about__in=ours)
        context |= {"typed": typed or TypedForm(ledgers), "ledgers": ledgers, "left": left}
    status = 422 if work or typed else 200
    return render(request, "desk/offline/offline.html", context, status=status)


def _with_outcome(lines: list[Line], outcome: Outcome) -> list[Line]:
    """Add to each line what became of it."""
    return [
        Line(line.sheet, line.row, {**line.cells, "verdict": step.verdict, "why": _why(step)})
        for line, step in zip(lines, outcome.steps, strict=True)
    ]


def _why(step: Step) -> str:
    return f"{step.column}: {step.why}" if step.column else step.why


def _is_wrong(line: Line) -> bool:
    return line.get("verdict") == Verdict.WRONG


def _told(upload: Upload, lines: list[Line]) -> dict[str, Any]:
    rows = [
        {
            "row": line.row,
            "number": line.get("number"),
            "title": line.get("title"),
            "url": reverse("desk:matter", args=[line.get("number")]) if line.get("number") else "",
            "why": line.get("why"),
            "is_wrong": _is_wrong(line),
        }
        for line in lines
    ]
    rows.sort(key=lambda row: not row["is_wrong"])
    wrong = sum(bool(row["is_wrong"]) for row in rows)
    return {"name": upload.name, "rows": rows, "wrong": wrong, "able": len(rows) - wrong}
