"""The site's map, if it has one: no page loads anything from elsewhere but its pictures."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from daodi.web.middleware import content_policy


def site_map() -> dict[str, Any] | None:
    """Return tiles, credit and start of the map, as the scripts of maps take them."""
    if not settings.MAP_TILES_URL:
        return None
    lat, lon, zoom = settings.MAP_START
    return {
        "tiles": settings.MAP_TILES_URL,
        "credit": settings.MAP_CREDIT,
        "start": f"{lat},{lon},{zoom}",
    }


def allow_tiles(answer: HttpResponse) -> HttpResponse:
    """Let a page load the pictures of the map, where the site has one."""
    if settings.MAP_TILES_URL:
        policy = content_policy(tiles_host(settings.MAP_TILES_URL))
        answer.headers["Content-Security-Policy"] = policy
    return answer


def tiles_host(url: str) -> str:
    """Return the host of the map's tiles as a content policy names it: t{s}.x.cn is *.x.cn."""
    parts = urlsplit(url)
    host = re.sub(r"^[^.]*\{s\}[^.]*\.", "*.", parts.netloc)
    return f"{parts.scheme}://{host}"
