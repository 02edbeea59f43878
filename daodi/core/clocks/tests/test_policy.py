"""A policy is data, checked when it is read."""

import copy

import pytest

from daodi.core.clocks.models import PolicyVersion
from daodi.core.clocks.policy import ORDER, REVIEW, LimitFor, Policy
from daodi.core.clocks.services import install_policies, publish_policy
from daodi.core.exceptions import Refused
from daodi.lib.worktime import Counting

CLOCK = {
    "label": "Resolve",
    "starts": ["dispatch"],
    "stops": ["hand_in"],
    "limits": [{"limit": "P5W"}],
}
RULES = {"clocks": {"resolve": CLOCK}}


def with_clock(**change) -> dict:
    return {"name": "Ours", "clocks": {"resolve": copy.deepcopy(CLOCK) | change}}


def test_the_shipped_policies_read_in_their_order(db) -> None:
    install_policies()
    read = {version.code: version.policy for version in PolicyVersion.objects.all()}
    assert {code: [clock.name for clock in policy.clocks] for code, policy in read.items()} == {
        "13710-days": ["arrange", "progress", "resolve"],
        "13710-hours": ["respond", "resolve", "feedback"],
        "beijing-12345": ["dispatch", "respond", "resolve"],
        "henan-12345": ["dispatch", "accept", "respond", "resolve", "redo"],
        "rectification": ["accept", "resolve", "recheck"],
    }
    assert all(any(clock.promise for clock in policy.clocks) for policy in read.values())


def test_what_is_not_said_has_a_harmless_default() -> None:
    rule = Policy.read(RULES).rule("resolve")
    assert (rule.label_en, rule.party, rule.pauses, rule.alarms) == (
        "Resolve",
        "unit",
        frozenset(),
        (),
    )
    assert Policy.read(RULES).rule("other") is None
    assert ORDER.stops == {"answer_order", "hand_in", "sign", "answer"}
    assert REVIEW.stops == {"resume"}


def test_alarms_stand_in_their_order() -> None:
    alarms = [{"at": 1, "card": "red"}, {"at": 0.5, "tell": ["handler"]}]
    rule = Policy.read(with_clock(alarms=alarms)).rule("resolve")
    assert [(alarm.share, alarm.tell, alarm.card) for alarm in rule.alarms] == [
        (0.5, ("handler",), ""),
        (1.0, (), "red"),
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"limits": [{"limit": "5 days"}]}, "'5 days' is no limit of time: write PT1H"),
        ({"limits": [{"limit": "P0D"}]}, "is no limit of time"),
        ({"limits": [{"limit": "P1D", "counts": "sundays"}]}, "sundays"),
        ({"limits": [{"limit": "P1D", "when": {"colour": "red"}}]}, "unknown condition 'colour'"),
        ({"limits": {"limit": "P1D"}}, "limits of the clock resolve: write a list"),
        ({"starts": "dispatch"}, "starts of the clock resolve: write a list"),
        ({"alarms": [{"at": 1, "card": "blue"}]}, "unknown card 'blue': write yellow or red"),
        ({"alarms": [{"at": 0}]}, "an alarm at 0.0 of the limit"),
        ({"alarms": [{"at": "nan"}]}, "an alarm at nan of the limit"),
        ({"alarms": [{"at": "soon"}]}, "could not convert string to float"),
    ],
)
def test_nonsense_is_refused_and_says_what_to_write(db, change, why) -> None:
    with pytest.raises(Refused, match=f"The policy ours cannot be read: .*{why}"):
        publish_policy("ours", with_clock(**change))
    assert not PolicyVersion.objects.exists()


@pytest.mark.parametrize("missing", ["label", "starts", "stops", "limits"])
def test_what_a_clock_needs(missing) -> None:
    clock = {key: value for key, value in CLOCK.items() if key != missing}
    with pytest.raises(ValueError, match=f"the clock resolve needs: {missing}"):
        Policy.read({"clocks": {"resolve": clock}})


@pytest.mark.parametrize("name", ["order", "review", "x" * 21])
def test_names_that_a_clock_cannot_have(name) -> None:
    with pytest.raises(ValueError, match=f"a clock cannot be called {name}"):
        Policy.read({"clocks": {name: CLOCK}})


@pytest.mark.parametrize(
    ("when", "facts", "fits"),
    [
        ({}, {}, True),
        ({"urgency": "critical"}, {"urgency": "critical"}, True),
        ({"urgency": "critical"}, {"urgency": "normal"}, False),
        ({"urgency": "critical"}, {}, False),
        ({"kind": ["complaint", "report"]}, {"kind": "report"}, True),
        ({"kind": ["complaint", "report"]}, {"kind": "rep"}, False),
        ({"category": "CS01"}, {"category": "CS0102"}, True),
        ({"category": ["CX", "CS01"]}, {"category": "CS0202"}, False),
        ({"urgency": "long", "kind": "help"}, {"urgency": "long", "kind": "help"}, True),
        ({"urgency": "long", "kind": "help"}, {"urgency": "long", "kind": "report"}, False),
    ],
)
def test_whom_a_limit_is_for(when, facts, fits) -> None:
    assert LimitFor.read({"limit": "P1D", "when": when}).fits(facts) == fits


@pytest.mark.parametrize(
    ("line", "counting"),
    [
        ({"limit": "P5W"}, Counting.WORKDAYS),
        ({"limit": "P5D"}, Counting.ALWAYS),
        ({"limit": "PT24H", "counts": "workdays"}, Counting.WORKDAYS),
        ({"limit": "P3W", "counts": "office"}, Counting.OFFICE),
    ],
)
def test_working_days_are_counted_in_working_time(line, counting) -> None:
    assert LimitFor.read(line).counting is counting


def test_the_first_limit_that_fits_is_taken() -> None:
    limits = [{"limit": "PT2H", "when": {"urgency": "critical"}}, {"limit": "PT24H"}]
    rule = Policy.read(with_clock(limits=limits)).rule("resolve")
    assert [str(rule.limit_for({"urgency": u}).limit) for u in ("critical", "long")] == [
        "PT2H",
        "P1D",
    ]


@pytest.mark.parametrize(
    ("move", "before", "after", "concerned"),
    [
        ("dispatch", "listed", "dispatched", True),
        ("hand_in", "handling", "handed_in", True),
        ("object", "dispatched", "listed", True),
        ("ask", "handling", "waiting", True),
        ("grant_suspension", "waiting", "suspended", False),
        ("note", "waiting", "waiting", False),
    ],
)
def test_which_moves_concern_the_clocks(move, before, after, concerned) -> None:
    rules = with_clock(voids=["object"], pauses=["waiting", "suspended"])
    assert Policy.read(rules).concerns(move, before, after) == concerned


def test_a_change_is_the_next_version_and_the_old_one_stays(db) -> None:
    first = publish_policy("ours", with_clock())
    assert publish_policy("ours", with_clock()) == first
    second = publish_policy("ours", with_clock(limits=[{"limit": "P3W"}]))
    rows = [(row.version, row.rules["clocks"]["resolve"]["limits"]) for row in (first, second)]
    assert rows == [(1, [{"limit": "P5W"}]), (2, [{"limit": "P3W"}])]


def test_installing_again_changes_nothing(db) -> None:
    install_policies()
    before = list(PolicyVersion.objects.values())
    install_policies()
    assert [list(PolicyVersion.objects.values()), len(before)] == [before, 5]
