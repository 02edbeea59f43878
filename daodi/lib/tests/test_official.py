"""The layout of official documents, read back from what was written."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.documents import find_fonts
from daodi.lib.documents.official import (
    Heading,
    Official,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    in_chinese,
    number_of,
    numbered,
)
from daodi.lib.documents.paper import draw_bars, faces_of, write_pdf
from daodi.lib.documents.word import write_word

BLOCKS = [
    Heading("总体情况"),
    Paragraph("共受理17件。"),
    Picture("bars.png", "受理件数"),
    Heading("乡镇", 2),
    Heading("部门", 2),
    Heading("下步重点"),
    Table(["单位", "受理"], [["城关镇", "3"]], (2, 1), "表 1"),
    PageBreak(),
    Heading("说明", 2),
]
PAPER = Official(
    title="群众诉求办理情况通报\n（11月9日至15日）",
    blocks=BLOCKS,
    masthead="杞县人民政府办公室工作通报",
    reference="杞政办〔2026〕3号",
    addressee="各乡镇：",
    signatory="杞县人民政府办公室",
    date="2026年11月16日",
    appendix=[Paragraph("口径")],
    appendix_title="数据来源",
    copies="抄送：县委办公室。",
    printed=("杞县人民政府办公室", "2026年11月16日印发"),
)


@pytest.fixture(scope="module")
def fonts():
    return find_fonts()


@pytest.fixture(scope="module")
def bars(fonts):
    return draw_bars([("城关镇", 3), ("葛岗镇", 0)], fonts=fonts)


@pytest.fixture(scope="module")
def word(bars):
    return docx.Document(BytesIO(write_word(PAPER, {"bars.png": bars})))


def test_headings_are_numbered_by_the_document() -> None:
    said = [each.text for each in numbered(BLOCKS, "zh") if isinstance(each, Heading)]
    assert said == ["一、总体情况", "（一）乡镇", "（二）部门", "二、下步重点", "（一）说明"]
    assert [number_of(2, level, "en") for level in (1, 2)] == ["2. ", "(2) "]


@given(st.integers(1, 99))
def test_numbers_in_chinese(count: int) -> None:
    words = in_chinese(count)
    tens, _ten, ones = words.rpartition("十")
    digits = "零一二三四五六七八九"
    read = (digits.index(tens) if tens else 1) * 10 if "十" in words else 0
    assert read + (digits.index(ones) if ones else 0) == count


def test_the_page_is_that_of_the_standard(word) -> None:
    page = word.sections[0]
    # Word keeps 20ths of a point.
    near = [
        (page.page_width, 210), (page.page_height, 297), (page.top_margin, 37),
        (page.bottom_margin, 35), (page.left_margin, 28), (page.right_margin, 26),
    ]  # fmt: skip
    assert [round(length / Mm(1), 1) for length, _wanted in near] == [mm for _l, mm in near]
    normal = word.styles["Normal"]
    assert (normal.font.size, normal.paragraph_format.line_spacing) == (Pt(16), Pt(28.95))
    assert fonts_of(normal.element) == "仿宋_GB2312"
    assert [fonts_of(word.styles[f"Heading {level}"].element) for level in (1, 2)] == [
        "黑体", "楷体_GB2312",
    ]  # fmt: skip
    grid = word.element.body.sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:linePitch")) == "579"
    # 22 lines and 28 characters fill what the margins leave, and not more.
    assert round(22 * 28.95 * 25.4 / 72) == 297 - 37 - 35
    closer = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert 155 < 28 * (16 + closer / 20) * 25.4 / 72 <= 156
    assert normal.element.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


def fonts_of(element) -> str:
    return element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))


def test_page_numbers_stand_outside(word) -> None:
    page = word.sections[0]
    odd, even = page.footer.paragraphs[0], page.even_page_footer.paragraphs[0]
    assert word.settings.odd_and_even_pages_header_footer
    assert (odd.alignment.name, even.alignment.name) == ("RIGHT", "LEFT")
    assert odd.paragraph_format.right_indent == even.paragraph_format.left_indent == Pt(14)
    for footer in (odd, even):
        xml = footer.paragraph_format.element.xml
        assert 'w:instr="PAGE"' in xml
        assert xml.index("— ") < xml.index("PAGE") < xml.index(" —")


def test_a_short_table_and_the_signature_stay_together(word) -> None:
    """No row stands alone on the next page, and nobody signs on a page without text."""
    cells = [cell for row in word.tables[0].rows for cell in row.cells]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in cells)
    said = {each.text: each.paragraph_format.keep_with_next for each in word.paragraphs}
    assert (said["附件：数据来源"], said["杞县人民政府办公室"], said["2026年11月16日"]) == (
        True, True, None,
    )  # fmt: skip


def test_all_of_it_stands_in_its_order(word) -> None:
    said = [paragraph.text for paragraph in word.paragraphs if paragraph.text.strip()]
    assert said == [
        "杞县人民政府办公室工作通报", "杞政办〔2026〕3号",
        "群众诉求办理情况通报", "（11月9日至15日）", "各乡镇：",
        "一、总体情况", "共受理17件。", "受理件数", "（一）乡镇", "（二）部门",
        "二、下步重点", "表 1",
        "（一）说明",
        "附件：数据来源", "杞县人民政府办公室", "2026年11月16日",
        "附件", "数据来源", "口径",
        "抄送：县委办公室。", "杞县人民政府办公室\t2026年11月16日印发",
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [
        ["单位", "受理"], ["城关镇", "3"],
    ]  # fmt: skip
    red = word.paragraphs[0].runs[0]
    assert (str(red.font.color.rgb), fonts_of(red.font.element)) == ("C00000", "方正小标宋简体")
    body = next(each for each in word.paragraphs if each.text == "共受理17件。")
    assert body.paragraph_format.first_line_indent == Pt(32)


def test_a_draft_has_no_red_head() -> None:
    content = write_word(Official(title="草稿", mark="（送审稿）", blocks=[Paragraph("无。")]))
    said = [each.text for each in docx.Document(BytesIO(content)).paragraphs if each.text]
    assert said == ["（送审稿）", "草稿", "无。"]
    with ZipFile(BytesIO(content)) as archive:
        assert b"C00000" not in archive.read("word/document.xml")


def test_the_same_as_pdf(fonts, bars) -> None:
    pdf = write_pdf(PAPER, fonts=fonts, pictures={"bars.png": bars})
    assert pdf.startswith(b"%PDF-")
    # The red head's page and what it leaves over, what comes behind the break, the appendix.
    assert b"/Count 4" in pdf
    assert bars.startswith(b"\x89PNG")
    assert draw_bars([("1日", 0)], fonts=fonts, upright=True).startswith(b"\x89PNG")


def test_each_part_has_the_font_that_comes_nearest(fonts) -> None:
    faces = faces_of(fonts)
    assert all(set(families) == set(fonts.families) for families in faces.values())
    if "Noto Sans CJK SC" in fonts.families and "SimHei" not in fonts.families:
        assert faces["hei"][0] == "Noto Sans CJK SC"
