"""A process as a picture: SVG drawn from its steps, one below the other, readable on a phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from django.utils.html import escape
from django.utils.translation import gettext as _

from daodi.apps.duties.steps import Step

# As wide as a panel on a phone: the words are as large there as those around it.
WIDTH, LEFT, BOX, PAD = 336, 2, 284, 12
GAP, PILL = 26, 30
HEAD, SMALL = 16, 14
LINE = 1.5
ARROW = 5
# Ways back beside each other.
LANES = 3
# What is longer, such as an address on the web, breaks all the same.
LONGEST_WORD = 24


@dataclass(frozen=True, slots=True)
class _Box:
    """A step with the lines in it and its place."""

    number: int
    step: Step
    head: list[str]
    lines: list[str]
    top: float

    @property
    def height(self) -> float:
        return 2 * PAD + LINE * (HEAD * len(self.head) + SMALL * len(self.lines))

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def draw(steps: Sequence[Step], title: str, family: str = "inherit") -> str:
    """Return the flow chart as SVG, in the colour of the text around it."""
    boxes = list(_placed(steps))
    bottom = boxes[-1].top + boxes[-1].height if boxes else PILL
    height = bottom + GAP + PILL + 2
    parts = [_pill(1, _("Process begins")), _pill(bottom + GAP, _("Process ends"))]
    parts += [part for box in boxes for part in _drawn(box)]
    parts += [_down(end) for end in [*(box.top for box in boxes), bottom + GAP]]
    ways = [(box, boxes[box.step.back - 1]) for box in boxes if box.step.back]
    parts += [_back(box, to, lane % LANES) for lane, (box, to) in enumerate(ways)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}" role="img" aria-label="{escape(title)}" '
        f'font-family="{escape(family)}" fill="currentColor">{"".join(parts)}</svg>'
    )


def _placed(steps: Sequence[Step]) -> Iterator[_Box]:
    top: float = PILL + GAP
    for number, step in enumerate(steps, start=1):
        room = BOX - 2 * PAD
        said = [" · ".join(filter(None, (step.who, step.limit_words())))]
        said += [f"{label}：{words}" for label, words in step.facts() if words in _papers(step)]
        lines = [line for words in said for line in _wrapped(words, room / SMALL)]
        box = _Box(number, step, list(_wrapped(f"{number}. {step.what}", room / HEAD)), lines, top)
        yield box
        top += box.height + GAP


def _papers(step: Step) -> set[str]:
    return {step.input, step.output, step.form}


def _wrapped(text: str, room: float) -> Iterator[str]:
    """Yield lines that fit into so many ems; Chinese breaks anywhere, other words between them."""
    line, used = "", 0.0
    for word in _words(text):
        width = sum(1.0 if east_asian_width(c) in "WFA" else 0.56 for c in word)
        if line and used + width > room:
            yield line.rstrip()
            line, used = "", 0.0
        line, used = line + word, used + width
    yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        word += character
        if character == " " or not character.isascii() or len(word) == LONGEST_WORD:
            yield word
            word = ""
    if word:
        yield word


def _drawn(box: _Box) -> Iterator[str]:
    yield (
        f'<rect x="{LEFT}" y="{box.top:.1f}" width="{BOX}" height="{box.height:.1f}" rx="6" '
        'fill="none" stroke="currentColor"/>'
    )
    y = box.top + PAD
    for line in box.head:
        y += HEAD * LINE
        yield _text(line, LEFT + PAD, y - HEAD * 0.45, HEAD, 'font-weight="600"')
    for line in box.lines:
        y += SMALL * LINE
        yield _text(line, LEFT + PAD, y - SMALL * 0.45, SMALL)


def _text(words: str, x: float, y: float, size: float, more: str = "") -> str:
    return f'<text x="{x}" y="{y:.1f}" font-size="{size}" {more}>{escape(words)}</text>'


def _pill(top: float, word: str) -> str:
    middle = LEFT + BOX / 2
    return (
        f'<rect x="{middle - 60}" y="{top:.1f}" width="120" height="{PILL - 2}" rx="14" '
        'fill="none" stroke="currentColor"/>'
        + _text(word, middle, top + 19, HEAD - 1, 'text-anchor="middle"')
    )


def _down(end: float) -> str:
    """Draw the arrow that ends at the upper edge of what comes next."""
    x = LEFT + BOX / 2
    return _line(f"M{x} {end - GAP + 1:.1f}V{end - 2:.1f}") + _tip(x, end - 1, -ARROW, -ARROW * 1.6)


def _back(box: _Box, to: _Box, lane: int) -> str:
    """Draw the way back on the right, dashed, for what does not pass; each in a lane of its own."""
    edge = LEFT + BOX
    x = edge + 20 + 10 * lane
    path = f"M{edge} {box.middle:.1f}H{x}V{to.middle:.1f}H{edge + 2}"
    tip = f'<path d="M{edge + 1} {to.middle:.1f}l8 -{ARROW}v{2 * ARROW}z"/>'
    word = _text(_("No"), edge + 4, box.middle - 4, 12)
    return _line(path, 'stroke-dasharray="4 3"') + tip + word


def _tip(x: float, y: float, across: float, up: float) -> str:
    return f'<path d="M{x} {y:.1f}l{across} {up:.1f}h{-2 * across}z"/>'


def _line(path: str, more: str = "") -> str:
    return f'<path d="{path}" fill="none" stroke="currentColor" {more}/>'
