"""How a work list is written, read by others, approved, revised every two months, and used."""

from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.apps.duties.ledger import with_process
from daodi.apps.duties.models import Duty, Part, Version
from daodi.apps.duties.proposing import proposals_for, take_over
from daodi.apps.duties.reviewing import answer_comment, comment, differences
from daodi.apps.duties.rounds import (
    open_due_rounds,
    open_round,
    running_part,
    say_unchanged,
    waiting_in,
)
from daodi.apps.duties.starting import start_process
from daodi.apps.duties.steps import Step, checked
from daodi.apps.duties.tests.makers import STEPS, chief, content, draft, duty, writer
from daodi.apps.duties.writing import add_duty, approve, discard, end_duty, revise, share
from daodi.core.clocks.policy import Policy
from daodi.core.deadlines.models import Clock
from daodi.core.exceptions import ChangedMeanwhile, Missing, NotYours, Refused
from daodi.core.ledgers.catalogue import add_line
from daodi.core.matters.models import Matter
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from daodi.core.workflow.services import perform
from tests.makers import (
    DAY,
    NOON,
    make_calendar,
    make_category,
    make_ledger,
    make_member,
    make_unit,
    reread,
)

pytestmark = pytest.mark.django_db
LATER = NOON + DAY


def test_a_draft_comes_into_force_when_a_second_person_approves_it(leader, outsider) -> None:
    version = draft()
    assert list(Duty.objects.in_force()) == []
    with pytest.raises(NotYours):
        approve(version, by=version.by, now=NOON)
    with pytest.raises(NotYours):
        approve(version, by=outsider, now=NOON)
    approve(version, by=leader, now=NOON)
    found = Duty.objects.in_force().get()
    assert (found.current, found.number, found.title) == (version, 1, "Permit for a street stall")
    assert Duty.objects.in_force().saying("inspectors permit").get() == found


def test_a_leader_does_not_approve_what_they_wrote(leader, manager) -> None:
    version = add_duty(make_unit(), content(), by=leader, now=NOON)
    with pytest.raises(NotYours):
        approve(version, by=leader, now=NOON)
    approve(version, by=manager, now=NOON)
    assert Version.objects.get().approved_by == manager


def test_the_next_version_leaves_the_one_in_force_as_it_is() -> None:
    first = duty().current
    draft_two = revise(first.duty, content("Permit for a stall"), by=writer(), now=LATER)
    assert Duty.objects.get().title == "Permit for a street stall"
    again = revise(first.duty, content("A stall"), seen=1, by=writer(), now=LATER)
    assert (again.pk, again.number, again.edits) == (draft_two.pk, 2, 2)
    with pytest.raises(ChangedMeanwhile):
        revise(first.duty, content("Late"), seen=1, by=writer(), now=LATER)
    approve(again, by=chief(), now=LATER)
    assert Duty.objects.get().title == "A stall"
    assert list(Duty.objects.in_force().saying("street")) == []


def test_what_changed_stands_line_by_line() -> None:
    first = duty().current
    duties = "Receive applications.\nDecide within five days."
    second = revise(first.duty, content(duties=duties), by=writer(), now=LATER)
    changed = [block for block in differences(first, second) if block.is_changed]
    assert [block.lines for block in changed] == [
        [
            ("same", "Receive applications."),
            ("removed", "Decide within six days."),
            ("added", "Decide within five days."),
        ]
    ]
    assert {kind for block in differences(None, second) for kind, _line in block.lines} == {"added"}


def test_each_comment_is_answered_before_approval(caller) -> None:
    version = draft()
    share(version, by=writer(), now=NOON)
    said = comment(version, "steps-2", "One inspector is enough.", by=caller, now=NOON)
    assert said.quote.startswith("Look at the place：")
    with pytest.raises(Refused):
        comment(version, "steps-9", "Where?", by=caller, now=NOON)
    with pytest.raises(Refused, match="Comments without an answer: 1"):
        approve(version, by=chief(), now=NOON)
    with pytest.raises(Missing):
        answer_comment(said, "", is_taken=False, by=writer(), now=NOON)
    with pytest.raises(NotYours):
        answer_comment(said, "No.", is_taken=False, by=caller, now=NOON)
    answer_comment(said, "The law wants two.", is_taken=False, by=writer(), now=NOON)
    with pytest.raises(Refused):
        answer_comment(said, "Again", is_taken=True, by=writer(), now=NOON)
    approve(version, by=chief(), now=NOON)
    assert Duty.objects.in_force().count() == 1


def test_drafts_are_seen_by_the_house_until_they_are_shared(handler, manager, outsider) -> None:
    version = draft()
    seen = [Duty.objects.visible_to(m).count() for m in (handler, manager, outsider)]
    assert seen == [1, 1, 0]
    share(version, by=writer(), now=NOON)
    assert Duty.objects.visible_to(outsider).count() == 1
    assert Version.objects.visible_to(outsider).get() == version


def test_a_draft_is_thrown_away_and_a_duty_ends() -> None:
    discard(draft(), by=writer())
    assert not Duty.objects.exists()
    found = duty()
    with pytest.raises(Refused):
        discard(found.current, by=writer())
    end_duty(found, by=chief(), now=LATER)
    assert list(Duty.objects.in_force()) == []
    assert list(Duty.objects.all().saying("stall")) == []


def test_steps_that_cannot_be_are_refused() -> None:
    with pytest.raises(Missing, match="Step 1"):
        checked([Step("Decide", "")])
    with pytest.raises(Refused, match="Step 1 can only go back"):
        checked([Step("Decide", "Head", back=1)])
    with pytest.raises(Refused, match="1 to 365"):
        checked([Step("Decide", "Head", days=400)])
    assert checked([Step("", ""), Step("Decide", "Head")]) == [Step("Decide", "Head")]


def test_a_round_asks_each_unit_and_ends_with_its_last_answer(operator, handler, leader) -> None:
    one, two = duty(), duty(title="Lamps")
    duty("elsewhere")
    opened = open_round(by=operator, now=LATER)
    assert [part.unit.code for part in opened.parts.all()] == ["bureau", "elsewhere"]
    with pytest.raises(Refused, match="still runs"):
        open_round(by=operator, now=LATER)
    part = running_part(make_unit())
    assert Clock.objects.get(matter=part.matter).name == "resolve"
    say_unchanged(part, [one], by=handler, now=LATER)
    assert list(waiting_in(part)) == [two]
    assert part.matter.state == "dispatched"
    version = revise(two, content("Lamps at night"), by=writer(), now=LATER)
    approve(version, by=leader, now=LATER)
    # The leader may not hand in for the unit; whoever handles does, with one more click.
    assert Matter.objects.get(pk=part.matter_id).state == "dispatched"
    say_unchanged(part, [], by=handler, now=LATER)
    matter = Matter.objects.get(pk=part.matter_id)
    assert matter.state == "handed_in"
    assert matter.account == "Looked through: 2 duties, 1 of them revised."
    assert running_part(make_unit()) is None


def test_only_ones_own_duties_are_answered_for(operator, handler, outsider) -> None:
    duty()
    other = duty("elsewhere")
    open_round(by=operator, now=LATER)
    part = running_part(make_unit())
    say_unchanged(part, [other], by=handler, now=LATER)
    assert part.round.answers.count() == 0
    with pytest.raises(NotYours):
        say_unchanged(part, [], by=outsider, now=LATER)


def test_the_next_round_opens_by_itself_after_two_months(operator, handler) -> None:
    found = duty()
    open_round(by=operator, now=NOON)
    say_unchanged(running_part(make_unit()), [found], by=handler, now=NOON)
    assert open_due_rounds(NOON + 60 * DAY) == []
    (following,) = open_due_rounds(NOON + 61 * DAY)
    assert (following.number, following.parts.count()) == (2, 1)
    assert open_due_rounds(NOON + 300 * DAY) == []
    assert Part.objects.count() == 2


def test_a_started_process_has_its_steps_as_milestones(operator, handler) -> None:
    make_calendar()
    run = start_process(duty(), text="Stall no. 7", by=operator, now=NOON)
    matter = reread(run.matter)
    assert matter.text.startswith("Stall no. 7\n1. Take the papers in：")
    assert matter.title == "Permit for a street stall：Stall no. 7"
    running = {clock.name: clock.due_at.date() for clock in matter.clocks.filter(stopped_at=None)}
    assert running == {"resolve": date(2026, 3, 10), "step1": date(2026, 3, 3)}
    later = NOON + timedelta(hours=20)
    perform(matter, "accept", by=handler, now=later)
    matter = reread(matter)
    perform(matter, "report", milestone="step1", text="Receipt 1.", by=handler, now=later)
    running = {clock.name: clock.due_at.date() for clock in matter.clocks.filter(stopped_at=None)}
    assert running == {"resolve": date(2026, 3, 10), "step2": date(2026, 3, 6)}
    assert matter.clocks.get(name="step1").how == "met"


def test_a_town_acts_for_itself_a_department_for_the_county(operator) -> None:
    town = make_member("town", Role.OPERATOR, unit="town")
    town.unit.kind = Unit.Kind.TOWN
    found = duty()
    with pytest.raises(NotYours):
        start_process(found, by=town, now=NOON)
    with pytest.raises(Refused, match="No unit has a duty"):
        open_round(by=town, now=NOON)
    assert open_round(by=operator, now=NOON).house == make_unit("county", None)


def test_a_process_brings_its_limits_along_once(operator) -> None:
    found = duty()
    runs = [start_process(found, by=operator, now=NOON) for _n in range(2)]
    assert runs[0].matter.category == runs[1].matter.category
    ledger = runs[1].matter.ledger
    assert ledger.policy.version == 2
    with pytest.raises(Refused):
        start_process(duty(title="No process", steps=()), by=operator, now=NOON)


@given(st.lists(st.lists(st.integers(1, 30), max_size=6), min_size=1, max_size=6))
def test_each_process_finds_its_own_limits(processes) -> None:
    base = {
        "resolve": {"label": "Done", "starts": ["dispatch"], "stops": ["hand_in"], "limits": []}
    }
    codes = [f"P{number:07d}001" for number in range(len(processes))]
    clocks = base
    for code, days in zip(codes, processes, strict=True):
        clocks = with_process(clocks, code, days)
    policy = Policy.read({"clocks": clocks, "order": list(clocks)})
    for code, days in zip(codes, processes, strict=True):
        fits = {rule.name: rule.limit_for({"category": code}) for rule in policy.clocks}
        limits = {name: str(found.limit) for name, found in fits.items() if found}
        wanted = {f"step{n}": f"P{limit}W" for n, limit in enumerate(days, start=1)}
        if days:
            wanted["resolve"] = f"P{list(accumulate(days))[-1]}W"
        assert limits == wanted
    assert base["resolve"]["limits"] == []


def test_the_catalogue_follows_the_duties(manager, operator) -> None:
    ledger = make_ledger()
    lamps, roads = make_category(ledger), make_category(ledger, "CX02", "Roads")
    line = add_line(ledger, category=lamps, lead=make_unit("elsewhere"))
    found = duty(categories=(lamps, roads))
    assert [(each.category, each.line) for each in proposals_for(ledger)] == [
        (lamps, line), (roads, None),
    ]  # fmt: skip
    with pytest.raises(NotYours):
        take_over(ledger, {lamps.pk}, by=operator)
    assert take_over(ledger, {lamps.pk, roads.pk}, by=manager) == 2
    basis = "Work list of Bureau, no. 1：Regulation, article 12"
    assert {(each.lead, each.basis) for each in ledger.catalogue.all()} == {(found.unit, basis)}
    assert proposals_for(ledger) == []
    with pytest.raises(Refused):
        take_over(ledger, {lamps.pk}, by=manager)


def test_two_units_that_claim_one_category_are_shown_and_not_taken_over(manager) -> None:
    ledger = make_ledger()
    lamps = make_category(ledger)
    mine, theirs = duty(categories=(lamps,)), duty("elsewhere", categories=(lamps,))
    (found,) = proposals_for(ledger)
    assert (found.duty, found.rival) == (mine, theirs)
    with pytest.raises(Refused, match="Two units claim"):
        take_over(ledger, {lamps.pk}, by=manager)


def test_the_steps_keep_what_they_say() -> None:
    assert tuple(duty().current.process()) == STEPS
