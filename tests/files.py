"""Files as phones send them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(name: str = "lamp.jpg") -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/jpeg")


def content_of(answer) -> bytes:
    """Read a file that was served to its end, where the test client lets go of it."""
    return b"".join(answer.streaming_content)


# The first bytes of what a browser records: WebM with a track of sound.
RECORDING = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"A_OPUS" + bytes(3000)


def recording(name: str = "recording.webm") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, RECORDING, "audio/webm")
