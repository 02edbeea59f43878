"""What a resident says is written down beside the recording, and stays theirs to check."""

from io import BytesIO

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.matters.attachments import attach, examine_files
from daodi.core.workflow.transcribing import transcribe
from tests.files import RECORDING
from tests.makers import NOON, make_matter


def recording_of(matter, *, public: bool = True):
    files = examine_files([("recording.webm", BytesIO(RECORDING))])
    return attach(matter, files, seq=1, now=NOON, public=public)[0]


@pytest.mark.parametrize("public", [True, False])
def test_a_transcript_is_a_note_for_whoever_may_listen(matter, operator, public) -> None:
    recording = recording_of(matter, public=public)
    event = transcribe(matter, recording, text=" The lamp is dark. ", by=operator, now=NOON)
    assert (event.name, event.is_public, event.words.text) == ("note", public, "The lamp is dark.")
    assert event.data == {"recording": recording.key}


def test_nothing_is_nothing(matter, operator) -> None:
    with pytest.raises(Refused, match="what is said in the recording"):
        transcribe(matter, recording_of(matter), text=" ", by=operator, now=NOON)


def test_only_for_a_recording_of_the_same_matter(matter, operator) -> None:
    other = recording_of(make_matter())
    with pytest.raises(Refused, match="no recording of this matter"):
        transcribe(matter, other, text="The lamp is dark.", by=operator, now=NOON)


def test_an_outsider_writes_nothing(matter, outsider) -> None:
    with pytest.raises(NotYours):
        transcribe(matter, recording_of(matter), text="Hm.", by=outsider, now=NOON)
