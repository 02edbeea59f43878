"""Uploads are told by their content; what does not belong is refused with a reason."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from daodi.lib import unwelcome
from daodi.lib.tests.sheet_makers import make_compound, zipped
from daodi.lib.tests.test_pictures import make_header_only, make_picture, make_truncated
from daodi.lib.uploads import LIMITS, examine, random_name

TYPES = b"<Types/>"
MACRO_TYPES = (
    b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled"/></Types>'
)
DOCX = zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<x/>"})
JPEG = make_picture().getvalue()
SHORTCUT = b"\x4c\0\0\0\x01\x14\x02\0"


def office(part: str, **more: bytes) -> bytes:
    return zipped({"[Content_Types].xml": TYPES, part: b"<x/>", **more})


def film(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + bytes(64)


TAKEN = [
    ("a.jpg", JPEG, "JPEG"),
    ("A.JPEG", JPEG, "JPEG"),
    ("a.png", make_picture("PNG").getvalue(), "PNG"),
    ("a.jpg", make_picture("PNG").getvalue(), "PNG"),
    ("a.webp", make_picture("WEBP").getvalue(), "WebP"),
    ("a.gif", make_picture("GIF").getvalue(), "GIF"),
    ("a.pdf", b"%PDF-1.7\n", "PDF"),
    ("a.docx", DOCX, "DOCX"),
    ("a.xlsx", office("xl/workbook.xml"), "XLSX"),
    ("a.pptx", office("ppt/presentation.xml"), "PPTX"),
    ("a.doc", make_compound(("WordDocument", b"")), "DOC"),
    ("a.xls", make_compound(("Workbook", b"")), "XLS"),
    ("说明.txt", "路灯不亮".encode(), "TXT"),
    ("a.txt", "路灯不亮".encode("gb18030"), "TXT"),
    ("a.txt", "路灯不亮".encode("utf-16"), "TXT"),
    ("a.txt", "BMW 车主，ID3，MZ".encode(), "TXT"),
    ("a.mp3", b"ID3\x04" + bytes(64), "MP3"),
    ("a.mp3", b"\xff\xfb\x90" + bytes(64), "MP3"),
    ("a.m4a", film(b"M4A "), "M4A"),
    ("a.m4a", film(b"mp42"), "M4A"),
    ("a.aac", b"\xff\xf1\x50" + bytes(64), "AAC"),
    ("a.amr", b"#!AMR\n" + bytes(64), "AMR"),
    ("a.wav", b"RIFF\x24\0\0\0WAVEfmt " + bytes(64), "WAV"),
    ("a.ogg", b"OggS" + bytes(64), "Ogg"),
    ("a.opus", b"OggS" + bytes(64), "Ogg"),
    ("a.webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"A_OPUS", "WebM"),
    ("a.mp4", film(b"isom"), "MP4"),
    ("picture", JPEG, "JPEG"),
]

REFUSED = [
    ("a.jpg", b"", unwelcome.EmptyUpload),
    ("a.jpg", b"%PDF-1.7\n", unwelcome.NameMismatch),
    ("a.pdf", JPEG, unwelcome.NameMismatch),
    ("a.jpg.exe", JPEG, unwelcome.NameMismatch),
    ("a.docm", DOCX, unwelcome.NameMismatch),
    ("a.html", b"plain words", unwelcome.NameMismatch),
    ("a.mp4", film(b"M4A "), unwelcome.NameMismatch),
    ("a.svg", b"<svg onload='x'>", unwelcome.Dangerous),
    ("a.txt", b"\xef\xbb\xbf \n<!DOCTYPE html>", unwelcome.Dangerous),
    ("a.txt", b"<script>", unwelcome.Dangerous),
    ("a.txt", b"#!/bin/sh\n", unwelcome.Dangerous),
    ("a.txt", b"<?php", unwelcome.Dangerous),
    ("a.jpg", b"MZ\x90\0\x03", unwelcome.Dangerous),
    ("a.jpg", b"\x7fELF", unwelcome.Dangerous),
    ("a.lnk", SHORTCUT, unwelcome.Dangerous),
    ("a.jpg", b"%!PS-Adobe", unwelcome.Dangerous),
    ("a.zip", zipped({"a.txt": b"x"}), unwelcome.NotAllowed),
    ("a.docx", zipped({"word/document.xml": b""}), unwelcome.NotAllowed),
    ("a.rar", b"Rar!\x1a\x07\0", unwelcome.NotAllowed),
    ("a.txt", b"binary \0 zeros", unwelcome.NotAllowed),
    ("a.txt", b"\xff\xff\xff\xff", unwelcome.NotAllowed),
    ("a.msi", make_compound(("Other", b"")), unwelcome.NotAllowed),
    ("a.webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"V_VP9", unwelcome.NotAllowed),
    ("a.mov", film(b"qt  "), unwelcome.NotAllowed),
    ("a.docx", office("word/document.xml", **{"word/vbaProject.bin": b""}), unwelcome.HasMacros),
    ("a.xlsx", office("xl/workbook.xml", **{"xl/macrosheets/a.xml": b""}), unwelcome.HasMacros),
    (
        "a.docx",
        zipped({"[Content_Types].xml": MACRO_TYPES, "word/document.xml": b""}),
        unwelcome.HasMacros,
    ),
    ("a.doc", make_compound(("WordDocument", b""), ("Macros", b"")), unwelcome.HasMacros),
    ("a.xlsx", make_compound(("EncryptedPackage", b"")), unwelcome.ProtectedUpload),
    ("a.docx", DOCX[:200], unwelcome.BrokenUpload),
    ("a.docx", office("word/document.xml", bomb=bytes(20 * 2**20)), unwelcome.BrokenUpload),
    ("a.heic", film(b"heic"), unwelcome.ChooseJpeg),
    ("a.jpg", film(b"mif1"), unwelcome.ChooseJpeg),
    ("a.avif", film(b"avif"), unwelcome.ChooseJpeg),
    ("a.bmp", make_picture("BMP").getvalue(), unwelcome.ChooseJpeg),
    ("a.tif", make_picture("TIFF").getvalue(), unwelcome.ChooseJpeg),
    ("a.jpg", make_truncated("JPEG").getvalue(), unwelcome.BrokenPicture),
    ("a.png", make_truncated("PNG").getvalue(), unwelcome.BrokenPicture),
    ("a.png", make_header_only(60_000, 60_000).getvalue(), unwelcome.TooManyPixels),
]


@pytest.mark.parametrize(
    ("name", "content", "kind"), TAKEN, ids=[f"{each[0]} {each[2]}" for each in TAKEN]
)
def test_taken(name, content, kind) -> None:
    file = BytesIO(content)
    assert (examine(file, name).name, file.tell()) == (kind, 0)


@pytest.mark.parametrize(
    ("name", "content", "reason"), REFUSED, ids=[each[2].__name__ for each in REFUSED]
)
def test_refused(name, content, reason) -> None:
    with pytest.raises(unwelcome.Unwelcome) as caught:
        examine(BytesIO(content), name)
    assert type(caught.value) is reason


@pytest.mark.parametrize(
    ("name", "content", "family"),
    [
        ("a.jpg", JPEG, "picture"),
        ("a.pdf", b"%PDF-1.7", "document"),
        ("a.mp3", b"ID3\x04", "sound"),
        ("a.mp4", film(b"isom"), "film"),
    ],
    ids=["picture", "document", "sound", "film"],
)
def test_each_family_has_its_limit(name, content, family) -> None:
    with pytest.raises(unwelcome.TooLargeUpload):
        examine(BytesIO(content), name, limits=replace(LIMITS, **{family: len(content) - 1}))


def test_larger_than_anything_is_not_even_read() -> None:
    tiny = replace(LIMITS, picture=5, document=5, sound=5, film=5)
    with pytest.raises(unwelcome.TooLargeUpload):
        examine(BytesIO(b"MZ" + bytes(100)), "a.exe", limits=tiny)


def test_sentence() -> None:
    with pytest.raises(unwelcome.NameMismatch) as caught:
        examine(BytesIO(b"%PDF-1.7\n"), "照片.JPG")
    with translation.override("en"):
        assert str(caught.value) == (
            "By its content the file is PDF, but its name ends in .jpg. "
            "Please correct the name or choose another file."
        )


@given(st.binary(max_size=300), st.sampled_from(["", *(content[:40] for _, content, _ in TAKEN)]))
def test_never_any_other_error(rest, start) -> None:
    content = (start or b"") + rest
    try:
        kind = examine(BytesIO(content), "")
    except unwelcome.Unwelcome as refusal:
        kind = None
        reason = str(refusal)
    assert kind is not None or reason != ""


def test_random_names() -> None:
    names = {random_name(".jpg") for _ in range(100)}
    assert len(names) == 100
    assert [name for name in names if not re.fullmatch(r"[0-9a-f]{32}\.jpg", name)] == []


@pytest.mark.parametrize("suffix", ["", "jpg", "/..", ".JPG", ".a/b", ".toolong", ".\n"])
def test_no_other_suffix(suffix) -> None:
    with pytest.raises(ValueError, match="is no suffix"):
        random_name(suffix)
