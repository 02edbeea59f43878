"""A result is graded by the office that gave the task: it is closed, or goes back."""

import pytest
from django.test import Client
from django.urls import reverse

from daodi.apps.plans.grading import grade
from daodi.apps.plans.milestones import milestones_of, waiting_milestones
from daodi.apps.plans.models import Grade, Line
from daodi.apps.plans.progress import Said, report_progress
from daodi.apps.plans.tests.makers import issued_plan, task
from daodi.core.exceptions import Missing, NotYours, Refused
from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from daodi.core.workflow.services import perform
from daodi.web.showing.times import full
from tests.makers import DAY, HOUR, NOON, make_member, reread

ARRANGED, MEASURED = "Three teams lead.", "Pumps are ordered."


@pytest.fixture
def line(operator, handler) -> Line:
    """A task of which the first two days are reported, and the result is handed in."""
    plan = issued_plan(operator, task())
    found = plan.lines.tasks().select_related("matter").get()
    found.plan = plan
    report_progress(found, Said(ARRANGED), by=handler, now=NOON + 5 * HOUR)
    report_progress(found, Said(MEASURED), by=handler, now=NOON + 4 * DAY)
    hand_in(found, handler, 6)
    return found


def hand_in(line: Line, handler, day: int) -> None:
    given = {"account": "All 123 are level.", "answer": "Done."}
    perform(reread(line.matter), "hand_in", by=handler, now=NOON + day * DAY, **given)
    line.matter = reread(line.matter)


def test_each_day_of_the_ladder_carries_its_content(line) -> None:
    found = milestones_of(line, NOON + 7 * DAY, with_result=True)
    assert [(each.label, each.said, each.is_late) for each in found] == [
        ("Arranged within 1 day", ARRANGED, False),
        ("Progress within 3 days", MEASURED, True),
        ("Done within 7 days", "All 123 are level.", False),
    ]
    # The day of the task counts in place of the seventh.
    assert found[2].due == full(line.matter.promised_at) == "2026-05-31 Sun 24:00"
    assert milestones_of(line, NOON + 7 * DAY, with_result=False)[2].said == ""


def test_the_form_asks_for_what_the_ladder_asks(client, operator, handler) -> None:
    issued_plan(operator, task("A"), task("B"))
    first, second = Line.objects.tasks().select_related("matter", "plan").order_by("pk")
    client.force_login(handler.user)
    forms = {
        each["row"].line.title: each["form"]
        for each in client.get(reverse("plans:ours")).context["to_say"]
    }
    assert (forms["A"].fields["done"].label, forms["A"].fields["done"].help_text) == (
        "Arranged within 1 day", "安排部署情况：谁牵头、谁配合、分几步",
    )  # fmt: skip
    report_progress(first, Said(ARRANGED), by=handler, now=NOON)
    waiting = waiting_milestones([first.matter, second.matter])
    assert [waiting[each.matter_id].name for each in (first, second)] == ["progress", "arrange"]


def test_what_is_up_to_standard_is_struck_off(line, supervisor, caller) -> None:
    made = grade(line, "good", text="Checked on the spot.", by=supervisor, now=NOON + 7 * DAY)
    assert (made.round, str(made)) == (1, "Good")
    matter = reread(line.matter)
    assert [(e.name, e.side) for e in matter.events.order_by("seq")][-2:] == [
        ("note", "supervisor"), ("clear", "system"),
    ]  # fmt: skip
    assert matter.state == "cleared"
    with pytest.raises(Refused, match="handed in"):
        grade(line, "good", by=caller, now=NOON + 8 * DAY)


def test_a_caller_strikes_it_off_with_their_own_hand(line, caller) -> None:
    grade(line, "excellent", by=caller, now=NOON + 7 * DAY)
    last = reread(line.matter).events.order_by("seq").last()
    assert (last.name, last.by) == ("clear", caller)


def test_what_is_not_goes_back_and_is_graded_anew(line, handler, supervisor) -> None:
    with pytest.raises(Missing, match="what is still wrong"):
        grade(line, "failed", by=supervisor, now=NOON + 7 * DAY)
    grade(line, "failed", text="Lane 7 is dark.", by=supervisor, now=NOON + 7 * DAY)
    assert (reread(line.matter).state, reread(line.matter).redos) == ("handling", 1)
    hand_in(line, handler, 8)
    grade(line, "passed", by=supervisor, now=NOON + 9 * DAY)
    assert [(each.round, each.mark) for each in line.grades.all()] == [(2, "passed"), (1, "failed")]


def test_nobody_grades_their_own_result(line, handler, operator, outsider) -> None:
    judge = make_member("judge", Role.SUPERVISOR, Role.CALLER, unit="bureau")
    for who in (handler, operator, outsider, judge):
        with pytest.raises(NotYours):
            grade(line, "excellent", by=who, now=NOON + 7 * DAY)
    assert not Grade.objects.exists()


def test_it_is_graded_on_the_page_of_the_task(line, supervisor, handler) -> None:
    page, theirs = Client(), Client()
    page.force_login(supervisor.user)
    theirs.force_login(handler.user)
    url = reverse("plans:line", args=[line.plan_id, line.pk])
    assert theirs.get(url).context["grade"] is None
    assert page.get(url).context["grade"].fields["mark"].label == "Grade"
    action = reverse("plans:line_grade", args=[line.plan_id, line.pk])
    assert page.post(action, {"mark": "failed"}).status_code == 422
    page.post(action, {"mark": "passed", "text": "Seen."})
    assert Matter.objects.get().state == "cleared"
    assert "Up to standard" in theirs.get(url).content.decode()
