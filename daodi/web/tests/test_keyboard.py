"""The operator's desk by the keyboard alone, without JavaScript, and with a colleague beside."""

import pytest
from playwright.sync_api import expect

from daodi.core.ledgers.catalogue import add_line
from daodi.core.matters.states import State
from tests.browser import Screen
from tests.makers import (
    HOUR,
    make_category,
    make_ledger,
    make_matter,
    make_member,
    make_unit,
    reread,
)

pytestmark = pytest.mark.django_db(transaction=True)
MOST_KEYS = 8


@pytest.fixture
def lamps(db):
    """Lamps, for which the bureau leads, and drains, for which the water works do."""
    ledger = make_ledger()
    lamps = make_category(ledger, "CX0101", "Lamps", keywords=["street lamp", "dark"])
    drains = make_category(ledger, "CX0102", "Drains", keywords=["flooded cellar"])
    add_line(ledger, category=lamps, lead=make_unit("bureau"), basis="Duties, 3")
    add_line(ledger, category=drains, lead=make_unit("water"), basis="Duties, 4")
    return make_matter("The street lamp is dark.")


class Keyboard:
    """Fingers on the keys: each key that is pressed counts, and those held down with it."""

    def __init__(self, screen: Screen) -> None:
        self.page, self.count = screen.page, 0

    def press(self, *keys: str) -> "Keyboard":
        for key in keys:
            self.page.keyboard.press(key)
            self.count += len(key.split("+"))
        return self

    def write(self, text: str) -> "Keyboard":
        return self.press(*text)

    def at(self, selector: str) -> "Keyboard":
        self.page.wait_for_selector(selector)
        return self


@pytest.fixture
def at_desk(browser, live_server):
    def sit_down(member, path: str = "/desk/", *, js: bool = True) -> Screen:
        return Screen(browser, live_server.url, js=js).signed_in(member).go(path)

    return sit_down


def test_a_typical_request_is_dispatched_with_three_keys(at_desk, lamps, operator) -> None:
    following = make_matter("Another one", now=lamps.filed_at + HOUR)
    screen = at_desk(operator)
    keys = Keyboard(screen).press("n").at("#sort").press("Control+Enter").at(".sort-last")
    found = reread(lamps)
    assert (found.state, found.unit.code) == (State.DISPATCHED, "bureau")
    assert following.number in screen.page.url
    assert keys.count == 3 <= MOST_KEYS
    keys.press("z").page.wait_for_url(f"**/{lamps.number}/")
    assert reread(lamps).state == State.LISTED


def test_another_category_and_urgency_take_a_few_more(at_desk, lamps, operator) -> None:
    """Typing finds it by a word of its own, and brings its unit along."""
    screen = at_desk(operator, f"/desk/next/{lamps.number}/")
    keys = Keyboard(screen).at(".pick").press("c").write("cell")
    keys.at(".pick-list li").press("Enter")
    expect(screen.page.locator("#sort_lead_pick")).to_have_value("Water")
    keys.press("Control+Enter").at(".empty")
    assert (reread(lamps).category.name, reread(lamps).unit.code) == ("Drains", "water")
    assert keys.count == MOST_KEYS


def test_keys_rest_while_one_writes_and_can_be_switched_off(at_desk, lamps, operator) -> None:
    screen = at_desk(operator, f"/desk/next/{lamps.number}/")
    here = screen.page.url
    keys = Keyboard(screen).press("t").write("n?o")
    assert screen.page.locator("#sort_content").input_value() == "n?o"
    keys.press("Escape", "?").at("#keys[open]")
    assert "Lead unit" in screen.page.locator("#keys").inner_text()
    screen.page.get_by_label("Single keys work on this device").uncheck()
    keys.press("Escape", "n", "o")
    assert screen.page.url == here


def test_what_is_fetched_beside_a_page_does_not_rename_it(at_desk, lamps, operator) -> None:
    screen = at_desk(operator, f"/desk/next/{lamps.number}/")
    screen.page.wait_for_selector("#known:not([hx-trigger])")
    assert screen.page.title().startswith(lamps.title)


def test_without_javascript(at_desk, lamps, operator) -> None:
    screen = at_desk(operator, js=False)
    screen.page.locator(".choose-bar .primary").click()
    screen.page.select_option("[name=urgency]", label="Urgent")
    screen.page.get_by_role("button", name="List and dispatch").click()
    assert "Everything is dispatched" in screen.text()
    found = reread(lamps)
    assert (found.state, found.unit.code, found.urgency) == (State.DISPATCHED, "bureau", "urgent")


def test_two_operators_on_one_item(at_desk, lamps, operator) -> None:
    colleague = make_member("colleague", "operator", unit="centre")
    path = f"/desk/next/{lamps.number}/"
    mine, theirs = at_desk(operator, path), at_desk(colleague, path)
    assert "Operator has this item open just now" in theirs.text()
    theirs.page.fill("#sort_content", "Three lamps, not one.")
    Keyboard(mine).press("Control+Enter").at(".empty")
    Keyboard(theirs).press("Control+Enter").at(".error-summary")
    assert "Somebody was faster" in theirs.text()
    assert "Dispatch Operator: Lead: Bureau" in theirs.text()
    assert theirs.page.locator("#sort_content").input_value() == "Three lamps, not one."
    assert reread(lamps).events.filter(name="dispatch").count() == 1


def test_rows_are_chosen_with_shift_and_all_at_once(at_desk, operator) -> None:
    for number in range(4):
        make_matter(f"Lamp {number} is dark")
    page = at_desk(operator).page
    boxes = page.locator(".matters tbody input[type=checkbox]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert "3 chosen" in page.locator(".choose-bar").inner_text()
    page.get_by_label("All on this page").check()
    page.get_by_role("button", name="Note on them …").click()
    page.fill("[name=text]", "Storm in the night.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="Note: done with 4").wait_for()


def test_a_caller_is_known_by_the_number(at_desk, lamps, operator) -> None:
    page = at_desk(operator, "/desk/new/").page
    page.keyboard.type("13800000000")
    page.get_by_role("link", name="The street lamp is dark").wait_for()
    page.fill("[name=text]", "It is dark still.")
    page.get_by_role("button", name="Same thing again").click()
    page.wait_for_url(f"**/{lamps.number}/")
    assert reread(lamps).events.get(name="note").words.text == "It is dark still."
