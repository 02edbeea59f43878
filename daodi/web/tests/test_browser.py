"""The loop in a real browser, as residents and staff go through it."""

import re

import pytest
from django.urls import reverse

from daodi.core.ledgers.catalogue import add_line
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.roles import Role
from tests.browser import Screen
from tests.makers import (
    Course,
    make_category,
    make_ledger,
    make_matter,
    make_member,
    make_unit,
    reread,
)

pytestmark = pytest.mark.django_db(transaction=True)
LAMP = "The street lamp at the east gate has been dark for a week."


@pytest.fixture
def desk(browser, live_server, cast):
    """Return who sits at a desk, by role."""

    def open_desk(who: str, number: str) -> Screen:
        screen = Screen(browser, live_server.url).signed_in(cast[who])
        return screen.go(f"/desk/matters/{number}/")

    return open_desk


def state_of(matter) -> str:
    return reread(matter).state


@pytest.mark.parametrize("js", [True, False])
def test_the_whole_loop(browser, live_server, desk, cast, js) -> None:
    make_ledger()
    make_unit("bureau")
    resident = Screen(browser, live_server.url, phone=True, js=js).go("/")
    resident.page.fill("[name=text]", LAMP)
    resident.page.fill("[name=phone]", "138 0000 0000")
    resident.page.get_by_role("button", name="Send", exact=True).click()
    resident.page.wait_for_url("**/receipt/**")
    assert "We have it" in resident.text()
    assert re.search(r"[2-9A-Z]{4} [2-9A-Z]{4}", resident.text())
    matter = Matter.objects.get()

    operator = Screen(browser, live_server.url, js=js).signed_in(cast["operator"]).go("/desk/")
    operator.page.get_by_role("link", name=LAMP.rstrip(".")).click()
    operator.step("List", category="Street lights", urgency="Normal")
    operator.step("Dispatch", lead="Bureau", content="Please repair.")
    assert state_of(matter) == State.DISPATCHED

    handler = desk("handler", matter.number)
    handler.step("Sign for").step("Contacted the resident", text="Tomorrow at nine.")
    handler.step("Hand in", account="New bulb, 40 W.", answer="The lamp shines again.")
    assert state_of(matter) == State.HANDED_IN

    resident.page.get_by_role("link", name="See how it goes").click()
    assert "The lamp shines again." in resident.text()
    assert "40 W" not in resident.text()
    resident.step("Is it solved? Say so", "Send", solved="yes", satisfied="yes", remark="Thanks!")
    desk("caller", matter.number).step("Clear")
    assert state_of(matter) == State.CLEARED


def test_objection_and_ruling(desk, course) -> None:
    matter = course().dispatched().matter
    handler = desk("handler", matter.number)
    handler.step("Object", text="The lamp belongs to the estate.", basis="List of duties, 3.2")
    assert state_of(matter) == State.LISTED
    supervisor = desk("supervisor", matter.number)
    assert "The lamp belongs to the estate." in supervisor.text()
    supervisor.page.fill("#ruling", "The gate is public ground.")
    supervisor.page.get_by_role("button", name="Objection fails: final dispatch").click()
    supervisor.page.wait_for_load_state()
    assert (state_of(matter), reread(matter).is_final) == (State.DISPATCHED, True)
    handler.page.reload()
    assert "Object" not in handler.page.locator("summary").all_inner_texts()


def test_redo(browser, live_server, desk, course) -> None:
    matter = course().handed_in().matter
    desk("caller", matter.number).step("Send back for redo", text="Still dark at night.")
    handler = desk("handler", matter.number)
    assert "Still dark at night." in handler.text()
    handler.step("Hand in", account="Cable mended.", answer="Now it shines at night too.")
    assert (state_of(matter), reread(matter).redos) == (State.HANDED_IN, 1)


def test_suspension(desk, course) -> None:
    matter = course().accepted().matter
    leader = desk("leader", matter.number)
    leader.step(
        "Ask for suspension",
        text="The road is dug up.",
        plan="New cable with the new road.",
        review_on="2026-12-01",
    )
    supervisor = desk("supervisor", matter.number)
    assert "New cable with the new road." in supervisor.text()
    supervisor.step("Grant the suspension", remark="Until the road is done.")
    assert state_of(matter) == State.SUSPENDED
    desk("handler", matter.number).step("Take up again", text="The road is done.")
    assert state_of(matter) == State.HANDLING


def test_merge(desk, cast) -> None:
    first = make_matter("The lamp at the east gate is dark")
    second = make_matter("No light at the east gate")
    desk("operator", second.number).step("Merge into another", into=first.number)
    assert (state_of(second), reread(second).merged_into) == (State.MERGED, first)
    Course(reread(first), cast, first.filed_at).handed_in()
    assert reread(second).answer == "Repaired."


def test_a_double_tap_files_once(browser, live_server) -> None:
    make_ledger()
    resident = Screen(browser, live_server.url, phone=True).go("/")
    resident.page.fill("[name=text]", LAMP)
    resident.page.get_by_role("button", name="Send", exact=True).dblclick()
    resident.page.wait_for_url("**/receipt/**")
    assert Matter.objects.count() == 1


def test_two_operators_at_one_item(browser, live_server, cast) -> None:
    """The second is told so at once; the first to send has sent it, and no words are lost."""
    ledger = make_ledger()
    lamps = make_category(ledger, "CX0101", "Lamps", keywords=["street lamp"])
    add_line(ledger, category=lamps, lead=make_unit("bureau"), basis="Duties, 3")
    matter = make_matter(LAMP, ledger=ledger)
    page = reverse("desk:sort", args=[matter.number])
    quick, slow = (
        Screen(browser, live_server.url).signed_in(member).go(page)
        for member in (cast["operator"], make_member("second", Role.OPERATOR, unit="centre"))
    )
    assert "Operator has this item open just now" in slow.text()
    quick.page.keyboard.press("Control+Enter")
    quick.page.wait_for_selector(".empty, .sort-last")
    assert state_of(matter) == State.DISPATCHED
    slow.page.fill("#sort textarea >> nth=0", "Tonight, please.")
    slow.page.keyboard.press("Control+Enter")
    slow.page.wait_for_selector(".error-summary, .meanwhile")
    assert "Tonight, please." in slow.page.content()
    assert reread(matter).events.filter(name="dispatch").count() == 1
