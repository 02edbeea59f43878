"""From a draft to an answer that is found, changed with its versions kept, and looked at again."""

from dataclasses import replace
from datetime import date

import pytest

from daodi.core.exceptions import ChangedMeanwhile, NotYours, Refused
from daodi.core.knowledge.models import Entry, EntryState, EntryUse
from daodi.core.knowledge.services import (
    change_entry,
    confirm_entry,
    decide,
    entries_like,
    propose,
    publish_entry,
    withdraw_entry,
    write_entry,
)
from daodi.core.knowledge.tests.makers import make_draft, make_editor, make_entry
from daodi.core.knowledge.use import count_use
from tests.makers import DAY, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_editor()


def test_an_operator_writes_and_an_editor_publishes(operator, editor) -> None:
    entry = write_entry(make_draft(), by=operator, now=NOON)
    assert (entry.state, entries_like("路灯不亮")) == (EntryState.DRAFT, [])
    with pytest.raises(NotYours):
        publish_entry(entry, by=operator, now=NOON)
    publish_entry(entry, by=editor, now=NOON)
    assert entries_like("小区门口的路灯不亮了") == [entry]


def test_versions_tell_who_changed_what_when(operator, editor) -> None:
    entry = write_entry(make_draft(), by=operator, now=NOON)
    publish_entry(entry, by=editor, now=NOON)
    later = NOON + DAY
    change_entry(entry, make_draft(answer="改打12319。"), note="换了号码", by=editor, now=later)
    told = [(one.number, one.act, one.by, one.at) for one in entry.versions.all()]
    assert told == [
        (3, "changed", editor, later),
        (2, "published", editor, NOON),
        (1, "written", operator, NOON),
    ]
    assert entry.versions.first().content["answer"] == "改打12319。"


def test_what_is_published_is_changed_by_those_who_publish(operator, editor) -> None:
    entry = make_entry(by=editor)
    with pytest.raises(NotYours):
        change_entry(entry, make_draft(answer="改了。"), by=operator, now=NOON)


def test_of_two_who_change_it_one_is_told(editor) -> None:
    entry = make_entry(by=editor)
    seen = Entry.objects.get(pk=entry.pk)
    change_entry(entry, make_draft(answer="先改的。"), by=editor, now=NOON)
    with pytest.raises(ChangedMeanwhile):
        change_entry(seen, make_draft(answer="后改的。"), by=editor, now=NOON)


def test_the_unit_proposes_and_the_editor_takes_it_over(handler, editor) -> None:
    entry = make_entry(by=editor)
    with pytest.raises(Refused):
        propose(entry, question=entry.question, answer=entry.answer, by=handler, now=NOON)
    first = propose(entry, question=entry.question, answer="两天内修好。", by=handler, now=NOON)
    other = propose(entry, question=entry.question, answer="一天内修好。", by=handler, now=NOON)
    decide(first, taken=True, by=editor, now=NOON)
    decide(other, taken=False, by=editor, now=NOON)
    entry.refresh_from_db()
    assert (entry.answer, entry.version) == ("两天内修好。", 3)
    assert list(entry.proposals.open()) == []
    with pytest.raises(Refused):
        decide(other, taken=True, by=editor, now=NOON)


def test_another_units_handler_proposes_nothing(outsider, editor) -> None:
    entry = make_entry(by=editor)
    with pytest.raises(NotYours):
        propose(entry, question="？？", answer="别的", by=outsider, now=NOON)
    with pytest.raises(NotYours):
        change_entry(entry, make_draft(), by=outsider, now=NOON)


def test_the_review_day_puts_it_on_a_list_until_somebody_confirms(editor) -> None:
    entry = make_entry(by=editor, review_on=date(2026, 4, 1))
    assert list(Entry.objects.due(date(2026, 3, 31))) == []
    assert list(Entry.objects.due(date(2026, 4, 1))) == [entry]
    with pytest.raises(Refused):
        confirm_entry(entry, review_on=NOON.date(), by=editor, now=NOON)
    confirm_entry(entry, review_on=date(2027, 4, 1), by=editor, now=NOON)
    assert list(Entry.objects.due(date(2026, 4, 1))) == []


def test_what_is_withdrawn_is_not_found(editor) -> None:
    entry = make_entry(by=editor)
    withdraw_entry(entry, note="政策变了", by=editor, now=NOON)
    assert entries_like("路灯不亮") == []


def test_staff_answers_are_not_for_everybody(editor) -> None:
    make_entry(by=editor, is_public=False)
    assert list(Entry.objects.public()) == []
    assert len(entries_like("路灯不亮")) == 1
    assert entries_like("路灯不亮", Entry.objects.public()) == []


def test_drafts_are_seen_in_the_house_that_keeps_them(editor, operator, outsider) -> None:
    entry = make_entry(by=editor, published=False)
    assert list(Entry.objects.visible_to(operator)) == [entry]
    assert list(Entry.objects.visible_to(outsider)) == []


def test_use_is_counted_by_day(editor) -> None:
    entry = make_entry(by=editor)
    for day in (NOON.date(), NOON.date(), (NOON + DAY).date()):
        count_use("shown", [entry.pk], day)
    count_use("helped", [entry.pk], NOON.date())
    rows = EntryUse.objects.order_by("day").values_list("shown", "opened", "helped")
    assert list(rows) == [(2, 0, 1), (1, 0, 0)]
    told = Entry.objects.with_use(NOON.date()).get()
    assert (told.shown, told.opened, told.helped) == (3, 0, 1)


def test_looking_for_something_like_it_asks_the_same_however_much_there_is(
    editor, django_assert_num_queries
) -> None:
    for number in range(3):
        make_entry(f"第{number}种路灯不亮怎么办", by=editor)
    with django_assert_num_queries(5):
        assert len(entries_like("路灯不亮")) == 3


def test_an_entry_needs_words(operator) -> None:
    with pytest.raises(Refused):
        write_entry(replace(make_draft(), answer=" \u200b "), by=operator, now=NOON)
