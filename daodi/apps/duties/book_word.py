"""The handbook as a Word document: cover, contents that Word brings up to date, one style."""

from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from daodi.apps.duties.book import Book, Chapter, Entry, labels
from daodi.apps.duties.steps import Step

SONG, HEI, SMALL = "宋体", "黑体", "Small print"
BLACK, GREY = RGBColor(0, 0, 0), RGBColor(0x55, 0x55, 0x55)
SIZES = {"Heading 1": 18, "Heading 2": 13, "Heading 3": 11}
STYLES = {*SIZES, SMALL, "Normal", "Header", "Footer", "Table Grid", "Normal Table",
          "Default Paragraph Font", "No List"}  # fmt: skip
MARGINS = {"top_margin": 25, "bottom_margin": 22, "left_margin": 25, "right_margin": 20}
ASIDE = Mm(38)


def book_word(book: Book) -> bytes:
    """Write a book as .docx."""
    document: Any = docx.Document()
    _lay_out(document, book)
    _cover(document, book)
    _contents(document, book)
    words = labels()
    for chapter in book.chapters:
        document.add_page_break()
        _chapter(document, chapter, words)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _lay_out(document: Any, book: Book) -> None:
    small = document.styles.add_style(SMALL, WD_STYLE_TYPE.PARAGRAPH)
    small.font.size, small.paragraph_format.space_after = Pt(9), Pt(2)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    section.different_first_page_header_footer = True
    # Each paragraph would otherwise be looked up among all that Word's own template has.
    for style in list(document.styles):
        if style.name not in STYLES:
            style.delete()
    _style(document.styles["Normal"], SONG, 10.5)
    for name, size in SIZES.items():
        _style(document.styles[name], HEI, size)
    head = section.header.paragraphs[0]
    _run(head, book.title, 8.5, GREY)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(foot, "PAGE", "1")
    document.core_properties.title = book.title
    document.core_properties.author = book.publisher


def _style(style: Any, family: str, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = "Times New Roman", Pt(size), BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), family)


def _cover(document: Any, book: Book) -> None:
    for words, size, before, colour in (
        (book.publisher, 16, 150, GREY),
        (book.title, 32, 20, BLACK),
        (book.counts, 12, 260, GREY),
        (book.edition, 12, 4, GREY),
    ):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_before = Pt(before)
        _run(line, words, size, colour, bold=colour is BLACK)
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _contents(document: Any, book: Book) -> None:
    """Write the contents as a field: its lines stand there at once, Word adds the pages."""
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, labels()["contents"], 18, BLACK, bold=True)
    lines = [
        line
        for chapter in book.chapters
        for line in (chapter.name, *(f"    {_heading(entry)}" for entry in chapter.entries))
    ]
    first = document.add_paragraph()
    begin, instruction, separate = _marks("TOC \\o 1-2 \\h \\z \\u")
    begin.set(qn("w:dirty"), "true")
    _append(first, begin, instruction, separate)
    last = first
    for line in lines:
        last.paragraph_format.space_after = Pt(2)
        last.add_run(line)
        last = document.add_paragraph()
    _append(last, _mark("end"))


def _chapter(document: Any, chapter: Chapter, words: dict[str, str]) -> None:
    document.add_heading(chapter.name, 1)
    for entry in chapter.entries:
        document.add_heading(_heading(entry), 2)
        document.add_heading(words["duties"], 3)
        _items(document, entry.duties, words)
        document.add_heading(words["process"], 3)
        if entry.steps:
            _flow(document, entry.steps, words)
            _table(document, entry.steps, words)
        else:
            document.add_paragraph(words["nothing"])
        document.add_heading(words["cautions"], 3)
        _items(document, entry.cautions, words)
        for label, value in entry.facts:
            document.add_paragraph(f"{label}：{value}", style=document.styles[SMALL])


def _heading(entry: Entry) -> str:
    return f"{entry.number}  {entry.title}"


def _items(document: Any, lines: list[str], words: dict[str, str]) -> None:
    for number, line in enumerate(lines, start=1):
        document.add_paragraph(f"{number}. {line}").paragraph_format.space_after = Pt(2)
    if not lines:
        document.add_paragraph(words["nothing"])


def _flow(document: Any, steps: list[Step], words: dict[str, str]) -> None:
    """Draw the chart with what Word can edit: a framed line for each step, arrows between them."""
    _centred(document, words["begin"])
    for number, step in enumerate(steps, start=1):
        _centred(document, "↓")
        box = document.add_paragraph(style=document.styles[SMALL])
        _frame(box)
        box.paragraph_format.left_indent = box.paragraph_format.right_indent = ASIDE
        box.paragraph_format.space_after = Pt(0)
        box.paragraph_format.keep_with_next = True
        box.add_run(f"{number}. {step.what}\n").bold = True
        about = (step.who, step.limit_words(), step.back_words())
        box.add_run(" · ".join(filter(None, about)))
    _centred(document, "↓")
    _centred(document, words["end"]).paragraph_format.space_after = Pt(8)


def _frame(line: Any) -> None:
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", "auto")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    line.paragraph_format.element.get_or_add_pPr().append(borders)


def _table(document: Any, steps: list[Step], words: dict[str, str]) -> None:
    heads = ("", words["step"], words["who"], words["papers"], words["form"], words["limit"])
    table = document.add_table(rows=1 + len(steps), cols=len(heads), style="Table Grid")
    papers = [" → ".join(filter(None, (step.input, step.output))) for step in steps]
    rows = [
        (str(n), step.what, step.who, paper, step.form, step.limit_words())
        for n, (step, paper) in enumerate(zip(steps, papers, strict=True), start=1)
    ]
    small = document.styles[SMALL]
    widths = (8, 34, 30, 48, 25, 20)
    for row, texts in zip(table.rows, (heads, *rows), strict=True):
        for cell, text, wide in zip(row.cells, texts, widths, strict=True):
            cell.width = Mm(wide)
            cell.paragraphs[0].style = small
            cell.paragraphs[0].add_run(text)


def _centred(document: Any, text: str) -> Any:
    line = document.add_paragraph(text)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.keep_with_next = True
    return line


def _run(line: Any, text: str, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    run = line.add_run(text)
    run.font.size, run.font.color.rgb, run.font.bold = Pt(size), colour, bold


def _field(line: Any, instruction: str, shown: str) -> None:
    _append(line, *_marks(instruction))
    line.add_run(shown)
    _append(line, _mark("end"))


def _marks(instruction: str) -> tuple[Any, Any, Any]:
    said = OxmlElement("w:instrText")
    said.set(qn("xml:space"), "preserve")
    said.text = instruction
    return _mark("begin"), said, _mark("separate")


def _mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _append(line: Any, *marks: Any) -> None:
    for mark in marks:
        line.add_run().element.append(mark)
