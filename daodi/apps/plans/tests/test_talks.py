"""Opinions on the draft, meetings on the course, and what residents say in the end."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daodi.apps.plans.drafting import add_lines
from daodi.apps.plans.models import Meeting, Plan, Verdict
from daodi.apps.plans.progress import Said, report_progress
from daodi.apps.plans.showing import rows_of
from daodi.apps.plans.talking import answer_opinion, call_meeting, give_opinion, open_round, resolve
from daodi.apps.plans.tests.makers import draft_plan, issued_plan, task
from daodi.core.exceptions import NotYours, Refused
from daodi.lib.days import end_of_day
from tests.makers import DAY, NOON, make_unit

LATER = date(2026, 3, 9)


def test_units_see_the_draft_once_they_are_asked_and_get_an_answer(operator, handler) -> None:
    plan = draft_plan(operator)
    (line,) = add_lines(plan, [task()], by=operator)
    bureau = make_unit("bureau")
    assert not Plan.objects.visible_to(handler).exists()
    asked = open_round(plan, [bureau, make_unit("water")], until=LATER, by=operator, now=NOON)
    assert list(Plan.objects.visible_to(handler)) == [plan]
    given = {"text": "May is too early.", "way": "written", "line": line, "now": NOON}
    opinion = give_opinion(asked, unit=bureau, by=handler, **given)
    with pytest.raises(NotYours):
        give_opinion(asked, unit=make_unit("water"), by=handler, **given)
    # Told by telephone, a planner writes it down.
    give_opinion(asked, unit=make_unit("water"), by=operator, **{**given, "way": "phone"})
    with pytest.raises(Refused, match="not asked"):
        give_opinion(asked, unit=make_unit("roads"), by=operator, **given)
    answer_opinion(opinion, is_taken=True, answer="June then.", by=operator, now=NOON)
    assert [(o.is_taken, o.answer) for o in asked.opinions.all()] == [
        (True, "June then."), (None, ""),
    ]  # fmt: skip
    second = open_round(plan, [bureau], until=LATER, by=operator, now=NOON + DAY)
    assert second.number == 2


def test_a_meeting_looks_at_what_is_late_or_stuck_and_resolves(operator, handler) -> None:
    lines = [task("Well"), task("Stuck"), task("Late", due=date(2026, 3, 3))]
    plan = issued_plan(operator, *lines)
    found = {line.title: line for line in plan.lines.for_tree()}
    for title in ("Well", "Stuck"):
        found[title].plan = plan
        blocked = "No money" if title == "Stuck" else ""
        for hour in range(2):
            said = Said("Begun.", blocked=blocked)
            report_progress(found[title], said, by=handler, now=NOON + hour * DAY / 24)
    at = NOON + 3 * DAY
    rows = rows_of([plan], list(plan.lines.for_tree()), operator, at)
    meeting = call_meeting(Meeting(plan=plan, day=at.date()), rows, by=operator, now=at)
    assert [(each["title"], each["light"], each["blocked"]) for each in meeting.agenda] == [
        ("Late", "late", ""), ("Stuck", "course", "No money"),
    ]  # fmt: skip
    made = resolve(
        meeting, text="Pay the second part.", lead=make_unit("finance"), due=LATER, by=operator,
        now=at,
    )  # fmt: skip
    assert (made.matter.promised_at, str(made.matter.unit)) == (end_of_day(LATER), "Finance")
    assert made.matter.extra["standard"] == "Pay the second part."


def test_the_pages_of_opinions_and_meetings(client, operator, handler) -> None:
    plan, bureau = draft_plan(operator), make_unit("bureau")
    client.force_login(operator.user)
    opinions = reverse("plans:opinions", args=[plan.pk])
    client.post(opinions, {"units": [bureau.pk], "until": "2099-01-01"})
    asked = plan.rounds.get()
    give = reverse("plans:opinion_give", args=[plan.pk, asked.pk])
    theirs = Client()
    theirs.force_login(handler.user)
    theirs.post(give, {"unit": bureau.pk, "way": "written", "text": "Too early."})
    opinion = asked.opinions.get()
    answer = reverse("plans:opinion_answer", args=[plan.pk, opinion.pk])
    assert client.post(answer, {"is_taken": "no"}).status_code == 422
    client.post(answer, {"is_taken": "no", "answer": "It stays."})
    assert "It stays." in theirs.get(opinions).content.decode()
    issued = issued_plan(operator)
    meetings = reverse("plans:meetings", args=[issued.pk])
    page = client.post(meetings, {"kind": "week", "day": "2026-03-06"})
    meeting = issued.meetings.get()
    minutes = reverse("plans:meeting_minutes", args=[issued.pk, meeting.pk])
    client.post(minutes, {"minutes": "All spoke."})
    new = reverse("plans:meeting_resolve", args=[issued.pk, meeting.pk])
    client.post(new, {"text": "Pay it.", "lead": bureau.pk, "due": f"{timezone.now().year}-12-31"})
    page = client.get(reverse("plans:meeting", args=[issued.pk, meeting.pk])).content.decode()
    assert all(words in page for words in ("All spoke.", "Pay it.", "RW-"))


def test_residents_judge_a_deed_once_a_browser(client, operator) -> None:
    plan = issued_plan(operator, is_public=True)
    secret = issued_plan(operator)
    assert (
        str(plan.lines.tasks().get().title)
        in client.get(reverse("plans:deed_list", args=[plan.pk])).content.decode()
    )
    assert client.get(reverse("plans:deed_list", args=[secret.pk])).status_code == 404
    line = plan.lines.tasks().get()
    url = reverse("plans:judge", args=[plan.pk, line.pk])
    client.post(url, {"answer": "good"})
    client.post(url, {"answer": "partly"})
    Client().post(url, {"answer": "no"})
    assert sorted(Verdict.objects.values_list("answer", flat=True)) == ["no", "partly"]


def test_one_address_judges_so_often_a_day_and_no_more(client, operator, settings) -> None:
    settings.VERDICTS_A_DAY = 2
    plan = issued_plan(operator, is_public=True)
    line = plan.lines.tasks().get()
    url = reverse("plans:judge", args=[plan.pk, line.pk])
    # Browsers that keep no key, from one address.
    answers = [Client().post(url, {"answer": "good"}) for _number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "come back tomorrow" in answers[-1].content.decode()
    assert Verdict.objects.count() == 2
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(url, {"answer": "no"})
    assert (elsewhere.status_code, Verdict.objects.count()) == (302, 3)
