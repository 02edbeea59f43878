"""Count each use of an entry once a day and browser; who it was is not written down."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse

from daodi.core.knowledge.use import Count, count_use

COOKIE = "counted"
MOST = 200


def count_once(
    request: HttpRequest,
    answer: HttpResponse,
    count: Count,
    entries: Iterable[int],
    today: date,
) -> None:
    """Count those of the entries that this browser has not counted today, and let it remember."""
    day, _sep, kept = request.COOKIES.get(COOKIE, "").partition("_")
    known = kept.split(".") if day == today.isoformat() and kept else []
    fresh = {f"{count[0]}{pk}": pk for pk in entries if f"{count[0]}{pk}" not in known}
    if not fresh:
        return
    count_use(count, fresh.values(), today)
    marks = ".".join([*fresh, *known][:MOST])
    answer.set_cookie(
        COOKIE,
        f"{today.isoformat()}_{marks}",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
