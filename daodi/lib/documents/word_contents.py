"""Contents of a Word file: its lines stand there at once; Word brings them up to date."""

from collections.abc import Iterable
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from daodi.lib.documents.word_parts import BODY, HEI, SMALL, add_run, set_style

LEVELS = (("toc 1", HEI, Pt(12), 6), ("toc 2", BODY, Pt(12), 0))
INDENT, PITCH = Pt(24), Pt(18)


def add_contents(document: Any, heads: Iterable[tuple[int, str]], width: Any, hint: str) -> None:
    """Add the contents as a field of `heads`: the level of each (1 or 2) and what it says.

    Only what lays the pages out knows their numbers: the field is marked as not up to date, and
    Word fills them in as it opens the file. Until then `hint` stands above the lines, and each
    leads to the heading that was marked for it.
    """
    for level in range(len(LEVELS)):
        _style(document, level, width)
    line = document.add_paragraph(style=LEVELS[0][0])
    line.add_run().element.append(_mark("begin", dirty="true"))
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = "TOC \\o 1-2 \\h \\z \\u"
    line.add_run().element.append(instruction)
    line.add_run().element.append(_mark("separate"))
    add_run(line, hint, BODY, SMALL)
    for number, (level, text) in enumerate(heads):
        line = document.add_paragraph(style=LEVELS[level - 1][0])
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _name(number))
        link.append(line.add_run(text).font.element)
        line.paragraph_format.element.append(link)
    line.add_run().element.append(_mark("end"))


def mark_head(paragraph: Any, number: int) -> None:
    """Let line `number` of the contents, counted from 0, lead to this heading."""
    for kind, values in (("Start", {"id": number, "name": _name(number)}), ("End", {"id": number})):
        mark = OxmlElement(f"w:bookmark{kind}")
        for name, value in values.items():
            mark.set(qn(f"w:{name}"), str(value))
        paragraph.paragraph_format.element.append(mark)


def _style(document: Any, level: int, width: Any) -> None:
    name, family, size, before = LEVELS[level]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    set_style(style, family, size, PITCH)
    shape = style.paragraph_format
    shape.left_indent, shape.space_before = INDENT * level, Pt(before)
    shape.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _name(number: int) -> str:
    return f"head{number}"


def _mark(kind: str, **more: str) -> Any:
    mark = OxmlElement("w:fldChar")
    for name, value in {"fldCharType": kind, **more}.items():
        mark.set(qn(f"w:{name}"), value)
    return mark
