"""What the frame of every page needs: menu, member, name of the site."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.notices.services import MOST_COUNTED
from daodi.core.people.models import Member
from daodi.lib.text import listed
from daodi.web.beginning import first_page_of
from daodi.web.entry import Entry
from daodi.web.showing.people import acting_name


def entries_for(member: Member) -> list[Entry]:
    """Return the menu of this member, the desk's own entries first."""
    return [entry for entry in _declared("entries") if not entry.roles or member.has(*entry.roles)]


def _declared(name: str) -> list[Entry]:
    """Return what the apps' configs list under a name: `entries`, or `public_entries`."""
    return [entry for config in apps.get_app_configs() for entry in getattr(config, name, ())]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    context: dict[str, Any] = {
        "site_name": settings.SITE_NAME,
        "text_only": request.GET.get("text", request.COOKIES.get("text")) == "only",
        "public_entries": [_item(entry, request.path) for entry in _declared("public_entries")],
        "large_type": request.GET.get("type", request.COOKIES.get("type")) == "large",
    }
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return context
    return context | {
        "navigation": [_item(entry, request.path) for entry in entries_for(member)],
        "member": {"name": acting_name(member), "unit": member.unit},
        "members": [_place(place, member) for place in getattr(request, "members", ())],
        "home_url": first_page_of(member.roles),
        "search_url": reverse("desk:inbox"),
        "unread": _capped(getattr(member, "unread", 0)),
    }


def _capped(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


def _item(entry: Entry, path: str) -> dict[str, Any]:
    url = reverse(entry.url_name)
    above_all = (reverse("desk:inbox"), "/")
    here = path == url or (url not in above_all and path.startswith(url))
    name = entry.url_name
    return {"label": entry.label, "url": url, "icon": entry.icon, "current": here, "name": name}


def _place(place: Member, member: Member) -> dict[str, Any]:
    role = listed(place.role_labels())
    if place.deputy_until:
        role = _("for %(absent)s until %(day)s · %(roles)s") % {
            "absent": place, "day": f"{place.deputy_until:%m-%d}", "roles": role,
        }  # fmt: skip
    return {
        "pk": place.pk,
        "unit": place.unit,
        "role": role,
        "current": place == member,
    }
