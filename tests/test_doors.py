"""The doors of the site: what comes in by them, and what is never written down."""

import logging
import re
import uuid
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from tests.makers import make_category, make_ledger, make_matter

pytestmark = pytest.mark.django_db
SAMPLES = {"int": 1, "uuid": uuid.UUID(int=1), "str": "x", "slug": "x", "path": "x"}
LAMP = "The street lamp at the east gate is dark."
PHONE, NAME = "13899990000", "Ouyang Secret"
TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|csp-nonce" content=")\w+')
LEAST = 150
ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)")


def addresses() -> list[str]:
    """Return one address for every view of the site."""
    found = []
    for space, patterns in _spaces():
        for pattern in patterns:
            if isinstance(pattern, URLPattern) and pattern.name:
                kinds = pattern.pattern.converters
                given = {name: SAMPLES[_kind(each)] for name, each in kinds.items()}
                found.append(reverse(f"{space}{pattern.name}", kwargs=given))
    return found


def _spaces() -> Iterator[tuple[str, list]]:
    root = get_resolver()
    for space, (_prefix, resolver) in root.namespace_dict.items():
        yield f"{space}:", resolver.url_patterns
    for part in root.url_patterns:
        if not part.app_name:
            yield "", part.url_patterns


def _kind(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


def file_request(client, **given):
    make_ledger()
    return client.post("/", {"form_key": uuid.uuid4(), "text": LAMP, **given})


def test_no_form_is_taken_from_another_site(operator) -> None:
    """Without its token every address refuses what is sent to it, before its view is asked."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(operator.user)
    found = addresses()
    answers = {address: browser.post(address).status_code for address in found}
    assert {address: code for address, code in answers.items() if code != 403} == {}
    assert len(found) > LEAST


def test_only_the_sites_own_name_is_answered_to(client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    make_ledger()
    assert (
        b"evil.example" not in client.get("/", headers={"x-forwarded-host": "evil.example"}).content
    )


def test_a_session_from_before_is_not_the_one_after_signing_in(client, operator) -> None:
    operator.user.set_password("a long way to go")
    operator.user.save(update_fields=["password"])
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    given = {"username": "operator", "password": "a long way to go"}
    assert client.post(reverse("login"), given).status_code == 302
    assert client.session.session_key != planted


def test_nobody_learns_whether_an_account_exists(client, operator) -> None:
    pages = []
    for name in ("operator", "nobody"):
        page = client.post(reverse("login"), {"username": name, "password": "wrong"})
        words = TOKEN.sub("", page.content.decode()).replace(f'value="{name}"', "")
        pages.append((page.status_code, words))
    assert pages[0] == pages[1]


def test_a_header_signs_nobody_in_and_moves_nobodys_address(client, operator, settings) -> None:
    named = {"remote-user": "operator", "x-remote-user": "operator", "x-forwarded-user": "operator"}
    assert client.get("/desk/", headers=named).status_code == 302
    settings.FILINGS_AN_HOUR = 1
    sent = [
        file_request(Client(headers={"x-forwarded-for": f"10.0.0.{each}"})).status_code
        for each in range(2)
    ]
    assert sent == [302, 429]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_way_back_leads_elsewhere(client, operator, target) -> None:
    operator.user.set_password("a long way to go")
    operator.user.save(update_fields=["password"])
    given = {"username": "operator", "password": "a long way to go", "next": target}
    answers = [
        client.post(reverse("login"), given),
        client.post(reverse("set_language"), {"language": "en", "next": target}),
        client.post(reverse("set_language"), {"language": "en"}, headers={"referer": target}),
    ]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert [answer for answer in answers if "evil" in answer.url or "alert" in answer.url] == []


def test_numbers_that_exist_look_like_those_that_do_not(client, course) -> None:
    there = course(make_matter()).handed_in().matter
    gone = "SQ-20260302-999999"
    for name, args in (
        ("course", []), ("move", ["judge"]), ("move", ["write"]), ("published", []), ("join", []),
    ):  # fmt: skip
        told = set()
        for number in (there.number, gone):
            url = reverse(f"appeals:{name}", args=[number, *args])
            answer = client.post(url) if args else client.get(url)
            words = TOKEN.sub("", answer.content.decode()).replace(number, "")
            told.add((answer.status_code, answer.headers.get("Location"), words))
        assert len(told) == 1


def test_a_resident_sets_nothing_that_the_form_does_not_ask(client) -> None:
    category = make_category(make_ledger())
    file_request(
        client, state="cleared", channel="import", category=category.pk, kind="complaint",
        title="Mine", filed_at="2020-01-01", unit=1, urgency="critical", number="SQ-1",
    )  # fmt: skip
    found = Matter.objects.get()
    assert (found.state, found.channel, found.category) == (State.RECEIVED, "web", None)
    assert (found.unit, found.number != "SQ-1", found.title != "Mine") == (None, True, True)


def test_no_line_break_gets_into_what_becomes_a_subject(client) -> None:
    file_request(client, text="Lamp\r\nBcc: all@evil.example", name="Wang\r\nBcc: x@evil.example")
    title = Matter.objects.get().title
    assert ("\r" in title, "\n" in title) == (False, False)


def test_the_log_knows_no_name_number_code_or_word(client, caplog, monkeypatch) -> None:
    caplog.set_level(logging.DEBUG)
    file_request(client, name=NAME, phone=PHONE)
    file_request(client, name=NAME, phone="12")  # refused
    matter = Matter.objects.get()
    client.get(f"/track/{matter.number}/", {"code": "ABCD2345"})
    client.post(reverse("appeals:track"), {"number": matter.number, "code": "ABCD2345"})
    client.post(reverse("appeals:phone"), {"phone": PHONE})
    client.post(reverse("appeals:hints"), {"text": LAMP})
    client.post(reverse("login"), {"username": "operator", "password": "open sesame"})
    monkeypatch.setattr("daodi.apps.appeals.views.file_matter", _break)
    client.raise_request_exception = False
    assert file_request(client, name=NAME, phone=PHONE).status_code == 500
    assert "Internal Server Error" in caplog.text
    secrets = (NAME, PHONE, "ABCD2345", "open sesame", "east gate", "127.0.0.1")
    assert [secret for secret in secrets if secret in _written(caplog)] == []


def _break(*_args, **_given) -> None:
    raise RuntimeError("the disk is full")


def _written(caplog) -> str:
    """Return the lines that the site's own settings would write: what is said by the database
    itself at this level is the test's doing.
    """
    lines = caplog.handler.format
    return "\n".join(
        lines(record) for record in caplog.records if not record.name.startswith("django.db")
    )


def test_every_app_is_walked() -> None:
    spaces = {each.label for each in apps.get_app_configs() if each.name.startswith("daodi.apps.")}
    assert spaces <= set(get_resolver().namespace_dict)
