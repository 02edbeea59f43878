"""Lists as workbooks: the rows of the page and no others, its columns, and nothing that runs."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daodi.core.audit.acts import Act
from daodi.core.audit.models import AdminEvent
from daodi.core.figures.projecting import project
from daodi.core.knowledge.tests.makers import make_editor, make_entry
from daodi.core.lists.services import choose_columns
from daodi.core.publishing.services import leave, publish
from daodi.core.supervision.models import Reminder
from daodi.core.supervision.reminders import answer_reminder, return_reminder, write_reminder
from daodi.core.sweep.alarms import sweep
from daodi.web import excel
from daodi.web.showing.figures import GROUPS
from tests.files import content_of
from tests.makers import DAY, NOON, make_calendar, make_ledger, make_matter, reread

INBOX = "/desk/"
ALWAYS = ["Number", "Title", "State"]
DATES = ["Filed at", "Due at", "Handed in at", "Cleared at"]


def table(answer) -> list[list[object]]:
    """Return the rows of a workbook that was served, the names of the columns first."""
    sheet = openpyxl.load_workbook(io.BytesIO(content_of(answer))).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.rows]


def file_of(member, url: str, **conditions) -> list[list[object]]:
    client = Client()
    client.force_login(member.user)
    return table(client.get(url, {**conditions, "excel": "1"}))


@pytest.fixture
def desk(client, operator):
    client.force_login(operator.user)
    return client


def test_a_list_is_given_out_as_it_is_filtered(desk, operator, course) -> None:
    make_matter("A hole in the road.")
    lamp = course(make_matter("The lamp is dark.")).listed().matter
    page = desk.get(INBOX, {"list": "all", "q": "lamp"})
    heads, row = table(desk.get(INBOX + page.context["page"].excel_url))
    assert heads == [*ALWAYS, "Lead unit", *DATES]
    due = timezone.localtime(lamp.due_at).replace(tzinfo=None, microsecond=0)
    assert row == [
        lamp.number, "The lamp is dark.", "Listed", None, NOON.replace(tzinfo=None), due, None,
        None,
    ]  # fmt: skip


def test_it_has_the_columns_that_the_member_chose(desk, operator, course) -> None:
    matter = course(make_matter(address="East gate")).listed("urgent").matter
    choose_columns("all", ["place", "urgency", "channel", "clock"], by=operator)
    heads, row = file_of(operator, INBOX, list="all")
    assert heads == [*ALWAYS, "Place", "Came by", "Urgency", *DATES]
    assert row[:6] == [matter.number, matter.title, "Listed", "East gate", "Web page", "Urgent"]


def test_it_goes_beyond_the_page_in_the_order_of_the_list(operator, monkeypatch) -> None:
    numbers = [make_matter(f"Lamp {n}.").number for n in range(3)]
    monkeypatch.setattr("daodi.web.paging.SIZE", 1)
    monkeypatch.setattr(excel, "CHUNK", 2)
    newest, oldest = (
        [row[0] for row in file_of(operator, INBOX, list="all", order=order)[1:]]
        for order in ("newest", "oldest")
    )
    assert (newest, oldest) == (numbers[::-1], numbers)


def test_nobody_takes_out_what_they_may_not_see(operator, outsider, handler) -> None:
    ours = make_matter()
    make_matter("In confidence.", is_confidential=True)
    assert [row[0] for row in file_of(operator, INBOX, list="all")[1:]] == [ours.number]
    assert len(file_of(outsider, INBOX, list="all")) == 1
    assert len(file_of(handler, INBOX, list="all")) == 1


def test_a_confidant_takes_out_confidential_ones(operator) -> None:
    ledger = make_ledger()
    ledger.confidants.add(operator)
    secret = make_matter("In confidence.", is_confidential=True)
    assert [row[0] for row in file_of(operator, INBOX, list="all")[1:]] == [secret.number]


def test_no_contact_is_in_it(operator, desk) -> None:
    make_matter()
    choose_columns("all", [*excel.ALWAYS, "place", "category", "kind", "unit"], by=operator)
    answer = desk.get(INBOX, {"list": "all", "excel": "1"})
    book = openpyxl.load_workbook(io.BytesIO(content_of(answer)))
    said = " ".join(str(cell.value) for row in book.worksheets[0].rows for cell in row)
    assert ("Wang" in said, "13800000000" in said, len(book.worksheets)) == (False, False, 1)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("http://evil")', "+1+1", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "{=1+1}"],
)
def test_nothing_a_resident_wrote_is_computed(operator, desk, text) -> None:
    title = make_matter(f"{text} lamps", address=text).title
    choose_columns("all", ["place"], by=operator)
    answer = desk.get(INBOX, {"list": "all", "excel": "1"})
    sheet = openpyxl.load_workbook(io.BytesIO(content_of(answer))).worksheets[0]
    cells = [sheet["B2"], sheet["D2"]]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        (said, "s", None) for said in (title, text)
    ]
    assert sheet.freeze_panes == "A2"


def test_whoever_takes_a_list_out_leaves_a_line(desk, operator) -> None:
    make_matter()
    desk.get(INBOX, {"list": "all", "q": "13800000000", "excel": "1"})
    line = AdminEvent.objects.get(what=Act.LIST_EXPORTED)
    # How it was filtered is not kept: it may be a telephone number.
    assert (line.label, line.by, line.unit, line.after) == (
        "Everything", operator, operator.unit, {"n": 1},
    )  # fmt: skip


def test_more_than_a_sheet_should_hold_is_to_be_narrowed(desk, operator, monkeypatch) -> None:
    monkeypatch.setattr(excel, "MOST_ROWS", 1)
    make_matter()
    assert len(file_of(operator, INBOX, list="all")) == 2
    make_matter("Another lamp.")
    answer = desk.get(INBOX, {"list": "all", "excel": "1"}, HTTP_REFERER="http://testserver/desk/")
    assert (answer.status_code, answer.url) == (302, "http://testserver/desk/")
    assert "more than 1 rows. Narrow it" in desk.get(INBOX).text


@pytest.mark.parametrize("count", [1, 3])
def test_many_cost_as_many_queries_as_one(desk, operator, count) -> None:
    make_calendar()
    for _ in range(count):
        make_matter()
    with CaptureQueriesContext(connection) as queries:
        desk.get(INBOX, {"list": "all", "excel": "1"})
    asked = [each["sql"] for each in queries if "SAVEPOINT" not in each["sql"]]
    # Session, account, places; the columns; whether there are too many; the rows; the line.
    assert len(asked) == 7


def test_a_joint_unit_reads_when_its_own_part_is_due(course, cast, outsider) -> None:
    matter = course().dispatched(joint=[outsider.unit]).matter
    heads, row = file_of(outsider, INBOX, list="joint")
    own = matter.parts.get().due_at
    assert row[heads.index("Due at")] == timezone.localtime(own).replace(tzinfo=None, microsecond=0)


def late(course, **filing):
    ledger = make_ledger("quick", policy="13710-hours", prefix="H")
    begun = timezone.now() - DAY
    matter = course(make_matter(ledger=ledger, now=begun, **filing)).dispatched().matter
    sweep(timezone.now())
    return reread(matter)


def test_the_lists_of_the_board_say_why(course, supervisor, outsider) -> None:
    make_calendar()
    matter, url = late(course), reverse("desk:watch", args=["red"])
    heads, row = file_of(supervisor, url)
    assert heads == [*ALWAYS, "Lead unit", "Why", "Next step", *DATES]
    assert row[:4] == [matter.number, matter.title, "Dispatched", "Bureau"]
    assert "due" in row[4]
    assert len(file_of(outsider, url)) == 1


def test_orders_are_given_out_with_their_answers(course, supervisor, outsider) -> None:
    run = course().accepted().step("press", "supervisor", text="=Today!", limit="P1D")
    run.step("answer_order", "handler", text="It is done.")
    heads, row = file_of(supervisor, reverse("desk:orders"), show="answered")
    said = dict(zip(heads, row, strict=True))
    wanted = ("Number", "The order", "Written by", "The answer", "Closed at")
    assert [said[name] for name in wanted] == [
        run.matter.number, "=Today!", "Supervisor", "It is done.", None,
    ]  # fmt: skip
    assert len(file_of(outsider, reverse("desk:orders"), show="answered")) == 1


def test_what_was_left_out_of_the_scoring_says_why(course, supervisor, outsider) -> None:
    run = course().cleared()
    run.step("exclude", "supervisor", text="A flood.")
    heads, row = file_of(supervisor, reverse("desk:excluded"))
    assert heads == [*ALWAYS, "Lead unit", "Left out at", "Why", *DATES]
    assert row[3:6] == ["Bureau", timezone.localtime(run.now).replace(tzinfo=None), "A flood."]
    assert len(file_of(outsider, reverse("desk:excluded"))) == 1


def test_a_pattern_is_given_out_as_it_is_listed(course, supervisor) -> None:
    matter = course(make_matter(now=timezone.now() - DAY)).handed_in().matter
    url = reverse("desk:question", args=["without_contact", matter.unit_id])
    assert [row[0] for row in file_of(supervisor, url)[1:]] == [matter.number]


def test_the_matters_behind_a_figure(course, supervisor, outsider) -> None:
    matter = course().handed_in().matter
    project(NOON + timedelta(days=1))
    asked = {"formula": "filed@1", "first": "2026-03-01", "last": "2026-03-07"}
    heads, row = file_of(supervisor, reverse("desk:figures_list"), **asked)
    assert heads == [*ALWAYS, "Lead unit", *DATES]
    assert row[:4] == [matter.number, matter.title, "Handed in", "Bureau"]
    # The number counts it; its row is not for everybody.
    assert len(file_of(outsider, reverse("desk:figures_list"), **asked)) == 1


def test_early_signs_are_given_out_with_their_answers(course, cast, outsider) -> None:
    matter, boss = course().accepted().matter, cast["supervisor"]
    given = {"unit": matter.unit, "text": "=Look.", "by": boss, "now": NOON}
    prompt = write_reminder([matter], kind="prompt", topic="Lamps", **given)
    later = NOON.date() + timedelta(days=3)
    write_reminder([matter], kind="assign", topic="Holes", due=later, **given)
    for text in ("Looking.", "Looked."):
        answer_reminder(reread_sign(prompt), text=text, by=cast["leader"], now=NOON)
        if text == "Looking.":
            return_reminder(reread_sign(prompt), text="And?", by=boss, now=NOON)
    url = reverse("desk:reminders")
    heads, row = file_of(cast["leader"], url)
    said = dict(zip(heads, row, strict=True))
    assert (said["What it is about"], said["Text"], said["The answer"], said["Matters"]) == (
        "Lamps", "=Look.", "Looked.", matter.number,
    )  # fmt: skip
    assert said["Answered at"] == NOON.replace(tzinfo=None)
    (heads, row) = file_of(boss, url, show="assign")
    assert dict(zip(heads, row, strict=True))["State"] == "Waits for an answer"
    assert [len(file_of(outsider, url, show=name)) for name in ("prompt", "closed")] == [1, 1]


def reread_sign(reminder: Reminder) -> Reminder:
    return Reminder.objects.get(pk=reminder.pk)


def test_what_waits_to_be_published_and_what_was_decided(course, operator, outsider) -> None:
    url = reverse("desk:publishing")
    first, second, third = (
        course(make_matter(f"Lamp {n}.", may_publish=True)).cleared().matter for n in range(3)
    )
    publish(second, title="A lamp", text="A lamp is dark.", answer="Done.", by=operator, now=NOON)
    leave(third, reason="Not of use to others.", by=operator, now=NOON)
    assert [row[:2] for row in file_of(operator, url)[1:]] == [[first.number, first.title]]
    heads, row = file_of(operator, url, list="public")
    assert dict(zip(heads, row, strict=True)) == {
        "Number": second.number, "Title": "A lamp", "Unit": "Bureau", "Public": "Yes",
        "Decided": NOON.replace(tzinfo=None), "Reason": "",
        "What everybody reads": "A lamp is dark.", "Answer": "Done.",
    }  # fmt: skip
    (_heads, row) = file_of(operator, url, list="left")
    assert (row[0], row[3], row[5]) == (third.number, "No", "Not of use to others.")
    assert [len(file_of(outsider, url, list=name)) for name in ("waiting", "public")] == [1, 1]


def sheets_of(answer) -> dict[str, list[dict[str, object]]]:
    """Return the rows of each sheet by the names of their columns."""
    book = openpyxl.load_workbook(io.BytesIO(content_of(answer)))
    tables = {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book}
    return {
        title: [dict(zip(heads, row, strict=True)) for row in rows]
        for title, (heads, *rows) in tables.items()
    }


@pytest.fixture
def counted(course, client, supervisor):
    """Two matters, one of them answered; return what asks for figures of that week."""
    way = course().handed_in()
    course(make_matter("Another lamp is dark.")).accepted()
    project(way.now + timedelta(days=60))
    client.force_login(supervisor.user)

    def ask(page: str, *args: str, **more: str):
        address = reverse(f"desk:{page}", args=args)
        return client.get(address, {"first": "2026-03-01", "last": "2026-03-07", **more})

    return ask


def test_every_figure_says_what_it_is_made_of_and_how_it_is_counted(counted) -> None:
    url = counted("figures").context["excel_url"]
    sheets = sheets_of(counted("figures", excel="1"))
    assert "first=2026-03-01" in url
    assert [*sheets] == ["Figures", "Age of what is open", "What is counted"]
    rows = {row["Formula"]: row for row in sheets["Figures"]}
    row = rows["on_time@1"]
    numbers = (
        "Value",
        "Counted in",
        "Numerator",
        "Denominator",
        "95-percent interval from",
        "95-percent interval to",
        "Remarks",
    )
    assert [row[name] for name in numbers] == [50, "%", 1, 2, 9.45, 90.55, "too few to compare"]
    assert row["Source"] == "河南省政务服务便民热线运行管理办法"
    assert row["Meaning"].startswith("Answered within the limit")
    assert row["As known at"].date() == (NOON + timedelta(days=60)).date()
    count = [rows["filed@1"][name] for name in numbers]
    assert count == [2, "matters", None, 2, None, None, None]
    # Without a case there is no number, and a stock has no window before.
    assert (rows["satisfaction@1"]["Value"], rows["open@1"]["Before"]) == (None, None)
    assert len(rows) == sum(len(names) for _label, names in GROUPS)


def test_units_and_days_have_their_files_too(counted) -> None:
    sheets = sheets_of(counted("figures_by", "unit", formula="filed@1", excel="1"))
    (units, about) = sheets.values()
    assert [(row["Unit"], row["Value"]) for row in units] == [("County", 2), ("Bureau", 2)]
    assert about[0] == {"What": "Ledger", "Value": "Appeals"}
    days = sheets_of(counted("figures_time", formula="filed@1", step="day", excel="1"))["Time"]
    assert [(row["Time"], row["Value"]) for row in days[:2]] == [
        ("2026-03-01", 0), ("2026-03-02", 2),
    ]  # fmt: skip


def test_a_unit_takes_out_figures_of_its_own_house_only(counted, outsider) -> None:
    client = Client()
    client.force_login(outsider.user)
    asked = {"first": "2026-03-01", "last": "2026-03-07", "excel": "1"}
    sheets = sheets_of(client.get(reverse("desk:figures"), asked))
    assert sheets["Figures"][0]["Value"] == 0
    facts = {row["What"]: row["Value"] for row in sheets["What is counted"]}
    assert facts["Lead unit"] == "Elsewhere"


def test_the_supervisors_board_by_unit(supervisor, course) -> None:
    make_calendar()
    course().accepted()
    course(make_matter("A hole in the road."))
    sweep(NOON + 60 * DAY)
    heads, bureau, nobody = file_of(supervisor, "/desk/supervision/")
    assert [heads[0], heads[1], heads[-1]] == ["Unit", "Red card", "Orders answered"]
    assert [bureau[:2], nobody[:2]] == [["Bureau", 1], ["not dispatched yet", 1]]


def test_the_knowledge_base_with_its_answers(operator) -> None:
    editor = make_editor()
    published = make_entry("Who repairs lamps?", by=editor, answer="=1+1 or the bureau.")
    make_entry("A draft", by=editor, published=False)
    heads, row = file_of(operator, "/desk/knowledge/")
    assert heads[:4] == ["The question", "Answer", "Readers", "State"]
    assert row[:5] == [
        "Who repairs lamps?",
        "=1+1 or the bureau.",
        "everybody",
        "Published",
        str(published.unit),
    ]
    assert row[-3:] == [0, 0, 0]
