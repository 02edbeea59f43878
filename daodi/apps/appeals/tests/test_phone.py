"""Who lost the code finds their requests by the telephone in their hand."""

import json
import re

import pytest
from django.urls import reverse

from tests.makers import make_ledger, make_matter

pytestmark = pytest.mark.django_db
PHONE = "13800000000"


@pytest.fixture
def texts(settings, tmp_path):
    """What was sent to telephones, as a function that reads it."""
    settings.SMS_BY, settings.SMS_FILE = "file", tmp_path / "sms.jsonl"
    return lambda: [json.loads(line) for line in settings.SMS_FILE.read_text().splitlines()]


def ask(client, phone=PHONE):
    return client.post(reverse("appeals:phone"), {"phone": phone})


def enter(client, code, phone=PHONE):
    return client.post(reverse("appeals:phone_code"), {"phone": phone, "code": code})


def numbers(client) -> list[str]:
    rows = client.get(reverse("appeals:track")).context["rows"]
    return [matter.number for matter, _word in rows]


def test_a_code_opens_what_came_from_the_number(client, texts) -> None:
    first, second = make_matter("The lamp is dark."), make_matter("The drain is blocked.")
    secret = make_matter("The village head took money.", is_confidential=True)
    assert ask(client, "138 0000 0000").status_code == 200
    (message,) = texts()
    code = re.search(r"\d{6}", message["text"])[0]
    assert enter(client, code).url == reverse("appeals:track")
    assert numbers(client) == [second.number, first.number]
    assert client.get(reverse("appeals:course", args=[secret.number])).status_code == 302


def test_a_code_opens_once_and_for_its_own_number(client, texts) -> None:
    make_matter()
    ask(client)
    code = re.search(r"\d{6}", texts()[0]["text"])[0]
    assert enter(client, code, "13900000000").status_code == 422
    assert enter(client, code).status_code == 302
    assert enter(client, code).status_code == 422


def test_whether_a_number_is_known_nobody_learns(client, texts) -> None:
    make_matter()
    known, unknown = ask(client), ask(client, "13900000000")
    assert (known.status_code, unknown.status_code, len(texts())) == (200, 200, 2)
    assert known.templates[0].name == unknown.templates[0].name


def test_a_telephone_gets_few_codes(client, texts) -> None:
    for _ in range(3):
        ask(client)
    assert b"Too many codes were asked for" in ask(client).content


def test_without_text_messages_it_is_not_offered(client, settings) -> None:
    make_ledger()
    settings.SMS_BY = ""
    assert reverse("appeals:phone") not in client.get(reverse("appeals:track")).content.decode()
    assert b"cannot send text messages" in ask(client).content
