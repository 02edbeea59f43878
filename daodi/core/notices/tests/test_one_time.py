"""Six digits by text message: short-lived, few tries, few messages."""

import json
from datetime import timedelta

import pytest

from daodi.core.exceptions import Refused
from daodi.core.notices.models import OneTimeCode
from daodi.core.notices.one_time import TooMany, code_fits, send_code
from tests.makers import NOON

PHONE, MINUTE = "138 0000 0000", timedelta(minutes=1)


@pytest.fixture
def sent(db, settings, tmp_path):
    """What was sent, as a function that reads it."""
    settings.SMS_BY, settings.SMS_FILE = "file", tmp_path / "sms.jsonl"

    def codes() -> list[str]:
        texts = [json.loads(line)["text"] for line in settings.SMS_FILE.read_text().splitlines()]
        return [text.split("code is ")[1][:6] for text in texts]

    return codes


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_code_opens_once_for_ten_minutes_whatever_the_hour(sent) -> None:
    night = NOON + 11 * 60 * MINUTE
    send_code(PHONE, night)
    (code,) = sent()
    assert not code_fits("13900000000", code, night)
    assert not code_fits(PHONE, code, night + 10 * MINUTE)
    later = night + 9 * MINUTE
    assert [code_fits("+86 13800000000", f" {code} ", later) for _ in range(2)] == [True, False]


def test_a_code_has_five_tries(sent) -> None:
    send_code(PHONE, NOON)
    (code,) = sent()
    assert [code_fits(PHONE, wrong(code), NOON) for _ in range(5)] == [False] * 5
    assert not code_fits(PHONE, code, NOON)


def test_an_earlier_code_does_not_open_after_a_later_one(sent) -> None:
    send_code(PHONE, NOON)
    send_code(PHONE, NOON + MINUTE)
    first, second = sent()
    assert code_fits(PHONE, second, NOON + MINUTE)
    assert not code_fits(PHONE, first, NOON + MINUTE)


def test_a_telephone_is_not_flooded(sent) -> None:
    for minute in range(3):
        send_code(PHONE, NOON + minute * MINUTE)
    with pytest.raises(TooMany, match="15 minutes"):
        send_code("13800000000", NOON + 14 * MINUTE)
    send_code(PHONE, NOON + 16 * MINUTE)
    assert len(sent()) == 4


def test_nor_are_many_telephones_from_one_address(sent) -> None:
    for n in range(20):
        send_code(f"138000000{n:02}", NOON, "10.0.0.7")
    with pytest.raises(TooMany):
        send_code("13900000000", NOON, "10.0.0.7")
    send_code("13900000000", NOON, "10.0.0.8")


def test_nothing_of_it_is_kept_in_clear(sent) -> None:
    send_code(PHONE, NOON)
    row = OneTimeCode.objects.get()
    kept = bytes(row.phone) + bytes(row.code) + bytes(row.asked_from)
    assert not any(word.encode() in kept for word in ("13800000000", sent()[0]))


def test_without_text_messages_there_are_no_codes(db, settings) -> None:
    settings.SMS_BY = ""
    with pytest.raises(Refused, match="number and code"):
        send_code(PHONE, NOON)
    assert not code_fits(PHONE, "123456", NOON)
