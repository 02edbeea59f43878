"""Sign-ins in words."""

from collections.abc import Iterable
from typing import Any

from daodi.core.people.access import SignIn
from daodi.web.browsers import words_for


def show_sign_ins(rows: Iterable[SignIn]) -> list[dict[str, Any]]:
    """Return what the list of one's own sign-ins takes."""
    return [
        {
            "at": row.at,
            "what": row.get_result_display(),
            "is_wrong": row.result == SignIn.Result.WRONG_CODE,
            "address": row.address or "",
            "words": words_for(row.browser),
        }
        for row in rows
    ]
