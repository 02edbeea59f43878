"""Work without network, as clicks: take a table, fill it in, see what it would do, do it."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daodi.core.exchange.models import Upload
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from tests.files import content_of
from tests.makers import make_ledger, make_matter, make_member

PAGE = reverse("desk:offline")
CALLS = [
    ["来电时间", "来电人", "联系电话", "诉求内容", "分类"],
    ["2026-03-02 09:30", "张三", "13900000001", "村口的路灯坏了三天。", "没有的分类"],
    ["2026-03-02 09:40", "李四", "13900000002", "", ""],
]


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


@pytest.fixture
def road(handler) -> Client:
    return signed_in(handler)


@pytest.fixture
def phone(operator) -> Client:
    return signed_in(operator)


def opened(answer):
    return openpyxl.load_workbook(io.BytesIO(content_of(answer))).active


def as_file(sheet) -> SimpleUploadedFile:
    stream = io.BytesIO()
    sheet.parent.save(stream)
    return SimpleUploadedFile("路上.xlsx", stream.getvalue())


def filled(road: Client, notes: dict[str, str]) -> SimpleUploadedFile:
    """Download the table and write a progress note beside these matters."""
    sheet = opened(road.get(reverse("desk:offline_work")))
    place = [cell.value for cell in sheet[1]].index("Progress note")
    for row in sheet.iter_rows(min_row=2):
        row[place].value = notes.get(row[0].value)
    return as_file(sheet)


def bring(road: Client, file: SimpleUploadedFile):
    return road.post(reverse("desk:offline_work_new"), {"file": file}, follow=True)


def calls() -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in CALLS:
        book.active.append(row)
    return as_file(book.active)


def type_in(phone: Client):
    given = {"ledger": make_ledger().pk, "file": calls()}
    return phone.post(reverse("desk:offline_typed_new"), given, follow=True)


def test_a_table_goes_out_comes_back_and_is_done_on_a_yes(course, road) -> None:
    one = course(make_matter("Lamp one is dark.")).accepted().matter
    run = course(make_matter("Lamp two is dark.")).accepted()
    assert "the 2 matters" in road.get(PAGE).text
    file = filled(road, {one.number: "Seen.", run.matter.number: "Seen too."})
    run.step("contact", "handler", text="By telephone.")
    shown = bring(road, file)
    assert [(row["number"], row["is_wrong"]) for row in shown.context["rows"]] == [
        (run.matter.number, True), (one.number, False),
    ]  # fmt: skip
    assert not Event.objects.filter(name="note").exists()
    done = road.post(reverse("desk:offline_work_trial"), follow=True)
    assert "1 line was done." in done.text
    assert "It has changed since you downloaded the table" in done.text
    assert [event.matter_id for event in Event.objects.filter(name="note")] == [one.pk]
    left = opened(road.get(reverse("desk:offline_work_left")))
    assert [row[0].value for row in left.iter_rows(min_row=2)] == [run.matter.number]
    # The yes was said once.
    assert road.post(reverse("desk:offline_work_trial")).status_code == 404
    assert "What came of the last one" in road.get(PAGE).text


def test_a_trial_is_its_owners_only(course, road, outsider) -> None:
    matter = course().accepted().matter
    bring(road, filled(road, {matter.number: "Seen."}))
    for name in ("offline_work_trial", "offline_work_done", "offline_work_left"):
        assert signed_in(outsider).get(reverse(f"desk:{name}")).status_code == 404
    colleague = make_member("colleague", Role.HANDLER)
    assert signed_in(colleague).post(reverse("desk:offline_work_trial")).status_code == 404
    assert Event.objects.filter(name="note").count() == 0


def test_another_file_is_refused_on_the_page(road) -> None:
    answer = bring(road, calls())
    assert answer.status_code == 422
    assert "This is not the table for work without network." in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_many_matters(course, road, count) -> None:
    for n in range(count):
        course(make_matter(f"Lamp {n} is dark.")).accepted()
    with CaptureQueriesContext(connection) as queries:
        road.get(PAGE)
    assert len(queries) == 5
    with CaptureQueriesContext(connection) as queries:
        road.get(reverse("desk:offline_work"))
    assert len([each for each in queries if "SAVEPOINT" not in each["sql"]]) == 5


def test_calls_are_shown_first_and_filed_on_a_yes(phone, operator) -> None:
    shown = type_in(phone)
    told = ("taken", "doubled", "refused", "unknown")
    assert [shown.context[name] for name in told] == [
        1, 0, 1, [{"column": "分类", "name": "没有的分类", "n": 1}],
    ]  # fmt: skip
    assert Matter.objects.count() == 0
    # What waits is sealed: there are contacts in it.
    assert "13900000001" not in str(Upload.objects.get().lines)
    done = phone.post(reverse("desk:offline_typed_trial", args=[make_ledger().pk]), follow=True)
    assert "1 filed, 0 there already, 1 not possible." in done.text
    assert Matter.objects.get().channel == "phone"
    left = opened(phone.get(reverse("desk:offline_typed_left", args=[make_ledger().pk])))
    assert [row[1].value for row in left.iter_rows(min_row=2)] == ["李四"]
    assert "13900000002" not in str(Upload.objects.get().lines)


def test_calls_go_into_ledgers_of_ones_own_house_only(phone, outsider) -> None:
    ledger = make_ledger()
    stranger = signed_in(outsider)
    assert "Your unit runs no ledger." in stranger.get(PAGE).text
    given = {"ledger": ledger.pk, "file": calls()}
    answer = stranger.post(reverse("desk:offline_typed_new"), given)
    assert answer.status_code == 422
    type_in(phone)
    for name in ("offline_typed_trial", "offline_template"):
        url = reverse(f"desk:{name}", args=[ledger.pk])
        assert stranger.get(url).status_code == 404
    assert opened(phone.get(reverse("desk:offline_template", args=[ledger.pk])))["E1"].value
