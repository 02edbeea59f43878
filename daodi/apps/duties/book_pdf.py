"""The handbook as PDF."""

import re
from pathlib import Path
from typing import Any

from daodi.apps.duties.book import Book, Entry, labels
from daodi.apps.duties.flow import draw
from daodi.lib.documents import find_fonts, typeset

TEMPLATE = Path(__file__).parent / "documents/book.typ"
SECONDS = 90
# A chart is so wide on paper, in mm, and no higher than a page bears.
WIDE, HIGH = 66.0, 150.0
_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def book_pdf(book: Book) -> bytes:
    """Typeset a book; raise NoFonts or NotTypeset."""
    fonts = find_fonts()
    pictures: dict[str, bytes] = {}
    chapters = [
        {
            "name": chapter.name,
            "entries": [_entry(entry, pictures, fonts.families[0]) for entry in chapter.entries],
        }
        for chapter in book.chapters
    ]
    data = {
        "title": book.title, "publisher": book.publisher, "edition": book.edition,
        "counts": book.counts, "labels": labels(), "chapters": chapters,
    }  # fmt: skip
    return typeset(TEMPLATE, data, fonts=fonts, pictures=pictures, seconds=SECONDS)


def _entry(entry: Entry, pictures: dict[str, bytes], family: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "number": entry.number, "title": entry.title, "duties": entry.duties,
        "cautions": entry.cautions, "facts": entry.facts, "picture": "", "width": 0,
        "steps": [
            [step.what, step.who, " → ".join(filter(None, (step.input, step.output))), step.form,
             step.limit_words()]
            for step in entry.steps
        ],
    }  # fmt: skip
    if entry.steps:
        drawn = draw(entry.steps, entry.title, family)
        said["picture"] = f"flow-{len(pictures)}.svg"
        said["width"] = _width(drawn)
        pictures[said["picture"]] = drawn.encode()
    return said


def _width(drawn: str) -> float:
    found = _SIZE.search(drawn)
    wide, high = (float(found[1]), float(found[2])) if found else (1.0, 1.0)
    return min(WIDE, HIGH * wide / high)
