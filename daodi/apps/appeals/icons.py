"""Draw our own favicon as a picture of points: phones install no SVG."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import Image, ImageColor, ImageDraw

# Drawn larger and then made smaller, the edges are smooth.
FINER = 4
# A phone may cut all but a circle away: what is drawn stays within it.
WITHIN = 0.84
BOX, STROKE = 32, 3
_GROUND = re.compile(r'<rect[^>]* fill="([^"]+)"')
_PATH = re.compile(r'<path d="([^"]+)"(?: opacity="([^"]+)")?')
_STEP = re.compile(r"([Mhl])([^Mhl]*)")
_NUMBER = re.compile(r"-?[\d.]+")
Point = tuple[float, float]


def draw(size: int) -> Image.Image:
    """Return the icon on a full square ground."""
    svg = Path(str(finders.find("daodi/favicon.svg"))).read_text()
    ground = ImageColor.getrgb(_GROUND.findall(svg)[0])
    image = Image.new("RGB", (size * FINER, size * FINER), ground)
    pencil = ImageDraw.Draw(image)
    for path, opacity in _PATH.findall(svg):
        share = float(opacity or 1)
        colour = tuple(round(255 * share + part * (1 - share)) for part in ground[:3])
        for line in _lines(path):
            _stroke(pencil, [_scaled(point, size * FINER) for point in line], size, colour)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _stroke(
    pencil: ImageDraw.ImageDraw, points: list[Point], size: int, colour: tuple[int, ...]
) -> None:
    width = STROKE * WITHIN * size * FINER / BOX
    pencil.line(points, fill=colour, width=round(width), joint="curve")
    for x, y in points:
        half = width / 2
        pencil.ellipse((x - half, y - half, x + half, y + half), fill=colour)


def _scaled(point: Point, size: int) -> Point:
    x, y = ((part / BOX - 0.5) * WITHIN * size + size / 2 for part in point)
    return x, y


def _lines(path: str) -> Iterator[list[Point]]:
    """Yield the points of each line of a path made of M, h and l."""
    line: list[Point] = []
    for step, rest in _STEP.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        if step == "M":
            if line:
                yield line
            line = [(numbers[0], numbers[1])]
        elif step == "h":
            line.append((line[-1][0] + numbers[0], line[-1][1]))
        else:
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                line.append((line[-1][0] + dx, line[-1][1] + dy))
    yield line
