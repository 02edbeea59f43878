"""The logs: who did what when, found by person, unit, act, time and number."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daodi.core.audit.models import AdminEvent
from daodi.core.history.contact import read_contact
from daodi.core.history.models import Event
from daodi.core.matters.states import Side
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.people.services import add_member, add_unit, change_member
from tests.files import content_of
from tests.makers import DAY, NOON, make_member, make_unit

FROM = {"begin": "2026-01-01"}


@pytest.fixture
def page(client: Client, manager: Member) -> Client:
    client.force_login(manager.user)
    return client


def found(page: Client, name: str = "log", **asked: str) -> list[str]:
    rows = page.get(reverse(f"desk:{name}"), {**FROM, **asked}).context["rows"]
    return [row["what"] for row in rows] if name == "log_matters" else [
        f"{row['what']}: {row['label']}" for row in rows
    ]  # fmt: skip


def test_administration_is_found_by_person_unit_and_act(page, manager) -> None:
    start = AdminEvent.objects.count()
    water = add_unit(code="water", name="Water", parent=manager.unit, by=manager)
    wang = add_member(username="wang", name="Wang", unit=water, roles=["editor"], by=manager)
    change_member(wang, roles=["leader"], is_active=True, by=manager)
    add_unit(code="x", name="X", parent=manager.unit)
    everything = ["Unit added: X", "Roles or place changed: Wang", "Member added: Wang",
                  "Unit added: Water"]  # fmt: skip
    assert found(page)[: AdminEvent.objects.count() - start] == everything
    assert found(page, who="wang") == everything[1:3]
    assert found(page, unit="water") == everything[1:]
    assert found(page, what="unit_added", unit="Water") == ["Unit added: Water"]
    assert found(page, who="manager") == [*everything[1:], "Member added: Manager"]
    shown = page.get(reverse("desk:log"), {**FROM, "who": "wang"}).text
    assert "Roles: Editor → Unit leader" in shown


def test_days_are_the_sites_days(page, manager) -> None:
    event = AdminEvent.objects.create(what="unit_added", label="Old", by=manager,
                                      at=timezone.now() - timedelta(days=40))  # fmt: skip
    day = timezone.localtime(event.at).date()
    assert "Unit added: Old" not in found_now(page)
    exactly = {"begin": f"{day}", "end": f"{day}"}
    assert found(page, **exactly) == ["Unit added: Old"]
    before = f"{day - timedelta(days=1)}"
    assert found(page, begin=before, end=before) == []


def found_now(page: Client) -> list[str]:
    rows = page.get(reverse("desk:log")).context["rows"]
    return [f"{row['what']}: {row['label']}" for row in rows]


def test_who_read_whose_contact_is_found(page, course, operator, handler) -> None:
    matter = course().accepted().matter
    read_contact(matter, by=operator, sides={Side.OPERATOR}, now=NOON + DAY)
    assert found(page, "log_matters", what="contact_read") == ["Contact was read"]
    assert found(page, "log_matters", who="handler") == ["Sign for"]
    assert found(page, "log_matters", number=matter.number, begin="") == [
        "Contact was read", "Sign for", "Dispatch", "List",
    ]  # fmt: skip
    assert found(page, "log_matters", unit="Bureau") == ["Sign for"]
    assert found(page, "log_matters", end="2026-03-01") == []


def test_what_makes_no_sense_is_said(page) -> None:
    wrong = page.get(reverse("desk:log_matters"), {"begin": "", "who": "", "number": "SQ-1"})
    assert (wrong.status_code, "There is no matter with this number." in wrong.text) == (422, True)
    nobody = page.get(reverse("desk:log"), {"who": "nobody", "unit": "nowhere"})
    assert set(nobody.context["form"].errors) == {"who", "unit"}
    endless = page.get(reverse("desk:log_matters"), {"begin": ""})
    assert "Give a day to begin with, a person or a number." in endless.text


def test_another_house_is_not_seen(page, course, outsider, operator) -> None:
    course().accepted()
    add_unit(code="theirs", name="Theirs", parent=outsider.unit, by=outsider)
    stranger = Client()
    stranger.force_login(outsider.user)
    rows = stranger.get(reverse("desk:log"), FROM).context["rows"]
    assert {row["label"] for row in rows} == {"Theirs", "Elsewhere", "Outsider"}
    assert found(stranger, "log_matters") == []
    assert stranger.get(reverse("desk:log"), {"who": "operator"}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_logs_ask_as_often_for_many_as_for_one(
    page, manager, course, count, django_assert_num_queries
) -> None:
    for number in range(count):
        add_unit(code=f"u{number}", name=f"U{number}", parent=manager.unit, by=manager)
        course().accepted()
    with django_assert_num_queries(5):
        page.get(reverse("desk:log"), {**FROM, "who": "manager"})
    with django_assert_num_queries(4):
        assert len(found(page, "log_matters")) == 3 * count


@pytest.mark.parametrize("name", ["log", "log_matters"])
def test_long_logs_go_on_page_by_page(page, manager, course, name, monkeypatch) -> None:
    monkeypatch.setattr("daodi.web.views.log.SIZE", 2)
    course().accepted()
    whole: list[int] = []
    url = "?begin=2026-01-01"
    while url:
        shown = page.get(reverse(f"desk:{name}") + url).context
        assert 1 <= len(shown["rows"]) <= 2
        whole += [str(row.get("at") or row["event"].pk) for row in shown["rows"]]
        url = shown["older_url"]
    model = AdminEvent if name == "log" else Event.objects.filter(by__isnull=False)
    assert len(whole) == len(set(whole)) == (model.objects if name == "log" else model).count()


def test_what_was_found_is_given_out_and_that_is_written_down(page, manager) -> None:
    add_unit(code="evil", name="=cmd|' /C calc'!A0", parent=manager.unit, by=manager)
    answer = page.get(reverse("desk:log_file"), {**FROM, "who": "manager"})
    sheet = openpyxl.load_workbook(io.BytesIO(content_of(answer))).active
    assert [cell.value for cell in sheet[2]][1:5] == [
        "Manager", "County", "Unit added", "=cmd|' /C calc'!A0",
    ]  # fmt: skip
    assert sheet["E2"].data_type == "s"
    line = AdminEvent.objects.latest("pk")
    assert (line.what, line.by, line.after) == ("audit_exported", manager, {"n": 2})


def test_work_on_matters_is_given_out_too(page, course) -> None:
    matter = course().accepted().matter
    answer = page.get(reverse("desk:log_matters_file"), FROM)
    sheet = openpyxl.load_workbook(io.BytesIO(content_of(answer))).active
    assert [row[4].value for row in sheet.iter_rows(min_row=2)] == [matter.number] * 3


def test_a_supervisor_reads_the_log_of_the_own_house(client, supervisor, manager) -> None:
    add_unit(code="u", name="U", parent=manager.unit, by=manager)
    add_unit(code="o", name="O", parent=supervisor.unit, by=manager)
    client.force_login(supervisor.user)
    rows = client.get(reverse("desk:log"), FROM).context["rows"]
    assert [row["label"] for row in rows] == ["O", "Supervisor", "Oversight"]
    make_member("clerk", Role.EDITOR, unit=make_unit("oversight").code)
