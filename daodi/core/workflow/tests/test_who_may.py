"""Each ledger says who files into it for others, who dispatches and who reads it besides."""

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.intake.filing import Filing, file_matter
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.services import change_ledger
from daodi.core.ledgers.who_may import filers_of
from daodi.core.matters.models import Matter
from daodi.core.matters.moving import move_unit, renew_sight
from daodi.core.matters.sight import edit_ledger
from daodi.core.people.roles import Role
from daodi.core.workflow.rights import moves_for
from tests.makers import NOON, make_ledger, make_matter, make_member, make_unit, reread


def files(ledger: Ledger, member) -> str:
    """File for somebody else; say why it was refused."""
    try:
        file_matter(ledger, Filing(text="The lamp is broken."), by=member, now=NOON)
    except Refused as refused:
        return str(refused)
    return ""


def test_who_files_is_the_ledgers_own(cast) -> None:
    ledger = make_ledger()
    town = make_member("town", Role.OPERATOR, unit="town")
    hall = make_member("hall", Role.OPERATOR, unit="hall", parent="town")
    inspector = make_member("inspector", Role.INSPECTOR, unit="town")
    people = (cast["operator"], town, hall, inspector, cast["handler"])

    def who() -> list[str]:
        may = [str(member) for member in people if not files(ledger, member)]
        listed = [
            str(member)
            for member in people
            if Ledger.objects.open_to(member).filter(pk=ledger.pk).exists()
        ]
        counted = {str(member) for member in filers_of(ledger)} & {str(each) for each in people}
        assert (listed, counted) == (may, set(may))
        return may

    assert who() == ["Operator", "Town", "Hall", "Inspector"]
    ledger.filing_units = [town.unit_id]
    ledger.save(update_fields=["filing_units"])
    assert who() == ["Town", "Hall", "Inspector"]
    assert (
        files(ledger, cast["operator"]) == "In this ledger only these units file for others: Town."
    )
    ledger.filing_roles = ["inspector"]
    ledger.save(update_fields=["filing_roles"])
    assert who() == ["Inspector"]
    assert files(ledger, town) == "In this ledger these roles file for others: Inspector."
    # What residents file themselves is another question.
    assert make_matter(ledger=ledger).pk


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"filing_roles": ["handler"]}, "These roles can file for others: Operator"),
        ({"filing_roles": [], "residents_file": False}, "Nobody could file"),
        ({"leader_dispatches": True}, "neither Centre nor a unit above it has a leader"),
    ],
)
def test_nobody_is_locked_out(db, change, why) -> None:
    ledger = make_ledger()
    for name, value in change.items():
        setattr(ledger, name, value)
    with pytest.raises(Refused, match=why):
        change_ledger(ledger)


def test_where_a_leader_dispatches_operators_list(course) -> None:
    """The leader of the centre does it, not the one of the bureau that had it before."""
    head = make_member("head", Role.LEADER, unit="centre")
    make_ledger(leader_dispatches=True)
    run = course().listed()
    sending = {"lead": make_unit("bureau"), "content": "Please repair."}
    with pytest.raises(NotYours, match="a leader of Centre dispatches: list it, and it waits"):
        run.step("dispatch", "operator", **sending)
    assert "dispatch" not in [
        move.name for move in moves_for(run.matter, run.cast["operator"], NOON)
    ]
    assert [move.name for move in moves_for(run.matter, head, NOON)] == ["dispatch"]
    run.step("dispatch", head, **sending).step("object", "handler", text="Not ours", basis="List")
    with pytest.raises(NotYours):
        run.step("dispatch", "leader", lead=make_unit("water"))
    # Whoever of the centre sees at once that it went wrong takes it back.
    other = course().listed().step("dispatch", head, **sending).step("recall", "operator")
    assert other.matter.state == "listed"


def test_a_leader_dispatches_nothing_confidential_that_they_may_not_see(course, operator) -> None:
    head = make_member("head", Role.LEADER, unit="centre")
    ledger = make_ledger(leader_dispatches=True, is_confidential=True)
    ledger.confidants.set([operator])
    run = course(make_matter(ledger=ledger)).listed()
    assert moves_for(run.matter, head, NOON) == []
    with pytest.raises(NotYours):
        run.step("dispatch", head, lead=make_unit("bureau"), named=[run.cast["handler"]])


def test_readers_see_what_is_open_and_what_comes(course, outsider) -> None:
    def seen() -> list[str]:
        return [each.number for each in Matter.objects.visible_to(outsider).order_by("pk")]

    old, kept = course().accepted().matter, make_matter(is_confidential=True)
    ledger = old.ledger
    ledger.readers = [outsider.unit_id]
    edit_ledger(ledger)
    new = course().dispatched().matter
    assert seen() == [old.number, new.number]
    assert moves_for(new, outsider, NOON) == []
    # A unit that moves in the tree takes nothing from them.
    move_unit(old.unit, make_unit("works"))
    renew_sight(old.unit_id, 0, 0)
    assert outsider.unit_id in reread(old).seen_by_units
    ledger.readers = []
    edit_ledger(ledger)
    assert seen() == []
    assert reread(kept).seen_by_units == []
