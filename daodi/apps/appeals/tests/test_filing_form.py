"""What residents are asked, and what becomes of their answers."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from daodi.core.matters.belongings import Attachment
from daodi.core.matters.models import Matter
from daodi.core.people.services import load_divisions
from tests.files import photo, recording
from tests.makers import make_ledger

pytestmark = pytest.mark.django_db
LAMP = "The street lamp at the east gate has been dark for a week."
TOWN, VILLAGE = "410221100", "410221100201"
AS_JSON = {"accept": "application/json, text/html;q=0.5"}


@pytest.fixture(autouse=True)
def county() -> None:
    make_ledger()
    load_divisions([(TOWN, "Westtown", "town"), (VILLAGE, "Backstreet", "village")])


def send(client, headers=None, **given):
    given = {"form_key": uuid.uuid4(), "text": LAMP, **given}
    return client.post(reverse("appeals:file"), given, headers=headers)


def test_who_answers_little_is_heard(client) -> None:
    assert send(client).status_code == 302
    matter = Matter.objects.get()
    assert (matter.urgency, matter.division, matter.lat, matter.lon) == ("normal", None, None, None)
    assert (matter.is_confidential, matter.may_publish) == (False, False)


@pytest.mark.parametrize("code", [TOWN, VILLAGE])
def test_where_it_is(client, code) -> None:
    send(client, division=code, lat="34.5512", lon="114.7834", urgency="critical")
    matter = Matter.objects.select_related("division").get()
    assert (matter.division.code, matter.urgency) == (code, "critical")
    assert (matter.lat, matter.lon) == (34.5512, 114.7834)


def test_half_a_position_is_none(client) -> None:
    send(client, lat="34.5512")
    assert (Matter.objects.get().lat, Matter.objects.get().lon) == (None, None)


@pytest.mark.parametrize(
    "given",
    [
        {"lat": "134", "lon": "34"},
        {"lat": "nan", "lon": "34"},
        {"division": "4102"},
        {"division": "' OR 1=1"},
        {"urgency": "long"},
    ],
)
def test_nonsense_is_refused(client, given) -> None:
    assert (send(client, **given).status_code, Matter.objects.count()) == (422, 0)


def test_a_village_that_was_chosen_stays_chosen(client) -> None:
    content = send(client, text="", division=VILLAGE).content.decode()
    assert f'<option value="{VILLAGE}" selected>Backstreet</option>' in content


def test_who_cannot_write_says_it(client) -> None:
    send(client, text="", recording=recording(), photos=[photo()])
    assert Matter.objects.get().text == "What I want to say is in the recording."
    assert list(Attachment.objects.values_list("name", "mime", "is_picture")) == [
        ("recording.webm", "audio/webm", False),
        ("lamp.jpg", "image/jpeg", True),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "no sound recording"),
        ("a.webm", b"<script>alert(1)</script>", "Programs, scripts and web pages"),
        ("a.mp3", b"\x7fELF", "Programs, scripts and web pages"),
    ],
)
def test_only_sound_is_a_recording(client, name, content, said) -> None:
    answer = send(client, recording=SimpleUploadedFile(name, content))
    assert (answer.status_code, Matter.objects.count()) == (422, 0)
    assert said in answer.content.decode()


def test_words_of_an_office_are_not_among_the_questions(client) -> None:
    content = client.get(reverse("appeals:file")).content.decode()
    assert [word for word in ("Urgency", "Critical", "Long") if f">{word}" in content] == []


def test_a_service_worker_gets_number_and_code_and_may_follow(client) -> None:
    key = uuid.uuid4()
    first, second = (json.loads(send(client, AS_JSON, form_key=key).content) for _ in "12")
    matter = Matter.objects.get()
    assert first == second
    assert (first["number"], first["url"]) == (
        matter.number,
        reverse("appeals:receipt", args=[key]),
    )
    assert client.get(reverse("appeals:course", args=[matter.number])).status_code == 200
    client.cookies.clear()
    assert client.get(first["course"]).status_code == 302
    assert client.get(reverse("appeals:course", args=[matter.number])).status_code == 200


def test_a_service_worker_gets_the_page_with_what_is_wrong(client) -> None:
    answer = send(client, AS_JSON, phone="12")
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/html; charset=utf-8")
    assert b"no mobile or landline number" in answer.content


def test_places_are_found_by_name(client) -> None:
    url = reverse("appeals:places")
    found = [{"code": VILLAGE, "name": "Backstreet", "town": "Westtown"}]
    assert client.get(url, {"q": "backs"}).json() == {"places": found}
    assert client.get(url, {"town": TOWN}).json() == {"places": [{**found[0], "town": ""}]}
    assert client.get(url).json() == {"places": []}


def test_a_recording_is_played_on_its_residents_page(client) -> None:
    send(client, recording=recording())
    page = client.get(reverse("appeals:course", args=[Matter.objects.get().number]))
    address = reverse("appeals:resident_file", args=[Attachment.objects.get().key])
    assert f'<audio controls preload="none" src="{address}"' in page.content.decode()
    part = client.get(address, headers={"range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"\x1aE\xdf\xa3")


@pytest.mark.parametrize(
    ("tiles", "host"),
    [
        ("https://tile.example.org/{z}/{x}/{y}.png", "https://tile.example.org"),
        ("https://t{s}.example.gov.cn/{z}/{x}/{y}?tk=1", "https://*.example.gov.cn"),
    ],
)
def test_a_map_brings_pictures_from_its_own_host_only(client, settings, tiles, host) -> None:
    url = reverse("appeals:file")
    assert b"data-map" not in client.get(url).content
    settings.MAP_TILES_URL = tiles
    answer = client.get(url)
    assert b"data-map" in answer.content
    assert f"img-src 'self' data: blob: {host};" in answer["Content-Security-Policy"]
    assert host not in client.get(reverse("appeals:track"))["Content-Security-Policy"]


def test_text_only_is_remembered_without_javascript(client) -> None:
    url = reverse("appeals:file")
    assert b'data-text="only"' in client.get(url, {"text": "only"}).content
    assert b'data-text="only"' in client.get(url).content
    client.get(url, {"text": "all"})
    assert b'data-text="only"' not in client.get(url).content
