"""Pictures made anew from their points, so that nothing but the picture is kept."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from daodi.lib.unwelcome import BrokenPicture, TooManyPixels

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2_560
THUMBNAIL_SIDE = 480

_QUALITY = 85
_MILLION = 1_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Everything Pillow raises on damaged or hostile input.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture fit to be shown: JPEG, or PNG where something shows through."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int
    mime: str
    suffix: str


def reads_heic() -> bool:
    """Tell whether a plug-in of Pillow reads HEIC here."""
    Image.init()
    return "HEIF" in Image.OPEN


def check(file: BinaryIO, *, most_pixels: int = MOST_PIXELS) -> None:
    """Raise BrokenPicture or TooManyPixels unless the picture can be read to its end."""
    try:
        with _open(file, most_pixels) as image:
            # A JPEG is then read in an eighth of its size, but still to its end.
            image.draft(None, (1, 1))
            image.load()
    except TooManyPixels:
        raise
    except _BROKEN as error:
        raise BrokenPicture from error


def reencode(file: BinaryIO, *, most_pixels: int = MOST_PIXELS) -> Picture:
    """Draw the picture anew, upright and at most 2,560 points long, with a thumbnail.

    Place, camera, comments and colour profile are gone; of a moving picture the first frame is
    kept. Raises BrokenPicture or TooManyPixels; size is read before anything is unpacked.
    """
    try:
        with _open(file, most_pixels) as image:
            image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            points = _plain(upright)
    except TooManyPixels:
        raise
    except _BROKEN as error:
        raise BrokenPicture from error
    points.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = points.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    kind, suffix = ("PNG", ".png") if points.mode == "RGBA" else ("JPEG", ".jpg")
    return Picture(
        content=_written(points, kind),
        thumbnail=_written(small, kind),
        width=points.width,
        height=points.height,
        mime=f"image/{kind.lower()}",
        suffix=suffix,
    )


def _open(file: BinaryIO, most_pixels: int) -> Image.Image:
    file.seek(0)
    formats = (*_FORMATS, "HEIF") if reads_heic() else _FORMATS
    try:
        image = Image.open(file, formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        limit = most_pixels // _MILLION
        raise TooManyPixels(pixels=f"> {limit}", limit=limit) from error
    pixels = image.width * image.height
    if pixels > most_pixels:
        raise TooManyPixels(pixels=-(-pixels // _MILLION), limit=most_pixels // _MILLION)
    return image


def _plain(image: Image.Image) -> Image.Image:
    """Return the points alone, as RGBA where at least one of them shows through, else as RGB."""
    if image.mode.startswith("I;16"):
        # Pillow would cut sixteen bits to white instead of scaling them: take the upper eight.
        upper = slice(0, None, 2) if image.mode.endswith("B") else slice(1, None, 2)
        image = Image.frombytes("L", image.size, image.tobytes()[upper])
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        if clear.getchannel("A").getextrema() != (255, 255):
            return _bare(clear)
    return _bare(image.convert("RGB"))


def _bare(image: Image.Image) -> Image.Image:
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _written(image: Image.Image, kind: str) -> bytes:
    target = BytesIO()
    if kind == "JPEG":
        image.save(target, "JPEG", quality=_QUALITY, progressive=True)
    else:
        image.save(target, "PNG")
    return target.getvalue()
