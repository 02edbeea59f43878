"""Reports say what the figures say, keep what people write, and are made once."""

from datetime import date, timedelta

import pytest

from daodi.core.clocks.services import load_calendar
from daodi.core.exceptions import ChangedMeanwhile, Missing, NotYours, Refused
from daodi.core.figures.counting import Scope, count
from daodi.core.figures.formulas import FORMULAS
from daodi.core.figures.projecting import project
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.people.models import Unit
from daodi.core.reports.brief import days_before
from daodi.core.reports.due import make_due
from daodi.core.reports.models import Report
from daodi.core.reports.services import (
    contradictions,
    discard,
    edit_section,
    frame,
    issue,
    make_report,
    recount,
    restore_section,
)
from daodi.core.reports.sources import CITED, cited_in, plain, read_sources
from daodi.core.reports.windows import finished_before
from daodi.core.sweep.alarms import sweep
from daodi.lib.windows import Window
from tests.makers import DAY, HOUR, NOON, make_calendar, make_ledger, make_matter, make_unit

MONDAY = date(2026, 3, 2)
SUNDAY = MONDAY + timedelta(days=6)
WEEKLY = Report.Kind.WEEKLY
LATER = NOON + 8 * DAY


@pytest.fixture
def busy(course):
    """Twelve matters of one week: some answered, one judged badly, one ordered, the rest late."""
    for _each in range(5):
        course().handed_in()
    course().handed_in().step("judge", "caller", solved="no", satisfied="no")
    course().accepted().step("press", "supervisor", text="Hurry.", limit="PT24H")
    for _each in range(5):
        course().accepted()
    return make_ledger()


@pytest.fixture
def report(busy, supervisor) -> Report:
    return make_report(busy, WEEKLY, MONDAY, SUNDAY, by=supervisor, now=LATER)


def section(report: Report, kind: str):
    return report.sections.get(kind=kind)


def test_every_number_is_found_again_by_its_source(report) -> None:
    seen = 0
    for part in report.sections.all():
        cells = [cell for row in part.data["table"].get("rows", ()) for cell in row["cells"]]
        text = "\n".join([part.text, *cells, *(value for _label, value in part.data["bars"])])
        sources = {source.number: source for source in read_sources(part.figures)}
        assert cited_in(text) == set(sources)
        for cited in CITED.finditer(text):
            assert sources[int(cited["source"])].part_of(cited["number"])
        for source in sources.values():
            if source.formula and not source.way:
                scope = Scope(
                    report.ledger,
                    date.fromisoformat(source.first),
                    date.fromisoformat(source.last),
                    Unit.objects.filter(pk=source.unit).first(),
                    Category.objects.filter(pk=source.category).first(),
                    source.town,
                    report.as_of,
                )
                figure = count(scope, [FORMULAS[source.formula]])[source.formula]
                assert (figure.hits, figure.of) == (source.hits, source.of)
                seen += 1
    assert seen > 20
    assert contradictions(report) == []


def test_it_says_what_happened(report) -> None:
    overview = plain(section(report, "overview").text)
    assert overview.startswith("2 to 8 March: 12 filed, 6 answered, 0 cleared.")
    assert "12 are open, of them 0 suspended and 6 overdue" in overview
    late = section(report, "overdue").data["table"]["rows"]
    assert len(late) == 6
    assert "Bureau 6" in plain(section(report, "units").text)
    orders = section(report, "orders")
    assert plain(orders.text) == (
        "1 orders were written in the period, 0 answered. "
        "1 wait for an answer, 1 of them past their limit."
    )
    ((*_matter, answer),) = [row["cells"] for row in orders.data["table"]["rows"]]
    assert answer == "due 3 Mar 12:04"
    badly = plain(section(report, "unsatisfied").text)
    assert badly == "Residents were not satisfied with 1 answers: still to be looked at 1."
    # Nothing is compared with days on which the ledger was not kept yet.
    assert "nothing compared" in section(report, "change").text


def test_no_resident_is_named(course, supervisor) -> None:
    course(make_matter("我叫张伟，路灯不亮，电话13812345678。")).accepted()
    report = make_report(make_ledger(), WEEKLY, MONDAY, SUNDAY, by=supervisor, now=LATER)
    rows = section(report, "overdue").data["table"]["rows"]
    assert "13812345678" not in str(rows)
    assert "张伟" not in str(rows)


def test_few_cases_have_numbers_and_no_rates(course, supervisor) -> None:
    for _each in range(3):
        course().handed_in()
    report = make_report(make_ledger(), WEEKLY, MONDAY, SUNDAY, by=supervisor, now=LATER)
    for part in report.sections.all():
        assert "%" not in plain(part.text), part.kind
        assert "%" not in str(part.data["table"]), part.kind
    units = section(report, "units")
    assert plain(units.text).endswith(
        "1 units with 3, in time 3 of 3.\n"
        "Where there are fewer than 10 cases, numbers stand in place of a rate."
    )
    assert [plain(cell) for cell in units.data["table"]["rows"][0]["cells"]] == [
        "Bureau", "3", "3/3", "3/3", "–", "0",
    ]  # fmt: skip
    late = next(each for each in read_sources(units.figures) if each.formula == "overdue@1")
    assert (late.hits, late.of) == (0, 3)
    assert "Of 3 answered matters 0 were done again." in plain(section(report, "repeated").text)
    categories = plain(section(report, "categories").text)
    assert categories == "Most came in on: Street lights (3 matters)."


def test_the_red_list_has_every_red_card(course, supervisor) -> None:
    late = course().accepted().matter
    given_back = course().dispatched()
    given_back.step("object", "handler", text="The water company's.", basis="Duties, 3.2")
    now = NOON + 12 * DAY
    sweep(now)
    report = make_report(make_ledger(), WEEKLY, MONDAY, SUNDAY, by=supervisor, now=now)
    red = section(report, "overdue")
    assert plain(red.text).endswith(
        "1 matters are overdue; those that it has cost most are on top. "
        "1 more have a red card for another deadline; they stand at the end."
    )
    rows = [[plain(cell) for cell in row["cells"]] for row in red.data["table"]["rows"]]
    assert [[number, unit, by] for number, _title, unit, _due, by in rows] == [
        [late.number, "Bureau", "4 days"],
        [given_back.matter.number, "–", "Dispatch: 10 days"],
    ]


def test_what_a_ledger_does_not_know_is_left_out(course, supervisor) -> None:
    ledger = make_ledger("tasks", "13710-days", prefix="RW", kinds=["task"], leader_signs=False)
    task = course(make_matter("Renew the lanes.", ledger=ledger, kind="task"))
    project(task.listed(kind="task").now)
    Ledger.objects.filter(pk=ledger.pk).update(residents_file=False)
    ledger.refresh_from_db()
    monthly = Report.Kind.MONTHLY
    report = make_report(ledger, monthly, MONDAY, SUNDAY, by=supervisor, now=LATER)
    kinds = [part.kind for part in report.sections.all()]
    assert kinds == [
        "overview", "change", "units", "categories", "overdue", "orders", "suspended", "repeated",
        "outlook",
    ]  # fmt: skip
    recount(report, by=supervisor, now=LATER + HOUR)
    assert [part.kind for part in report.sections.all()] == kinds


def test_what_is_too_little_is_not_compared(course, supervisor) -> None:
    course().handed_in()
    course(make_matter(now=NOON + 7 * DAY)).handed_in()
    first, last = MONDAY + timedelta(days=7), SUNDAY + timedelta(days=7)
    report = make_report(make_ledger(), WEEKLY, first, last, by=supervisor, now=NOON + 15 * DAY)
    text = plain(section(report, "change").text)
    assert "show no trend" in text
    assert "Response rate" in text
    assert "%" not in text


def test_the_period_before_is_asked_as_it_was_known_then(course, supervisor) -> None:
    for _each in range(10):
        course().handed_in()
    project(NOON + DAY)
    for _each in range(10):
        course(make_matter(now=NOON + 7 * DAY)).accepted()
    first, last = MONDAY + timedelta(days=7), SUNDAY + timedelta(days=7)
    report = make_report(make_ledger(), WEEKLY, first, last, by=supervisor, now=NOON + 15 * DAY)
    text = plain(section(report, "change").text)
    assert "Completion rate 0%, 100.0 percentage points below 100%" in text
    assert "Beyond the usual ups and downs: answered, Response rate, Completion rate" in text
    assert "as it was known as long after its end (10 March)" in text


def test_a_report_is_there_once(report, busy, supervisor, outsider) -> None:
    again = make_report(busy, WEEKLY, MONDAY, SUNDAY, by=supervisor, now=LATER)
    assert again == report
    with pytest.raises(NotYours):
        make_report(busy, WEEKLY, MONDAY, SUNDAY, by=outsider, now=LATER)
    with pytest.raises(Refused, match="in this order"):
        make_report(busy, WEEKLY, SUNDAY, MONDAY, by=supervisor, now=LATER)
    with pytest.raises(Refused, match="not after today"):
        make_report(busy, WEEKLY, MONDAY, date(2027, 1, 1), by=supervisor, now=LATER)


def test_counting_again_keeps_what_people_wrote(report, course, supervisor) -> None:
    filed = section(report, "overview").text.split(": ")[1].split(" filed")[0]
    assert filed == "12[1]"
    words = f"We took in {filed} requests, and thank everybody."
    edit_section(report, "overview", heading="In short", text=words, by=supervisor, now=LATER)
    course(make_matter(now=NOON + DAY)).accepted()
    recount(report, by=supervisor, now=LATER + HOUR)
    part = section(report, "overview")
    assert part.text == "We took in 13[1] requests, and thank everybody."
    assert "13[1] filed" in part.written
    restore_section(report, "overview", by=supervisor)
    part = section(report, "overview")
    assert (part.heading, part.text) == ("Overall situation", part.written)


def test_an_issued_report_is_frozen_and_numbered(report, busy, supervisor) -> None:
    edit_section(report, "outlook", heading="Next", text="All goes on.", by=supervisor, now=LATER)
    frame(report, {"title": "Our week", "masthead": "Bulletin"}, by=supervisor)
    issue(report, by=supervisor, now=LATER)
    report.refresh_from_db()
    assert (report.state, report.year, report.number, report.title) == (
        "issued", 2026, 1, "Our week",
    )  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        recount(report, by=supervisor, now=LATER)
    with pytest.raises(ChangedMeanwhile):
        discard(report, by=supervisor)
    second = make_report(busy, WEEKLY, MONDAY, MONDAY, by=supervisor, now=LATER)
    issue(second, by=supervisor, now=LATER)
    assert Report.objects.get(pk=second.pk).number == 2


def test_a_cited_number_that_was_changed_is_not_issued(report, supervisor) -> None:
    words = "Only 3[6] are overdue."
    edit_section(report, "overview", heading="In short", text=words, by=supervisor, now=LATER)
    with pytest.raises(Refused, match="“In short” stands 3"):
        issue(report, by=supervisor, now=LATER)
    words = "Only 3 are overdue."
    edit_section(report, "overview", heading="In short", text=words, by=supervisor, now=LATER)
    issue(report, by=supervisor, now=LATER)


def test_the_version_seen_is_the_lock(report, supervisor) -> None:
    seen = Report.objects.get(pk=report.pk)
    edit_section(report, "overview", heading="A", text="B", by=supervisor, now=LATER)
    with pytest.raises(ChangedMeanwhile):
        edit_section(seen, "overview", heading="C", text="D", by=supervisor, now=LATER)
    with pytest.raises(Missing):
        edit_section(report, "overview", heading="", text="B", by=supervisor, now=LATER)
    with pytest.raises(Missing):
        frame(report, {"title": ""}, by=supervisor)


def test_due_reports_are_made_once_in_the_morning(busy) -> None:
    make_calendar()
    project(NOON)
    monday = (NOON + 7 * DAY).replace(hour=8, minute=5)
    assert make_due(monday - HOUR) == 0
    # The days since Friday, and the week; the month and the quarter before are empty.
    assert make_due(monday) == 2
    assert make_due(monday + HOUR) == 0
    windows = Report.objects.order_by("kind").values_list("kind", "first", "last")
    assert list(windows) == [
        ("daily", date(2026, 3, 6), SUNDAY),
        ("weekly", MONDAY, SUNDAY),
    ]


def test_windows(db) -> None:
    make_calendar()
    calendar = load_calendar()
    assert days_before(date(2026, 1, 1), date(2026, 3, 31)) == (
        date(2025, 10, 1), date(2025, 12, 31),
    )  # fmt: skip
    assert days_before(MONDAY, SUNDAY) == (date(2026, 2, 23), date(2026, 3, 1))
    # Nothing on a Sunday; after the holidays one for all of them.
    assert finished_before("daily", SUNDAY, calendar) is None
    for kind, today, window in (
        ("daily", date(2026, 10, 8), Window(date(2026, 9, 30), date(2026, 10, 7))),
        ("weekly", MONDAY, Window(MONDAY - 7 * DAY, MONDAY - DAY)),
        ("monthly", MONDAY, Window(date(2026, 2, 1), date(2026, 2, 28))),
        ("quarterly", MONDAY, Window(date(2025, 10, 1), date(2025, 12, 31))),
    ):
        assert finished_before(kind, today, calendar) == window


def test_who_reads_what(report, supervisor, handler, leader, manager, outsider) -> None:
    def seen(member) -> list[Report]:
        return list(Report.objects.visible_to(member))

    boss = make_unit("county")
    leader.unit = boss
    assert (seen(supervisor), seen(manager)) == ([report], [report])
    assert (seen(handler), seen(leader), seen(outsider)) == ([], [], [])
    issue(report, by=supervisor, now=LATER)
    assert (seen(leader), seen(outsider)) == ([report], [])
