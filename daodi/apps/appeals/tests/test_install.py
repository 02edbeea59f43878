"""The portal as an app on a phone: what it is called, and what it keeps."""

import json
from io import BytesIO

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from PIL import Image

from tests.makers import make_ledger

pytestmark = pytest.mark.django_db


def shell_of(client) -> dict:
    first, _rest = client.get("/sw.js").content.decode().split("\n", 1)
    return json.loads(first.removeprefix("self.shell = ").removesuffix(";"))


@pytest.mark.parametrize(("lang", "name"), [("en", "Daodi"), ("zh-hans", "到底"), ("xx", "Daodi")])
def test_it_has_a_name_in_the_readers_language(client, lang, name) -> None:
    answer = client.get(reverse("appeals:manifest"), {"lang": lang})
    assert answer["Content-Type"] == "application/manifest+json"
    assert (answer.json()["name"], answer.json()["start_url"]) == (name, "/")


def test_its_icons_are_as_large_as_they_say(client) -> None:
    for icon in client.get(reverse("appeals:manifest")).json()["icons"]:
        with Image.open(BytesIO(client.get(icon["src"]).content)) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
            assert image.getpixel((1, 1)) == (0x1F, 0x6F, 0x5C)
            assert image.getpixel((image.width // 3, round(image.height * 0.316))) != (
                0x1F,
                0x6F,
                0x5C,
            )
    assert client.get("/icon-7.png").status_code == 404


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(client) -> None:
    answer = client.get("/sw.js")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/javascript", "no-cache")


def test_it_keeps_files_and_empty_forms_only(client) -> None:
    make_ledger()
    shell = shell_of(client)
    assert shell["pages"] == ["/", "/?ledger=appeals"]
    assert [url for url in shell["files"] if not finders.find(url.removeprefix("/static/"))] == []
    assert {url for url in shell["files"] if not url.startswith("/static/")} == set()


def test_all_that_the_page_loads_is_kept(client) -> None:
    make_ledger()
    page = client.get("/").content.decode()
    loaded = {part.split('"')[0] for part in page.split('="/static/')[1:]}
    kept = {url.removeprefix("/static/") for url in shell_of(client)["files"]}
    assert {name.split("#")[0] for name in loaded} <= kept


def test_a_new_question_is_a_new_version(client) -> None:
    ledger = make_ledger()
    before = shell_of(client)["version"]
    assert shell_of(client)["version"] == before
    ledger.fields = [{"name": "lamps", "label": "Lamps"}]
    ledger.save(update_fields=["fields"])
    assert shell_of(client)["version"] != before
