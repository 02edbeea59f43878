"""From the draft to the last line: what planners decide, and what becomes of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from daodi.apps.plans.amending import add_task, amend, bring_back
from daodi.apps.plans.drafting import (
    add_lines,
    change_line,
    copy_plan,
    lacking,
    put_lines,
    remove_line,
)
from daodi.apps.plans.issuing import SENDING, issue, send_tasks
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.progress import Said, report_progress
from daodi.apps.plans.tests.makers import draft_plan, head, issued_plan, task
from daodi.core.exceptions import NotYours, Refused
from daodi.core.matters.models import Matter
from daodi.core.workflow.services import perform
from daodi.lib.days import end_of_day
from tests.makers import DAY, NOON, make_ledger, make_matter, make_unit, reread


def titles(plan: Plan) -> list[tuple[str, str]]:
    rows = plan.lines.select_related("parent").order_by("place")
    return [(row.title, row.parent.title if row.parent else "") for row in rows]


def only_task(plan: Plan) -> Line:
    return plan.lines.tasks().select_related("plan__ledger__unit", "plan__category").get()


def test_lines_find_their_place_below_the_last_higher_one(operator) -> None:
    plan = draft_plan(operator)
    lines = [head(), head("Lanes", 2), task("A"), task("B"), head("Order"), task("C")]
    made = add_lines(plan, lines, by=operator)
    put_lines(plan, [task("A2")], made[2])
    assert titles(plan) == [
        ("Facilities", ""), ("Lanes", "Facilities"), ("A", "Lanes"), ("A2", "Lanes"),
        ("B", "Lanes"), ("Order", ""), ("C", "Order"),
    ]  # fmt: skip
    item = plan.lines.get(title="Lanes")
    put_lines(plan, [head("Parking", 2)], item)
    assert titles(plan)[5] == ("Parking", "Facilities")
    remove_line(item, by=operator)
    assert [title for title, _above in titles(plan)] == ["Facilities", "Parking", "Order", "C"]


def test_what_lacks_something_is_not_issued(operator) -> None:
    plan = draft_plan(operator)
    with pytest.raises(Refused, match="no task"):
        issue(plan, by=operator, now=NOON)
    add_lines(plan, [task("A", lead=None, due=None), task("B")], by=operator)
    assert [(str(line), words) for line, words in lacking(plan)] == [("A", "lead unit, day")]
    with pytest.raises(Refused, match="1 tasks are not complete: A"):
        issue(plan, by=operator, now=NOON)
    line = plan.lines.get(title="A")
    line.lead, line.repeats = make_unit("bureau"), "quarter"
    change_line(line, [], [], by=operator)
    issue(plan, by=operator, now=NOON)
    with pytest.raises(Refused, match="amendment"):
        remove_line(plan.lines.get(title="B"), by=operator)


def test_each_task_becomes_a_matter_once(operator, handler) -> None:
    new = task(joint=["water"], steps=[("Measured", date(2026, 3, 15))], evidence="Photos")
    plan = issued_plan(operator, head(), new, task("Keep it up", due=None, repeats="always"))
    assert plan.edition == 1
    first, second = Matter.objects.order_by("pk")
    assert (first.state, str(first.unit), first.kind) == ("dispatched", "Bureau", "task")
    assert first.promised_at == end_of_day(date(2026, 5, 31))
    assert first.extra == {"standard": "Level, lit and clean."}
    assert "Measured（2026-03-15）" in first.text
    assert [str(part.unit) for part in first.parts.all()] == ["Water"]
    # What is kept up lasts as long as the plan does.
    assert second.promised_at == end_of_day(date(2026, 6, 30))
    assert send_tasks(plan, by=operator, now=NOON) == 0


def test_issuing_queues_the_job_that_sends(operator) -> None:
    plan = draft_plan(operator)
    add_lines(plan, [task()], by=operator)
    issue(plan, by=operator, now=NOON)
    job = ProcrastinateJob.objects.get(task_name=SENDING)
    assert app.tasks[job.task_name].func(**job.args) == 1
    assert only_task(plan).matter.state == "dispatched"


def test_a_plan_is_seen_by_its_units_once_it_is_issued(operator, handler, outsider) -> None:
    draft = draft_plan(operator)
    assert not Plan.objects.visible_to(handler).exists()
    issued = issued_plan(operator, task(joint=["water"]))
    assert list(Plan.objects.visible_to(operator).order_by("pk")) == [draft, issued]
    assert list(Plan.objects.visible_to(handler)) == [issued]
    assert not Plan.objects.visible_to(outsider).exists()


def test_only_planners_plan_and_only_operators_issue(cast, supervisor, outsider) -> None:
    plan = draft_plan(supervisor)
    add_lines(plan, [task()], by=supervisor)
    for who in (cast["handler"], cast["leader"], outsider):
        with pytest.raises(NotYours):
            add_lines(plan, [task()], by=who)
    with pytest.raises(NotYours):
        issue(plan, by=supervisor, now=NOON)


def test_the_line_of_the_week_signs_meets_milestones_and_is_history(operator, handler) -> None:
    steps = [("Measured", date(2026, 3, 15)), ("Built", date(2026, 5, 15))]
    line = only_task(issued_plan(operator, task(steps=steps, target=123, measure="lanes")))
    first = line.steps.first()
    said = Said("Measured all.", "Tender", count=Decimal(5), reached=[first.pk])
    report_progress(line, said, by=handler, now=NOON)
    matter = reread(line.matter)
    assert [event.name for event in matter.events.order_by("seq")][-2:] == ["accept", "report"]
    assert sorted(matter.clocks.running().values_list("name", flat=True)) == ["progress", "task"]
    # Said again in the same week, the last one counts; the history has both.
    again = Said("Measured all, tender out.", blocked="Rain", count=Decimal(7))
    report_progress(line, again, by=handler, now=NOON + DAY)
    (kept,) = line.progress.all()
    assert (kept.done, kept.count, kept.period) == (
        "Measured all, tender out.", Decimal(7), date(2026, 3, 2),
    )  # fmt: skip
    report_progress(line, Said("First five done."), by=handler, now=NOON + 7 * DAY)
    names = [event.name for event in matter.events.order_by("seq")]
    assert names[-3:] == ["report", "report", "note"]
    first.refresh_from_db()
    assert (first.done_on, line.progress.count()) == (NOON.date(), 2)


def test_only_units_of_the_task_say_how_it_goes(operator, handler, outsider) -> None:
    line = only_task(issued_plan(operator))
    with pytest.raises(NotYours):
        report_progress(line, Said("All well."), by=outsider, now=NOON)
    with pytest.raises(Refused):
        report_progress(line, Said("  "), by=handler, now=NOON)
    with pytest.raises(Refused, match="one line"):
        report_progress(line, Said("x" * 301), by=handler, now=NOON)


def test_what_the_system_counts_is_not_asked(operator, handler, course) -> None:
    appeals = make_ledger()
    line = only_task(issued_plan(operator, task(counted_in=appeals, target=100)))
    course().cleared()
    course(make_matter("Another lamp.")).handed_in()
    kept = report_progress(line, Said("Repaired."), by=handler, now=NOON + DAY)
    assert kept.count == 1


def test_an_amendment_is_an_edition_with_its_reason(operator, handler) -> None:
    plan = issued_plan(operator)
    line = only_task(plan)
    later = date(2026, 6, 15)
    amend(line, {"due": later, "handler": "Li"}, why="Rain in May.", by=operator, now=NOON + DAY)
    matter = reread(line.matter)
    assert matter.promised_at == end_of_day(later)
    found = plan.amendments.get()
    assert (found.edition, found.why) == (2, "Rain in May.")
    assert found.changes[0]["fields"] == {
        "handler": ["", "Li"], "due": ["2026-05-31", "2026-06-15"],
    }  # fmt: skip
    amend(only_task(plan), {"standard": "Lit."}, why="Simpler.", by=operator, now=NOON + 2 * DAY)
    assert matter.events.order_by("seq").last().words.text.startswith("Simpler.\nStandard of")
    assert amend(only_task(plan), {"standard": "Lit."}, why="No.", by=operator, now=NOON) is None
    plan.refresh_from_db()
    assert plan.edition == 3


def test_a_task_added_later_is_sent_out_at_once(operator) -> None:
    plan = issued_plan(operator)
    water = task("Drains", lead=make_unit("water"))
    line = add_task(plan, water, only_task(plan), why="Found in May.", by=operator, now=NOON + DAY)
    assert (line.matter.state, line.place) == ("dispatched", 3)
    plan.refresh_from_db()
    assert make_unit("water").pk in plan.seen_by_units
    with pytest.raises(Refused, match="needs a lead"):
        add_task(plan, task("X", lead=None), None, why="Why.", by=operator, now=NOON)


def test_a_problem_that_is_back_is_linked_with_what_was_cleared(operator, handler, caller) -> None:
    line = only_task(issued_plan(operator))
    matter = reread(line.matter)
    due = date(2026, 6, 20)
    for name, by, given in (
        ("accept", handler, {}),
        ("hand_in", handler, {"account": "Done.", "answer": "Done."}),
        ("clear", caller, {}),
    ):
        perform(matter, name, by=by, now=NOON + DAY, **given)
        matter = reread(matter)
    line = only_task(line.plan)
    again = bring_back(line, due=due, text="Full of rubbish.", by=operator, now=NOON + 30 * DAY)
    assert (again.earlier, again.matter.state) == (line, "dispatched")
    with pytest.raises(Refused, match="too long ago"):
        bring_back(line, due=due, text="Again.", by=operator, now=NOON + timedelta(days=200))
    with pytest.raises(Refused, match="Only what was cleared"):
        bring_back(again, due=due, text="Again.", by=operator, now=NOON + 31 * DAY)


def test_a_copy_has_everything_but_what_happened(operator) -> None:
    steps = [("Measured", date(2026, 3, 15))]
    plan = issued_plan(operator, head(), task(joint=["water"], steps=steps, more={"备注": "x"}))
    made = copy_plan(
        plan, title="Next year", first_day=date(2027, 3, 1), last_day=date(2027, 6, 30),
        by=operator, now=NOON,
    )  # fmt: skip
    line = made.lines.tasks().get()
    assert (line.due, line.matter, line.more) == (date(2027, 5, 31), None, {"备注": "x"})
    assert (line.parent.title, line.steps.get().day) == ("Facilities", date(2027, 3, 15))
    assert [str(unit) for unit in line.joint.all()] == ["Water"]
    assert (made.edition, made.team_members.get().name) == (0, "Zhao")
