"""A document in the layout of GB/T 9704-2012, as plain data: written as Word file or as PDF.

    paper = Official(title="…", masthead="…", blocks=[Heading("…"), Paragraph("…"), Table(…)])
    docx = write_word(paper, pictures={"1.png": …})
    pdf = write_pdf(paper, fonts=find_fonts(), pictures={"1.png": …})

Headings are numbered by the document itself: 一、 and （一） in Chinese, 1. and (1) in English.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

DIGITS = "零一二三四五六七八九"
TEN = 10
CHINESE = "zh"


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, two characters in."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text below their heads. `widths`: the shares of the columns."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the name that it is given under, as wide as the text."""

    name: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Table | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Official:
    """What stands on the paper; what is empty is left out.

    The title may have several lines. `masthead` (发文机关标志) and `reference` (发文字号) make the
    red head of an issued document; `copies` (抄送) and `printed` (印发机关、印发日期) the record at
    its end (版记). An appendix (附件) begins on a page of its own, behind signatory and date.
    """

    title: str
    blocks: Sequence[Block] = field(default_factory=list)
    masthead: str = ""
    reference: str = ""
    addressee: str = ""
    signatory: str = ""
    date: str = ""
    appendix: Sequence[Block] = field(default_factory=list)
    appendix_title: str = ""
    copies: str = ""
    printed: tuple[str, str] = ("", "")
    # In the head of the first page, such as "Draft".
    mark: str = ""
    language: str = CHINESE

    @property
    def appendix_word(self) -> str:
        """Return what an appendix is called."""
        return "附件" if self.language == CHINESE else "Appendix"

    @property
    def appendix_note(self) -> str:
        """Return the line below the text that says which appendix there is."""
        colon = "：" if self.language == CHINESE else ": "
        return f"{self.appendix_word}{colon}{self.appendix_title}"


def numbered(blocks: Iterable[Block], language: str) -> Iterator[Block]:
    """Put their numbers before headings of the first and the second level."""
    counts = [0, 0]
    for block in blocks:
        if isinstance(block, Heading) and block.level <= len(counts):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (len(counts) - block.level)
            number = number_of(counts[block.level - 1], block.level, language)
            yield Heading(number + block.text, block.level)
        else:
            yield block


def number_of(count: int, level: int, language: str) -> str:
    """Return what stands before a heading."""
    if language != CHINESE:
        return f"{count}. " if level == 1 else f"({count}) "
    return f"{in_chinese(count)}、" if level == 1 else f"（{in_chinese(count)}）"


def in_chinese(count: int) -> str:
    """Return a number from 1 to 99 in Chinese characters."""
    tens, ones = divmod(count, TEN)
    ten = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    return ten + (DIGITS[ones] if ones or not tens else "")
