"""Post JSON to a service, and say in our words how it went."""

from typing import Any

import requests
from urllib3.exceptions import NewConnectionError

from daodi.core.notices.carriers.base import Down, NotDelivered, Rejected, Unsure

PATIENCE = (5, 15)  # seconds to get through, and to wait for the answer
TRY_LATER = (408, 425, 429)
REFUSED, BROKEN = range(300, 500), 500


def post(url: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
    """Return what the service answers to `body`; raise NotDelivered when it does not take it.

    It goes nowhere else when told to: a redirection is an error.
    """
    try:
        answer = requests.post(
            url, json=body, headers=headers, timeout=PATIENCE, allow_redirects=False
        )
    except (requests.ConnectTimeout, requests.exceptions.InvalidURL) as error:
        raise Down(type(error).__name__) from error
    except requests.ConnectionError as error:
        reason = getattr(error.args[0] if error.args else None, "reason", None)
        kind = Down if isinstance(reason, NewConnectionError) else Unsure
        raise kind(type(reason or error).__name__) from error
    except requests.RequestException as error:
        raise Unsure(type(error).__name__) from error
    said = f"{answer.status_code} {answer.text[:100]}"
    if answer.status_code in TRY_LATER:
        raise NotDelivered(said)
    if answer.status_code in REFUSED:
        raise Rejected(said)
    if answer.status_code >= BROKEN:
        raise Down(said)
    return _json(answer)


def _json(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except requests.JSONDecodeError:
        return {}
