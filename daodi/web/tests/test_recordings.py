"""A resident's voice on the desk: played there, and written down beside it."""

import pytest
from django.urls import reverse

from daodi.core.matters.attachments import attach, examine_files
from tests.files import RECORDING, content_of, recording
from tests.makers import NOON

SIZE = len(RECORDING)


@pytest.fixture
def voice(matter):
    return attach(matter, examine_files([("voice.webm", recording().file)]), seq=1, now=NOON)[0]


@pytest.fixture
def desk(client, operator):
    client.force_login(operator.user)
    return client


def test_it_is_played_in_its_place_and_does_nothing_else(desk, voice) -> None:
    answer = desk.get(reverse("desk:file", args=[voice.key]))
    assert (answer["Content-Type"], content_of(answer)) == ("audio/webm", RECORDING)
    assert (answer["Accept-Ranges"], answer["X-Content-Type-Options"]) == ("bytes", "nosniff")
    assert answer["Content-Disposition"] == 'inline; filename="voice.webm"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("asked", "status", "given", "content"),
    [
        ("bytes=0-1", 206, f"bytes 0-1/{SIZE}", RECORDING[:2]),
        ("bytes=3-", 206, f"bytes 3-{SIZE - 1}/{SIZE}", RECORDING[3:]),
        ("bytes=3-99999", 206, f"bytes 3-{SIZE - 1}/{SIZE}", RECORDING[3:]),
        (f"bytes={SIZE}-", 416, f"bytes */{SIZE}", b""),
        ("bytes=5-2", 416, f"bytes */{SIZE}", b""),
    ],
)
def test_a_player_asks_for_parts(desk, voice, asked, status, given, content) -> None:
    answer = desk.get(reverse("desk:file", args=[voice.key]), headers={"range": asked})
    assert (answer.status_code, answer["Content-Range"]) == (status, given)
    assert answer.content == content


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=-5", "bytes=0-1,4-5"])
def test_what_is_not_understood_gets_all_of_it(desk, voice, asked) -> None:
    answer = desk.get(reverse("desk:file", args=[voice.key]), headers={"range": asked})
    assert (answer.status_code, content_of(answer)) == (200, RECORDING)


def test_what_is_said_is_written_down_beside_it(desk, voice) -> None:
    page = reverse("desk:matter", args=[voice.matter.number])
    assert desk.get(page).context["recordings"][0]["text"] == ""
    for text in ("The lamp is dak.", "The lamp is dark."):
        answer = desk.post(reverse("desk:transcript", args=[voice.key]), {"text": text})
        assert answer.url == page
    shown = desk.get(page).context
    assert [each["text"] for each in shown["recordings"]] == ["The lamp is dark."]
    assert [event["what"] for event in shown["events"][:2]] == [
        "Written down from the recording"
    ] * 2
