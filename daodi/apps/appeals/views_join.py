"""The page on which a resident says: the same as mine."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daodi.apps.appeals.following import follow
from daodi.apps.appeals.forms_join import JoinForm
from daodi.apps.appeals.joining import join as join_matter
from daodi.apps.appeals.throttle import files_too_often
from daodi.core.publishing.models import Publication
from daodi.web.forms.base import tried
from daodi.web.throttle import TOO_MANY


def join(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for as little as possible, and give a receipt of one's own."""
    known = Publication.objects.joinable().filter(matter__number=number)
    shown = known.for_joining().order_by("-pk").first()
    if shown is None:
        raise Http404
    wrong = 422
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        key: Any = form.cleaned_data["form_key"]
        act = partial(join_matter, shown, form.same(), form_key=key, now=timezone.now())
        if files_too_often(request, form):
            wrong = TOO_MANY
        elif receipt := tried(form, act):
            answer = redirect("appeals:receipt", key)
            return follow(request, answer, receipt.matter)
    context = {"section": "public", "shown": shown, "form": form}
    return render(request, "appeals/join.html", context, status=wrong if form.errors else 200)
