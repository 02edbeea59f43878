"""Pages of figures: one ledger, one window, and the matters behind each number."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.figures.counting import Scope, count, facts_behind, matters_behind
from daodi.core.figures.formulas import formula
from daodi.core.figures.models import Projection
from daodi.core.figures.sight import ledgers_for, sees_whole
from daodi.core.matters.querysets import MatterQuerySet
from daodi.lib.sheets import write_tables
from daodi.web.excel import asks_for_excel, matters_file, workbook
from daodi.web.forms.figures import FormulaForm, ScopeForm
from daodi.web.pages import MemberRequest, member_page
from daodi.web.paging import EXCEL, KEY, ORDERS, SORTED
from daodi.web.showing.figure_sheets import Sheet, sheet_of_all, sheet_of_scope, sheets_of_ages
from daodi.web.showing.figures import (
    OLDEST,
    comparable,
    figures_url,
    number,
    show_ages,
    show_groups,
)
from daodi.web.showing.lists import show_columns, show_list

AnyScope = TypeVar("AnyScope", bound=ScopeForm)
LIST_COLUMNS = ("state", "unit", "filed")
MOST_COMPARED = 10_000


@member_page
def figures(request: MemberRequest) -> HttpResponseBase:
    """Show every figure of a ledger in a window, beside the window before."""
    form, now = read(ScopeForm, request)
    scope, before, then = form.scope, form.before, form.before_as_then
    plain, rates = comparable()
    past = count(before, plain) | count(then, rates)
    found = count(scope)
    ages = show_ages(scope, now, found["open@1"].of)
    if asks_for_excel(request):
        sheets = [sheet_of_all(found, past, known_until(scope)), *sheets_of_ages(ages)]
        return figures_file(form, sheets, _("Figures"))
    groups = show_groups(found, past, scope)
    context = {**frame_of(form, "figures"), "groups": groups, "before": before, "ages": ages}
    return render(request, "desk/figures/figures.html", context)


@member_page
def figures_list(request: MemberRequest) -> HttpResponseBase:
    """Show the matters that a figure counts, the newest first unless asked otherwise."""
    if not _is_known(request):
        raise Http404
    form, now = read(FormulaForm, request)
    scope, rule, hits = form.scope, form.figure, request.GET.get("hits") != "0"
    matters = matters_behind(scope, rule, request.member, hits=hits)
    order = OLDEST if request.GET.get("order") == OLDEST else "newest"
    columns = show_columns(LIST_COLUMNS)
    show = partial(show_list, now=now, columns=columns, words=[])
    if asks_for_excel(request):
        rows = SORTED[order](matters.for_list())
        return matters_file(rows, columns, show, title=rule.label, by=request.member)
    page = ORDERS[order](matters.for_list(), request)
    context = {
        **frame_of(form, ""),
        "rule": rule,
        "hits": hits and rule.is_rate,
        "columns": columns,
        "rows": show(page.rows),
        "page": page,
        "excel_url": page.excel_url if page.rows else "",
        "back_url": figures_url("figures", scope),
        # Said on the first page: it is the same on all of them.
        **({} if KEY in request.GET else _counted(form, matters, hits=hits)),
    }
    return render(request, "desk/figures/list.html", context)


def read(kind: type[AnyScope], request: MemberRequest, **more: Any) -> tuple[AnyScope, datetime]:
    """Return the form of a page of figures, and the moment; 404 if the member may count nothing."""
    ledgers, now = ledgers_for(request.member), timezone.now()
    if not ledgers:
        raise Http404
    return kind(request.GET, request.member, ledgers, now, **more), now


def frame_of(form: ScopeForm, page: str) -> dict[str, Any]:
    """Return what every page of figures has: its form, the other pages, and how far it knows."""
    scope, rule = form.scope, getattr(form, "figure", None)
    more = {"formula": rule.code} if rule else {}
    pages: tuple[tuple[str, list[str], str], ...] = (
        ("figures", [], _("All figures")),
        ("figures_by", ["unit"], _("By unit")),
        ("figures_by", ["category"], _("By category")),
        ("figures_by", ["town"], _("By town")),
        ("figures_time", [], _("Over time")),
    )
    return {
        "form": form,
        "scope": scope,
        "tabs": [
            {
                "label": label,
                "url": figures_url(name, scope, *args, **more),
                "current": page == "/".join([name, *args]),
            }
            for name, args, label in pages
        ],
        # Only their own house, whatever was asked for.
        "house": None if sees_whole(scope.ledger, form.member) else scope.unit,
        "known_until": known_until(scope),
        "excel_url": f"?{urlencode({**form.data, EXCEL: '1'})}" if page else "",
    }


def known_until(scope: Scope) -> datetime | None:
    """Return up to when the figures of a scope know what happened; None: they know nothing yet."""
    return scope.as_of or Projection.objects.values_list("at", flat=True).first()


def figures_file(form: ScopeForm, sheets: Sequence[Sheet], title: object) -> FileResponse:
    """Give out figures as a workbook whose last sheet says what was counted."""
    scope, town = form.scope, form.cleaned_data.get("town")
    every = [*sheets, sheet_of_scope(scope, town, known_until(scope), form.now)]
    name = f"{scope.ledger} {title}"
    return workbook(partial(write_tables, sheets=every, title=name), name)


def _is_known(request: MemberRequest) -> bool:
    """Say whether the address names a formula that there is: a list of something else misleads."""
    try:
        formula(request.GET.get("formula", ""))
    except KeyError:
        return False
    return True


def _counted(form: FormulaForm, matters: MatterQuerySet, *, hits: bool) -> dict[str, Any]:
    """Return how many the figure counts, and how many of them are not for this member to see.

    Of very many that is not counted, for each would be looked up: then `hidden` is None.
    """
    scope, rule = form.scope, form.figure
    counted = facts_behind(scope, rule, hits=hits).count()
    figure = count(scope, [rule])[rule.code]
    weighed = figure.hits if hits else figure.of
    return {
        "counted": number(counted),
        "hidden": counted - matters.count() if counted <= MOST_COMPARED else None,
        "weighed": number(weighed) if weighed != counted else "",
    }
