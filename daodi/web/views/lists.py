from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.lists.models import SavedView
from daodi.core.lists.services import change_view, choose_columns, remove_view, save_view
from daodi.web.forms.base import tried
from daodi.web.forms.lists import ColumnsForm, NewViewForm, ViewForm
from daodi.web.pages import MemberRequest, member_page


@member_page
def views(request: MemberRequest) -> HttpResponse:
    """Show the member's saved views, to rename, share or remove them."""
    return _page(request)


@require_POST
@member_page
def view_new(request: MemberRequest) -> HttpResponse:
    """Save the conditions of a list under a name, and show it."""
    form = NewViewForm(request.POST)
    view = None
    if form.is_valid():
        view = tried(form, lambda: save_view(**form.cleaned_data, by=request.member))
    if view is None:
        return _page(request, new=form)
    messages.success(request, _("Saved: %(name)s.") % {"name": view.name})
    return redirect(view_url(view))


@require_POST
@member_page
def view(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a view another name, or share it."""
    found = get_object_or_404(SavedView.objects.of(request.member), pk=pk)
    form = ViewForm(request.POST, prefix=str(pk))
    if form.is_valid():
        tried(form, lambda: change_view(found, **form.cleaned_data, by=request.member))
    if form.errors:
        return _page(request, changed=(pk, form))
    return redirect("desk:views")


@require_POST
@member_page
def view_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove a view; the matters in it are where they were."""
    found = get_object_or_404(SavedView.objects.of(request.member), pk=pk)
    remove_view(found, by=request.member)
    messages.success(request, _("Removed: %(name)s.") % {"name": found.name})
    return redirect("desk:views")


@require_POST
@member_page
def columns(request: MemberRequest) -> HttpResponse:
    """Choose the columns of a list; without any, the usual ones again."""
    form = ColumnsForm(request.POST)
    if not form.is_valid():
        return redirect("desk:inbox")
    given = form.cleaned_data
    choose_columns(given["list"], given["names"], by=request.member)
    return redirect(
        f"{reverse('desk:inbox')}?{given['query'] or urlencode({'list': given['list']})}"
    )


def view_url(view: SavedView) -> str:
    return f"{reverse('desk:inbox')}?{view.query}"


def _page(
    request: MemberRequest,
    new: NewViewForm | None = None,
    changed: tuple[int, ViewForm] | None = None,
) -> HttpResponse:
    visible = SavedView.objects.visible_to(request.member).for_list()
    pk, tried_form = changed or (0, None)
    rows = [
        {
            "view": each,
            "url": view_url(each),
            "is_own": each.member_id == request.member.pk,
            "form": tried_form if each.pk == pk else ViewForm(instance=each, prefix=str(each.pk)),
        }
        for each in visible
    ]
    status = 422 if new or changed else 200
    return render(request, "desk/views.html", {"rows": rows, "new": new}, status=status)
