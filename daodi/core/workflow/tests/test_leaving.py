"""A member leaves, and nothing is left without anybody."""

import pytest

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import Refused
from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from daodi.core.workflow.leaving import holding_of, leave
from tests.makers import NOON, make_ledger, make_matter, make_member, reread


@pytest.fixture
def secret_matter(operator) -> Matter:
    ledger = make_ledger("helpline", is_confidential=True)
    ledger.confidants.set([operator])
    return make_matter(ledger=ledger)


def test_confidential_matters_and_ledgers_go_to_the_successor(
    secret_matter, operator, manager
) -> None:
    next_one = make_member("next", Role.OPERATOR, unit="centre")
    assert (holding_of(operator).matters, holding_of(operator).only_one) == (1, [])
    with pytest.raises(Refused, match="Choose who takes over"):
        leave(operator, successor=None, by=manager, now=NOON)
    leave(operator, successor=next_one, by=manager, now=NOON)
    matter = reread(secret_matter)
    assert matter.seen_by_members == [next_one.pk]
    assert list(matter.ledger.confidants.all()) == [next_one]
    line = matter.events.latest("seq")
    assert (line.name, line.by, line.data) == (
        "handed_over", manager, {"from": operator.pk, "to": next_one.pk},
    )  # fmt: skip
    operator.refresh_from_db()
    assert not operator.is_active
    acts = AdminEvent.objects.filter(member=operator).order_by("pk").values_list("what", flat=True)
    assert list(acts)[-2:] == ["member_changed", "member_left"]


def test_only_a_colleague_of_the_unit_takes_over(secret_matter, operator, handler, manager) -> None:
    with pytest.raises(Refused, match="same unit"):
        leave(operator, successor=handler, by=manager, now=NOON)
    operator.refresh_from_db()
    assert operator.is_active


def test_who_holds_nothing_just_leaves(handler, leader, manager) -> None:
    assert holding_of(handler).only_one == [Role.HANDLER]
    make_member("second", Role.HANDLER)
    assert holding_of(handler).only_one == []
    leave(handler, successor=None, by=manager, now=NOON)
    handler.refresh_from_db()
    assert not handler.is_active
