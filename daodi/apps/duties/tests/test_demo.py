"""What the demo county shows of work lists."""

from collections import Counter

import pytest
import yaml

from daodi.apps.duties.demo import BOOK, LEFT, OPEN, fill
from daodi.apps.duties.models import Duty, Part, Run
from daodi.apps.duties.proposing import proposals_for
from daodi.apps.duties.rounds import running_part, waiting_in
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from tests.makers import NOON, make_category, make_ledger, make_member, make_unit


@pytest.mark.django_db
def test_nine_offices_write_revise_and_print() -> None:
    book = yaml.safe_load(BOOK.read_text(encoding="utf-8"))
    ledger = make_ledger()
    for code, office in book["offices"].items():
        make_member(f"{code}-1", Role.LEADER, unit=code)
        make_member(f"{code}-2", Role.HANDLER, unit=code)
        for category in {word for row in office["duties"] for word in row.split("|")[4].split()}:
            make_category(ledger, category, category)
    make_member("centre", Role.OPERATOR, unit="RXZX")
    make_member("town", Role.HANDLER, unit="T1")
    Unit.objects.filter(code="T1").update(kind=Unit.Kind.TOWN)
    fill(NOON)
    duties = Duty.objects.in_force().select_related("current")
    assert (duties.count(), sum(bool(duty.current.steps) for duty in duties)) == (125, 112)
    versions = Counter(duty.current.number for duty in duties)
    assert sorted(versions) == [1, 2, 3]
    states = Counter(part.matter.state for part in Part.objects.select_related("matter"))
    assert states == {"handed_in": 8, "dispatched": 1}
    assert len(waiting_in(running_part(make_unit(OPEN)))) == LEFT
    assert Run.objects.count() == 2
    assert [each.category.code for each in proposals_for(ledger) if each.rival] == ["HJ0101"]
