"""Writing an answer: seen as the resident will, and never lost."""

import pytest
from django.urls import reverse

from daodi.core.drafts.models import Draft
from daodi.core.matters.states import Side, State
from tests.makers import make_ledger, reread

RESULT = {"account": "New bulb.", "answer": "Repaired."}


@pytest.fixture
def desk(client, handler):
    client.force_login(handler.user)
    return client


def page(matter) -> str:
    return reverse("desk:matter", args=[matter.number])


def step(matter, name: str, tail: str = "") -> str:
    url = reverse(f"desk:{tail or 'move'}", args=[matter.number, name])
    return f"{url}?seen={matter.version}"


def test_the_preview_is_what_would_be_stored(course, desk) -> None:
    matter = course().accepted().matter
    shown = desk.post(step(matter, "hand_in", "draft"), RESULT | {"answer": " Repaired.\r\n "})
    assert shown.context["preview"]["answer"] == "Repaired."


def test_what_points_to_a_person_is_named(course, desk) -> None:
    matter = course().accepted().matter
    answer = "经联系村民王建国，电话13812345678，{due}前完成。"
    shown = desk.post(step(matter, "hand_in", "draft"), {"answer": answer, "account": ""})
    named, open_places = shown.context["preview"]["hints"]
    assert "王建国" in named
    assert "13812345678" in named
    assert "{due}" in open_places


def test_what_an_answer_leaves_open_is_said_and_stops_nothing(course, desk) -> None:
    matter = course().accepted().matter
    shown = desk.post(step(matter, "hand_in", "draft"), {"answer": "我局将尽快处理。"})
    lacks = shown.context["preview"]["lacks"]
    assert [each for each in lacks if "尽快" in each] == [
        "It promises without a day: 尽快. By when?"
    ]
    desk.post(step(matter, "hand_in"), {"account": "-", "answer": "我局将尽快处理。"})
    assert reread(matter).state == State.HANDED_IN


def test_a_closed_browser_loses_nothing(course, desk) -> None:
    matter = course().accepted().matter
    desk.post(step(matter, "hand_in", "draft"), {"account": "New bulb.", "answer": "Rep"})
    shown = desk.get(page(matter)).context["compose"]
    assert [shown["form"][name].value() for name in RESULT] == ["New bulb.", "Rep"]
    assert shown["draft"]["at"] == Draft.objects.get().updated_at
    desk.post(step(matter, "hand_in"), RESULT)
    assert (reread(matter).state, Draft.objects.count()) == (State.HANDED_IN, 0)


def test_somebody_elses_change_loses_nothing(course, desk) -> None:
    started = course().accepted()
    seen = step(started.matter, "hand_in")
    started.step("write", Side.RESIDENT, text="It flickers too.")
    assert desk.post(seen, RESULT).status_code == 422
    assert Draft.objects.get().fields == RESULT


def test_what_became_impossible_stands_there_until_it_is_forgotten(course, desk) -> None:
    started = course().accepted()
    desk.post(step(started.matter, "hand_in", "draft"), RESULT)
    matter = started.step("withdraw", Side.RESIDENT).matter
    (left,) = desk.get(page(matter)).context["left_over"]
    assert [text for _label, text in left["texts"]] == ["New bulb.", "Repaired."]
    desk.post(left["url"])
    assert desk.get(page(matter)).context["left_over"] == []


def test_what_arrives_behind_its_step_is_not_kept(course, desk) -> None:
    """The last words were on their way when the step was sent."""
    matter = course().accepted().matter
    late = step(matter, "contact", "draft")
    desk.post(step(matter, "contact"), {"text": "Tomorrow at nine."})
    assert desk.post(late, {"text": "Tomorrow at nin"}).status_code == 200
    assert not Draft.objects.exists()


def test_choices_alone_are_no_draft(course, operator, client) -> None:
    matter = course().listed().matter
    client.force_login(operator.user)
    client.post(step(matter, "decline", "draft"), {"reason": "Not ours", "text": " "})
    assert not Draft.objects.exists()


def test_without_javascript_a_button_shows_it(course, desk) -> None:
    matter = course().accepted().matter
    shown = desk.post(step(matter, "hand_in"), RESULT | {"preview": "yes"})
    assert shown.status_code == 200
    assert shown.context["compose"]["preview"]["answer"] == "Repaired."
    assert (reread(matter).state, Draft.objects.get().fields) == (State.HANDLING, RESULT)


def test_a_returned_draft_is_worked_on(course, desk) -> None:
    make_ledger(leader_signs=True)
    started = course().accepted().step("submit", "handler", **RESULT)
    matter = started.step("return_draft", "leader", text="Say when.").matter
    form = desk.get(page(matter)).context["compose"]["form"]
    assert [form[name].value() for name in RESULT] == ["New bulb.", "Repaired."]


def test_evidence_is_asked_for_only_where_the_ledger_says_so(course, desk) -> None:
    make_ledger(evidence=["hand_in"])
    matter = course().accepted().matter
    shown = desk.get(page(matter))
    needed = {move["name"]: move["form"].fields["files"].required for move in shown.context["moves"]
              if "files" in move["form"].fields}  # fmt: skip
    assert needed == {"contact": False, "hand_in": True, "note": False}
    answer = desk.post(step(matter, "hand_in"), RESULT)
    assert "Please add at least one photo or file." in answer.content.decode()


def test_the_page_costs_one_query_more_for_what_was_begun(
    course, desk, django_assert_max_num_queries
) -> None:
    matter = course().accepted().matter
    desk.get(page(matter))
    with django_assert_max_num_queries(25):
        desk.get(page(matter))
    with django_assert_max_num_queries(9):
        desk.post(step(matter, "hand_in", "draft"), RESULT)
