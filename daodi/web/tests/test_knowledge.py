"""The knowledge base and the publishing queue on the desk."""

import pytest
from django.urls import reverse
from django.utils import timezone

from daodi.core.history.models import Event
from daodi.core.knowledge.models import Entry, EntryState, EntryUse
from daodi.core.knowledge.services import propose
from daodi.core.knowledge.tests.makers import make_editor, make_entry
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.publishing.models import Publication
from daodi.core.publishing.services import publish
from daodi.core.workflow.services import perform
from daodi.web.attention import attention_of
from tests.makers import NOON, make_matter, make_unit, reread

pytestmark = pytest.mark.django_db
LAMP = "我叫张丙三，东门路灯坏了，电话13812345678。"


@pytest.fixture
def editor():
    return make_editor()


def sign_in(client, member):
    client.force_login(member.user)
    return client


def given(**more):
    return {
        "question": "路灯不亮找谁修？", "answer": "请打12345。", "unit": make_unit("bureau").pk,
        "review_on": "2099-01-01", "is_public": "on", "keywords": "灯 照明", **more,
    }  # fmt: skip


def cleared(course, text=LAMP):
    run = course(make_matter(text, title=text[5:13], may_publish=True)).accepted()
    run.step("hand_in", "handler", account="换灯", answer="王丁二师傅已修好，可打0378-2345678。")
    return run.step("clear", "caller").matter


def test_from_a_cleared_matter_to_an_entry_that_everybody_finds(client, course, operator, editor):
    matter = cleared(course)
    url = reverse("desk:knowledge_new")
    page = sign_in(client, operator).get(reverse("desk:matter", args=[matter.number]))
    assert f"{url}?matter={matter.number}" in page.content.decode()
    form = client.get(url, {"matter": matter.number}).context["form"]
    assert form["answer"].value() == "某某师傅已修好，可打***。"
    client.post(f"{url}?matter={matter.number}", given(answer=form["answer"].value()))
    entry = Entry.objects.get()
    assert (entry.matter, entry.house, entry.state) == (matter, operator.unit, EntryState.DRAFT)
    act = reverse("desk:knowledge_act", args=[entry.pk, "publish"])
    assert client.post(act).status_code == 422
    assert sign_in(client, editor).post(act).status_code == 302
    assert list(Entry.objects.public()) == [entry]


def test_a_change_keeps_the_version_before(client, editor) -> None:
    entry = make_entry(by=editor)
    url = reverse("desk:knowledge_edit", args=[entry.pk])
    sign_in(client, editor).post(url, given(answer="改打12319。", version=2, note="号码变了"))
    page = client.get(reverse("desk:knowledge_entry", args=[entry.pk])).content.decode()
    assert "改打12319。" in page
    assert "三天内修好" in page
    late = client.post(url, given(answer="再改。", version=2))
    assert late.status_code == 422
    assert "再改。" in late.content.decode()


def test_a_handler_proposes_and_an_editor_takes_it(client, handler, editor) -> None:
    entry = make_entry(by=editor)
    act = reverse("desk:knowledge_act", args=[entry.pk, "propose"])
    words = {"question": entry.question, "answer": "两天内修好。", "note": "新规定"}
    assert sign_in(client, handler).post(act, words).status_code == 302
    sign_in(client, editor)
    assert [row["entry"] for row in _rows(client, "proposed")] == [entry]
    proposal = entry.proposals.get()
    url = reverse("desk:knowledge_proposal", args=[entry.pk, proposal.pk])
    client.post(url, {"taken": "yes"})
    entry.refresh_from_db()
    assert (entry.answer, _rows(client, "proposed")) == ("两天内修好。", [])


def _rows(client, name, **more):
    return client.get(reverse("desk:knowledge"), {"list": name, **more}).context["rows"]


def test_the_lists(client, editor) -> None:
    draft = make_entry("草稿怎么写？", by=editor, published=False)
    due = make_entry("暖气几点供？", by=editor, review_on=NOON.date().replace(day=3))
    make_entry(by=editor)
    sign_in(client, editor)
    assert [row["entry"] for row in _rows(client, "drafts")] == [draft]
    assert [row["entry"] for row in _rows(client, "due")] == [due]
    assert [row["entry"] for row in _rows(client, "", q="暖气")] == [due]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_little(client, editor, django_assert_num_queries, count) -> None:
    for number in range(count):
        make_entry(f"第{number}问？", by=editor)
    sign_in(client, editor)
    with django_assert_num_queries(5):
        _rows(client, "")


def test_pick_offers_what_fits_and_counts_once_a_day(client, operator, editor) -> None:
    make_entry(by=editor, is_public=False)
    url = reverse("desk:knowledge_pick")
    sign_in(client, operator)
    for _time in range(2):
        page = client.get(url, {"text": "小区路灯不亮了"})
    assert "三天内修好" in page.content.decode()
    assert EntryUse.objects.get().shown == 1


def test_the_queue_shows_both_sides_and_publishes(client, course, operator) -> None:
    matter = cleared(course)
    sign_in(client, operator)
    queue = client.get(reverse("desk:publishing"))
    assert queue.context["page"].rows == [matter]
    url = reverse("desk:publication", args=[matter.number])
    page = client.get(url)
    assert "<mark>13812345678</mark>" in page.content.decode()
    form = page.context["form"]
    words = {name: form[name].value() for name in ("title", "text", "answer")}
    assert words["text"] == "我叫某某，东门路灯坏了，电话***。"
    client.post(url, {**words, "title": "东门路灯坏了"})
    assert Publication.objects.public().get().title == "东门路灯坏了"
    assert client.get(reverse("desk:publishing")).context["page"].rows == []
    off = reverse("desk:publication_off", args=[matter.number])
    assert client.post(off, {"reason": ""}).status_code == 422
    client.post(off, {"reason": "本人要求"})
    assert list(Publication.objects.public()) == []
    assert Event.objects.filter(name="unpublished").count() == 1


def test_left_unpublished_goes_on_to_the_next_one(client, course, operator) -> None:
    older, newer = cleared(course), cleared(course, "李丁一反映西门路灯坏了。")
    sign_in(client, operator)
    off = reverse("desk:publication_off", args=[newer.number])
    answer = client.post(off, {"reason": "涉及家事"})
    assert answer.url == reverse("desk:publication", args=[older.number])
    left = client.get(reverse("desk:publishing"), {"list": "left"})
    assert [row.reason for row in left.context["page"].rows] == ["涉及家事"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_little(client, course, operator, django_assert_num_queries, count) -> None:
    for _number in range(count):
        cleared(course)
    sign_in(client, operator)
    with django_assert_num_queries(4):
        client.get(reverse("desk:publishing"))


def test_what_is_not_agreed_to_is_not_there(client, course, operator) -> None:
    matter = cleared(course)
    Matter.objects.update(may_publish=False)
    url = reverse("desk:publication", args=[matter.number])
    assert sign_in(client, operator).get(url).status_code == 404


def test_a_proposal_is_decided_once(client, handler, editor) -> None:
    entry = make_entry(by=editor)
    proposal = propose(entry, question="？灯", answer="新的。", by=handler, now=NOON)
    url = reverse("desk:knowledge_proposal", args=[entry.pk, proposal.pk])
    sign_in(client, editor).post(url, {"taken": "no"})
    assert client.post(url, {"taken": "yes"}).status_code == 404


def test_one_click_from_a_good_public_answer_to_a_draft(client, course, operator) -> None:
    good, bad = cleared(course), cleared(course, "李丁一反映西门路灯坏了。")
    for matter, word in ((good, "yes"), (bad, "no")):
        perform(matter, "judge", solved=word, satisfied=word, by=Side.RESIDENT, now=NOON)
        words = {"title": "路灯坏了", "text": "路灯坏了。", "answer": "已修好，可打12345。"}
        publish(matter, **words, by=operator, now=NOON)
    sign_in(client, operator)
    listed = client.get(reverse("desk:publishing"), {"list": "good"})
    assert [row.matter for row in listed.context["page"].rows] == [good]
    url = reverse("desk:publication_entry", args=[good.number])
    assert url in listed.content.decode()
    for _click in range(2):
        answer = client.post(url)
    entry = Entry.objects.get()
    assert answer.url == reverse("desk:knowledge_entry", args=[entry.pk])
    # In the words that somebody has masked and looked through, not in the matter's own.
    assert (entry.question, entry.answer) == ("路灯坏了", "已修好，可打12345。")
    assert (entry.matter, entry.source, entry.state) == (good, good.number, EntryState.DRAFT)
    assert Publication.objects.good().count() == 0


def test_an_operator_answers_with_an_entry(client, operator, editor) -> None:
    entry, matter = make_entry(by=editor), make_matter("我们小区的路灯不亮了，晚上很黑")
    sign_in(client, operator)
    known = reverse("desk:known", args=[matter.number])
    assert known in client.get(reverse("desk:sort", args=[matter.number])).content.decode()
    url = reverse("desk:matter", args=[matter.number])
    assert f"{url}?entry={entry.pk}#moves" in client.get(known).content.decode()
    page = client.get(url, {"entry": entry.pk})
    (offer,) = [move for move in page.context["moves"] if move["name"] == "answer"]
    assert (offer["open"], offer["form"]["answer"].value()) == (True, entry.answer)
    client.post(offer["url"], {"answer": entry.answer})
    assert reread(matter).answer == entry.answer
    assert client.get(known).status_code == 404


@pytest.mark.parametrize("asked", ["0", "x", "99999999"])
def test_an_entry_that_is_not_there_begins_no_answer(client, operator, matter, asked) -> None:
    sign_in(client, operator)
    page = client.get(reverse("desk:matter", args=[matter.number]), {"entry": asked})
    (offer,) = [move for move in page.context["moves"] if move["name"] == "answer"]
    assert (offer["open"], offer["form"]["answer"].value()) == (False, None)


def test_who_keeps_entries_is_reminded_of_those_that_are_due(client, manager, editor) -> None:
    make_entry(by=editor, review_on=NOON.date().replace(day=3))
    make_entry(by=editor, review_on=NOON.date().replace(year=2099))
    page = sign_in(client, editor).get(reverse("desk:inbox"))
    assert page.context["to_review"] == 1
    assert "1 answer of the knowledge base should be looked at again" in page.content.decode()
    items = {item.title: item.count for item in attention_of(manager, timezone.now())}
    assert items["Answers that should be looked at again"] == 1
