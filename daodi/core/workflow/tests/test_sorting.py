"""List and dispatch in one go; one step on many matters."""

import pytest

from daodi.core.exceptions import Refused
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.workflow.services import perform
from daodi.core.workflow.sorting import Listing, list_and_dispatch, on_each, why_not
from tests.makers import HOUR, NOON, make_category, make_ledger, make_matter, make_unit, reread


@pytest.fixture
def listing(db) -> Listing:
    return Listing(make_category(make_ledger()), "help", "urgent")


def sort(matter, listing, operator, **given):
    given = {"lead": make_unit("bureau"), "by": operator, "now": NOON + HOUR, **given}
    return list_and_dispatch(matter, listing, **given)


def test_two_acts_stand_in_the_history(matter, operator, listing) -> None:
    sort(matter, listing, operator, content="Please repair.")
    sent = reread(matter)
    assert (sent.state, sent.unit.code, sent.urgency) == (State.DISPATCHED, "bureau", "urgent")
    assert [e.name for e in sent.events.order_by("seq")] == ["file", "list", "dispatch"]


def test_what_is_listed_just_so_is_not_listed_again(matter, operator, listing) -> None:
    given = {"category": listing.category, "kind": "help", "urgency": "urgent"}
    perform(matter, "list", by=operator, now=NOON, **given)
    sort(matter, listing, operator)
    assert [e.name for e in matter.events.order_by("seq")] == ["file", "list", "dispatch"]


def test_both_or_neither(matter, operator, listing) -> None:
    bureau = make_unit("bureau")
    with pytest.raises(Refused, match="joint unit too"):
        sort(matter, listing, operator, lead=bureau, joint=[bureau])
    left = reread(matter)
    assert (left.state, left.version, left.category) == (State.RECEIVED, 1, None)


def test_each_of_many_goes_for_itself(operator, course) -> None:
    first, late = make_matter("The first lamp"), make_matter("The second lamp")
    gone = course(make_matter("The third lamp")).dispatched().matter
    category = make_category(first.ledger)
    seen = [(first, first.version), (late, late.version - 1), (gone, gone.version)]
    given = {"category": category, "kind": "help", "urgency": "normal"}
    outcomes = on_each(seen, lambda matter: perform(matter, "list", by=operator, now=NOON, **given))
    assert [outcome.matter for outcome in outcomes] == [first, late, gone]
    assert [outcome.refusal.split(":")[0][:28] for outcome in outcomes] == [
        "", "Somebody else changed this m", "“List” is not possible while",
    ]  # fmt: skip
    assert [why_not(m, "list", by=operator, now=NOON)[:6] for m in (late, gone)] == ["", "“List”"]
    states = Matter.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.LISTED, State.RECEIVED, State.DISPATCHED]
