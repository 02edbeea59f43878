"""Reports on paper."""

from datetime import date
from io import BytesIO

import docx
import pytest

from daodi.core.reports.document import document_of
from daodi.core.reports.models import Report
from daodi.core.reports.services import frame, issue, make_report
from daodi.lib.documents import find_fonts
from daodi.lib.documents.paper import write_pdf
from daodi.lib.documents.word import write_word
from tests.makers import DAY, NOON, make_ledger

LATER = NOON + 8 * DAY


@pytest.fixture
def report(course, supervisor) -> Report:
    course().handed_in()
    course().accepted()
    days = date(2026, 3, 2), date(2026, 3, 8)
    return make_report(make_ledger(), Report.Kind.WEEKLY, *days, by=supervisor, now=LATER)


def said(content: bytes) -> list[str]:
    return [each.text for each in docx.Document(BytesIO(content)).paragraphs if each.text.strip()]


def test_a_draft_says_that_it_is_one(report) -> None:
    paper, pictures = document_of(report, find_fonts())
    words = said(write_word(paper, pictures))
    assert words[:3] == [
        "(draft)",
        "Appeals: weekly push, 2 to 8 March 2026",
        "1. Overall situation",
    ]
    assert words[3].startswith("2 to 8 March: 2 filed, 1 answered, 0 cleared. At 10 March, 12:00,")
    assert "[" not in "".join(words)
    assert sorted(pictures) == ["categories.png", "overview.png"]


def test_an_issued_one_has_its_frame_and_says_where_its_figures_come_from(
    report, supervisor
) -> None:
    cover = {
        "title": "The week", "masthead": "County bulletin", "addressee": "All units",
        "signatory": "Oversight", "copies": "The county",
    }  # fmt: skip
    frame(report, cover, by=supervisor)
    issue(report, by=supervisor, now=LATER)
    report.refresh_from_db()
    paper, pictures = document_of(report, find_fonts())
    word = write_word(paper, pictures)
    words = said(word)
    assert words[:4] == ["County bulletin", "Issue 1 of 2026", "The week", "All units:"]
    assert words[-2:] == ["Copies to: The county", "Oversight\tIssued on 10 March 2026"]
    assert words.index("Oversight") < words.index("Appendix")
    sources, formulas = docx.Document(BytesIO(word)).tables[-2:]
    rows = [[cell.text for cell in row.cells] for row in sources.rows]
    assert rows[:2] == [
        ["No.", "Figure", "Value", "Numerator", "Denominator", "Days", "Formula"],
        ["1", "Filed matters", "2", "–", "2", "03-02—03-08", "filed@1"],
    ]
    assert ["6", "Overdue share", "50.0%", "1", "2", "at the moment", "overdue@1"] in rows
    assert formulas.rows[1].cells[0].text == "filed@1"
    pdf = write_pdf(paper, fonts=find_fonts(), pictures=pictures)
    assert pdf.startswith(b"%PDF-")
