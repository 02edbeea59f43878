"""Sign-ins in words."""

from collections.abc import Iterable
from typing import Any

from daodi.core.people.access import SignIn

# The first that stands in what a browser says of itself; many name others too.
BROWSERS = {
    "MicroMessenger": "微信",
    "DingTalk": "钉钉",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def show_sign_ins(rows: Iterable[SignIn]) -> list[dict[str, Any]]:
    """Return what the list of one's own sign-ins takes."""
    return [
        {
            "at": row.at,
            "what": row.get_result_display(),
            "is_wrong": row.result == SignIn.Result.WRONG_CODE,
            "address": row.address or "",
            "words": browser_of(row.browser),
        }
        for row in rows
    ]


def browser_of(agent: str) -> str:
    """Return browser and system as people call them; what is unknown is cut short."""
    found = [
        next((name for word, name in known.items() if word in agent), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or agent[:30]
