"""The caller's one queue: whom to call, what to ask, one form, the next resident."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daodi.core.followup.calling import next_to_call, record_call, record_try, to_call
from daodi.core.followup.draw import draw
from daodi.core.intake.claims import claim
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.people.roles import Role
from tests.makers import HOUR, make_matter, make_member, make_unit, reread

NEXT = reverse("desk:follow_up")
CONTENT = {"solved": "yes", "satisfied": "yes", "remark": "Thanks", "then": "clear"}
CROSS = {"solved": "no", "satisfied": "no", "remark": "Still dark.", "then": "send_back"}


@pytest.fixture
def desk(client, caller):
    client.force_login(caller.user)
    return client


def answered(course, now=None) -> Matter:
    matter = course(make_matter(now=now or timezone.now() - 5 * HOUR)).handed_in().matter
    draw(timezone.now())
    return matter


def url(matter: Matter) -> str:
    return reverse("desk:call", args=[matter.number])


def test_who_waits_longest_is_called_first_and_one_key_goes_on(course, desk) -> None:
    second = answered(course)
    first = answered(course, second.filed_at - HOUR)
    assert desk.get(NEXT).url == url(first)
    assert desk.get(f"{NEXT}?after={first.number}").url == url(second)


def test_a_content_resident_is_recorded_and_cleared_in_one_screen(course, desk) -> None:
    matter = answered(course)
    assert desk.post(url(matter), CONTENT).url == f"{NEXT}?after={matter.number}"
    found = reread(matter)
    assert (found.state, found.solved, found.satisfied) == (State.CLEARED, "yes", "yes")


def test_what_is_not_solved_goes_back_with_the_residents_words(course, desk) -> None:
    matter = answered(course)
    desk.post(url(matter), CROSS)
    found = reread(matter)
    assert (found.state, found.round, found.judgements.get().solved) == (State.HANDLING, 2, "no")
    assert found.events.get(name="send_back").words.text == "Still dark."


def test_both_or_neither(course, desk) -> None:
    matter = answered(course)
    without_words = desk.post(url(matter), {**CROSS, "remark": ""})
    cleared = desk.post(url(matter), {**CROSS, "then": "clear"})
    assert (without_words.status_code, cleared.status_code) == (422, 422)
    assert (reread(matter).state, matter.judgements.count()) == (State.HANDED_IN, 0)


def test_the_telephone_shows_at_one_press_and_leaves_its_line(course, desk, caller) -> None:
    matter = answered(course)
    seen = desk.get(url(matter))
    assert "13800000000" not in seen.content.decode()
    page = desk.post(reverse("desk:call_contact", args=[matter.number]))
    assert page.context["person"].phone == "13800000000"
    assert matter.events.get(name="contact_read").by == caller
    # The form on the first page is as good as it was.
    assert desk.post(url(matter) + seen.context["seen"], CONTENT).status_code == 302


def test_after_three_tries_it_rests(course, desk, caller) -> None:
    matter = answered(course)
    now = timezone.now()
    for hours in range(3):
        assert next_to_call(caller, now + 2 * hours * HOUR) == matter
        record_try(reread(matter), how="no_answer", by=caller, now=now + 2 * hours * HOUR)
        assert next_to_call(caller, now + 2 * hours * HOUR) is None
    assert next_to_call(caller, now + 9 * HOUR) is None
    lines = matter.events.filter(name="note").values_list("is_public", "data__call")
    assert list(lines) == [(False, "no_answer")] * 3
    assert desk.get(reverse("desk:inbox")).context["rows"] == []


def test_what_is_tried_too_soon_does_not_count(course, caller) -> None:
    matter, now = answered(course), timezone.now()
    for minutes in range(3):
        later = now + timedelta(minutes=minutes)
        record_try(reread(matter), how="later", by=caller, now=later)
    assert next_to_call(caller, now + 9 * HOUR) == matter


def test_the_inbox_lists_whom_the_queue_calls(course, desk, caller) -> None:
    """But for the hours between two tries."""
    first, second = answered(course), answered(course)
    desk.post(reverse("desk:call_try", args=[second.number]), {"how": "no_answer"})
    listed = desk.get(reverse("desk:inbox")).context["rows"]
    now = timezone.now()
    assert {row["number"] for row in listed} == {first.number, second.number}
    assert list(to_call(caller, now)) == [first]
    assert list(to_call(caller, now + 9 * HOUR)) == [first, second]


def test_a_wrong_number_is_not_called_again(course, desk, caller) -> None:
    matter = answered(course)
    desk.post(reverse("desk:call_try", args=[matter.number]), {"how": "wrong_number"})
    assert next_to_call(caller, timezone.now() + 9 * HOUR) is None


def test_never_ones_own_units_matters_nor_whom_a_colleague_calls(course, caller) -> None:
    matter, now = answered(course), timezone.now()
    inside = make_member("inside", Role.CALLER, Role.HANDLER)
    Ledger.objects.update(unit=make_unit("county"))
    assert list(to_call(inside, now)) == []
    boss = make_member("boss", Role.CALLER, unit="county", parent=None)
    assert next_to_call(boss, now) == matter
    claim(matter, by=caller, now=now)
    assert next_to_call(boss, now) is None


def test_who_has_said_so_already_is_not_asked(course, caller) -> None:
    happy, cross = course().handed_in(), course().handed_in()
    happy.step("judge", Side.RESIDENT, solved="yes", satisfied="basically")
    draw(cross.now)
    cross.step("judge", Side.RESIDENT, solved="no", satisfied="no")
    assert list(to_call(caller, timezone.now())) == [cross.matter]
    record_call(cross.matter, **dict(CROSS, remark="Dark."), by=caller, now=timezone.now())
    assert reread(cross.matter).state == State.HANDLING


def test_more_who_wait_cost_no_more_queries(course, desk) -> None:
    def asked() -> int:
        answered(course)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(NEXT).status_code == 302
        return len(queries)

    asked()
    assert (asked(), asked()) == (asked(),) * 2
