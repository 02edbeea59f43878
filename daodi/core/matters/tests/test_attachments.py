"""Files are taken for what they are, and stored without what nobody meant to send."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from daodi.core.exceptions import Refused
from daodi.core.matters.attachments import MOST_FILES, attach, examine_files
from daodi.core.matters.files import path_of
from tests.makers import NOON

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
SECRET = "Zhengzhou, my camera"


def photo() -> BytesIO:
    """A photo lying on its side, with a place and a camera in its EXIF."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET
    stream = BytesIO()
    Image.new("RGB", (40, 20), "red").save(stream, "JPEG", exif=exif)
    stream.seek(0)
    return stream


def content_of(row, *, small: bool = False) -> bytes:
    with default_storage.open(path_of(row.key, small=small)) as file:
        return file.read()


def test_a_photo_is_stored_anew_upright_and_without_its_exif(matter) -> None:
    assert SECRET.encode() in photo().getvalue()
    (row,) = attach(matter, examine_files([("lamp.jpg", photo())]), seq=1, now=NOON)
    stored, small = content_of(row), content_of(row, small=True)
    with Image.open(BytesIO(stored)) as image:
        assert (image.size, dict(image.getexif())) == ((20, 40), {})
    assert [SECRET.encode() in content for content in (stored, small)] == [False, False]
    assert (row.name, row.mime, row.is_picture) == ("lamp.jpg", "image/jpeg", True)
    assert row.size == len(stored)


def test_a_document_is_stored_as_it_is_under_a_name_nobody_guesses(matter) -> None:
    files = examine_files([("../../etc/pass\nwd\u202e.pdf", BytesIO(PDF))])
    (row,) = attach(matter, files, seq=1, now=NOON, public=False)
    assert content_of(row) == PDF
    assert row.key.endswith(".pdf")
    assert (len(row.key), row.name) == (36, "../../etc/pass wd.pdf")
    assert (row.is_picture, row.is_public) == (False, False)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("lamp.jpg", PDF, "By its content the file is PDF, but its name ends in .jpg"),
        ("empty.pdf", b"", "The file is empty"),
        ("page.html", b"<html><script>alert(1)</script></html>", "Programs, scripts and web pages"),
        ("drawing.svg", b"<svg onload='alert(1)'/>", ""),
        ("lamp.png", b"\x89PNG\r\n\x1a\n broken", "damaged"),
    ],
)
def test_a_file_that_is_no_good_is_named(name, content, why) -> None:
    with pytest.raises(Refused, match=f"^{name}: .*{why}"):
        examine_files([("fine.pdf", BytesIO(PDF)), (name, BytesIO(content))])


def test_only_so_many_at_a_time() -> None:
    files = [(f"{n}.pdf", BytesIO(PDF)) for n in range(MOST_FILES + 1)]
    assert len(examine_files(files[1:])) == MOST_FILES
    with pytest.raises(Refused, match="At most 9 files"):
        examine_files(files)
