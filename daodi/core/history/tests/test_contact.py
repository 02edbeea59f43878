"""Who complained is told to those who need it, and each reading is a line of the history."""

import pytest

from daodi.core.exceptions import NotYours
from daodi.core.history.contact import read_contact
from daodi.core.matters.contacts import NOBODY, Person
from daodi.core.matters.states import Side
from tests.makers import NOON, make_ledger, make_matter, reread

OPEN = {Side.OPERATOR, Side.CALLER, Side.SUPERVISOR, Side.LEAD, Side.LEADER}
CONFIDENTIAL = {Side.OPERATOR, Side.CALLER, Side.SUPERVISOR}


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize(("confidential", "told"), [(False, OPEN), (True, CONFIDENTIAL)])
def test_who_is_told(operator, side, confidential, told) -> None:
    matter = make_matter(is_confidential=confidential)
    if side in told:
        person = read_contact(matter, by=operator, sides={side, Side.JOINT}, now=NOON)
        event = matter.events.get(name="contact_read")
        assert person == Person("Wang", "13800000000")
        assert (event.side, event.by, event.is_public) == (side, operator, False)
    else:
        with pytest.raises(NotYours):
            read_contact(matter, by=operator, sides={side}, now=NOON)
        assert reread(matter).version == 1


def test_nobody_left_a_name(operator) -> None:
    matter = make_matter(person=NOBODY, ledger=make_ledger())
    assert read_contact(matter, by=operator, sides={Side.OPERATOR}, now=NOON) == NOBODY
    assert matter.events.filter(name="contact_read").count() == 1
