"""What somebody typed is theirs, stands until it is sent, and is forgotten in the end."""

from datetime import timedelta

from daodi.core.drafts.services import drafts_for, drop_draft, forget_drafts, keep_draft
from daodi.core.people.roles import Role
from tests.makers import DAY, NOON, make_member


def kept(matter, member) -> dict:
    return {name: draft.fields for name, draft in drafts_for(matter, member).items()}


def test_the_last_words_stand_in_place_of_those_before(matter, handler, django_assert_num_queries):
    keep_draft(matter, "ask", {"text": "Which"}, by=handler, now=NOON)
    with django_assert_num_queries(1):
        keep_draft(matter, "ask", {"text": "Which lamp?"}, by=handler, now=NOON + DAY)
    keep_draft(matter, "contact", {"text": "Tomorrow"}, by=handler, now=NOON)
    assert kept(matter, handler) == {
        "ask": {"text": "Which lamp?"},
        "contact": {"text": "Tomorrow"},
    }


def test_nobody_else_reads_it(matter, handler) -> None:
    keep_draft(matter, "ask", {"text": "Which"}, by=handler, now=NOON)
    assert kept(matter, make_member("colleague", Role.HANDLER)) == {}


def test_a_deputy_writes_under_their_own_name(matter, handler) -> None:
    """Who stands in does not find what the absent member began, nor leaves anything to them."""
    absent = make_member("absent", Role.HANDLER)
    absent.deputy = handler
    keep_draft(matter, "ask", {"text": "Which"}, by=absent, now=NOON)
    assert kept(matter, handler) == {"ask": {"text": "Which"}}


def test_empty_fields_forget_it(matter, handler) -> None:
    keep_draft(matter, "ask", {"text": "Which"}, by=handler, now=NOON)
    keep_draft(matter, "ask", {"text": ""}, by=handler, now=NOON)
    keep_draft(matter, "contact", {"text": "Tomorrow"}, by=handler, now=NOON)
    drop_draft(matter, "contact", by=handler)
    assert kept(matter, handler) == {}


def test_after_a_month_it_is_gone(matter, handler) -> None:
    keep_draft(matter, "ask", {"text": "Old"}, by=handler, now=NOON)
    keep_draft(matter, "contact", {"text": "Young"}, by=handler, now=NOON + timedelta(hours=1))
    assert forget_drafts(NOON + 30 * DAY + timedelta(minutes=1)) == 1
    assert list(kept(matter, handler)) == ["contact"]
