"""Who says how a ledger's residents are asked."""

import pytest

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import NotYours, Refused
from daodi.core.followup.models import FollowUpRule
from daodi.core.followup.rules import change_rule, rule_of
from tests.makers import make_ledger

pytestmark = pytest.mark.django_db


def test_a_supervisor_changes_it_and_that_stays_on_record(supervisor) -> None:
    ledger = make_ledger()
    assert rule_of(ledger).whom == "all"
    change_rule(ledger, by=supervisor, whom="share", share=10)
    rule = rule_of(ledger)
    assert (rule.whom, rule.share, rule.most_tries) == ("share", 10, 3)
    line = AdminEvent.objects.get(what="ledger_changed")
    assert (line.before, line.after) == (
        {"whom": "all", "share": 20},
        {"whom": "share", "share": 10},
    )


def test_those_who_handle_or_call_do_not(handler, caller, outsider) -> None:
    ledger = make_ledger()
    for member in (handler, caller, outsider):
        with pytest.raises(NotYours):
            change_rule(ledger, by=member, whom="share")
    assert FollowUpRule.objects.count() == 0


@pytest.mark.parametrize("says", [{"share": 0}, {"share": 101}, {"most_tries": 0}, {"whom": "me"}])
def test_what_makes_no_sense_is_refused(manager, says) -> None:
    with pytest.raises(Refused):
        change_rule(make_ledger(), by=manager, **says)
    assert FollowUpRule.objects.count() == 0
