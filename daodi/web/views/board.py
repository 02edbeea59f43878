from django.http import HttpResponse
from django.shortcuts import render

from daodi.web.forms.figures import ScopeForm
from daodi.web.pages import MemberRequest, member_page
from daodi.web.showing.board import show_board
from daodi.web.views.figures import read


@member_page
def board(request: MemberRequest) -> HttpResponse:
    """Show the wall board of a ledger: today, this month, the last two weeks, the towns."""
    form, now = read(ScopeForm, request)
    scope = form.scope
    context = {"board": show_board(scope, now), "scope": scope, "now": now}
    return render(request, "desk/board.html", context)
