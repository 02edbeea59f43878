"""A resident says how they want to be told, and the message opens their request."""

import json
import uuid

import pytest
from django.urls import reverse

from daodi.core.matters.models import Matter
from daodi.core.notices.models import Delivery
from daodi.core.notices.sending import send_due
from tests.makers import NOON, make_ledger

GIVEN = {"text": "The street lamp is dark.", "division": "", "address": "", "name": ""}


@pytest.fixture
def texts(settings, tmp_path, db):
    """What was sent to telephones, as a function that reads it."""
    settings.SITE_URL = "http://testserver"
    settings.SMS_BY, settings.SMS_FILE = "file", tmp_path / "sms.jsonl"
    make_ledger()
    return lambda: [json.loads(line) for line in settings.SMS_FILE.read_text().splitlines()]


def filed(client, **given):
    form = {**GIVEN, "form_key": str(uuid.uuid4()), "phone": "", **given}
    return client.post(reverse("appeals:file"), form)


def test_a_text_message_opens_the_request(client, texts) -> None:
    assert filed(client, phone="13800000000", notify="sms").status_code == 302
    Delivery.objects.update(due_at=NOON)  # whatever the hour is now
    send_due(NOON)
    (message,) = texts()
    words, link = message["text"].rsplit(" ", 1)
    matter = Matter.objects.get()
    assert message["to"] == "13800000000"
    assert words == f"【Daodi】We have your request {matter.number}. Follow it here"
    client.cookies.clear()
    assert matter.title in client.get(link, follow=True).content.decode()


def test_who_wants_messages_says_where_to(client, texts) -> None:
    answer = filed(client, notify="sms")
    assert answer.status_code == 422
    assert "Leave your mobile number here, or choose another way." in answer.content.decode()


def test_without_a_carrier_nothing_is_asked(client, settings, db) -> None:
    make_ledger()
    settings.SMS_BY = settings.EMAIL_HOST = ""
    page = client.get(reverse("appeals:file")).content.decode()
    assert "How shall we tell you?" not in page
    assert filed(client, notify="sms").status_code == 302
    assert Delivery.objects.count() == 0
