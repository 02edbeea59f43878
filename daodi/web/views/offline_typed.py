"""Requests typed into a table without network: the empty table, what it would file, the filing."""

from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.exchange.models import Upload
from daodi.core.exchange.trial import Line
from daodi.core.exchange.typed import left_of, take_typed, write_left_rows, write_template
from daodi.core.exchange.uploads import keep_upload, lines_of
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.transfer.services import Outcome
from daodi.web.excel import workbook
from daodi.web.forms.exchange import TypedForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.views.offline import LEFT, TYPED, offline_page

# So many names that are not known are told.
MOST_UNKNOWN = 20


@page_for(Role.OPERATOR)
def typed_template(request: MemberRequest, pk: int) -> FileResponse:
    """Give out an empty table for a ledger."""
    ledger = _ledger(request.member, pk)
    return workbook(partial(write_template, ledger=ledger), f"{ledger} {_('Telephone')}")


@require_POST
@page_for(Role.OPERATOR)
def typed_new(request: MemberRequest) -> HttpResponse:
    """Take a filled table, and show what it would file."""
    ledgers = list(Ledger.objects.active().run_by(request.member))
    form = TypedForm(ledgers, request.POST, request.FILES)
    if not form.is_valid():
        return offline_page(request, typed=form)
    name, lines = form.cleaned_data["file"]
    _keep(lines, TYPED, name, form.cleaned_data["ledger"], request.member)
    return redirect("desk:offline_typed_trial", form.cleaned_data["ledger"].pk)


@page_for(Role.OPERATOR)
def typed_trial(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what the table would file and what not; file it on a yes."""
    ledger, by, now = _ledger(request.member, pk), request.member, timezone.now()
    upload = get_object_or_404(Upload.objects.of(by, TYPED, pk))
    lines = lines_of(upload)
    take = partial(take_typed, lines, ledger, source=upload.name, by=by, now=now)
    if request.method == "POST":
        done = take()
        upload.delete()
        _keep(left_of(lines, done), LEFT, upload.name, ledger, by)
        told = _("%(taken)s filed, %(doubled)s there already, %(refused)s not possible.")
        messages.success(request, told % _counts(done))
        return redirect("desk:offline")
    context = {"ledger": ledger, "name": upload.name, **_told(take(dry_run=True))}
    return render(request, "desk/offline/typed.html", context)


@page_for(Role.OPERATOR)
def typed_left(request: MemberRequest, pk: int) -> FileResponse:
    """Give out the rows that were refused, each with the reason, to be mended."""
    ledger = _ledger(request.member, pk)
    lines = lines_of(get_object_or_404(Upload.objects.of(request.member, LEFT, ledger.pk)))
    return workbook(partial(write_left_rows, lines=lines), _("Not done"))


def _ledger(member: Member, pk: int) -> Ledger:
    return get_object_or_404(Ledger.objects.active().run_by(member).with_units(), pk=pk)


def _keep(lines: list[Line], what: str, name: str, ledger: Ledger, by: Member) -> None:
    """Keep rows sealed, as there are contacts in them; none: forget those of before."""
    if lines:
        now, about = timezone.now(), ledger.pk
        keep_upload(lines, what=what, name=name, by=by, now=now, about=about, sealed=True)
    else:
        Upload.objects.of(by, what, ledger.pk).delete()


def _counts(outcome: Outcome) -> dict[str, int]:
    refused = len(outcome.refused)
    return {"taken": outcome.taken, "doubled": outcome.doubled, "refused": refused}


def _told(outcome: Outcome) -> dict[str, object]:
    unknown = outcome.unknown.most_common(MOST_UNKNOWN)
    return {
        **_counts(outcome),
        "rows": [{"row": row, "why": why} for row, why in outcome.refused.items()],
        "unknown": [
            {"column": column, "name": name, "n": rows} for (column, name), rows in unknown
        ],
    }
