"""Tables in and out, as a manager's clicks."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from daodi.core.exchange.models import Upload
from daodi.core.exchange.tests.makers import book
from daodi.core.people.models import Member, Unit
from tests.files import content_of
from tests.makers import make_ledger, make_unit

ROWS = [
    ["单位代码", "单位", "上级单位", "姓名", "角色"],
    ["SW", "水务局", "County", "李四", "负责人"],
]


@pytest.fixture
def page(client: Client, manager: Member) -> Client:
    client.force_login(manager.user)
    return client


def send(page: Client, rows: list, tmp_path, name: str = "organisation", args=()):
    path = book(tmp_path / "a.xlsx", 表=rows)
    file = SimpleUploadedFile("通讯录.xlsx", path.read_bytes())
    return page.post(reverse(f"desk:{name}", args=args), {"file": file}, follow=True)


def test_a_table_is_shown_first_and_taken_in_on_a_yes(page, tmp_path) -> None:
    shown = send(page, ROWS, tmp_path)
    assert [row["step"].label for row in shown.context["steps"]] == ["水务局", "李四 · 水务局"]
    assert not Unit.objects.filter(code="SW").exists()
    mark = {"mark": shown.context["outcome"].mark}
    done = page.post(reverse("desk:organisation_trial"), mark, follow=True)
    assert "Taken in: 2 new, 0 changed." in done.text
    assert Member.objects.get(user__name="李四").unit.code == "SW"
    assert Upload.objects.count() == 0
    assert "there is nothing to do" in send(page, ROWS, tmp_path).text


def test_a_wrong_line_stops_all_of_it(page, tmp_path) -> None:
    shown = send(page, [*ROWS, ["X", "某局", "没有的局", "", ""]], tmp_path)
    assert "There is no unit “没有的局” in your house." in shown.text
    assert "Take all of it in" not in shown.text
    page.post(reverse("desk:organisation_trial"), {"mark": shown.context["outcome"].mark})
    assert not Unit.objects.filter(code="SW").exists()


def test_a_yes_from_an_old_page_shows_what_is_now(page, tmp_path) -> None:
    send(page, ROWS, tmp_path)
    answer = page.post(reverse("desk:organisation_trial"), {"mark": "old"})
    assert (answer.status_code, "Something has changed since" in answer.text) == (422, True)
    assert not Unit.objects.filter(code="SW").exists()


def test_what_is_no_table_is_refused_with_a_sentence(page, tmp_path) -> None:
    file = SimpleUploadedFile("a.xlsx", b"%PDF-1.7")
    answer = page.post(reverse("desk:organisation"), {"file": file})
    assert (answer.status_code, "a PDF" in answer.text) == (422, True)
    assert "Number, 标题" not in answer.text
    other = send(page, [["日期", "天气"], ["1", "晴"]], tmp_path)
    assert "None of these columns was found" in other.text


def test_a_trial_is_its_owners_only(page, tmp_path, outsider) -> None:
    send(page, ROWS, tmp_path)
    stranger = Client()
    stranger.force_login(outsider.user)
    assert stranger.get(reverse("desk:organisation_trial")).status_code == 404


def test_the_house_goes_out_and_comes_back_unchanged(page, handler) -> None:
    answer = page.get(reverse("desk:organisation_file"))
    content = content_of(answer)
    assert "daodi-county" in answer.headers["Content-Disposition"]
    sheets = openpyxl.load_workbook(io.BytesIO(content))
    assert [len(list(sheet.rows)) for sheet in sheets] == [3, 3]
    file = SimpleUploadedFile("a.xlsx", content)
    shown = page.post(reverse("desk:organisation"), {"file": file}, follow=True)
    assert "there is nothing to do" in shown.text


def test_the_catalogue_goes_in_and_out(page, tmp_path) -> None:
    ledger, _bureau = make_ledger(), make_unit("bureau")
    rows = [["分类代码", "主办单位"], ["CX01", "Bureau"]]
    shown = send(page, rows, tmp_path, "lines", [ledger.pk])
    mark = {"mark": shown.context["outcome"].mark}
    page.post(reverse("desk:lines_trial", args=[ledger.pk]), mark)
    assert [str(line.lead) for line in ledger.catalogue.all()] == ["Bureau"]
    assert content_of(page.get(reverse("desk:lines_file", args=[ledger.pk])))[:2] == b"PK"
