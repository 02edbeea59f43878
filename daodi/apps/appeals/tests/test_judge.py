"""The link in the message that there is an answer: judge it without a code, and nothing else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from daodi.core.matters.states import State
from daodi.core.notices.judging import judge_link
from daodi.core.workflow.models import Judgement
from tests.makers import DAY, NOON, make_matter, reread

pytestmark = pytest.mark.django_db
CONTENT = {"step": "judge", "solved": "yes", "satisfied": "yes", "remark": "Thanks."}
CROSS = {"step": "judge", "solved": "no", "satisfied": "no", "remark": "Still dark."}

AGAIN = {**CROSS, "again": "yes"}


@pytest.fixture
def answered(course):
    return course(make_matter("The lamp at No. 7 is dark.")).handed_in()


def link_to(matter, now=None) -> str:
    return judge_link(reread(matter), now=now or timezone.now())


def test_one_tap_one_word_and_that_is_all(client, answered) -> None:
    link = link_to(answered.matter)
    page = client.get(link)
    assert "Repaired." in page.content.decode()
    assert client.post(link, CONTENT).url == link
    judged = reread(answered.matter)
    assert (judged.solved, judged.satisfied) == ("yes", "yes")
    again = client.get(link)
    assert (again.context["form"], again.context["said"]) == (None, "Solved · Satisfied")
    client.post(link, CROSS)
    assert Judgement.objects.count() == 1


def test_the_link_is_the_address_of_the_page(answered) -> None:
    link = link_to(answered.matter)
    assert link == reverse("appeals:judge", args=[link.split("/")[2]])


def test_it_shows_no_contact_and_opens_nothing_else(client, answered) -> None:
    page = client.get(link_to(answered.matter))
    words = page.content.decode()
    assert [each for each in ("13800000000", "Wang", "No. 7 is dark.") if each in words] == [
        "No. 7 is dark."  # the title: what it is about
    ]
    assert "following" not in client.cookies
    course = reverse("appeals:course", args=[answered.matter.number])
    assert client.get(course).url == reverse("appeals:track")


def test_not_solved_leads_to_redo_with_the_same_words(client, answered) -> None:
    link = link_to(answered.matter)
    page = client.post(link, CROSS, follow=True)
    assert page.context["step"] == "redo"
    assert page.context["form"]["text"].value() == "Still dark."
    page = client.post(link, {"step": "redo", "text": "Still dark."}, follow=True)
    found = reread(answered.matter)
    assert (found.state, found.round) == (State.HANDLING, 2)
    assert "It is being done again" in page.content.decode()


def test_not_solved_and_done_again_in_one_act(client, answered) -> None:
    page = client.post(link_to(answered.matter), AGAIN, follow=True)
    found = reread(answered.matter)
    assert (found.state, found.round, Judgement.objects.get().solved) == (State.HANDLING, 2, "no")
    assert found.events.get(name="redo").words.text == "Still dark."
    assert "It is being done again" in page.content.decode()


def test_who_writes_nothing_has_it_done_again_all_the_same(client, answered) -> None:
    client.post(link_to(answered.matter), {**AGAIN, "solved": "partly", "remark": ""})
    assert answered.matter.events.get(name="redo").words.text == "Partly solved"


def test_what_is_solved_is_not_done_again(client, answered) -> None:
    client.post(link_to(answered.matter), {**CONTENT, "again": "yes"})
    assert reread(answered.matter).state == State.HANDED_IN


def test_both_questions_are_asked(client, answered) -> None:
    page = client.post(link_to(answered.matter), {"step": "judge", "solved": "yes"})
    assert (page.status_code, Judgement.objects.count()) == (422, 0)


def test_after_thirty_days_or_changed_it_opens_nothing(client, answered) -> None:
    old = link_to(answered.matter, timezone.now() - 31 * DAY)
    others = link_to(make_matter()).split(".")[0]
    forged = others + link_to(answered.matter)[link_to(answered.matter).index(".") :]
    answers = [client.get(old), client.post(old, CONTENT), client.post(forged, CONTENT)]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert Judgement.objects.count() == 0


def test_whose_request_was_merged_judges_the_answer_to_all(client, course) -> None:
    other, mine = course(make_matter("The same lamp")), course(make_matter("My lamp"))
    mine.step("merge", "operator", into=other.matter)
    assert client.get(link_to(mine.matter)).context["form"] is None
    other.matter = reread(other.matter)
    other.handed_in()
    link = link_to(mine.matter)
    assert client.get(link).context["again"] == ""
    page = client.post(link, AGAIN, follow=True)
    # One of many cannot send back the answer to all; it stays on record with theirs.
    assert (page.context["said"], page.context["step"]) == ("Not solved · Not satisfied", "")
    found, whole = reread(mine.matter), reread(other.matter)
    assert (found.state, found.solved, found.clear_at) == (State.MERGED, "no", None)
    assert (whole.solved, whole.state) == ("", State.HANDED_IN)


def test_a_second_answer_to_all_is_judged_anew(client, course) -> None:
    other, mine = course(make_matter("The same lamp")), course(make_matter("My lamp"))
    mine.step("merge", "operator", into=other.matter)
    other.matter = reread(other.matter)
    other.handed_in()
    client.post(link_to(mine.matter), CROSS)
    first = link_to(mine.matter)
    other.step("send_back", "supervisor", text="Again, please.")
    other.step("hand_in", "handler", account="Again.", answer="Now it shines.")
    assert "It is being done again" in client.get(first).content.decode()
    client.post(link_to(mine.matter), CONTENT)
    rounds = Judgement.objects.filter(matter=mine.matter).values_list("round", "solved")
    assert list(rounds) == [(1, "no"), (2, "yes")]


def test_who_is_not_its_resident_judges_no_merged_matter(course, caller) -> None:
    other, mine = course(make_matter()), course(make_matter())
    mine.step("merge", "operator", into=other.matter)
    other.matter = reread(other.matter)
    other.handed_in()
    with pytest.raises(Exception, match="its own resident judges"):
        mine.step("judge", "caller", solved="yes", satisfied="yes")
    assert other.now > NOON
