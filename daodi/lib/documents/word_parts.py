"""What a Word file in the layout of GB/T 9704-2012 is made of: paper, fonts, lines, rules."""

from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

BODY, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
LATIN = "Times New Roman"
THREE, TWO, FOUR, SMALL = Pt(16), Pt(22), Pt(14), Pt(10.5)  # 三号, 二号, 四号, 五号
MASTHEAD = Pt(40)
PITCH = Pt(28.95)
TABLE_PITCH = Pt(16)
WIDTH = 156  # mm: of the text
SHORT = 12  # characters: stands in the middle of its cell
FEW = 8  # rows: stand on one page
RED = RGBColor(0xC0, 0x00, 0x00)
# 28 characters of 16 pt in 156 mm: each a little closer, in 20ths of a point. Word could also be
# told by a grid of characters, but some programs then give each of them two places.
CLOSER = -5
LINES = 579  # of 22 lines in 225 mm, in 20ths of a point
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
LEFT = WD_ALIGN_PARAGRAPH.LEFT


def lay_out(document: Any) -> None:
    """Set the paper, its margins, the grid of 22 lines, and page numbers."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The dashes of the number stand 7 mm below the text.
    section.footer_distance = Mm(22)
    properties = document.element.body.sectPr
    grid = properties.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        properties.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINES))
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], RIGHT)
    _number(section.even_page_footer.paragraphs[0], LEFT)


def _number(paragraph: WordParagraph, side: Any) -> None:
    """Put “— 1 —” into a footer, one character in from the outer edge."""
    paragraph.alignment = side
    if side == RIGHT:
        paragraph.paragraph_format.right_indent = FOUR
    else:
        paragraph.paragraph_format.left_indent = FOUR
    add_run(paragraph, "— ", SONG, FOUR)
    add_field(paragraph, "PAGE", SONG, FOUR)
    add_run(paragraph, " —", SONG, FOUR)


def set_styles(document: Any) -> None:
    """Set fonts and pitch of the text and of both levels of headings."""
    for name, family in (("Normal", BODY), ("Heading 1", HEI), ("Heading 2", KAI)):
        set_style(document.styles[name], family, THREE, PITCH, closer=CLOSER)
        if name != "Normal":
            document.styles[name].paragraph_format.first_line_indent = THREE * 2


def set_style(style: Any, family: str, size: Any, pitch: Any, *, closer: int = 0) -> None:
    """Let a style write upright in black, from edge to edge, in lines of the same height."""
    style.font.size, style.font.bold, style.font.italic = size, False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    _fonts(properties, family)
    if closer:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(closer))
        properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
    shape = style.paragraph_format
    # The pitch is the grid: some programs would else give each line two of its places.
    shape.element.get_or_add_pPr().insert_element_before(
        _off("w:snapToGrid"), "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"
    )
    shape.alignment, shape.line_spacing = WD_ALIGN_PARAGRAPH.JUSTIFY, pitch
    shape.space_before = shape.space_after = Pt(0)


def _off(name: str) -> Any:
    element = OxmlElement(name)
    element.set(qn("w:val"), "0")
    return element


def _fonts(properties: Any, family: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), family)
    for name in ("ascii", "hAnsi"):
        fonts.set(qn(f"w:{name}"), LATIN)


def add_run(
    paragraph: WordParagraph, text: str, family: str, size: Any, *, red: bool = False
) -> Any:
    """Add text in a font of the standard."""
    run = paragraph.add_run(text)
    run.font.size = size
    _fonts(run.font.element.get_or_add_rPr(), family)
    if red:
        run.font.color.rgb = RED
    return run


def add_line(
    document: Any, text: str, *, family: str = BODY, size: Any = THREE, **more: Any
) -> Any:
    """Add a paragraph of its own; `align`, `red`, `before` and `pitch` as they are needed."""
    paragraph = document.add_paragraph()
    paragraph.alignment = more.get("align")
    shape = paragraph.paragraph_format
    shape.space_before = more.get("before", Pt(0))
    shape.line_spacing = more.get("pitch", PITCH)
    add_run(paragraph, text, family, size, red=more.get("red", False))
    return paragraph


def add_field(
    paragraph: WordParagraph, instruction: str, family: str, size: Any, shown: str = "1"
) -> None:
    """Add what the program that opens the file works out, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.append(add_run(paragraph, shown, family, size).font.element)
    paragraph.paragraph_format.element.append(field)


def add_table(
    document: Any,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[Any],
    size: Any = SMALL,
) -> None:
    """Add a table: no row of it stands on two pages, a short one on one, its head on each."""
    table = document.add_table(rows=0, cols=len(head), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for index, row in enumerate([head, *rows]):
        added = table.add_row()
        for cell, text, width in zip(added.cells, row, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = TABLE_PITCH
            paragraph.alignment = CENTRE if index == 0 or len(text) < SHORT else LEFT
            # What comes behind the table does not begin a page alone.
            together = len(rows) <= FEW or index == len(rows)
            paragraph.paragraph_format.keep_with_next = together
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            add_run(paragraph, text, HEI if index == 0 else BODY, size)
    for index, row in enumerate(document.element.body.tbl_lst[-1].tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if index == 0:
            properties.append(OxmlElement("w:tblHeader"))


def draw_rule(paragraph: WordParagraph, side: str, colour: str, size: int, space: int = 1) -> None:
    """Draw a line above or below a paragraph; `size` in eighths of a point."""
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    edge = OxmlElement(f"w:{side}")
    values = {"val": "single", "sz": str(size), "space": str(space), "color": colour}
    for name, value in values.items():
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
