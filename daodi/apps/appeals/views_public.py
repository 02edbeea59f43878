"""What everybody may read: published matters, units, figures, and what is kept of whom."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from daodi.apps.appeals.figures import COMPARED, WINDOW, figures, standings
from daodi.apps.appeals.forms import PublicFilterForm, UnitSearchForm
from daodi.apps.appeals.showing import judgement_of, show_standing
from daodi.core.knowledge.models import Entry
from daodi.core.ledgers.models import CatalogueLine
from daodi.core.people.models import Unit
from daodi.core.publishing.models import Publication
from daodi.lib.text import listed
from daodi.web.paging import by_newest
from daodi.web.showing.elsewhere import found_for_residents

SIZE, MOST_UNITS, MOST_LINES, MOST_OF_UNIT, MOST_IN_FEED = 20, 300, 400, 5, 30


def public(request: HttpRequest) -> HttpResponse:
    """Show what others asked and what they were answered, the newest first."""
    form = PublicFilterForm(request.GET)
    found = form.keep(Publication.objects.public()).for_list()
    context = {
        "section": "public",
        "form": form,
        "page": by_newest(found, request, SIZE),
        "clear_url": reverse("appeals:public") if form.is_filled() else "",
        "elsewhere": found_for_residents(form.cleaned_data.get("q", "")),
    }
    return render(request, "appeals/public.html", context)


def published(request: HttpRequest, number: str) -> HttpResponse:
    """Show one published matter with its answer."""
    shown = get_object_or_404(Publication.objects.public().for_list(), matter__number=number)
    context = {"section": "public", "shown": shown, "judgement": judgement_of(shown.matter)}
    return render(request, "appeals/published.html", context)


def figures_page(request: HttpRequest) -> HttpResponse:
    """Show the figures of the last 30 days."""
    now = timezone.now()
    found = figures(now)
    context = {
        "section": "figures",
        "figures": found,
        "small_towns": listed(found.small_towns),
        "since": now - WINDOW,
        "now": now,
    }
    return render(request, "appeals/figures.html", context)


def units(request: HttpRequest) -> HttpResponse:
    """Show the units by their kind, or those found by name."""
    form = UnitSearchForm(request.GET)
    found = Unit.objects.get_queryset().filter(is_active=True, kind__in=COMPARED)
    if asked := form.asked():
        found = found.named(asked)
    rows = list(found.order_by("path")[:MOST_UNITS])
    kinds = [
        (Unit.Kind(kind).label, [unit for unit in rows if unit.kind == kind]) for kind in COMPARED
    ]
    context = {
        "section": "units",
        "form": form,
        "kinds": [each for each in kinds if each[1]],
        "clear_url": reverse("appeals:units") if asked else "",
    }
    return render(request, "appeals/units.html", context)


def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a unit answers for, where it stands among its kind, and what it answered."""
    found = get_object_or_404(Unit, code=code, is_active=True, kind__in=COMPARED)
    answers = Publication.objects.public().of_house(found).for_list().newest_first()
    entries = Entry.objects.public().of_house(found).for_list().newest_first()
    context = {
        "section": "units",
        "unit": found,
        "topics": _topics(found),
        "standings": [show_standing(each) for each in standings(found, timezone.now())],
        "answers": answers[:MOST_OF_UNIT],
        "entries": entries[:MOST_OF_UNIT],
    }
    return render(request, "appeals/unit.html", context)


def kept(request: HttpRequest) -> HttpResponse:
    """Say what is kept of a resident, where, and for how long."""
    context = {"section": "kept", "years": settings.ERASE_AFTER_YEARS}
    return render(request, "appeals/kept.html", context)


def feed(request: HttpRequest, code: str = "") -> HttpResponse:
    """Answer with the latest published answers as Atom, of everybody or of one unit."""
    found = Publication.objects.public().for_list().newest_first()
    title, back = _("Published answers"), reverse("appeals:public")
    if code:
        house = get_object_or_404(Unit, code=code, is_active=True, kind__in=COMPARED)
        found, title = found.of_house(house), f"{title} · {house}"
        back = reverse("appeals:unit", args=[code])
    atom = Atom1Feed(
        title=title, link=request.build_absolute_uri(back), description=title,
        feed_url=request.build_absolute_uri(),
    )  # fmt: skip
    for shown in found[:MOST_IN_FEED]:
        url = reverse("appeals:published", args=[shown.matter.number])
        atom.add_item(
            title=shown.title,
            link=request.build_absolute_uri(url),
            description=shown.answer,
            author_name=str(shown.unit),
            pubdate=shown.at,
            updateddate=shown.at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def _topics(unit: Unit) -> list[tuple[str, str]]:
    """Return what a unit leads for, by its topmost category, and where if not at its own place."""
    lines = CatalogueLine.objects.filter(lead=unit, ledger__is_public=True).for_list()
    found: dict[str, dict[str, list[str]]] = {}
    for line in lines[:MOST_LINES]:
        way = line.category.way()
        areas = found.setdefault(str(way[0]), {}).setdefault(str(way[-1]), [])
        if line.area and line.area_id != unit.division_id:
            areas.append(str(line.area))
    return [
        (topic, listed(f"{name} ({listed(areas)})" if areas else name for name, areas in below))
        for topic, below in ((topic, below.items()) for topic, below in found.items())
    ]
