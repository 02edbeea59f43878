"""A ledger may ask for a photo with some steps, and asks for none unless it says so."""

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.ledgers.kinds import EVIDENCE_STEPS
from daodi.core.ledgers.services import check_ledger
from daodi.core.matters.attachments import NewFile
from daodi.core.matters.moves import MOVES
from daodi.core.matters.states import State
from daodi.core.workflow.services import perform
from tests.makers import NOON, make_ledger, make_matter

PHOTO = NewFile("lamp.txt", b"lamp", "text/plain", ".txt")
RESULT = {"account": "New bulb.", "answer": "Repaired."}


def test_every_such_step_takes_files() -> None:
    assert [name for name in EVIDENCE_STEPS if not MOVES[name].files] == []


def test_nothing_is_asked_for_unless_the_ledger_says_so(course) -> None:
    assert course().handed_in().matter.state == State.HANDED_IN


def test_without_a_file_the_step_is_refused_with_a_sentence(course, handler) -> None:
    make_ledger(evidence=["hand_in"])
    matter = course().accepted().matter
    with pytest.raises(Refused, match="“Hand in” needs evidence: please add at least one photo"):
        perform(matter, "hand_in", by=handler, now=NOON, **RESULT)
    assert matter.state == State.HANDLING
    perform(matter, "hand_in", by=handler, now=NOON, files=[PHOTO], **RESULT)
    assert (matter.state, matter.attachments.count()) == (State.HANDED_IN, 1)


def test_a_draft_for_signature_is_a_hand_in(course, handler) -> None:
    make_ledger(evidence=["hand_in"], leader_signs=True)
    matter = course().accepted().matter
    with pytest.raises(Refused, match="needs evidence"):
        perform(matter, "submit", by=handler, now=NOON, **RESULT)


def test_who_may_not_take_the_step_is_told_that(course, caller) -> None:
    make_ledger(evidence=["hand_in"])
    with pytest.raises(NotYours):
        perform(course().accepted().matter, "hand_in", by=caller, now=NOON, **RESULT)


def test_only_steps_with_files_can_ask_for_them(db) -> None:
    ledger = make_ledger()
    ledger.evidence = ["clear"]
    with pytest.raises(Refused, match="these steps only"):
        check_ledger(ledger)
    assert make_matter(ledger=make_ledger()).ledger.evidence == []
