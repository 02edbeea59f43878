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
