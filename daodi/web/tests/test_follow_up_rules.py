"""The page on which managers and supervisors say whom callers ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daodi.core.followup.draw import draw
from daodi.core.followup.models import FollowUp
from daodi.core.followup.rules import rule_of
from tests.makers import HOUR, make_ledger, make_matter

RULES = reverse("desk:follow_up_rules")
GIVEN = {"whom": "share", "share": 20, "silent_days": 3, "most_tries": 2, "hours_apart": 4}


@pytest.fixture
def desk(client, supervisor):
    client.force_login(supervisor.user)
    return client


def test_numbers_and_rule_of_each_ledger(course, desk) -> None:
    matter = course(make_matter(now=timezone.now() - 5 * HOUR)).handed_in().matter
    draw(timezone.now())
    url = reverse("desk:follow_up_rule", args=[matter.ledger_id])
    assert desk.post(url, {**GIVEN, "share": 0}).status_code == 422
    assert desk.post(url, {**GIVEN, "ask_solved": "您好，问题解决了吗？"}).url == RULES
    rule = rule_of(matter.ledger)
    assert (rule.share, rule.most_tries, rule.ask_solved) == (20, 2, "您好，问题解决了吗？")
    (shown,) = desk.get(RULES).context["ledgers"]
    assert shown["words"] == ("20 % of all are drawn by lot. Tries: 2, at least 4 hours apart.")
    assert [figure["value"] for figure in shown["figures"]] == [1, 1, 1, 0, 0, 0]


def test_callers_read_out_the_ledgers_own_words(course, desk, client, caller) -> None:
    matter = course(make_matter(now=timezone.now() - 5 * HOUR)).handed_in().matter
    url = reverse("desk:follow_up_rule", args=[matter.ledger_id])
    desk.post(url, {**GIVEN, "ask_solved": "问题解决了吗？"})
    client.force_login(caller.user)
    page = client.get(reverse("desk:call", args=[matter.number])).content.decode()
    assert "问题解决了吗？" in page
    assert "Are you satisfied with how it was handled?" in page


def test_the_draws_are_repeated_before_ones_eyes(course, desk) -> None:
    matter = course(make_matter(now=timezone.now() - 5 * HOUR)).handed_in().matter
    draw(timezone.now())
    said = desk.get(RULES, {"check": ""}).context["checked"]
    assert said["text"] == "1 result was drawn once more: it came out as recorded."
    FollowUp.objects.update(drawn=False)
    assert matter.number in desk.get(RULES, {"check": ""}).context["checked"]["text"]


def test_more_ledgers_cost_no_more_queries(desk) -> None:
    def asked(code: str) -> int:
        make_ledger(code)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(RULES).status_code == 200
        return len(queries)

    assert asked("one") == asked("two") == asked("three")
