"""Reports on the desk: read, written into, sent out."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from daodi.core.reports.models import Report
from daodi.core.reports.services import edit_section, make_report
from daodi.core.reports.sources import Source
from daodi.web.showing.reports import pieces, source_url
from tests.makers import DAY, NOON, make_ledger

LATER = NOON + 8 * DAY
MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)


@pytest.fixture
def report(course, supervisor) -> Report:
    course().handed_in()
    course().accepted()
    return make_report(make_ledger(), "weekly", MONDAY, SUNDAY, by=supervisor, now=LATER)


@pytest.fixture
def desk(client, supervisor):
    client.force_login(supervisor.user)
    return client


def page_of(name: str, report: Report, *more: str) -> str:
    return reverse(f"desk:{name}", args=[report.pk, *more])


def test_the_list_costs_the_same_for_more(desk, report, django_assert_num_queries) -> None:
    def queries() -> int:
        with django_assert_num_queries(7) as asked:
            desk.get(reverse("desk:reports"))
        return len(asked)

    one = queries()
    for day in (MONDAY, SUNDAY):
        make_report(report.ledger, "daily", day, day, by=None, now=LATER)
    assert queries() == one


def test_a_report_costs_the_same_with_more_in_it(
    desk, report, course, django_assert_num_queries
) -> None:
    def queries(name: str) -> int:
        with django_assert_num_queries(5) as asked:
            assert desk.get(name).status_code == 200
        return len(asked)

    few = queries(page_of("report", report))
    for _each in range(3):
        course().accepted()
    bigger = make_report(report.ledger, "weekly", MONDAY, MONDAY, by=None, now=LATER)
    assert queries(page_of("report", bigger)) == few


def test_each_number_leads_to_what_it_was_counted_from() -> None:
    source = Source(
        3, "On time", "on_time@1", "2026-03-02", "2026-03-08", "2026-03-10T12:00:00+08:00",
        "appeals", unit=7, hits=1, of=2, shows={"value": "50.0%", "hits": "1", "of": "2"},
    )  # fmt: skip
    shown = pieces("Kept: 50.0%[3], 9[3], 4[8].", {3: source}, "units")
    assert [piece["text"] for piece in shown] == ["Kept: ", "50.0%", ", ", "9", ", ", "4", "."]
    # 9 is none of what source 3 gives, and there is no source 8.
    assert [piece["wrong"] for piece in shown] == [False, False, False, True, False, True, False]
    assert shown[1]["title"] == "On time: 1/2, formula on_time@1"
    assert source_url(Source(1, "rows"), "orders", hits=False) == "#orders"
    source.way = "sum:towns"
    assert source_url(source, "units", hits=False) == "#units"


def test_an_editor_writes_and_takes_it_back(desk, report) -> None:
    address = page_of("report_section", report, "overview")
    form = desk.get(address).context["form"]
    given = {**form.initial, "text": "We did well: 2[1] filed."}
    assert desk.post(address, given).status_code == 302
    page = desk.get(page_of("report", report)).content.decode()
    assert "We did well: " in page
    # Somebody who still has the page from before is told, and loses nothing.
    answer = desk.post(address, {**given, "text": "Mine."})
    assert (answer.status_code, b"Mine." in answer.content) == (422, True)
    desk.post(page_of("report_restore", report, "overview"))
    assert "We did well" not in desk.get(page_of("report", report)).content.decode()


def test_it_is_framed_issued_and_sent_out(desk, report, leader) -> None:
    cover = {"title": "The week", "masthead": "Bulletin", "addressee": "All units"}
    assert desk.post(page_of("report_frame", report), cover).status_code == 302
    assert desk.post(page_of("report_act", report, "recount")).status_code == 302
    assert desk.post(page_of("report_act", report, "issue")).status_code == 302
    page = desk.get(page_of("report", report))
    assert (page.context["number"], page.context["form"]) == ("Issue 1 of 2026", None)
    word = desk.get(page_of("report_file", report, "docx"))
    assert word["Content-Disposition"] == 'attachment; filename="weekly-2026-03-08.docx"'
    said = [each.text for each in docx.Document(BytesIO(word.content)).paragraphs if each.text]
    assert said[:4] == ["Bulletin", "Issue 1 of 2026", "The week", "All units:"]
    assert desk.get(page_of("report_file", report, "pdf"))["Content-Type"] == "application/pdf"
    assert desk.get(page_of("report_file", report, "odt")).status_code == 404
    # It is frozen: there is nothing to write into any more.
    assert desk.get(page_of("report_section", report, "overview")).status_code == 404
    assert desk.post(page_of("report_act", report, "discard")).status_code == 404


def test_what_contradicts_its_source_is_marked_and_not_issued(desk, report, supervisor) -> None:
    edit_section(report, "outlook", heading="Next", text="9[1] to do.", by=supervisor, now=LATER)
    page = desk.get(page_of("report", report)).content.decode()
    assert 'title="Not what was counted: Filed matters: 2, formula filed@1">9</mark>' in page
    answer = desk.post(page_of("report_act", report, "issue"), follow=True)
    assert "which is not what was counted" in answer.content.decode()
    assert Report.objects.get().is_draft


def test_a_report_by_hand(desk, report) -> None:
    given = {"ledger": report.ledger_id, "kind": "monthly", "first": MONDAY, "last": SUNDAY}
    made = desk.post(reverse("desk:report_new"), given)
    assert made.url == page_of("report", Report.objects.get(kind="monthly"))
    answer = desk.post(reverse("desk:report_new"), {**given, "first": date(2026, 3, 9)})
    assert answer.status_code == 422
    assert desk.post(page_of("report_act", report, "nonsense")).status_code == 404
    desk.post(page_of("report_act", report, "discard"))
    assert Report.objects.get().kind == "monthly"
