"""Deputies act with the rights of the absent, and under their own names."""

from datetime import date, timedelta

import pytest

from daodi.core.exceptions import Refused
from daodi.core.history.contact import read_contact
from daodi.core.history.verify import verify_matters
from daodi.core.matters.models import Matter
from daodi.core.people.absences import enter_absence, places_of
from daodi.core.people.roles import Role
from daodi.core.workflow.rights import sides_of
from daodi.core.workflow.services import perform
from tests.makers import NOON, make_ledger, make_matter, make_member, reread

MONDAY = date(2026, 3, 2)
FRIDAY = MONDAY + timedelta(days=4)
DAY = timedelta(days=1)


def away(member, deputy) -> None:
    enter_absence(member, deputy=deputy, first_day=MONDAY, last_day=FRIDAY, by=member, now=NOON)


def place_for(deputy, absent, day=MONDAY):
    return next(p for p in places_of(deputy.user_id, day) if p == absent)


def test_what_a_deputy_does_is_written_down_under_their_own_name(course, cast) -> None:
    leader, handler = cast["leader"], cast["handler"]
    make_ledger(leader_signs=True)
    way = course().accepted()
    colleague = make_member("colleague", Role.HANDLER)
    away(leader, colleague)
    way.step("submit", "handler", account="New bulb.", answer="Repaired.")
    place = place_for(colleague, leader)
    event = perform(way.matter, "sign", remark="", by=place, now=way.now)
    assert (event.by, event.unit, event.data["for"]) == (colleague, leader.unit, leader.pk)
    decision = way.matter.decisions.get()
    assert (decision.asked_by, decision.decided_by) == (handler, colleague)
    assert [faults for _matter, faults in verify_matters() if faults] == []


def test_a_deputy_does_not_decide_what_they_asked_for(course, cast) -> None:
    make_ledger(leader_signs=True)
    away(cast["leader"], cast["handler"])
    way = course().accepted().step("submit", "handler", account="New bulb.", answer="Repaired.")
    place = place_for(cast["handler"], cast["leader"])
    with pytest.raises(Refused, match="You asked for this yourself"):
        perform(way.matter, "sign", remark="", by=place, now=way.now)
    assert reread(way.matter).version == way.matter.version


def test_a_deputy_sees_what_the_absent_sees_and_no_longer(cast) -> None:
    matter = make_matter("The clerk was rude", is_confidential=True)
    named, colleague = cast["operator"], make_member("colleague", Role.CALLER, unit="centre")
    Matter.objects.filter(pk=matter.pk).update(seen_by_units=[], seen_by_members=[named.pk])
    away(named, colleague)
    seen = {
        day: [
            Matter.objects.visible_to(place).count() for place in places_of(colleague.user_id, day)
        ]
        for day in (MONDAY, FRIDAY + DAY)
    }
    assert seen == {MONDAY: [0, 1], FRIDAY + DAY: [0]}
    place = place_for(colleague, named)
    found = reread(matter)
    read_contact(found, by=place, sides=sides_of(found, place), now=NOON)
    line = matter.events.get(name="contact_read")
    assert (line.by, line.data) == (colleague, {"for": named.pk})
