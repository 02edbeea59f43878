from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import bad_request

from daodi.core.exceptions import Refused
from daodi.core.notices.services import with_unread
from daodi.core.people.absences import places_of
from daodi.core.people.models import Member
from daodi.web.pages import MemberRequest

GetResponse = Callable[[HttpRequest], HttpResponse]
MEMBER_KEY = "member"
WAYS_TO_READ = {"type": ("large", "normal"), "text": ("only", "all")}
YEAR = 365 * 24 * 60 * 60


def content_policy(*pictures_from: str) -> str:
    """Return what a page may load: the site's own, and pictures from these hosts."""
    pictures = " ".join(("'self'", "data:", "blob:", *pictures_from))
    return (
        f"default-src 'self'; img-src {pictures}; media-src 'self' blob:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class ContentPolicyMiddleware:
    """Let pages load nothing but the site's own, and stand in nobody's frame."""

    POLICY = content_policy()

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.headers.setdefault("Content-Security-Policy", self.POLICY)
        return answer


class ReadingMiddleware:
    """Remember for a year how somebody reads: large type, or text only; without JavaScript too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        for name, ways in WAYS_TO_READ.items():
            asked = request.GET.get(name)
            if asked in ways:
                answer.set_cookie(name, asked, max_age=YEAR, samesite="Lax")
        return answer


class MemberMiddleware:
    """Give each request its member, with unit and account, in one query."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: MemberRequest) -> HttpResponse:
        # A visitor of the portal has no session: nothing is asked of the database.
        if request.session.session_key and request.user.is_authenticated:
            chosen = request.session.get(MEMBER_KEY)
            today = timezone.localtime(timezone.now()).date()
            places = places_of(request.user.pk, today, with_unread)
            request.members = sorted(places, key=lambda place: _order(place, chosen))
            if request.members:
                request.member = request.members[0]
        return self.get_response(request)


def _order(place: Member, chosen: int | None) -> tuple[bool, bool, int]:
    """What was chosen comes first; else one's own places come before those of the absent."""
    return (place.pk != chosen, place.deputy is not None, place.pk)


class RefusedMiddleware:
    """Show the core's no to the person and bring them back to where they were."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DataError) and "NUL" in str(error):
            # No keyboard sends a zero byte, and no table keeps one.
            return bad_request(request, error)
        if not isinstance(error, Refused) or request.path.startswith("/api/"):
            return None
        messages.error(request, str(error))
        return redirect(_page_before(request))


class UploadLimitMiddleware:
    """Refuse a body that is too large before reading it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.MAX_UPLOAD_BYTES:
            most = settings.MAX_UPLOAD_BYTES // 2**20
            answer = render(request, "too_large.html", {"most": most}, status=413)
            answer.headers["Connection"] = "close"
            return answer
        return self.get_response(request)


def _page_before(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    return referer if ours else "/"
