"""Work lists on the desk and for residents: read, written without JavaScript, looked through."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from daodi.apps.duties.flow import draw
from daodi.apps.duties.forms import rows_after
from daodi.apps.duties.models import Comment, Duty, Run, Version
from daodi.apps.duties.rounds import open_round, running_part
from daodi.apps.duties.steps import Step
from daodi.apps.duties.tests.makers import STEPS, content, duty, writer
from daodi.apps.duties.writing import revise
from tests.makers import NOON, make_category, make_ledger, make_unit

pytestmark = pytest.mark.django_db
words = st.sampled_from(["", "办理", 'a & b < "c"', "现场核查，" * 12, "word " * 20, "x" * 60])


def typed(*rows: dict, **given) -> dict:
    """Return what a browser sends of the form with these rows of steps."""
    data = {"title": "Lamps", "duties": "Repair lamps.", "form-INITIAL_FORMS": 0, **given}
    data["form-TOTAL_FORMS"] = len(rows)
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data


def test_a_duty_is_written_with_its_rows_and_approved_by_the_leader(
    client, handler, leader
) -> None:
    client.force_login(handler.user)
    rows = ({"what": "Look", "who": "Crew", "days": 1}, {}, {"what": "Repair", "who": "Crew"})
    answer = client.post(reverse("duties:duty_new"), typed(*rows))
    version = Version.objects.get()
    assert answer.url == reverse("duties:version", args=[version.duty_id, 1])
    assert [step.what for step in version.process()] == ["Look", "Repair"]
    page = client.get(answer.url)
    assert [page.context[name] for name in ("may_edit", "may_approve")] == [True, False]
    client.force_login(leader.user)
    client.post(reverse("duties:act", args=[version.duty_id, 1, "approve"]))
    assert Duty.objects.in_force().get().title == "Lamps"


def test_nothing_typed_is_lost_when_rows_move_or_something_is_wrong(client, handler) -> None:
    client.force_login(handler.user)
    url = reverse("duties:duty_new")
    rows = ({"what": "Look", "who": "Crew"}, {"what": "Repair", "who": "Crew", "back": 1})
    page = client.post(url, typed(*rows, rows="up-1", cautions="Mind the wire."))
    assert [row.initial["what"] for row in page.context["steps"]] == ["Repair", "Look"]
    assert "Mind the wire." in page.content.decode()
    wrong = client.post(url, typed({"what": "Look", "who": ""}))
    assert wrong.status_code == 422
    assert "Step 1: say what is done, and who does it." in wrong.content.decode()
    assert not Duty.objects.exists()


def test_a_revision_begins_with_what_is_in_force(client, handler) -> None:
    found = duty()
    client.force_login(handler.user)
    url = reverse("duties:edit", args=[found.pk])
    page = client.get(url)
    rows = [{name: row[name].value() for name in row.fields} for row in page.context["steps"]]
    client.post(url, typed(*rows, seen=page.context["form"]["seen"].value()))
    draft_two = found.versions.drafts().get()
    assert (draft_two.number, tuple(draft_two.process())) == (2, STEPS)
    late = client.post(url, typed(*rows, seen=0))
    assert late.status_code == 422
    assert "Somebody else changed this draft a moment ago." in late.content.decode()


def posted(rows: list[str], back: str = "") -> QueryDict:
    data = QueryDict(mutable=True)
    data["form-TOTAL_FORMS"] = str(len(rows))
    for number, what in enumerate(rows):
        data[f"form-{number}-what"] = what
    data["form-2-back"] = back
    return data


def test_rows_move_and_ways_back_follow_the_step_they_lead_to() -> None:
    rows = posted(["A", "B", "C"], back="2")
    said = {act: [(row.get("what"), row.get("back")) for row in rows_after(rows, act)]
            for act in ("up-1", "remove-0", "remove-1", "down-2", "nonsense-7")}  # fmt: skip
    assert said == {
        "up-1": [("B", ""), ("A", ""), ("C", "1")],
        "remove-0": [("B", ""), ("C", "1")],
        "remove-1": [("A", ""), ("C", "")],
        "down-2": [("A", ""), ("B", ""), ("C", "2")],
        "nonsense-7": [("A", ""), ("B", ""), ("C", "2")],
    }
    assert rows_after(rows, "add")[-1] == {}


@given(st.lists(st.builds(Step, words, words, words, words, st.integers(0, 9), words), max_size=4))
def test_every_process_is_drawn_as_a_sound_picture(steps) -> None:
    picture = etree.fromstring(draw([Step.read(step.as_json()) for step in steps], "A & B"))
    boxes = [each for each in picture if each.tag.endswith("rect")]
    assert len(boxes) == len(steps) + 2


def test_the_picture_shows_the_way_back() -> None:
    drawn = draw(STEPS, "Permit")
    assert drawn.count("stroke-dasharray") == 1
    assert "3. Decide" in drawn


def test_no_line_leaves_its_box() -> None:
    drawn = etree.fromstring(draw([Step("x" * 60, "现场核查，" * 12)], "Long"))
    lines = [each.text for each in drawn if each.tag.endswith("text")]
    assert max(map(len, lines)) <= 40


def test_a_comment_on_a_line_is_answered_on_the_page(client, caller, handler) -> None:
    found = duty()
    url = reverse("duties:comment", args=[found.pk, 1])
    client.force_login(caller.user)
    given = {"line": "cautions-1", "text": "One is enough."}
    assert client.post(url, given).url.endswith("/v1/#cautions-1")
    assert client.post(url, {**given, "line": "nothing-1"}).status_code == 422
    said = Comment.objects.get()
    client.force_login(handler.user)
    client.post(reverse("duties:comment_answer", args=[said.pk]), {"text": "Law.", "taken": "no"})
    page = client.get(reverse("duties:duty", args=[found.pk])).content.decode()
    assert "One is enough." in page
    assert "Law." in page


def test_a_round_is_answered_with_one_click(client, operator, handler) -> None:
    found = duty()
    open_round(by=operator, now=NOON)
    client.force_login(handler.user)
    start = client.get(reverse("duties:duties")).content.decode()
    assert "Revision round 1: 1 duty of your unit has not been looked at yet." in start
    page = client.get(reverse("duties:round"))
    assert [each["waiting"] for each in page.context["mine"]] == [[found]]
    part = running_part(make_unit())
    client.post(reverse("duties:unchanged", args=[part.pk]), {"duty": found.pk})
    assert client.get(reverse("duties:round")).context["mine"] == []
    client.force_login(operator.user)
    page = client.get(reverse("duties:round"))
    assert [(part.looked, part.duties) for part in page.context["parts"]] == [(1, 1)]


def test_what_changed_is_marked(client, handler) -> None:
    found = duty()
    revise(found, content(cautions="All inspectors sign."), by=writer(), now=NOON)
    client.force_login(handler.user)
    page = client.get(reverse("duties:changes", args=[found.pk, 2])).content.decode()
    assert "<del>" in page
    assert "All inspectors sign.</ins>" in page


def test_a_process_is_started_from_its_page(client, operator) -> None:
    found = duty()
    client.force_login(operator.user)
    url = reverse("duties:act", args=[found.pk, 1, "start"])
    answer = client.post(url, {"text": "Stall no. 7"})
    matter = Run.objects.get().matter
    assert answer.url == reverse("desk:matter", args=[matter.number])
    assert client.get(answer.url).status_code == 200


def test_the_catalogue_is_taken_over_with_one_click(client, manager) -> None:
    ledger = make_ledger()
    lamps = make_category(ledger)
    duty(categories=(lamps,))
    client.force_login(manager.user)
    url = reverse("duties:catalogue", args=[ledger.pk])
    assert "Regulation, article 12" in client.get(url).content.decode()
    client.post(url, {"category": lamps.pk})
    assert ledger.catalogue.get().lead == make_unit()
    assert "The catalogue follows the duties" in client.get(url).content.decode()


def test_residents_find_office_papers_and_days(client) -> None:
    found = duty(is_public=True, papers="Identity card\nLease", place="Window 3, 0371-00001234")
    duty(title="Inner work")
    url = reverse("duties:guide")
    assert [row["duty"] for row in client.get(url).context["rows"]] == [found]
    assert [row["duty"] for row in client.get(url, {"q": "lease"}).context["rows"]] == [found]
    assert client.get(url, {"q": "passport"}).context["rows"] == []
    page = client.get(reverse("duties:guide_page", args=[found.pk]))
    assert (page.context["papers"], page.context["days"]) == (["Identity card", "Lease"], 6)
    assert "Window 3, 0371-00001234" in page.content.decode()


@pytest.mark.parametrize("name", ["duties", "round", "guide", "duty"])
def test_pages_cost_the_same_for_one_duty_and_for_three(client, operator, handler, name) -> None:
    client.force_login(handler.user)
    counts = []
    for rounds in (1, 2):
        found = [duty(title=f"Duty {n}", is_public=True) for n in range(rounds)][-1]
        if rounds == 1:
            open_round(by=operator, now=NOON)
        url = reverse(f"duties:{name}", args=[found.pk] if name == "duty" else [])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 16
