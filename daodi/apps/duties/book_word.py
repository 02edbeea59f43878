"""The handbook as a Word document: cover, contents, one style, in the fonts of official papers."""

from io import BytesIO
from itertools import count
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from daodi.apps.duties.book import Book, Chapter, Entry, labels
from daodi.apps.duties.steps import Step
from daodi.lib.documents.word_contents import add_contents, mark_head
from daodi.lib.documents.word_parts import (
    BODY,
    CENTRE,
    HEI,
    KAI,
    SMALL,
    SONG,
    TITLE,
    TWO,
    add_field,
    add_line,
    add_run,
    add_table,
    draw_rule,
    set_style,
)

NORMAL, FACTS = Pt(12), "Facts"
# Font, size, pitch of the lines, and the room above.
STYLES = {
    "Normal": (BODY, NORMAL, Pt(18), Pt(0)), "Heading 1": (TITLE, Pt(18), Pt(28), Pt(0)),
    "Heading 2": (HEI, Pt(15), Pt(22), Pt(12)), "Heading 3": (KAI, NORMAL, Pt(18), Pt(8)),
    FACTS: (BODY, SMALL, Pt(15), Pt(0)),
}  # fmt: skip
OTHERS = {"Header", "Footer", "Table Grid", "Normal Table", "Default Paragraph Font", "No List"}
MARGINS = {"top_margin": 25, "bottom_margin": 22, "left_margin": 25, "right_margin": 20}
WIDTH = Mm(210 - 25 - 20)
ASIDE, CHART = Mm(20), Pt(14)


def book_word(book: Book) -> bytes:
    """Write a book as .docx."""
    document: Any = docx.Document()
    _lay_out(document, book)
    _cover(document, book)
    words, heads = labels(), count()
    contents = add_line(document, words["contents"], family=TITLE, size=TWO, align=CENTRE)
    contents.paragraph_format.space_after = NORMAL
    lines = [
        line
        for chapter in book.chapters
        for line in ((1, chapter.name), *((2, _heading(entry)) for entry in chapter.entries))
    ]
    add_contents(document, lines, WIDTH, words["update"])
    for chapter in book.chapters:
        _chapter(document, chapter, words, heads)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _lay_out(document: Any, book: Book) -> None:
    document.styles.add_style(FACTS, WD_STYLE_TYPE.PARAGRAPH)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    section.different_first_page_header_footer = True
    # Each paragraph would otherwise be looked up among all that Word's own template has.
    for style in list(document.styles):
        if style.name not in STYLES.keys() | OTHERS:
            style.delete()
    for name, (family, size, pitch, before) in STYLES.items():
        set_style(document.styles[name], family, size, pitch)
        document.styles[name].paragraph_format.space_before = before
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    add_run(section.header.paragraphs[0], book.title, SONG, Pt(9))
    foot = section.footer.paragraphs[0]
    foot.alignment = CENTRE
    add_field(foot, "PAGE", SONG, Pt(9))
    document.core_properties.title = book.title
    document.core_properties.author = book.publisher


def _cover(document: Any, book: Book) -> None:
    for words, family, size, before in (
        (book.publisher, KAI, 18, 150),
        (book.title, TITLE, 36, 20),
        (book.counts, BODY, 12, 260),
        (book.edition, BODY, 12, 4),
    ):
        shape = {"before": Pt(before), "align": CENTRE, "pitch": Pt(size * 1.5)}
        line = add_line(document, words, family=family, size=Pt(size), **shape)
    line.add_run().add_break(WD_BREAK.PAGE)


def _chapter(document: Any, chapter: Chapter, words: dict[str, str], heads: "count[int]") -> None:
    mark_head(document.add_heading(chapter.name, 1), next(heads))
    for number, entry in enumerate(chapter.entries):
        head = document.add_heading(_heading(entry), 2)
        mark_head(head, next(heads))
        # A page for each, to be hung up where it is done; what has no process needs less.
        head.paragraph_format.page_break_before = bool(number and entry.steps)
        document.add_heading(words["duties"], 3)
        _items(document, entry.duties, words)
        document.add_heading(words["process"], 3)
        if entry.steps:
            _flow(document, entry.steps, words)
            _steps(document, entry.steps, words)
        else:
            document.add_paragraph(words["nothing"])
        document.add_heading(words["cautions"], 3)
        _items(document, entry.cautions, words)
        for label, value in entry.facts:
            document.add_paragraph(f"{label}：{value}", style=document.styles[FACTS])


def _heading(entry: Entry) -> str:
    return f"{entry.number}  {entry.title}"


def _items(document: Any, lines: list[str], words: dict[str, str]) -> None:
    for number, line in enumerate(lines, start=1):
        document.add_paragraph(f"{number}. {line}")
    if not lines:
        document.add_paragraph(words["nothing"])


def _flow(document: Any, steps: list[Step], words: dict[str, str]) -> None:
    """Draw the chart with what Word can edit: a framed line for each step, arrows between them."""
    _centred(document, words["begin"])
    for number, step in enumerate(steps, start=1):
        _centred(document, "↓")
        box = _centred(document, f"{number}. {step.what}　", HEI)
        about = (step.who, step.limit_words(), step.back_words())
        add_run(box, " · ".join(filter(None, about)), BODY, SMALL)
        box.paragraph_format.left_indent = box.paragraph_format.right_indent = ASIDE
        for side in ("top", "left", "bottom", "right"):
            draw_rule(box, side, "auto", 6, space=4)
    _centred(document, "↓")
    _centred(document, words["end"]).paragraph_format.space_after = Pt(8)


def _steps(document: Any, steps: list[Step], words: dict[str, str]) -> None:
    heads = ("", words["step"], words["who"], words["papers"], words["form"], words["limit"])
    papers = [" → ".join(filter(None, (step.input, step.output))) for step in steps]
    rows = [
        (str(n), step.what, step.who, paper, step.form, step.limit_words())
        for n, (step, paper) in enumerate(zip(steps, papers, strict=True), start=1)
    ]
    add_table(document, heads, rows, [Mm(wide) for wide in (8, 32, 30, 48, 25, 22)])


def _centred(document: Any, text: str, family: str = BODY) -> Any:
    line = add_line(document, text, family=family, size=SMALL, align=CENTRE, pitch=CHART)
    line.paragraph_format.keep_with_next = True
    return line
