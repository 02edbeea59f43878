"""Templates for answers and dispatches: anybody keeps their own, a manager everybody's."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.wording.models import AnswerTemplate
from daodi.core.wording.services import remove_template, save_template
from daodi.web.forms.base import tried
from daodi.web.forms.wording import TemplateForm
from daodi.web.pages import MemberRequest, member_page

SIZE = 50


@member_page
def templates(request: MemberRequest) -> HttpResponse:
    """List what the member may use, by name."""
    rows = AnswerTemplate.objects.usable_by(request.member).for_list()
    after, _sep, pk = request.GET.get("after", "").rpartition("|")
    if pk.isdigit():
        rows = rows.from_name(after, int(pk))
    found = list(rows[: SIZE + 1])
    context = {
        "rows": [
            {"template": each, "own": each.is_editable_by(request.member)} for each in found[:SIZE]
        ],
        "after": f"{found[SIZE - 1].name}|{found[SIZE - 1].pk}" if len(found) > SIZE else "",
    }
    return render(request, "desk/templates.html", context)


@member_page
def template_new(request: MemberRequest) -> HttpResponse:
    """Write a template."""
    return _write(request, None)


@member_page
def template(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a template of one's own, or of the house that one manages."""
    return _write(request, _fetch(request, pk))


@require_POST
@member_page
def template_remove(request: MemberRequest, pk: int) -> HttpResponse:
    remove_template(_fetch(request, pk), by=request.member)
    messages.success(request, _("The template was removed."))
    return redirect("desk:templates")


def _fetch(request: MemberRequest, pk: int) -> AnswerTemplate:
    return get_object_or_404(AnswerTemplate.objects.editable_by(request.member), pk=pk)


def _write(request: MemberRequest, found: AnswerTemplate | None) -> HttpResponse:
    post = request.method == "POST"
    form = TemplateForm(request.member, request.POST if post else None, found)
    if post and form.is_valid():
        made = tried(form, lambda: save_template(form.made(), by=request.member))
        if made:
            messages.success(request, _("“%(name)s” was saved.") % {"name": made})
            return redirect("desk:templates")
    context: dict[str, Any] = {
        "title": found or _("New template"),
        "crumbs": [(_("Templates"), reverse("desk:templates"))],
        "form": form,
        "remove_url": reverse("desk:template_remove", args=[found.pk]) if found else "",
    }
    return render(request, "desk/template.html", context, status=422 if form.errors else 200)
