"""The robots that speak in a group of WeCom, DingTalk or Feishu.

They answer 200 whatever happens; only the number in the answer says whether they took it. See
docs/decisions/0016.
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.exceptions import Refused
from daodi.core.notices.carriers.base import Message, NotDelivered, signature
from daodi.core.notices.carriers.posting import post

KEY = re.compile(r"[A-Za-z0-9_-]{8,80}")
MOST_BYTES = 2000  # WeCom takes 2048, the others more
Json = dict[str, Any]


class Robot:
    """A group's robot, known by the key in its webhook address."""

    asks = gettext_lazy("Webhook address of the group's robot, or its key")

    def __init__(self, name: str, label: Promise, body: Callable[[str], Json]) -> None:
        self.name, self.label, self._body = name, label, body

    def is_ready(self) -> bool:
        return bool(self._url)

    def clean(self, to: str) -> str:
        """Keep the key only: it goes to the service that the site knows, and nowhere else."""
        key = to.strip().removeprefix(self._url).rstrip("/")
        if not KEY.fullmatch(key):
            raise Refused(
                _("Copy the whole webhook address of the robot: %(address)s…")
                % {"address": self._url}
            )
        return key

    def send(self, message: Message) -> None:
        answer = post(self._url + message.to, self._body(_fitted(message)))
        code = answer.get("errcode", answer.get("code", answer.get("StatusCode")))
        if code != 0:
            why = answer.get("errmsg") or answer.get("msg") or ""
            raise NotDelivered(f"{code} {why}".strip())

    def close(self) -> None:
        """Nothing is kept open."""

    @property
    def _url(self) -> str:
        return str(settings.ROBOT_URLS[self.name])


def robots() -> list[Robot]:
    return [
        Robot("wecom", gettext_lazy("WeCom"), _plain),
        Robot("dingtalk", gettext_lazy("DingTalk"), _plain),
        Robot("feishu", gettext_lazy("Feishu"), _feishu),
    ]


def _plain(text: str) -> Json:
    return {"msgtype": "text", "text": {"content": text}}


def _feishu(text: str) -> Json:
    return {"msg_type": "text", "content": {"text": text}}


def _fitted(message: Message) -> str:
    """Return title and as many lines as the narrowest of the services takes."""
    most = len(message.lines)
    head = signature() + (f"{message.title}\n" if most > 1 else "")
    while True:
        text = head + message.text(most)
        if most <= 1 or len(text.encode()) <= MOST_BYTES:
            return text
        most -= 1
