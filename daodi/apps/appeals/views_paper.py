"""Where the strip of a paper form leads."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from daodi.apps.appeals.following import find_by_strip, follow, mine
from daodi.apps.appeals.forms import StripForm
from daodi.core.exceptions import Refused
from daodi.core.intake.paper import find_form
from daodi.web.forms.base import tried


def paper(request: HttpRequest, serial: str) -> HttpResponse:
    """Ask for the code of a form, and lead to its course, or say that it was not entered yet."""
    try:
        sheet = find_form(serial)
    except Refused as unknown:
        raise Http404 from unknown
    if followed := mine(request).filter(form_key=sheet.key).first():
        return redirect("appeals:course", followed.number)
    form = StripForm(request.POST if request.method == "POST" else None)
    if is_sent := form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if found := tried(form, partial(find_by_strip, request, sheet, code)):
            return follow(request, redirect("appeals:course", found.number), found)
    is_waiting = is_sent and not form.errors
    context = {"section": "track", "sheet": sheet, "form": form, "is_waiting": is_waiting}
    return render(request, "appeals/paper.html", context, status=422 if form.errors else 200)
