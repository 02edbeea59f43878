"""One figure of each unit, category, town, or day."""

from collections.abc import Callable
from typing import Any

from django.db.models import Avg, Count
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.figures.comparing import FEW
from daodi.core.figures.counting import Scope, facts_behind
from daodi.core.figures.formulas import Formula
from daodi.core.people.roles import Role
from daodi.web.excel import asks_for_excel
from daodi.web.forms.choices import leading_units
from daodi.web.forms.figures import AxisForm, StepForm
from daodi.web.maps import allow_tiles, site_map
from daodi.web.pages import MemberRequest, member_page
from daodi.web.showing.figure_rows import (
    Row,
    by_figure,
    category_rows,
    show_chart,
    show_row,
    show_tiles,
    time_rows,
    town_rows,
    unit_rows,
)
from daodi.web.showing.figure_sheets import sheets_of_rows
from daodi.web.showing.figures import Shown, figures_url
from daodi.web.showing.tiles import show_maps
from daodi.web.views.figures import figures_file, frame_of, known_until, read

Groups = list[tuple[str, list[Row]]]
READERS: dict[str, Callable[[Scope, Formula], Groups]] = {
    "unit": lambda scope, rule: unit_rows(scope, rule, leading_units()),
    "category": lambda scope, rule: [("", category_rows(scope, rule))],
    "town": lambda scope, rule: [("", town_rows(scope, rule))],
}
HEADINGS = {
    "unit": gettext_lazy("Unit"),
    "category": gettext_lazy("Category"),
    "town": gettext_lazy("Town"),
}
# A window longer than these days is not divided finer, unless asked for and still readable.
MOST_DAYS, MOST_WEEKS, MOST_ROWS = 31, 186, 400


@member_page
def figures_by(request: MemberRequest, axis: str) -> HttpResponseBase:
    """Show one figure of each unit among its own kind, of each category, or of each town."""
    if axis not in READERS:
        raise Http404
    form, _now = read(AxisForm, request)
    scope, rule = form.scope, form.figure
    groups = READERS[axis](scope, rule)
    if form.cleaned_data.get("sort") == "figure":
        groups = [(label, by_figure(rows)) for label, rows in groups]
    if asks_for_excel(request):
        sheets = sheets_of_rows(groups, str(HEADINGS[axis]), known_until(scope))
        return figures_file(form, sheets, rule.label)
    context = {
        **frame_of(form, f"figures_by/{axis}"),
        "axis": axis,
        "rule": rule,
        "groups": [_shown(label, rows, axis) for label, rows in groups if rows],
        "few": FEW,
    }
    if axis == "town":
        rows = [row for row in town_rows_of(groups) if row.scope]
        context |= {"maps": show_maps(rows), "map": _map(scope, rule, rows)}
        context["may_place"] = request.member.has(Role.MANAGER)
        return allow_tiles(render(request, "desk/figures/by.html", context))
    return render(request, "desk/figures/by.html", context)


@member_page
def figures_time(request: MemberRequest) -> HttpResponseBase:
    """Show one figure day by day, week by week or month by month."""
    form, _now = read(StepForm, request, with_stock=False)
    scope, rule = form.scope, form.figure
    rows = time_rows(scope, rule, _step(form))
    if asks_for_excel(request):
        sheets = sheets_of_rows([("", rows)], _("Time"), known_until(scope))
        return figures_file(form, sheets, rule.label)
    context = {
        **frame_of(form, "figures_time"),
        "rule": rule,
        "chart": show_chart(rows, "line", str(rule.label)),
        "rows": [show_row(row) for row in reversed(rows)],
    }
    return render(request, "desk/figures/time.html", context)


def town_rows_of(groups: Groups) -> list[Row]:
    """Return the towns in the order of their codes, however the table is sorted."""
    rows = [row for _label, found in groups for row in found]
    return sorted(rows, key=lambda row: row.scope.town if row.scope else "")


def _shown(label: str, rows: list[Row], axis: str) -> Shown:
    shown = [{**show_row(row), "below_url": _below_url(row, axis)} for row in rows]
    # Where all are too few to compare there is nothing to draw.
    drawn = len(rows) > 1 and not all(row.is_few for row in rows)
    return {"label": label, "rows": shown, "chart": drawn and show_chart(rows, "bars", label)}


def _below_url(row: Row, axis: str) -> str:
    """Return the page that divides a unit or a category again."""
    if not row.key or row.scope is None:
        return ""
    return figures_url("figures_by", row.scope, axis, formula=row.figure.formula.code)


def _step(form: StepForm) -> str:
    """Return the step asked for, as long as it makes no endless table."""
    days = form.windows[0].days
    usual = "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEKS else "month"
    asked: str = form.cleaned_data.get("step") or usual
    return usual if asked == "day" and days > MOST_ROWS else asked


def _map(scope: Scope, rule: Formula, rows: list[Row]) -> dict[str, Any] | None:
    """Return the site's map with a circle for each town, where its matters are on average.

    A town with few matters has none: its circle would show where somebody lives.
    """
    known = site_map()
    if known is None:
        return None
    places = facts_behind(scope, rule, hits=False).filter(matter__lat__isnull=False)
    means = (
        places.order_by()
        .values_list("town")
        .annotate(Avg("matter__lat"), Avg("matter__lon"), Count("pk"))
    )
    tiles = {tile["town"]: tile for tile in show_tiles(rows)}
    circles = [
        {
            **{name: tiles[town][name] for name in ("name", "value", "step")},
            "lat": lat,
            "lon": lon,
            "n": n,
        }
        for town, lat, lon, n in means
        if n >= FEW and town in tiles
    ]
    return {**known, "circles": circles}
