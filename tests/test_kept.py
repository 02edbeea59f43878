"""What the page about what is kept of residents says is what is done."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from daodi.core.history.erasure import erase
from daodi.core.intake.models import Recurrence
from daodi.core.judgement.models import Advice
from daodi.core.matters.models import Matter
from daodi.core.nightly import erase_old_matters, forget_old_rows
from daodi.core.notices.models import OneTimeCode
from daodi.core.people.sessions import Session
from tests.makers import DAY, NOON, make_matter, reread

pytestmark = pytest.mark.django_db


def page(client) -> str:
    return " ".join(
        re.sub("<[^>]*>", " ", client.get(reverse("appeals:kept")).content.decode()).split()
    )


def test_the_page_names_the_years_of_the_site_and_the_night_keeps_them(
    client, course, settings
) -> None:
    settings.ERASE_AFTER_YEARS = 2
    assert "When nothing has happened on it for 2 years" in page(client)
    old = timezone.now() - timedelta(days=2 * 366)
    run = course(make_matter(now=old)).cleared()
    young = course(make_matter(now=old + 30 * DAY)).cleared()
    assert erase_old_matters(timestamp=0) == 1
    assert (reread(run.matter).text, reread(young.matter).erased_at) == ("", None)


def test_without_years_it_promises_none(client, course, settings) -> None:
    settings.ERASE_AFTER_YEARS = 0
    assert "This site has set no number of years" in page(client)
    course(make_matter(now=NOON - 4000 * DAY)).cleared()
    assert erase_old_matters(timestamp=0) == 0
    assert Matter.objects.get().text != ""


def test_the_words_of_a_suggestion_go_too(course) -> None:
    ended = course().cleared()
    guesses = [{"category": 1, "confidence": 0.9, "words": ["street lamp"], "learnt": True}]
    said = {"guesses": guesses, "places": [{"name": "Lamp Street"}], "why": "Lamp."}
    Advice.objects.update_or_create(
        matter=ended.matter, defaults={"ledger": ended.matter.ledger, "at": NOON, **said}
    )
    again = make_matter("The lamp of Lamp Street is dark again")
    named = {"place": "Lamp Street", "thing": "lamp"}
    Recurrence.objects.create(matter=again, earlier=ended.matter, found_at=NOON, **named)
    erase(reread(ended.matter), by=None, reason="law", now=ended.now)
    assert Advice.objects.values_list(*said).get(matter=ended.matter) == ([], [], "")
    assert Recurrence.objects.values_list(*named).get() == ("", "")


def test_the_night_forgets_codes_and_sessions(client, operator) -> None:
    client.force_login(operator.user)
    now = timezone.now()
    for sent_at in (now - 2 * DAY, now):
        OneTimeCode.objects.create(phone=b"1", asked_from=b"2", code=b"3", sent_at=sent_at)
    Session.objects.create(session_key="over", session_data="", expire_date=now - DAY)
    forget_old_rows(timestamp=0)
    assert OneTimeCode.objects.get().sent_at == now
    assert Session.objects.get().session_key != "over"
