"""The handbook: a short one at once, a long one written by a job and kept."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from docx.oxml.ns import qn
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from daodi.apps.duties import handbooks
from daodi.apps.duties.handbooks import PATIENCE, WRITING, ask_for, changed_since, write
from daodi.apps.duties.models import Handbook
from daodi.apps.duties.tests.makers import chief, content, draft, duty, handbook, writer
from daodi.apps.duties.writing import approve, end_duty, revise
from daodi.core.exceptions import Refused
from daodi.lib.documents import NoFonts, find_fonts
from tests.makers import DAY, NOON, make_unit

pytestmark = pytest.mark.django_db
LATER = NOON + DAY


def test_the_handbook_has_all_in_one_format(client, handler) -> None:
    duty()
    duty("elsewhere", title="Lamps", steps=())
    draft(title="Not yet")
    client.force_login(handler.user)
    answer = client.get(reverse("duties:book", args=["docx"]))
    document = docx.Document(BytesIO(answer.content))
    heads = [(p.style.name, p.text) for p in document.paragraphs if p.style.name[:7] == "Heading"]
    blocks = [("Heading 3", name) for name in ("Main duties", "Process", "Cautions")]
    assert heads == [
        ("Heading 1", "Bureau"), ("Heading 2", "1  Permit for a street stall"), *blocks,
        ("Heading 1", "Elsewhere"), ("Heading 2", "1  Lamps"), *blocks,
    ]  # fmt: skip
    said = [p.text for p in document.paragraphs if p.style.name[:3] == "toc"]
    assert said[1:] == [text for style, text in heads if style != "Heading 3"]
    links = [mark.get(qn("w:anchor")) for mark in document.element.body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    assert links == marks
    assert find_fonts().families
    mine = client.get(reverse("duties:book", args=["pdf"]), {"unit": make_unit().pk})
    assert mine.content[:5] == b"%PDF-"


@pytest.fixture
def long(monkeypatch) -> None:
    """Let a handbook of two duties be a long one."""
    monkeypatch.setattr("daodi.apps.duties.views_book.MOST_AT_ONCE", 1)
    duty()
    duty("elsewhere", title="Lamps", steps=())


def do_jobs() -> int:
    jobs = ProcrastinateJob.objects.filter(task_name=WRITING, status="todo")
    for job in jobs:
        app.tasks[job.task_name].func(**job.args)
    return len(jobs)


def test_a_long_one_is_asked_for_and_taken_along(client, handler, long) -> None:
    client.force_login(handler.user)
    page = reverse("duties:handbook")
    top = make_unit("county", None)
    asked = client.post(reverse("duties:handbook_ask", args=["docx"]))
    assert asked.url == f"{page}?unit={top.pk}"
    assert client.get(reverse("duties:book", args=["docx"])).url == asked.url
    assert [row["waiting"] for row in client.get(page).context["rows"]] == [False, True]
    assert "hx-trigger" in client.get(page).content.decode()
    assert do_jobs() == 1
    pdf, word = client.get(page).context["rows"]
    assert (pdf["kept"], word["waiting"], word["changed"]) == (None, False, 0)
    answer = client.get(reverse("duties:handbook_file", args=[word["kept"].pk]))
    assert word["kept"].size == len(answer.content)
    said = [p.text for p in docx.Document(BytesIO(answer.content)).paragraphs]
    assert "Permit for a street stall" in " ".join(said)


def test_two_who_ask_wait_for_one_job(handler, long) -> None:
    top = make_unit("county", None)
    first = ask_for(top, Handbook.Kind.PDF, by=handler, now=NOON)
    assert ask_for(top, Handbook.Kind.PDF, by=handler, now=NOON + timedelta(minutes=1)) == first
    assert ProcrastinateJob.objects.filter(task_name=WRITING).count() == 1
    # A job that was lost is asked for again.
    ask_for(top, Handbook.Kind.PDF, by=handler, now=NOON + PATIENCE)
    assert ProcrastinateJob.objects.filter(task_name=WRITING).count() == 2


def test_it_says_how_many_duties_were_changed_since(handler, leader) -> None:
    first, second = duty(), duty(title="Lamps")
    kept = handbook(handler)
    assert changed_since(kept) == 0
    version = revise(first, content("Permit for a stall"), by=writer(), now=LATER)
    assert changed_since(kept) == 0
    approve(version, by=chief(), now=LATER)
    end_duty(second, by=leader, now=LATER)
    assert changed_since(kept) == 2
    write(kept, now=LATER)
    assert changed_since(Handbook.objects.get()) == 0


def test_a_server_without_fonts_says_so_on_the_page(client, handler, long, monkeypatch) -> None:
    def none(_book):
        raise NoFonts

    monkeypatch.setitem(handbooks.WRITERS, Handbook.Kind.PDF, none)
    client.force_login(handler.user)
    client.post(reverse("duties:handbook_ask", args=["pdf"]))
    do_jobs()
    page = client.get(reverse("duties:handbook"))
    assert "This server has no font for Chinese" in page.content.decode()
    assert page.context["rows"][0]["waiting"] is False


def test_where_no_duty_is_in_force_there_is_none(client, handler) -> None:
    draft()
    client.force_login(handler.user)
    assert client.get(reverse("duties:handbook")).status_code == 404
    with pytest.raises(Refused):
        ask_for(make_unit(), Handbook.Kind.PDF, by=handler, now=NOON)
