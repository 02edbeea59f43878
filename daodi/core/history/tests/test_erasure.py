"""Personal words go when the law says so; what happened, and when, stays provable."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from daodi.core.drafts.services import drafts_for, keep_draft
from daodi.core.exceptions import Refused
from daodi.core.history.erasure import erase
from daodi.core.history.models import EventText
from daodi.core.history.verify import verify_matters
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.contacts import has_contact
from daodi.core.matters.files import path_of
from daodi.core.search.models import PUBLISHED, Indexed
from daodi.core.search.writing import index
from tests.makers import HOUR, NOON, make_matter, reread


def make_picture() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, "PNG")
    return stream.getvalue()


def put_file(matter) -> list[str]:
    key = "ab" * 16 + ".png"
    paths = [path_of(key), path_of(key, small=True)]
    for path in paths:
        default_storage.save(path, BytesIO(make_picture()))
    Attachment.objects.create(
        matter=matter, seq=1, key=key, name="lamp.png", mime="image/png", size=8, digest=b"",
        added_at=matter.filed_at,
    )  # fmt: skip
    return paths


def test_words_contact_and_files_go_and_the_chain_stays(
    course, supervisor, django_capture_on_commit_callbacks
) -> None:
    run = course(make_matter(position=(34.55, 114.78))).cleared()
    matter, paths = run.matter, put_file(run.matter)
    with django_capture_on_commit_callbacks(execute=True):
        erase(matter, by=supervisor, reason="asked for", now=run.now)

    matter = reread(matter)
    assert {matter.title, matter.text, matter.account, matter.answer, matter.address} == {""}
    assert (matter.lat, matter.lon) == (None, None)
    assert (matter.extra, matter.erased_at, has_contact(matter)) == ({}, run.now, False)
    assert set(EventText.objects.values_list("text", "erased_at")) == {("", run.now)}
    assert list(matter.attachments.all()) == []
    assert [default_storage.exists(path) for path in paths] == [False, False]
    assert [faults for _matter, faults in verify_matters()] == [[]]
    assert matter.events.last().data == {"reason": "asked for"}


def test_not_before_it_has_ended(matter) -> None:
    with pytest.raises(Refused, match="has ended"):
        erase(matter, by=None, reason="too early", now=matter.filed_at)


def test_files_stay_when_the_erasure_is_rolled_back(course) -> None:
    run = course().cleared()
    paths = put_file(run.matter)
    erase(run.matter, by=None, reason="never committed", now=run.now)
    assert [default_storage.exists(path) for path in paths] == [True, True]
    for path in paths:
        default_storage.delete(path)


def test_nothing_erased_is_found_by_its_words(course) -> None:
    run = course().cleared()
    index(PUBLISHED, run.matter.pk, "A lamp")
    assert Indexed.objects.count() == 3
    erase(run.matter, by=None, reason="law", now=run.now + HOUR)
    assert not Indexed.objects.exists()


def test_what_somebody_began_to_write_goes_too(course, handler) -> None:
    matter = course().cleared().matter
    keep_draft(matter, "note", {"text": "Mrs Wang"}, by=handler, now=NOON)
    erase(matter, by=None, reason="asked", now=NOON)
    assert drafts_for(matter, handler) == {}
