"""Write a document in the layout of GB/T 9704-2012 as a Word file.

The fonts are those that the standard names: Word and WPS in an office have them.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_BREAK, WD_LINE_SPACING
from docx.shared import Mm, Pt

from daodi.lib.documents.official import (
    Heading,
    Official,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    numbered,
)
from daodi.lib.documents.word_parts import (
    CENTRE,
    FOUR,
    HEI,
    MASTHEAD,
    PITCH,
    RIGHT,
    THREE,
    TITLE,
    TWO,
    WIDTH,
    add_line,
    add_table,
    draw_rule,
    lay_out,
    set_styles,
)


def write_word(paper: Official, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return the document as a .docx file."""
    document = docx.Document()
    lay_out(document)
    set_styles(document)
    _head(document, paper)
    for block in numbered(paper.blocks, paper.language):
        _block(document, block, pictures or {})
    _signed(document, paper)
    _appendix(document, paper, pictures or {})
    _record(document, paper)
    document.core_properties.title = paper.title.replace("\n", "")
    document.core_properties.author = paper.signatory
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _head(document: Any, paper: Official) -> None:
    """The red head of what is issued, the title two lines below it, and to whom it goes."""
    if paper.mark:
        add_line(document, paper.mark, family=HEI)
    if paper.masthead:
        # Its upper edge is 35 mm below that of the text.
        size = min(MASTHEAD, int(Mm(WIDTH) / max(1, len(paper.masthead))))
        before = Mm(35) if not paper.mark else Mm(35) - PITCH
        add_line(document, paper.masthead, family=TITLE, size=size, align=CENTRE, red=True,
              before=before, pitch=Pt(48))  # fmt: skip
        number = add_line(document, paper.reference, align=CENTRE, before=PITCH * 2)
        draw_rule(number, "bottom", "C00000", 12, space=11)  # 4 mm above the red rule
        add_line(document, "")
        add_line(document, "")
    for line in paper.title.splitlines():
        add_line(document, line, family=TITLE, size=TWO, align=CENTRE, pitch=Pt(32))
    add_line(document, "")
    if paper.addressee:
        add_line(document, paper.addressee)


def _block(document: Any, block: Any, pictures: Mapping[str, bytes]) -> None:
    match block:
        case Heading():
            document.add_paragraph(block.text, style=f"Heading {min(block.level, 2)}")
        case Paragraph():
            paragraph = document.add_paragraph(block.text)
            paragraph.paragraph_format.first_line_indent = THREE * 2
        case Table():
            _table(document, block)
        case Picture():
            _caption(document, block.caption)
            paragraph = document.add_paragraph()
            paragraph.alignment = CENTRE
            # A picture is as high as it is.
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            paragraph.add_run().add_picture(BytesIO(pictures[block.name]), width=Mm(WIDTH))
        case PageBreak():
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _caption(document: Any, text: str) -> None:
    if text:
        caption = add_line(document, text, family=HEI, size=Pt(12), align=CENTRE)
        caption.paragraph_format.keep_with_next = True


def _table(document: Any, block: Table) -> None:
    _caption(document, block.caption)
    shares = list(block.widths) or [1.0] * len(block.head)
    widths = [Mm(WIDTH * share / sum(shares)) for share in shares]
    add_table(document, block.head, block.rows, widths)
    document.add_paragraph()


def _signed(document: Any, paper: Official) -> None:
    """Which appendix there is, who signs, and when."""
    together = document.paragraphs[-1:]
    if paper.appendix:
        together.append(add_line(document, ""))
        together.append(add_line(document, paper.appendix_note))
        together[-1].paragraph_format.first_line_indent = THREE * 2
    if paper.signatory:
        together.append(add_line(document, ""))
        together.append(add_line(document, paper.signatory, align=RIGHT))
        together[-1].paragraph_format.right_indent = THREE * 2
    if paper.date:
        together.append(add_line(document, paper.date, align=RIGHT))
        together[-1].paragraph_format.right_indent = THREE * 4
    # Nobody signs on a page without text.
    for line in together[:-1]:
        line.paragraph_format.keep_with_next = True


def _appendix(document: Any, paper: Official, pictures: Mapping[str, bytes]) -> None:
    if paper.appendix:
        word = add_line(document, paper.appendix_word, family=HEI)
        word.paragraph_format.page_break_before = True
        add_line(document, "")
        add_line(document, paper.appendix_title, family=TITLE, size=TWO, align=CENTRE, pitch=Pt(32))
        add_line(document, "")
    for block in paper.appendix:
        _block(document, block, pictures)


def _record(document: Any, paper: Official) -> None:
    """The record at the end: copies, who printed it on which day."""
    record = [line for line in (paper.copies, "\t".join(filter(None, paper.printed))) if line]
    for index, text in enumerate(record):
        line = add_line(document, text, size=FOUR, before=PITCH if index == 0 else Pt(0))
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = FOUR
        line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH) - FOUR, 2)
        if index == 0:
            draw_rule(line, "top", "000000", 8)
        draw_rule(line, "bottom", "000000", 8 if index == len(record) - 1 else 6)
