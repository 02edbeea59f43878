"""A few plain drawings that stand for photographs: what is wrong, and the same put right."""

from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from daodi.core.matters.attachments import NewFile, examine_files
from daodi.demo.dice import dice

SIZE = (640, 480)
VARIANTS = 3
HORIZON = 250
SKY, NIGHT, GROUND, ROAD = "#c9dcea", "#26364d", "#c8c4b4", "#7d8186"
# What is drawn for which categories.
SUBJECTS = {
    "hole": ("CS0101", "CS0104", "JT03", "NC0202", "JC01"),
    "lamp": ("CS0102",),
    "cover": ("CS0103",),
    "water": ("CS0105", "ZA0402", "GY0103", "NC0401"),
    "rubbish": ("CS03", "HJ0402", "WY0102", "GH01", "GH02"),
}
Pen = ImageDraw.ImageDraw


def picture_of(rng: Random, category: str, *, after: bool = False) -> list[NewFile]:
    """Return a picture that suits the category, or none."""
    for subject, categories in SUBJECTS.items():
        if category.startswith(categories):
            return [_drawn(subject, rng.randrange(VARIANTS), after=after)]
    return []


@cache
def _drawn(subject: str, variant: int, *, after: bool) -> NewFile:
    """Draw it once; it passes the same examination as whatever residents send."""
    rng = dice(f"{subject}{variant}")
    image = Image.new("RGB", SIZE, NIGHT if subject == "lamp" else SKY)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HORIZON, *SIZE), fill=GROUND)
    pen.polygon(((60, 480), (250, HORIZON), (390, HORIZON), (580, 480)), fill=ROAD)
    _houses(pen, rng, dark=subject == "lamp")
    _DRAWN[subject](pen, rng, after=after)
    stream = BytesIO()
    image.save(stream, "JPEG", quality=80)
    name = "办理后.jpg" if after else "现场.jpg"
    return examine_files([(name, stream)])[0]


def _houses(pen: Pen, rng: Random, *, dark: bool) -> None:
    x = -20
    while x < SIZE[0]:
        width, height = rng.randint(70, 120), rng.randint(60, 130)
        shade = rng.randint(40, 60) if dark else rng.randint(165, 205)
        pen.rectangle((x, HORIZON - height, x + width, HORIZON), fill=(shade, shade, shade + 8))
        x += width + rng.randint(8, 40)


def _hole(pen: Pen, rng: Random, *, after: bool) -> None:
    x, y = rng.randint(250, 330), rng.randint(350, 400)
    if after:
        pen.rectangle((x - 90, y - 30, x + 90, y + 34), fill="#5d6065")
        return
    pen.ellipse((x - 90, y - 28, x + 90, y + 32), fill="#4a4640")
    pen.ellipse((x - 60, y - 14, x + 50, y + 22), fill="#332f2a")


def _lamp(pen: Pen, rng: Random, *, after: bool) -> None:
    x = rng.randint(130, 200)
    if after:
        pen.polygon(((x + 90, 110), (x - 60, 470), (x + 260, 470)), fill="#6f7152")
    pen.rectangle((x, 90, x + 10, 440), fill="#8b9097")
    pen.rectangle((x, 90, x + 110, 100), fill="#8b9097")
    pen.ellipse((x + 70, 92, x + 120, 120), fill="#ffe9a8" if after else "#3c4450")


def _cover(pen: Pen, rng: Random, *, after: bool) -> None:
    x, y = rng.randint(260, 340), rng.randint(350, 400)
    pen.ellipse((x - 74, y - 34, x + 74, y + 34), fill="#94979b" if after else "#15171a")
    pen.ellipse((x - 74, y - 34, x + 74, y + 34), outline="#5c5f63", width=6)
    if after:
        for offset in range(-40, 41, 20):
            pen.line((x + offset, y - 22, x + offset, y + 22), fill="#5c5f63", width=4)


def _water(pen: Pen, rng: Random, *, after: bool) -> None:
    if after:
        pen.line((320, 270, 320, 470), fill="#e8e8e0", width=6)
        return
    top = rng.randint(300, 340)
    pen.polygon(
        ((0, top + 30), (210, top), (440, top), (640, top + 40), (640, 480), (0, 480)),
        fill="#8aa4b5",
    )
    for y in range(top + 30, 470, 28):
        pen.arc((140, y, 300, y + 20), 200, 340, fill="#b9ccd8", width=3)
        pen.arc((330, y + 8, 500, y + 28), 200, 340, fill="#b9ccd8", width=3)


def _rubbish(pen: Pen, rng: Random, *, after: bool) -> None:
    pen.rectangle((120, 330, 220, 440), fill="#3f7d5c")
    pen.rectangle((112, 318, 228, 334), fill="#356b4f")
    if after:
        return
    for _bag in range(9):
        x, y, size = rng.randint(90, 320), rng.randint(400, 440), rng.randint(22, 40)
        shade = rng.choice(("#3a3a3a", "#d9d6cf", "#b8452f", "#55708f"))
        pen.ellipse((x, y, x + size * 2, y + size), fill=shade)


_DRAWN = {"hole": _hole, "lamp": _lamp, "cover": _cover, "water": _water, "rubbish": _rubbish}
