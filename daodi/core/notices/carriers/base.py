"""What all carriers share: the interface, the message, and how they say no."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class Message:
    """What one address is sent: a title, a line for each notice, and where to read on.

    A message that is sent again has the same key, so that the other side can know it again.
    """

    key: str
    to: str
    title: str
    lines: tuple[str, ...]
    link: str = ""

    def text(self, most: int = MOST_LINES) -> str:
        """Return the lines, at most so many of them, and the link."""
        shown = list(self.lines[:most])
        if more := len(self.lines) - len(shown):
            shown.append(_("and %(more)s more") % {"more": more})
        return "\n".join([*shown, *([self.link] if self.link else [])])


def signature() -> str:
    """Return who speaks: what a text message begins with, and the safety word of a robot."""
    return f"【{settings.SITE_NAME or _('Daodi')}】"


class NotDelivered(Exception):  # noqa: N818 -- it is an answer, not a fault
    """It was not sent; the text says why. It is tried again later."""


class Rejected(NotDelivered):
    """It never will be: the other side does not know the address."""


class Down(NotDelivered):
    """The carrier itself does not answer: nobody needs to try it now."""


class Unsure(NotDelivered):
    """Nobody can say whether it was sent: the line broke in the middle."""


class Carrier(Protocol):
    """A way out of the house. Its name is stored; one is opened for each run of sending."""

    name: str

    @property
    def label(self) -> Promise:
        """Say what it is called."""

    @property
    def asks(self) -> Promise:
        """Say what an address is, for the form that asks for it."""

    def is_ready(self) -> bool:
        """Say whether this site has set it up."""

    def clean(self, to: str) -> str:
        """Return an address as it is stored; raise Refused when it cannot be one."""

    def send(self, message: Message) -> None:
        """Hand a message over; raise NotDelivered, saying why."""

    def close(self) -> None:
        """Let go of what was kept open between messages."""
