"""Who is told what: written with its cause, to whom it concerns, once."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daodi.core.matters.states import Side
from daodi.core.notices.models import Notice
from daodi.core.notices.rules import ALARMED, RESIDENTS, STAFF
from daodi.core.notices.words import RESIDENT as RESIDENT_WORDS
from daodi.core.notices.words import STAFF as STAFF_WORDS
from daodi.core.notices.writing import tell
from daodi.core.people.roles import Role
from tests.makers import NOON, make_ledger, make_matter, make_member, make_unit
from tests.walks import walk

DAY = timedelta(days=1)


def told(matter=None) -> list[tuple[str, str]]:
    """Return the notices of the house in order: which, and to whom."""
    notices = Notice.objects.exclude(member=None).order_by("seq", "member__user__username")
    notices = notices.filter(matter=matter) if matter else notices
    return list(notices.values_list("name", "member__user__username"))


def test_a_matter_on_its_way(course, outsider) -> None:
    story = course().accepted()
    story.step("extend", "handler", until=(NOON + 40 * DAY).date(), text="Parts are late.")
    story.step("refuse_extension", "supervisor", text="No.")
    story.step("ask", "handler", text="Which lamp?").step("reply", Side.RESIDENT, text="No. 7.")
    story.step("press", "supervisor", text="Hurry.", limit="PT4H")
    story.step("hand_in", "handler", account="New bulb.", answer="Repaired.")
    story.step("redo", Side.RESIDENT, text="Still dark.")
    assert told() == [
        ("dispatch", "handler"),
        ("extend", "supervisor"),
        ("refuse_extension", "handler"),
        ("reply", "handler"),
        ("press", "handler"),
        ("press", "leader"),
        ("redo", "handler"),
        ("redo", "leader"),
    ]


def test_a_joint_unit_is_told_of_its_part(course) -> None:
    helper = make_member("helper", Role.HANDLER, unit="police")
    story = course().dispatched(joint=[make_unit("police")]).step("accept", "handler")
    story.step("hand_part", helper, text="Done.")
    assert told() == [("dispatch", "handler"), ("joint", "helper"), ("hand_part", "handler")]


def test_an_objection_and_its_ruling(course) -> None:
    story = course().dispatched().step("object", "handler", text="Not ours.", basis="Duties.")
    story.step("uphold", "supervisor", text="Right.")
    assert told() == [
        ("dispatch", "handler"),
        ("object", "supervisor"),
        ("uphold", "handler"),
        ("uphold", "operator"),
    ]


def test_the_nearest_unit_above_is_told_where_a_unit_has_nobody(course) -> None:
    make_unit("village", "bureau")
    course().accepted().step("forward", "handler", below=make_unit("village"))
    # It was the handler of the bureau who forwarded it: nobody else is there.
    assert told() == [("dispatch", "handler")]
    second = make_member("second", Role.HANDLER)
    course().dispatched(lead=make_unit("village"))
    assert told()[1:] == [("dispatch", "handler"), ("dispatch", second.user.username)]


def test_a_person_with_two_places_is_told_once(course, handler) -> None:
    make_member("handler", Role.LEADER, unit="bureau2")
    make_member("handler", Role.LEADER, unit="oversight")
    handler.roles = [Role.HANDLER, Role.LEADER]
    handler.save(update_fields=["roles"])
    course().handed_in().step("send_back", "caller", text="Not done.")
    assert told()[1:] == [("send_back", "handler"), ("send_back", "leader")]


def test_only_named_members_are_told_of_a_confidential_matter(course, handler) -> None:
    make_member("colleague", Role.HANDLER)
    ledger = make_ledger()
    ledger.confidants.add(make_member("keeper", Role.OPERATOR, unit="centre"))
    matter = make_matter(ledger=ledger, is_confidential=True, urgency="critical")
    assert told() == [("file", "keeper")]
    story = course(matter)
    story.cast["operator"] = ledger.confidants.get()
    story.dispatched(named=[handler]).step("accept", "handler")
    assert told()[1:] == [("dispatch", "handler")]


@pytest.mark.parametrize(("urgency", "names"), [("normal", []), ("urgent", ["operator"])])
def test_operators_are_told_of_a_filing_in_a_hurry(operator, urgency, names) -> None:
    make_matter(urgency=urgency)
    assert told() == [("file", name) for name in names]


def test_it_costs_two_queries_however_many_there_are(course) -> None:
    stories = [course().dispatched() for _ in range(3)]
    causes = [
        (story.matter, story.matter.events.select_related("by").get(name="dispatch"))
        for story in stories
    ]
    costs = []
    for some in (causes[:1], causes):
        Notice.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            tell(*some, now=NOON)
        costs.append((len(asked), len(told())))
    assert costs == [(2, 1), (2, 3)]


def test_every_notice_has_its_words() -> None:
    says = {each.says for told in STAFF.values() for each in told if each.says}
    assert STAFF_WORDS.keys() == {*STAFF, *says, "file"}
    assert RESIDENT_WORDS.keys() == RESIDENTS
    assert set(ALARMED) >= {"handler", "leader", "operator", "caller", "supervisor"}


class CrashError(Exception):
    """Something fails after the act."""


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_notice_without_its_act_and_none_twice(course, data) -> None:
    with transaction.atomic():
        story = course(make_matter(urgency=data.draw(st.sampled_from(["normal", "critical"]))))

        def check(matter) -> None:
            lines = dict(matter.events.values_list("seq", "by__user"))
            notices = Notice.objects.filter(matter=matter).values_list("seq", "member__user")
            assert len(set(notices)) == len(notices)
            assert all(user is None or lines[seq] != user for seq, user in notices)
            if data.draw(st.booleans()):
                with suppress(CrashError), transaction.atomic():
                    walk(data, story, 1, lambda _matter: None)
                    raise CrashError
                story.matter = type(matter).objects.for_page().get(pk=matter.pk)
                assert set(notices.all()) == set(notices)

        walk(data, story, 6, check)
        transaction.set_rollback(True)
