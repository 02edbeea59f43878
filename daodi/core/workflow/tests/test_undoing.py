"""What has not left the house can be taken back; the unit's clocks end, the operator's goes on."""

from datetime import timedelta

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.ledgers.kinds import Kind, Urgency
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.workflow.obstacles import RECALL_WITHIN
from daodi.core.workflow.services import perform
from tests.makers import HOUR, make_category, make_ledger, make_matter, make_unit, reread

POLICIES = ["henan-12345", "beijing-12345", "13710-hours", "13710-days", "rectification"]
PRESETS = {"henan-12345": {"dispatch"}, "beijing-12345": {"dispatch"}, "13710-hours": {"feedback"},
           "13710-days": set(), "rectification": set()}  # fmt: skip


def clocks_of(matter) -> dict[str, tuple]:
    return {clock.name: (clock.started_at, clock.due_at) for clock in matter.clocks.running()}


class TestUnlist:
    def test_it_is_again_what_it_was(self, course) -> None:
        run = course(make_matter(kind="consult"))
        before = clocks_of(run.matter)
        run.listed("critical", "complaint").step("unlist", "operator")
        again = run.matter
        assert (again.state, again.category, again.kind, again.urgency) == (
            State.RECEIVED, None, Kind.CONSULT, Urgency.NORMAL,
        )  # fmt: skip
        assert clocks_of(again) == before

    def test_a_category_chosen_before_comes_back(self, course) -> None:
        ledger = make_ledger()
        roads = make_category(ledger, "CX02", "Roads")
        run = course(make_matter(ledger=ledger, category=roads)).listed()
        assert run.matter.category.code == "CX01"
        assert run.step("unlist", "operator").matter.category == roads

    def test_one_listed_as_confidential_by_mistake_is_seen_again(self, course, operator) -> None:
        run = course(make_matter(may_publish=True))
        seen = run.matter.seen_by_units
        quiet = make_category(run.matter.ledger, "CX09", "Violence", is_confidential=True)
        run.step("list", "operator", category=quiet, kind="help", urgency="normal")
        assert (run.matter.seen_by_units, run.matter.seen_by_members) == ([], [operator.pk])
        matter = run.step("unlist", "operator").matter
        assert (matter.is_confidential, matter.may_publish) == (False, True)
        assert (matter.seen_by_units, matter.seen_by_members) == (seen, [])

    def test_one_that_was_with_a_unit_stays_listed(self, course) -> None:
        run = course().dispatched().step("object", "handler", text="No.", basis="List 3")
        with pytest.raises(Refused, match="with a unit already"):
            run.step("unlist", "operator")


class TestRecall:
    def test_it_is_as_if_it_had_not_been_sent(self, course, operator) -> None:
        run = course().dispatched(joint=[make_unit("water")])
        matter = run.step("recall", "operator", remark="Wrong unit.").matter
        assert (matter.state, matter.unit, matter.first_unit) == (State.LISTED, None, None)
        assert (matter.dispatched_at, matter.bounces) == (None, 0)
        assert matter.parts.filter(ended_at=None).count() == 0
        line = matter.events.get(name="recall")
        assert (line.by, line.words.text, line.data["unit"]) == (operator, "Wrong unit.", "bureau")
        assert run.step("unlist", "operator").matter.state == State.RECEIVED

    @pytest.mark.parametrize("policy", POLICIES)
    def test_the_clocks_are_those_of_before(self, course, policy) -> None:
        run = course(make_matter(ledger=make_ledger("ours", policy=policy, prefix="O"))).listed()
        before = clocks_of(run.matter)
        run.now += HOUR
        bureau = make_unit("bureau")
        run.step("dispatch", "operator", lead=bureau).step("recall", "operator")
        assert clocks_of(run.matter) == before
        assert before.keys() == PRESETS[policy]
        sent = run.step("dispatch", "operator", lead=bureau).matter
        assert set(clocks_of(sent)) > before.keys() - {"dispatch"}

    def test_it_is_known_to_a_policy_that_never_heard_of_it(self, course) -> None:
        """A recall turns clocks as an objection does, which every policy has."""
        run = course().dispatched()
        clocks = run.matter.ledger.rules.clocks
        assert all("recall" not in clock.starts | clock.stops | clock.voids for clock in clocks)
        assert set(clocks_of(run.step("recall", "operator").matter)) == {"dispatch"}

    def test_only_for_ten_minutes(self, course) -> None:
        run = course().dispatched()
        run.now += RECALL_WITHIN
        with pytest.raises(Refused, match="more than 10 minutes ago"):
            run.step("recall", "operator")
        run.matter = reread(run.matter)
        run.now -= timedelta(minutes=1)
        assert run.matter.state == State.DISPATCHED

    @pytest.mark.parametrize(
        ("step", "given"),
        [
            ("accept", {}),
            ("contact", {"text": "Called."}),
            ("forward", {"below": "lamps"}),
        ],
    )
    def test_not_once_the_unit_has_begun(self, course, step, given) -> None:
        given = {key: make_unit("lamps", "bureau") if key == "below" else value
                 for key, value in given.items()}  # fmt: skip
        run = course().dispatched().step(step, "handler", **given)
        with pytest.raises(Refused):
            run.step("recall", "operator")

    def test_not_what_a_supervisor_ruled_or_a_resident_took_up_again(self, course) -> None:
        ruled = course().dispatched().step("object", "handler", text="No.", basis="List 3")
        ruled.step("overrule", "supervisor", text="Yes.")
        ruled.matter.dispatched_at = ruled.now
        again = course(make_matter("Another lamp")).cleared()
        again.step("reopen", "supervisor", text="Dark again.")
        for run in (ruled, again):
            with pytest.raises(Refused, match="not an operator"):
                run.step("recall", "operator")

    def test_the_unit_cannot_do_it(self, course, handler) -> None:
        run = course().dispatched()
        with pytest.raises(NotYours):
            perform(run.matter, "recall", by=handler, now=run.now)

    def test_members_named_for_a_confidential_one_are_named_no_more(self, course, cast) -> None:
        make_ledger().confidants.add(cast["operator"])
        run = course(make_matter("The clerk was rude", is_confidential=True))
        run.listed().step("dispatch", "operator", lead=make_unit("bureau"), named=[cast["handler"]])
        matter = run.step("recall", "operator").matter
        assert (matter.seen_by_units, matter.seen_by_members) == ([], [cast["operator"].pk])
        assert list(Matter.objects.visible_to(cast["handler"])) == []


def test_a_merging_is_taken_back_as_long_as_nobody_has_the_answer(course, cast) -> None:
    whole = course(make_matter("The lamp at the gate."))
    part = course()
    before = clocks_of(part.matter)
    part.step("merge", "operator", into=whole.matter)
    matter = part.step("unmerge", "operator").matter
    assert (matter.state, matter.merged_into) == (State.RECEIVED, None)
    assert clocks_of(matter) == before
    names = list(reread(whole.matter).events.order_by("seq").values_list("name", flat=True))
    assert names == ["file", "merged_in", "merged_out"]


def test_what_was_with_a_unit_or_is_answered_stays_merged(course, cast) -> None:
    whole = course(make_matter("The lamp at the gate.")).accepted()
    sent = course().dispatched().step("merge", "operator", into=whole.matter)
    with pytest.raises(Refused, match="was with a unit"):
        sent.step("unmerge", "operator")
    early = course(make_matter("Also the lamp.")).step("merge", "operator", into=whole.matter)
    whole.matter = reread(whole.matter)
    whole.step("hand_in", "handler", account="New bulb.", answer="Repaired.")
    early.matter = reread(early.matter)
    with pytest.raises(Refused, match="has got the answer"):
        early.step("unmerge", "operator")
