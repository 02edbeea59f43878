from io import BytesIO
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from daodi.cli.reports import app
from daodi.core.exceptions import Refused
from daodi.core.reports.models import Report
from tests.makers import StartCourse


def write(kind: str, out: Path, *, ledger: str = "appeals") -> bytes:
    words = [kind, "--ledger", ledger, "--date", "2026-03-04", "--out", str(out)]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return out.read_bytes()


def test_a_report_is_written_as_word_and_as_pdf(course: StartCourse, tmp_path: Path) -> None:
    course().handed_in()
    word = docx.Document(BytesIO(write("weekly", tmp_path / "week.docx")))
    assert "Appeals: weekly push, 2 to 8 March 2026" in [each.text for each in word.paragraphs]
    assert write("weekly", tmp_path / "week.pdf").startswith(b"%PDF-")
    # One draft, written twice.
    assert Report.objects.get().kind == "weekly"


def test_what_it_cannot_write_is_said(course: StartCourse, tmp_path: Path) -> None:
    course()
    with pytest.raises(Refused, match=r"daily, weekly, monthly, quarterly, on the ledgers appeals"):
        write("yearly", tmp_path / "a.pdf")
    with pytest.raises(Refused, match="on the ledgers appeals"):
        write("weekly", tmp_path / "a.pdf", ledger="nothing")
    with pytest.raises(Refused, match=r"as \.docx or as \.pdf"):
        write("weekly", tmp_path / "a.odt")
