"""Files that come with a matter: looked at by their content, stored under random names."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.files import path_of
from daodi.core.matters.models import Matter
from daodi.lib.pictures import reencode
from daodi.lib.signatures import Family
from daodi.lib.text import clean
from daodi.lib.unwelcome import Unwelcome
from daodi.lib.uploads import examine, random_name

MOST_FILES = 9


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that passed examination, ready to be stored: a picture is re-encoded, without EXIF."""

    name: str
    content: bytes
    mime: str
    suffix: str
    # A small copy for lists; only pictures have one.
    thumbnail: bytes = b""


def examine_files(files: Iterable[tuple[str, BinaryIO]]) -> list[NewFile]:
    """Look at uploaded files by their content; raise Refused, naming the one that is no good."""
    found: list[NewFile] = []
    for name, stream in files:
        if len(found) == MOST_FILES:
            raise Refused(_("At most %(most)s files at a time.") % {"most": MOST_FILES})
        try:
            found.append(_examined(name, stream))
        except Unwelcome as error:
            raise Refused(f"{name}: {error}") from error
    return found


def attach(
    matter: Matter, files: Iterable[NewFile], *, seq: int, now: datetime, public: bool = True
) -> list[Attachment]:
    """Store files with the event `seq` of a matter."""
    rows = []
    for file in files:
        key = random_name(file.suffix)
        default_storage.save(path_of(key), ContentFile(file.content))
        if file.thumbnail:
            default_storage.save(path_of(key, small=True), ContentFile(file.thumbnail))
        rows.append(
            Attachment(
                matter=matter,
                seq=seq,
                key=key,
                name=clean(file.name, lines=False)[-120:] or key,
                mime=file.mime,
                size=len(file.content),
                digest=hashlib.sha256(file.content).digest(),
                is_picture=bool(file.thumbnail),
                is_public=public,
                added_at=now,
            )
        )
    return Attachment.objects.bulk_create(rows) if rows else []


def _examined(name: str, stream: BinaryIO) -> NewFile:
    kind = examine(stream, name)
    if kind.family is Family.PICTURE:
        picture = reencode(stream)
        return NewFile(name, picture.content, picture.mime, picture.suffix, picture.thumbnail)
    return NewFile(name, stream.read(), kind.mime, kind.suffixes[0])
