"""The styleguide shows every component there is, and only to those who build pages."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

COMPONENTS = Path(apps.get_app_config("web").path) / "templates" / "components"


@pytest.fixture
def page(client, settings, db):
    settings.DEBUG = True
    return client.get(reverse("styleguide"))


def test_every_component_is_shown(page) -> None:
    """Also those that stand only inside others, like the chip in a state."""
    assert page.status_code == 200
    there = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")}
    shown = {template.name for template in page.templates if template.name}
    assert there - shown == set()


def test_samples_have_words_and_moments(page) -> None:
    assert all(row["state_word"] and row["urgency_word"] for row in page.context["rows"])
    moments = [event["at"] for event in page.context["events"]]
    assert all(isinstance(at, datetime) and at.tzinfo for at in moments)
    assert moments == sorted(moments, reverse=True)


def test_the_page_stays_at_its_top(page) -> None:
    """The form that is wrong on purpose must not pull the reader down to it."""
    body = page.content.decode()
    assert "error-summary" in body
    assert "data-focus" not in body


def test_nothing_is_escaped_twice(page) -> None:
    assert not re.search(r"&amp;(?:lt|gt|amp|quot|#)|&lt;svg", page.content.decode())


def test_it_is_not_there_in_production(client, settings, db) -> None:
    settings.DEBUG = False
    assert client.get(reverse("styleguide")).status_code == 404


def test_only_one_form_is_wrong(page) -> None:
    assert page.context["filter"].is_valid()
    assert not page.context["wrong"].is_valid()
