"""What planners and units do on the pages."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daodi.apps.plans.links import links
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.tables import excel_of
from daodi.apps.plans.tests.makers import draft_plan, head, issued_plan, make_tasks_ledger, task
from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from tests.makers import make_member, make_unit

PLAN = {
    "title": "Lanes", "source_kind": "document", "source": "City plan",
    "source_number": "〔2026〕5",
    "first_day": "2026-03-01", "last_day": "2026-12-31", "rhythm": "week",
    "leaders": "Zhao, Deputy head\nQian", "people": "Sun 住建局",
}  # fmt: skip
JOINT_QUERIES = 9


def test_a_plan_is_made_line_by_line_and_issued(client, operator, handler) -> None:
    category = make_tasks_ledger().categories.get()
    client.force_login(operator.user)
    client.post(reverse("plans:plan_new"), {**PLAN, "category": category.pk})
    plan = Plan.objects.get()
    assert [(p.name, p.post) for p in plan.team_members.all()] == [
        ("Zhao", "Deputy head"), ("Qian", ""), ("Sun", "住建局"),
    ]  # fmt: skip
    new = reverse("plans:line_new", args=[plan.pk])
    client.post(new, {"level": 1, "title": "Facilities"})
    bureau = make_unit("bureau")
    given = {
        "level": 3, "title": "Renew lanes", "standard": "Lit", "lead": bureau.pk,
        "due_words": "12月底前", "steps": "3月底前，摸排\n施工", "target": "123", "measure": "条",
    }  # fmt: skip
    refused = client.post(new, {**given, "due_words": "尽快"})
    assert refused.status_code == 422
    client.post(new, given)
    line = Line.objects.tasks().get()
    assert (line.due, line.parent.title, line.steps.count()) == (
        date(2026, 12, 31), "Facilities", 2,
    )  # fmt: skip
    issue = client.post(reverse("plans:plan_issue", args=[plan.pk]), follow=True)
    assert "1 tasks are on their way" in issue.content.decode()


def test_doubts_are_settled_one_after_another(client, operator) -> None:
    plan = draft_plan(operator)
    source = issued_plan(operator, head(), task("A"), task("B", due=None, repeats="always"))
    file = SimpleUploadedFile("plan.xlsx", excel_of(source))
    client.force_login(operator.user)
    url = reverse("plans:plan_read", args=[plan.pk])
    page = client.post(url, {"file": file}, follow=True).content.decode()
    assert "3 lines were read; 0 of them have doubts" in page
    plan.lines.tasks().update(doubts=["Is it so?"])
    first, second = plan.lines.tasks().order_by("place")
    refused = client.post(reverse("plans:plan_issue", args=[plan.pk]), follow=True)
    assert "2 lines have doubts" in refused.content.decode()
    edit = reverse("plans:line_edit", args=[plan.pk, first.pk])
    assert "Is it so?" in client.get(edit).content.decode()
    given = {"level": 3, "title": "A", "standard": "S", "due": "2026-05-01", "next": "yes"}
    answer = client.post(edit, given)
    assert answer.url == reverse("plans:line_edit", args=[plan.pk, second.pk])
    assert list(plan.lines.doubtful()) == [second]
    broken = client.post(url, {"file": SimpleUploadedFile("x.xlsx", b"PK nothing")})
    assert broken.status_code == 422


def test_a_unit_says_in_one_line_how_it_goes(client, operator, handler) -> None:
    issued_plan(operator, task(steps=[("Measured", None)], target=5, measure="lanes"))
    line = Line.objects.get()
    client.force_login(handler.user)
    page = client.get(reverse("plans:ours"))
    assert [len(page.context[name]) for name in ("to_say", "said")] == [1, 0]
    url = reverse("plans:progress", args=[line.pk])
    step = line.steps.get()
    given = {"done": "Measured.", "next": "Build", "count": "2", "reached": [step.pk]}
    page = client.post(url, given, follow=True)
    assert [len(page.context[name]) for name in ("to_say", "said")] == [0, 1]
    assert "40 %" in page.content.decode()
    assert client.post(url, {"done": ""}).status_code == 422
    assert Matter.objects.get().state == "handling"


def test_an_amendment_is_made_on_the_page_of_the_task(client, operator) -> None:
    plan = issued_plan(operator, last_day=date(2030, 6, 30))
    line = plan.lines.tasks().get()
    client.force_login(operator.user)
    url = reverse("plans:line_amend", args=[plan.pk, line.pk])
    given = {"due": "2030-06-01", "standard": line.standard, "why": "Rain"}
    page = client.post(url, given, follow=True)
    assert page.status_code == 200
    assert "Rain" in client.get(reverse("plans:plan", args=[plan.pk])).content.decode()
    assert client.post(url, {**given, "due": "2029-01-01", "why": ""}).status_code == 422


@pytest.mark.parametrize("name", ["plan", "ours", "plans"])
def test_pages_cost_the_same_for_one_task_and_for_three(client, operator, handler, name) -> None:
    counts = []
    for n in (1, 3):
        plan = issued_plan(operator, head(), *(task(f"Task {i}") for i in range(n)))
        client.force_login(handler.user)
        url = reverse(f"plans:{name}", args=[plan.pk] if name == "plan" else [])
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 14


def test_the_tasks_of_a_unit_that_joins_cost_the_same_for_one_and_for_three(
    client, operator, django_assert_num_queries
) -> None:
    plumber = make_member("plumber", Role.HANDLER, unit="water")
    client.force_login(plumber.user)
    for n in (1, 3):
        issued_plan(operator, *(task(f"Task {n}.{i}", joint=["water"]) for i in range(n)))
        client.get(reverse("plans:ours"))
        with django_assert_num_queries(JOINT_QUERIES):
            page = client.get(reverse("plans:ours"))
    forms = [each["form"] for each in page.context["to_say"]]
    assert len([form for form in forms if form]) == 4


def test_a_matter_leads_back_to_its_plan(client, operator, handler, outsider) -> None:
    plan = issued_plan(operator)
    line = plan.lines.tasks().select_related("matter").get()
    client.force_login(handler.user)
    page = client.get(reverse("desk:matter", args=[line.matter.number])).content.decode()
    assert reverse("plans:line", args=[plan.pk, line.pk]) in page
    assert links(line.matter, outsider) == []


def test_the_page_of_a_head_shows_what_stands_below_it(client, operator) -> None:
    plan = issued_plan(operator, head(), task("A"), head("Order"), task("B"))
    client.force_login(operator.user)
    url = reverse("plans:line", args=[plan.pk, plan.lines.get(title="Facilities").pk])
    below = client.get(url).context["row"].below
    assert [row.line.title for row in below] == ["A"]


def test_the_files_are_whole(client, operator) -> None:
    plan = issued_plan(operator)
    client.force_login(operator.user)
    for kind in ("xlsx", "docx"):
        answer = client.get(reverse("plans:plan_file", args=[plan.pk, kind]))
        assert BytesIO(answer.content).read(2) == b"PK"
