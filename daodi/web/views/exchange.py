"""Tables in and out: upload, see what would change, say yes; and the same again as a download."""

from functools import partial

from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.exchange.catalogue import read_catalogue, take_catalogue, write_catalogue
from daodi.core.exchange.ledgers import read_ledger, take_ledger, write_ledger
from daodi.core.exchange.organisation import (
    read_organisation,
    take_organisation,
    template_of,
    write_organisation,
)
from daodi.core.ledgers.models import Ledger
from daodi.core.people.roles import Role
from daodi.web.excel import workbook
from daodi.web.pages import MemberRequest, page_for
from daodi.web.views.exchanging import Exchange, trial_page, upload_page
from daodi.web.views.ledgers import crumbs_of, fetch_ledger


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
    return upload_page(request, _organisation())


@page_for(Role.MANAGER)
def organisation_trial(request: MemberRequest) -> HttpResponse:
    """Show what the uploaded organisation would change; take it in on a yes."""
    return trial_page(request, _organisation())


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
    return upload_page(request, _catalogue(fetch_ledger(request.member, pk)))


@page_for(Role.MANAGER)
def lines_trial(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what the uploaded catalogue would change; take it in on a yes."""
    return trial_page(request, _catalogue(fetch_ledger(request.member, pk)))


@page_for(Role.MANAGER)
def lines_file(request: MemberRequest, pk: int) -> FileResponse:
    """Give a ledger's dispatch catalogue out as a table."""
    ledger = fetch_ledger(request.member, pk)
    return workbook(partial(write_catalogue, ledger=ledger), f"daodi-{ledger.code}-catalogue")


@page_for(Role.MANAGER)
def ledger_text(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a ledger what a file says."""
    return upload_page(request, _ledger(fetch_ledger(request.member, pk)))


@page_for(Role.MANAGER)
def ledger_text_trial(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what the uploaded ledger would change; take it in on a yes."""
    return trial_page(request, _ledger(fetch_ledger(request.member, pk)))


@page_for(Role.MANAGER)
def ledger_text_file(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a ledger out as a file."""
    ledger = fetch_ledger(request.member, pk)
    headers = {"Content-Disposition": f'attachment; filename="ledger-{ledger.code}.yaml"'}
    return HttpResponse(write_ledger(ledger), content_type="application/yaml", headers=headers)
