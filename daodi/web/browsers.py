"""What a session is recognised by: with which browser and when somebody signed in."""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

AGENT, SINCE = "agent", "since"
LONGEST, SHORT = 200, 30
# By what a browser is recognised; many call themselves Chrome too, so that it comes late.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QQBrowser", "QQ"),
    ("360SE", "360"),
    ("360EE", "360"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def note_browser(request: HttpRequest) -> None:
    """Keep with the session, once somebody has signed in, by what they will know it again."""
    request.session[AGENT] = request.headers.get("User-Agent", "")[:LONGEST]
    request.session[SINCE] = timezone.now().isoformat()


def describe(session: SessionBase) -> tuple[str, datetime | None]:
    """Return browser and system in a few words, and since when."""
    agent, since = session.get(AGENT, ""), session.get(SINCE)
    return words_for(agent), datetime.fromisoformat(since) if since else None


def words_for(agent: str) -> str:
    """Return browser and system as people call them; what is unknown is cut short."""
    found = (
        next((name for mark, name in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)
    )
    return " · ".join(filter(None, found)) or agent[:SHORT]
