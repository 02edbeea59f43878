"""A sender is killed amid a thousand notices: each arrives, none more than once again."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from daodi.core.notices.models import Address, Delivery
from daodi.core.notices.sending import LEASE, send_due
from daodi.core.notices.tests.servers import mail_server
from daodi.core.people.roles import Role
from daodi.core.people.services import add_members
from tests.makers import make_unit

PEOPLE, PATIENCE = 1000, 60
AWAKE = {"quiet_from": "00:00", "quiet_to": "00:00"}


@pytest.mark.django_db(transaction=True)
def test_a_thousand_notices_and_a_killed_sender(course) -> None:
    bureau = make_unit("bureau")
    rows = ((f"worker{n}", f"Worker {n}", bureau, [Role.HANDLER]) for n in range(PEOPLE))
    Address.objects.bulk_create(
        Address(user=member.user, carrier="mail", to=f"{member.user.username}@x.example", **AWAKE)
        for member in add_members(rows)
    )
    course().dispatched()
    with mail_server() as letters:
        sender = subprocess.Popen(
            (sys.executable, "-m", "daodi.cli", "notices", "send"), env=_environment(letters.port)
        )
        _wait_for(lambda: len(letters.got) >= PEOPLE // 3)
        sender.send_signal(signal.SIGKILL)
        sender.wait()
        assert len(letters.got) < PEOPLE
        now = timezone.now()
        send_due(now)
        assert Delivery.objects.filter(state="sending").count() <= 1
        send_due(now + LEASE)
    times = Counter(letter["to"] for letter in letters.got)
    unsure = Delivery.objects.filter(is_unsure=True)
    twice = [to for to, count in times.items() if count > 1]
    assert len(times) == PEOPLE
    assert len(letters.got) <= PEOPLE + 1
    assert set(twice) <= {delivery.address.to for delivery in unsure}
    assert list(Delivery.objects.values_list("state").distinct()) == [("sent",)]


def _environment(port: int) -> dict[str, str]:
    where = connection.settings_dict
    host = quote(str(where["HOST"]), safe="")
    user, port_of_db = where["USER"], where["PORT"] or ""
    url = f"postgresql://{user}@{host}:{port_of_db}/{where['NAME']}"
    return {
        **os.environ, "DATABASE_URL": url, "VAR_DIR": str(settings.VAR_DIR),
        "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port), "EMAIL_TLS": "none",
        "EMAIL_FROM": "daodi@x.example", "LOG_LEVEL": "ERROR",
    }  # fmt: skip


def _wait_for(condition) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come about in time")
