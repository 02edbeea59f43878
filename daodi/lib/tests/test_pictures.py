"""A picture keeps its points and nothing else, and hostile ones are refused."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from daodi.lib.pictures import check, reencode
from daodi.lib.unwelcome import BrokenPicture, TooManyPixels

ORIENTATION, GPS = 0x0112, 0x8825


def make_picture(
    kind: str = "JPEG", size=(60, 40), mode: str = "RGB", **options: object
) -> BytesIO:
    target = BytesIO()
    colour = (200, 30, 30, 128)[: len(Image.new(mode, (1, 1)).getbands())]
    Image.new(mode, size, colour if len(colour) > 1 else 99).save(target, kind, **options)
    return target


def make_secretive() -> BytesIO:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "SECRET"
    exif.get_ifd(GPS)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return make_picture(
        exif=exif.tobytes(), icc_profile=profile, comment=b"SECRET", xmp=b"<x>SECRET</x>"
    )


def make_header_only(width: int, height: int) -> BytesIO:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    size = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    points = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return BytesIO(b"\x89PNG\r\n\x1a\n" + size + points + chunk(b"IEND", b""))


def test_upright_and_bare() -> None:
    picture = reencode(make_secretive())
    with Image.open(BytesIO(picture.content)) as image:
        assert (image.size, sorted(set(image.info) - {"jfif", "jfif_version", "progressive"})) == (
            (40, 60),
            ["jfif_density", "jfif_unit", "progression"],
        )
        assert dict(image.getexif()) == {}
    assert b"SECRET" not in picture.content + picture.thumbnail
    assert (picture.width, picture.height, picture.suffix) == (40, 60, ".jpg")


@pytest.mark.parametrize(
    ("kind", "mode", "suffix"),
    [
        ("JPEG", "RGB", ".jpg"),
        ("JPEG", "CMYK", ".jpg"),
        ("JPEG", "L", ".jpg"),
        ("PNG", "RGB", ".jpg"),
        ("PNG", "RGBA", ".png"),
        ("PNG", "LA", ".png"),
        ("PNG", "1", ".jpg"),
        ("PNG", "I;16", ".jpg"),
        ("GIF", "P", ".jpg"),
        ("WEBP", "RGBA", ".png"),
        ("WEBP", "RGB", ".jpg"),
    ],
)
def test_kinds(kind, mode, suffix) -> None:
    assert reencode(make_picture(kind, mode=mode)).suffix == suffix


def test_opaque_alpha_becomes_jpeg() -> None:
    target = BytesIO()
    Image.new("RGBA", (9, 9), (1, 2, 3, 255)).save(target, "PNG")
    assert reencode(target).mime == "image/jpeg"


def test_sixteen_bits_are_scaled() -> None:
    target = BytesIO()
    Image.new("I;16", (20, 20), 0x8000).save(target, "PNG")
    with Image.open(BytesIO(reencode(target).content)) as image:
        assert image.convert("L").getpixel((9, 9)) == 0x80


def test_sizes() -> None:
    picture = reencode(make_picture(size=(6000, 3000)))
    with Image.open(BytesIO(picture.thumbnail)) as small:
        assert ((picture.width, picture.height), small.size) == ((2560, 1280), (480, 240))


def test_small_pictures_stay_small() -> None:
    picture = reencode(make_picture(size=(60, 40)))
    with Image.open(BytesIO(picture.thumbnail)) as small:
        assert ((picture.width, picture.height), small.size) == ((60, 40), (60, 40))


def test_first_frame_of_a_moving_picture() -> None:
    target = BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    with Image.open(BytesIO(reencode(target).content)) as image:
        assert (image.getpixel((4, 4))[0] > 250, getattr(image, "n_frames", 1)) == (True, 1)


@pytest.mark.parametrize("work", [check, reencode])
@pytest.mark.parametrize("size", [(9000, 9000), (12_000, 12_000), (60_000, 60_000)])
def test_huge_ones_are_refused_by_their_header(work, size) -> None:
    with pytest.raises(TooManyPixels):
        work(make_header_only(*size))


def make_inflated_text() -> BytesIO:
    extra = PngInfo()
    extra.add_text("a", "x" * (80 * 2**20), zip=True)
    return make_picture("PNG", pnginfo=extra)


def make_truncated(kind: str) -> BytesIO:
    target = BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(target, kind)
    return BytesIO(target.getvalue()[: len(target.getvalue()) // 2])


@pytest.mark.parametrize("work", [check, reencode])
@pytest.mark.parametrize(
    "file",
    [
        make_truncated("JPEG"),
        make_truncated("PNG"),
        make_truncated("WEBP"),
        make_header_only(100, 100),
        make_picture("TIFF"),
        make_picture("BMP"),
        BytesIO(b"\xff\xd8\xff\xe0 no picture"),
        BytesIO(b""),
        BytesIO(b"%!PS-Adobe-3.0 EPSF-3.0\n"),
    ],
)
def test_broken(work, file) -> None:
    with pytest.raises(BrokenPicture):
        work(file)


def test_inflated_text_does_no_harm() -> None:
    with pytest.raises(BrokenPicture):
        reencode(make_inflated_text())
