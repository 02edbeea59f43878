"""Kinds of files, told by their first bytes; containers are looked into by `uploads`."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    PICTURE = "picture"
    DOCUMENT = "document"
    SOUND = "sound"
    FILM = "film"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken; the first suffix is the one to store it under."""

    name: str
    family: Family
    mime: str
    suffixes: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.name: kind
    for kind in (
        Kind("JPEG", Family.PICTURE, "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif")),
        Kind("PNG", Family.PICTURE, "image/png", (".png",)),
        Kind("WebP", Family.PICTURE, "image/webp", (".webp",)),
        Kind("GIF", Family.PICTURE, "image/gif", (".gif",)),
        Kind("HEIC", Family.PICTURE, "image/heic", (".heic", ".heif")),
        Kind("PDF", Family.DOCUMENT, "application/pdf", (".pdf",)),
        Kind("DOCX", Family.DOCUMENT, f"{_OFFICE}.wordprocessingml.document", (".docx",)),
        Kind("XLSX", Family.DOCUMENT, f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",)),
        Kind("PPTX", Family.DOCUMENT, f"{_OFFICE}.presentationml.presentation", (".pptx",)),
        Kind("DOC", Family.DOCUMENT, "application/msword", (".doc",)),
        Kind("XLS", Family.DOCUMENT, "application/vnd.ms-excel", (".xls",)),
        Kind("TXT", Family.DOCUMENT, "text/plain", (".txt",)),
        Kind("MP3", Family.SOUND, "audio/mpeg", (".mp3",)),
        Kind("M4A", Family.SOUND, "audio/mp4", (".m4a",)),
        Kind("AAC", Family.SOUND, "audio/aac", (".aac",)),
        Kind("AMR", Family.SOUND, "audio/amr", (".amr",)),
        Kind("WAV", Family.SOUND, "audio/wav", (".wav",)),
        Kind("Ogg", Family.SOUND, "audio/ogg", (".ogg", ".oga", ".opus")),
        Kind("WebM", Family.SOUND, "audio/webm", (".webm", ".weba")),
        Kind("MP4", Family.FILM, "video/mp4", (".mp4", ".m4v")),
    )
}
# What only a look inside can tell, or what is never taken.
ZIP, COMPOUND, HARMFUL, OTHER_PICTURE = "zip", "compound", "harmful", "other picture"

_PATTERNS = tuple(
    (name, re.compile(pattern, re.DOTALL))
    for name, pattern in (
        ("JPEG", rb"\xff\xd8\xff"),
        ("PNG", rb"\x89PNG\r\n\x1a\n"),
        ("GIF", rb"GIF8[79]a"),
        ("WebP", rb"RIFF....WEBP"),
        ("WAV", rb"RIFF....WAVE"),
        ("HEIC", rb"....ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)"),
        (OTHER_PICTURE, rb"....ftypavi[fs]|BM.{4}\0{4}|II\*\0|MM\0\*"),
        ("M4A", rb"....ftypM4[AB] "),
        ("MP4", rb"....ftyp(?:iso[m2-9]|mp4[12]|avc1|dash|M4V |3gp[4-9]|mmp4|MSNV)"),
        ("PDF", rb"%PDF-\d"),
        ("AMR", rb"#!AMR(?:-WB)?\n"),
        # Sound alone: a track of moving pictures names its codec early.
        ("WebM", rb"\x1aE\xdf\xa3(?=.{,60}webm)(?!.{,4000}V_(?:VP[89]|AV1|MPEG))"),
        ("Ogg", rb"OggS"),
        ("MP3", rb"ID3[\2-\4]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
        ("AAC", rb"\xff[\xf0\xf1\xf8\xf9]"),
        (ZIP, rb"PK\x03\x04|PK\x05\x06"),
        (COMPOUND, rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        (
            HARMFUL,
            rb"MZ(?=.{,62}\0)|\x7fELF|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|\x4c\0\0\0\x01\x14\x02",
        ),
        (HARMFUL, rb"(?:\xef\xbb\xbf)?\s*(?:<[a-zA-Z!?]|#!|@echo|%!PS)"),
    )
)


def sniff(head: bytes) -> str:
    """Return the name of a kind, a container or a refusal; empty where the bytes tell nothing."""
    return next((name for name, pattern in _PATTERNS if pattern.match(head)), "")
