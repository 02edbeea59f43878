"""What every page of the desk starts from."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.proof import is_stopped

Args = ParamSpec("Args")
MemberView = Callable[Concatenate["MemberRequest", Args], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, Args], HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request from somebody who is signed in and has a place in the house."""

    member: Member
    # The same person's places, this one first.
    members: list[Member]


def signed_in_page(view: MemberView[Args]) -> View[Args]:
    """Let members through, even those who still owe a second factor; nobody else."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        if getattr(request, "member", None) is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return page


def member_page(view: MemberView[Args]) -> View[Args]:
    """Let members through; send everybody else to sign in, or to set up a second factor."""

    @wraps(view)
    def proved(
        request: MemberRequest, /, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        if is_stopped(request):
            return redirect("desk:factor")
        return view(request, *args, **kwargs)

    return signed_in_page(proved)


def page_for(*roles: Role) -> Callable[[MemberView[Args]], View[Args]]:
    """Let members with one of these roles through; for all others the page is not there."""

    def decorate(view: MemberView[Args]) -> View[Args]:
        @wraps(view)
        def checked(
            request: MemberRequest, /, *args: Args.args, **kwargs: Args.kwargs
        ) -> HttpResponseBase:
            if not request.member.has(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        return member_page(checked)

    return decorate
