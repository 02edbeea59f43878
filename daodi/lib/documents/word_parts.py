"""What a Word file in the layout of GB/T 9704-2012 is made of: paper, fonts, lines, rules."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
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
RED = RGBColor(0xC0, 0x00, 0x00)
# 28 characters of 16 pt in 156 mm: each a little closer, in 4096ths of a point.
CLOSER = -860
LINES = 579  # of 22 lines in 225 mm, in 20ths of a point
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def lay_out(document: Any) -> None:
    """Set the paper, its margins, the grid of 22 lines of 28 characters, and page numbers."""
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
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(LINES))
    grid.set(qn("w:charSpace"), str(CLOSER))
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], RIGHT)
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _number(paragraph: WordParagraph, side: Any) -> None:
    """Put “— 1 —” into a footer, one character in from the outer edge."""
    paragraph.alignment = side
    if side == RIGHT:
        paragraph.paragraph_format.right_indent = FOUR
    else:
        paragraph.paragraph_format.left_indent = FOUR
    add_run(paragraph, "— ", SONG, FOUR)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = add_run(paragraph, "1", SONG, FOUR)
    field.append(run.font.element)
    paragraph.paragraph_format.element.append(field)
    add_run(paragraph, " —", SONG, FOUR)


def set_styles(document: Any) -> None:
    """Set fonts and pitch of the text and of both levels of headings."""
    normal = document.styles["Normal"]
    normal.font.size = THREE
    _fonts(normal.element.get_or_add_rPr(), BODY)
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    for level, family in ((1, HEI), (2, KAI)):
        style = document.styles[f"Heading {level}"]
        style.font.size, style.font.bold, style.font.italic = THREE, False, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        _fonts(style.element.get_or_add_rPr(), family)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.first_line_indent = THREE * 2


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
