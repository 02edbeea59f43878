"""Every carrier there is. A new one is a module here, and a line below."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from daodi.core.matters.contacts import TELL_BY
from daodi.core.notices.carriers.base import Carrier, Down, Message
from daodi.core.notices.carriers.mail import Mail
from daodi.core.notices.carriers.robots import robots
from daodi.core.notices.carriers.sms import Sms

# Units have neither a telephone nor a letter box, and residents no robots.
FOR_GROUPS = ("wecom", "dingtalk", "feishu")


def carriers() -> dict[str, Carrier]:
    """Return each carrier by its name, set up here or not."""
    every: list[Carrier] = [Mail(), Sms(), *robots()]
    return {carrier.name: carrier for carrier in every}


def ready_carriers() -> dict[str, Carrier]:
    """Return the carriers that this site has set up."""
    return {name: carrier for name, carrier in carriers().items() if carrier.is_ready()}


def residents_choices() -> list[tuple[str, Promise]]:
    """Return the carriers that a resident can choose here, with their labels."""
    ready = ready_carriers()
    return [(name, ready[name].label) for name in TELL_BY if name in ready]


def hand_over(carrier: Carrier, message: Message) -> None:
    """Send a message; raise NotDelivered, saying why, also when the site took the carrier off."""
    if not carrier.is_ready():
        raise Down(_("This site does not send notices that way."))
    carrier.send(message)


@contextmanager
def opened() -> Iterator[dict[str, Carrier]]:
    """Keep connections open for a run of sending."""
    every = carriers()
    try:
        yield every
    finally:
        for carrier in every.values():
            carrier.close()
