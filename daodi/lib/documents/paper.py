"""Write a document in the layout of GB/T 9704-2012 as PDF, and draw charts for it.

The fonts of the standard are not free: what the machine has takes their place.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from daodi.lib.documents.fonts import FontSet
from daodi.lib.documents.official import (
    Block,
    Heading,
    Official,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    numbered,
)
from daodi.lib.documents.typeset import typeset

HERE = Path(__file__).parent
# What each part of a document is set in, the best first; the rest of the machine's fonts follow.
FACES = {
    "body": ("FangSong", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC"),
    "song": ("SimSun", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC"),
    "hei": ("SimHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC"),
    "kai": ("KaiTi", "AR PL UKai CN", "Noto Serif CJK SC", "Noto Serif SC"),
    "title-font": ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "SimSun"),
}


def write_pdf(
    paper: Official, *, fonts: FontSet, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the document as PDF; raise NotTypeset when it cannot be made."""
    blocks = [_block(each) for each in numbered(paper.blocks, paper.language)]
    names = ("title", "masthead", "reference", "addressee", "signatory", "date", "copies",
             "printed", "mark", "language", "appendix_title", "appendix_word",
             "appendix_note")  # fmt: skip
    data = {name: getattr(paper, name) for name in names} | faces_of(fonts)
    data |= {"blocks": blocks, "appendix": [_block(each) for each in paper.appendix]}
    return typeset(HERE / "official.typ", data, fonts=fonts, pictures=pictures)


def draw_bars(bars: Sequence[tuple[str, float]], *, fonts: FontSet, upright: bool = False) -> bytes:
    """Return a chart as PNG: bars one below the other, or upright for a course over time."""
    data = {"bars": list(bars), "upright": upright}
    return typeset(HERE / "bars.typ", data, fonts=fonts, kind="png")


def faces_of(fonts: FontSet) -> dict[str, list[str]]:
    """Return the families for each part of a document, of those that there are."""
    return {
        part: list(dict.fromkeys([*(x for x in wanted if x in fonts.families), *fonts.families]))
        for part, wanted in FACES.items()
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "text": block.text}
        case Table():
            widths = list(block.widths) or [1.0] * len(block.head)
            rows = [list(row) for row in block.rows]
            return {"kind": "table", "head": list(block.head), "rows": rows, "widths": widths,
                    "caption": block.caption}  # fmt: skip
        case Picture():
            return {"kind": "picture", "name": block.name, "caption": block.caption}
        case PageBreak():
            return {"kind": "break"}
