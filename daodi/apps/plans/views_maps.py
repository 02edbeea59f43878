"""The three maps on a screen, on a wall and on paper."""

import logging
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.apps.plans.maps import axis_of, curves_of, groups_of, words_of
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.paper import paper_of
from daodi.apps.plans.showing import Row, rows_of, team_words, tree_of
from daodi.core.exceptions import Refused
from daodi.lib.documents import NoFonts, NotTypeset, find_fonts, typeset
from daodi.web.pages import MemberRequest, member_page
from daodi.web.showing.people import acting_name

log = logging.getLogger(__name__)
MAPS = {
    "decision": gettext_lazy("Decision map"),
    "battle": gettext_lazy("Battle map"),
    "road": gettext_lazy("Road map"),
}
TEMPLATE = Path(__file__).parent / "documents/map.typ"
GROUPED = (
    ("head", gettext_lazy("by head")),
    ("unit", gettext_lazy("by unit")),
    ("week", gettext_lazy("by week")),
)
ZOOMS = ("1", "2", "3")
MOST_PLANS, MOST_LINES = 12, 600
Counts = list[tuple[int, int, str, int]]


class MapForm(forms.Form):
    """What a map shows: which plan, and how its tasks are grouped."""

    plan = forms.ChoiceField()
    by = forms.ChoiceField(label=gettext_lazy("Tasks"), choices=GROUPED, required=False)

    def __init__(self, plans: list[Plan], name: str, *args: Any) -> None:
        super().__init__(*args)
        choices = [(str(plan.pk), str(plan)) for plan in plans]
        self.fields["plan"] = forms.ChoiceField(
            label=_("Which plan"), required=False, choices=[("", _("All plans")), *choices]
        )
        if name == "decision":
            del self.fields["by"]


@member_page
def show_map(request: MemberRequest, name: str) -> HttpResponse:
    """Show one of the maps, of one plan or of all that run."""
    context = _drawn(request, name)
    kept = {key: request.GET[key] for key in ("plan", "by") if request.GET.get(key)}
    zoom = request.GET.get("zoom", "")
    context |= {
        "zoom": zoom if zoom in ZOOMS else "",
        "tabs": [
            {
                "label": label,
                "url": f"{reverse('plans:map', args=[code])}?{urlencode(kept)}",
                "current": code == name,
            }
            for code, label in MAPS.items()
        ],
        "zooms": [f"?{urlencode({**kept, 'zoom': each})}" for each in ZOOMS],
        "query": urlencode(kept),
    }
    return render(request, f"plans/{name}.html", context)


@member_page
def map_pdf(request: MemberRequest, name: str) -> HttpResponse:
    """Answer with a map on A3 paper."""
    drawn = _drawn(request, name)
    now = f"{timezone.localtime(timezone.now()):%Y-%m-%d %H:%M}"
    printed = _("Printed by %(who)s, %(at)s") % {
        "who": f"{request.member.unit} · {acting_name(request.member)}", "at": now,
    }  # fmt: skip
    try:
        pdf = typeset(TEMPLATE, paper_of(drawn, printed), fonts=find_fonts())
    except NoFonts as missing:
        raise Refused(str(missing)) from missing
    except NotTypeset as failed:
        log.warning("no map %s: %s", name, failed.why)
        raise Refused(str(failed)) from failed
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _drawn(request: MemberRequest, name: str) -> dict[str, Any]:
    if name not in MAPS:
        raise Http404
    now = timezone.now()
    today = timezone.localtime(now).date()
    seen = Plan.objects.visible_to(request.member).issued().for_list()
    seen = seen.prefetch_related("team_members") if name == "decision" else seen
    running = list(seen.filter(last_day__gte=today).order_by("-pk")[:MOST_PLANS])
    form = MapForm(running, name, request.GET or None)
    chosen = request.GET.get("plan", "")
    plans = [plan for plan in running if str(plan.pk) == chosen] or running
    plans = sorted(plans, key=lambda plan: plan.pk)
    counts = Line.objects.of(plans).count_lights(now)
    wanted = Line.objects.of(plans)
    wanted = wanted.headings() if name == "decision" else wanted
    lines = list(wanted.for_tree()[: MOST_LINES + 1])
    rows = rows_of(plans, lines[:MOST_LINES], request.member, now)
    axis = axis_of(plans, today)
    by = request.GET.get("by", "")
    return {
        "name": name,
        "title": MAPS[name],
        "form": form,
        "axis": axis,
        "months": axis.months(),
        "plans": _cards(plans, tree_of(rows), counts) if name == "decision" else [],
        "groups": groups_of(rows, axis, by) if name != "decision" else [],
        "curves": curves_of(plans, rows, axis) if name == "road" else [],
        # Of all tasks, also where not all of them are drawn.
        "lights": words_of(_summed(counts)),
        "most": MOST_LINES if len(lines) > MOST_LINES else 0,
    }


def _cards(plans: list[Plan], top: list[Row], counts: Counts) -> list[dict[str, Any]]:
    """Return each plan with its source, its team and its heads."""
    cards = []
    for plan in plans:
        own = [each for each in counts if each[0] == plan.pk]
        all_of_it = _summed(own)
        heads = [row for row in top if row.plan == plan]
        cards.append(
            {
                "plan": plan,
                "team": team_words(plan),
                "heads": [
                    {"row": row, "lights": words_of(_summed(own, row.line.pk))} for row in heads
                ],
                # What was dropped is no task any more.
                "tasks": all_of_it.total() - all_of_it["ended"],
                "done": all_of_it["done"] + all_of_it["handed_in"],
                "late": all_of_it["late"],
            }
        )
    return cards


def _summed(counts: Counts, top: int | None = None) -> Counter[str]:
    """Add the lights up: of all, or of what stands under one head."""
    found: Counter[str] = Counter()
    for _plan, above, code, n in counts:
        if top is None or above == top:
            found[code] += n
    return found
