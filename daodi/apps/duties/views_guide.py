"""For residents: which office does it, which papers to bring, how many days it takes."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from daodi.apps.duties.finding import guides_like
from daodi.apps.duties.models import Duty
from daodi.apps.duties.paging import in_order
from daodi.apps.duties.showing import picture_of
from daodi.apps.duties.steps import total_days
from daodi.apps.duties.views import svg_of


class GuideForm(forms.Form):
    q = forms.CharField(label=_("What do you want to do?"), required=False, max_length=100)


def guide(request: HttpRequest) -> HttpResponse:
    """Show what residents can have done, found by any of its words."""
    form = GuideForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = Duty.objects.public().for_list()
    page = in_order(found.saying_to_residents(words) if words else found, request)
    rows = [_row(duty) for duty in page.rows]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "like": [_row(duty) for duty in guides_like(words)] if words and not rows else [],
        "clear_url": "?" if words else "",
    }
    return render(request, "duties/guide.html", context)


def guide_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of them: office, papers, days, and the way it goes."""
    found = get_object_or_404(Duty.objects.public().for_page(), pk=pk)
    version = found.current
    context: dict[str, Any] = {
        "duty": found,
        "version": version,
        "papers": version.papers.splitlines() if version else [],
        "days": _days(found),
        "steps": version.process() if version else [],
        "picture": picture_of(version) if version and version.steps else "",
    }
    return render(request, "duties/guide_page.html", context)


def guide_flow(_request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the way it goes as a picture."""
    found = get_object_or_404(Duty.objects.public().for_page(), pk=pk, current__isnull=False)
    return svg_of(found.versions.get(pk=found.current_id))


def _row(duty: Duty) -> dict[str, Any]:
    return {"duty": duty, "days": _days(duty)}


def _days(duty: Duty) -> int:
    return total_days(duty.current.process()) if duty.current else 0
