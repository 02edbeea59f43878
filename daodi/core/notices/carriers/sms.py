import json
import os

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.exceptions import Refused
from daodi.core.matters.contacts import digits
from daodi.core.notices.carriers.base import Down, Message, signature
from daodi.core.notices.carriers.posting import post

LENGTHS = range(7, 16)


class Sms:
    """Text messages, by the plug that the site names: lines in a file, or a gateway by HTTP."""

    name = "sms"
    label = gettext_lazy("Text message")
    asks = gettext_lazy("Mobile number")

    def is_ready(self) -> bool:
        return bool(settings.SMS_BY)

    def clean(self, to: str) -> str:
        number = digits(to)
        if len(number) not in LENGTHS:
            raise Refused(_("This is no telephone number."))
        return number

    def send(self, message: Message) -> None:
        """Send one line as it is; of several only how many they are."""
        body = message.text() if len(message.lines) == 1 else f"{message.title} {message.link}"
        text = signature() + " ".join(body.split())
        line = {"id": message.key, "to": digits(message.to), "text": text}
        _PLUGS[settings.SMS_BY](line)

    def close(self) -> None:
        """Nothing is kept open."""


def _to_file(line: dict[str, str]) -> None:
    """Write a line of JSON, on the disk before we go on."""
    try:
        with settings.SMS_FILE.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Down(str(error)) from error


def _to_gateway(line: dict[str, str]) -> None:
    """A gateway takes each id once: the same one again is the same message."""
    post(settings.SMS_URL, line, {"Authorization": f"Bearer {settings.SMS_SECRET}"})


_PLUGS = {"file": _to_file, "http": _to_gateway}
