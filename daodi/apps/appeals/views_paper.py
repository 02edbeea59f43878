"""Where the strip of a paper form leads."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from daodi.apps.appeals.following import find, follow, mine
from daodi.apps.appeals.forms import StripForm
from daodi.core.exceptions import Refused
from daodi.core.intake.paper import find_form
from daodi.web.forms.base import tried


def paper(request: HttpRequest, serial: str) -> HttpResponse:
    """Say that a form was not entered yet; afterwards ask for its code and lead to its course."""
    try:
        sheet = find_form(serial)
    except Refused as unknown:
        raise Http404 from unknown
    matter = sheet.matter()
    form = StripForm(request.POST if request.method == "POST" else None)
    if matter and mine(request).filter(pk=matter.pk).exists():
        return redirect("appeals:course", matter.number)
    if matter and form.is_bound and form.is_valid():
        found = tried(form, partial(find, request, matter.number, form.cleaned_data["code"]))
        if found:
            return follow(request, redirect("appeals:course", found.number), found)
    context = {"section": "track", "sheet": sheet, "is_entered": bool(matter), "form": form}
    return render(request, "appeals/paper.html", context, status=422 if form.errors else 200)
