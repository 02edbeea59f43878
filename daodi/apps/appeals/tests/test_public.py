"""What everybody may read: published matters, answers, units, figures, a receipt that holds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from daodi.core.history.proof import check_of
from daodi.core.history.roots import close_days
from daodi.core.knowledge.models import EntryUse
from daodi.core.knowledge.tests.makers import make_editor, make_entry
from daodi.core.ledgers.catalogue import add_line
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division, Unit
from daodi.core.publishing.services import publish
from daodi.core.search.matters import find_matters
from tests.makers import DAY, NOON, make_category, make_ledger, make_matter, make_unit, reread

pytestmark = pytest.mark.django_db


def make_public(course, operator, title="东门路灯不亮", **filing):
    run = course(make_matter(f"{title}，找人修。", may_publish=True, **filing)).handed_in()
    run.step("judge", "caller", solved="yes", satisfied="basically").step("clear", "caller")
    matter = run.matter
    publish(
        matter, title=title, text=f"{title}，找人修。", answer="已修好。", by=operator, now=NOON
    )
    return reread(matter)


def get(client, name, *args, **query):
    return client.get(reverse(f"appeals:{name}", args=args), query)


def test_a_published_matter_is_listed_found_and_read(client, course, operator) -> None:
    matter = make_public(course, operator)
    make_public(course, operator, "西街水管漏水")
    make_matter("没有公开的一件事")
    titles = [row.title for row in get(client, "public").context["page"].rows]
    assert titles == ["西街水管漏水", "东门路灯不亮"]
    found = get(client, "public", q="路灯").context["page"].rows
    assert [row.title for row in found] == ["东门路灯不亮"]
    page = get(client, "published", matter.number).content.decode()
    assert "已修好。" in page
    assert "Solved · Basically satisfied" in page
    assert "New bulb" not in page


def test_filters(client, course, operator) -> None:
    town = Division.objects.create(code="410221100", name="城关镇", level="town")
    make_public(course, operator, division=town)
    make_public(course, operator, "西街水管漏水")
    unit, topic = Unit.objects.get(code="bureau"), make_category(make_ledger())
    for query, count in (({"town": town.pk}, 1), ({"topic": topic.pk}, 2), ({"unit": unit.pk}, 2)):
        assert len(get(client, "public", **query).context["page"].rows) == count


def test_pages_by_key(client, course, operator, monkeypatch) -> None:
    monkeypatch.setattr("daodi.apps.appeals.views_public.SIZE", 1)
    for title in ("一号路灯", "二号路灯"):
        make_public(course, operator, title)
    first = get(client, "public").context["page"]
    second = client.get(reverse("appeals:public") + first.older_url).context["page"]
    assert [row.title for row in first.rows + second.rows] == ["二号路灯", "一号路灯"]


def test_what_is_not_public_is_not_there(client, course, operator) -> None:
    matter = make_public(course, operator)
    course(matter).step("reopen", "supervisor", text="又坏了")
    assert get(client, "published", matter.number).status_code == 404
    assert get(client, "public").context["page"].rows == []


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_little(client, course, operator, django_assert_num_queries, count) -> None:
    editor = make_editor()
    for number in range(count):
        make_public(course, operator)
        make_entry(f"第{number}问？", by=editor)
    for name, queries in (("public", 4), ("answers", 1), ("units", 1), ("feed", 1)):
        with django_assert_num_queries(queries):
            get(client, name)


def test_an_answer_is_read_and_helps(client) -> None:
    entry = make_entry(by=make_editor())
    make_entry("内部怎么分工？", by=entry.versions.first().by, is_public=False)
    assert get(client, "answers").context["page"].rows == [entry]
    assert get(client, "answer", entry.pk).status_code == 200
    for _time in range(2):
        client.post(reverse("appeals:helped", args=[entry.pk]))
    use = EntryUse.objects.get()
    assert (use.opened, use.helped) == (1, 1)


def test_what_is_not_public_is_found_nowhere(client, course, operator) -> None:
    """Staff find the same words; the portal asks the index of what is public, and no other."""
    make_public(course, operator)
    hidden = course(make_matter("磨盘街的化粪池往外冒。", may_publish=True)).cleared().matter
    staff = find_matters(Matter.objects.visible_to(operator), "化粪池", operator)
    assert list(staff) == [hidden]
    assert get(client, "public", q="化粪池").context["page"].rows == []
    assert get(client, "hints", text="磨盘街的化粪池往外冒。").context["matters"] == []


def test_hints_while_typing(client, course, operator, django_assert_max_num_queries) -> None:
    entry = make_entry(by=make_editor())
    matter = make_public(course, operator)
    with django_assert_max_num_queries(11):
        page = get(client, "hints", text="我们小区东门的路灯不亮了，晚上很黑")
    assert page.context["entries"] == [entry]
    assert [shown.matter for shown in page.context["matters"]] == [matter]
    assert EntryUse.objects.get().shown == 1
    assert get(client, "hints", text="灯").content == b""


def test_hints_stop_for_who_asks_too_often(client, monkeypatch) -> None:
    make_entry(by=make_editor())
    monkeypatch.setattr("daodi.apps.appeals.views_answers.HINTS_A_MINUTE", 2)
    sizes = [len(get(client, "hints", text="路灯不亮怎么办").content) > 0 for _time in range(3)]
    assert sizes == [True, True, False]


def filed_now(course, count, **filing):
    for _number in range(count):
        matter = make_matter("路灯坏了", now=timezone.now() - timedelta(hours=5), **filing)
        course(matter).handed_in().step("judge", "caller", solved="yes", satisfied="yes")


def test_figures_and_what_is_too_small_for_them(client, course) -> None:
    big = Division.objects.create(code="410221100", name="城关镇", level="town")
    small = Division.objects.create(code="410221101", name="葛岗镇", level="town")
    filed_now(course, 5, division=big)
    filed_now(course, 1, division=small)
    page = get(client, "figures")
    figures = page.context["figures"]
    assert (figures.total.filed, figures.total.answered) == (6, 6)
    assert (figures.total.in_time_share, figures.total.satisfied_share) == (100, 100)
    assert [(row.label, row.filed) for row in figures.topics] == [("Street lights", 6)]
    assert [(row.label, row.filed) for row in figures.towns] == [("城关镇", 5)]
    assert figures.small_towns == ["葛岗镇"]


def test_figures_are_worked_out_once(client, course, django_assert_num_queries) -> None:
    filed_now(course, 1)
    get(client, "figures")
    with django_assert_num_queries(0):
        get(client, "figures")


def test_a_unit_page_says_what_it_answers_for(client, course, operator) -> None:
    ledger = make_ledger()
    unit = make_unit("bureau")
    add_line(ledger, category=make_category(ledger), lead=unit)
    make_public(course, operator)
    make_entry(by=make_editor())
    page = get(client, "unit", "bureau")
    assert page.context["topics"] == [("Street lights", "Street lights")]
    assert (len(page.context["answers"]), len(page.context["entries"])) == (1, 1)
    assert "Too few answers" in page.content.decode()
    assert get(client, "unit", "county").status_code == 200


def test_a_unit_stands_in_the_range_of_its_kind(client, course) -> None:
    now = timezone.now()
    for rank, code in enumerate(("one", "two", "three", "four"), start=1):
        unit = make_unit(code)
        for number in range(10):
            matter = make_matter(f"第{number}盏灯坏了", now=now - timedelta(days=rank))
            Matter.objects.filter(pk=matter.pk).update(
                handed_in_at=now, first_unit=unit, unit=unit, promised_at=now + DAY,
                satisfied="yes" if number < rank * 2 else "no",
            )  # fmt: skip
    shown = {str(each["label"]): each for each in get(client, "unit", "one").context["standings"]}
    days = shown["Days to the answer, half of all at most"]
    assert (days["value"], days["median"], days["units"], days["n"]) == ("1", "2.5", 4, 10)
    assert "first quarter" in days["place"]
    assert "last quarter" in shown["Satisfied residents"]["place"]


def test_a_feed_of_all_and_of_one_unit(client, course, operator) -> None:
    make_public(course, operator)
    for answer in (get(client, "feed"), get(client, "unit_feed", "bureau")):
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert "东门路灯不亮" in answer.content.decode()
    make_unit("other")
    assert "东门路灯不亮" not in get(client, "unit_feed", "other").content.decode()


def test_a_receipt_is_checked(client, course) -> None:
    matter = make_matter()
    check = check_of(matter.head)
    page = get(client, "check", number=matter.number, check=check)
    assert "It is as it was written" in page.content.decode()
    close_days(NOON + 2 * DAY)
    rested = get(client, "check", number=matter.number, check=check).context["proof"]
    assert rested.root_fits
    wrong = get(client, "check", number=matter.number, check="0" * 16)
    assert (wrong.status_code, wrong.context["proof"]) == (422, None)


def test_checks_are_limited(client, matter, monkeypatch) -> None:
    monkeypatch.setattr("daodi.apps.appeals.views_record.CHECKS", 1)
    get(client, "check", number=matter.number, check="0" * 16)
    page = get(client, "check", number=matter.number, check=check_of(matter.head))
    assert "Too many questions" in page.content.decode()


def test_what_is_kept_is_said(client) -> None:
    assert "encrypted" in get(client, "kept").content.decode()


def test_what_is_written_in_confidence_is_compared_with_nothing(client) -> None:
    make_ledger()
    make_ledger("helpline", is_confidential=True, is_public=False)
    open_form = client.get(reverse("appeals:file"), {"ledger": "appeals"}).content.decode()
    secret_form = client.get(reverse("appeals:file"), {"ledger": "helpline"}).content.decode()
    assert ('id="hints"' in open_form, 'id="hints"' in secret_form) == (True, False)
