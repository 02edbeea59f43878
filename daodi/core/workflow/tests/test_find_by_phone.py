"""Finding by telephone follows the rule for reading a contact, told by another query."""

import pytest

from daodi.core.history.contact import may_read_contact
from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from daodi.core.search.matters import find_matters
from daodi.core.workflow.rights import sides_of
from tests.makers import make_ledger, make_matter, make_member, make_unit, reread


@pytest.mark.parametrize("is_confidential", [False, True])
def test_a_telephone_tells_those_who_may_read_the_contact(course, cast, is_confidential) -> None:
    ledger = make_ledger()
    ledger.confidants.add(*cast.values())
    run = course(make_matter(ledger=ledger, is_confidential=is_confidential)).listed()
    run.step(
        "dispatch", "operator", lead=make_unit("bureau"), named=[cast["handler"], cast["leader"]]
    )
    joint = make_member("joint", Role.HANDLER, Role.OPERATOR, unit="water")
    below = make_member("below", Role.CALLER, unit="centre")
    matter = reread(run.matter)
    if not is_confidential:
        joining = [*matter.seen_by_units, joint.unit_id]
        Matter.objects.filter(pk=matter.pk).update(seen_by_units=joining)
    for member in (*cast.values(), joint, below):
        may = may_read_contact(matter, sides_of(matter, member))
        seen = Matter.objects.visible_to(member)
        assert list(find_matters(seen, "13800000000", member)) == ([matter] if may else []), member
