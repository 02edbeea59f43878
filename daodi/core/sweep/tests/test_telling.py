"""A card is told to those whom the policy names, with what is to be done."""

from copy import deepcopy
from datetime import timedelta

from daodi.core.clocks.models import PolicyVersion
from daodi.core.notices.models import Notice
from daodi.core.notices.words import said
from daodi.core.people.roles import Role
from daodi.core.sweep.alarms import sweep
from tests.makers import make_ledger, make_matter, make_member, make_policy, make_unit


def test_a_card_says_clock_cause_and_next_step(course) -> None:
    story = course(make_matter(ledger=make_ledger("quick", "13710-hours"))).dispatched()
    Notice.objects.all().delete()
    sweep(story.now + timedelta(minutes=30))
    sweep(story.now + timedelta(hours=1))
    notices = list(Notice.objects.select_related("matter", "member__user").order_by("pk"))
    why = "dispatched 03-02 12:02, due 03-02 13:02, the resident not yet contacted"
    card = "%s card · “Respond within 1 hour”, %s %% used: %s · next: Contacted the resident"
    yellow, red = card % ("Yellow", 50, why), card % ("Red", 100, why)
    assert [(str(notice.member), said(notice)) for notice in notices] == [
        ("Handler", yellow),
        ("Handler", red),
        ("Leader", red),
        ("Supervisor", red),
    ]


def test_a_unit_that_has_objected_is_told_of_no_card(course) -> None:
    story = course(make_matter(ledger=make_ledger("quick", "13710-hours"))).dispatched()
    story.step("object", "handler", text="The water company's.", basis="Duties, 3.2")
    Notice.objects.all().delete()
    sweep(story.now + timedelta(hours=20))
    notices = Notice.objects.select_related("member__user").order_by("pk")
    assert [(str(notice.member), notice.data["card"]) for notice in notices] == [
        ("Operator", "yellow")
    ]


def test_a_policy_may_name_the_leader_of_the_unit_above(course, leader) -> None:
    rules = deepcopy(make_policy("13710-hours").rules)
    rules["clocks"]["respond"]["alarms"] = [{"at": 1, "tell": ["above", "handler"], "card": "red"}]
    policy = PolicyVersion.objects.create(code="above", name="Above", rules=rules)
    ledger = make_ledger("quick", "13710-hours")
    ledger.policy = policy
    ledger.save(update_fields=["policy"])
    lamps = make_member("lamps", Role.HANDLER, Role.LEADER, unit="lamps", parent="bureau")
    story = course(make_matter(ledger=ledger)).dispatched(lead=make_unit("lamps"))
    sweep(story.now + timedelta(hours=1))
    told = Notice.objects.filter(name="alarm").values_list("member", flat=True)
    assert list(told.order_by("pk")) == [leader.pk, lamps.pk]
