"""The palette by keyboard alone, and the search box without JavaScript."""

import pytest

from tests.browser import Screen
from tests.makers import make_matter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lamps(db):
    return [make_matter(f"Lamp number {number} is dark.") for number in range(3)]


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_by_keyboard_to_a_matter(browser, live_server, operator, lamps, key) -> None:
    page = Screen(browser, live_server.url).signed_in(operator).go("/desk/").page
    page.keyboard.press(key)
    page.keyboard.type("lamp")
    chosen = page.locator("#found [aria-selected=true]")
    page.locator("#found mark").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert "Lamp number 1" in chosen.inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert chosen.inner_text() == "All that has “lamp”"
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/matters/{lamps[2].number}/")


def test_escape_closes_it_and_a_field_keeps_its_slash(browser, live_server, operator) -> None:
    page = Screen(browser, live_server.url).signed_in(operator).go("/desk/").page
    dialog, field = page.locator("#palette"), page.locator("#filters [name=q]")
    field.press("/")
    assert (field.input_value(), dialog.is_visible()) == ("/", False)
    page.keyboard.press("Control+k")
    page.locator("#found a").first.wait_for()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_on_a_phone_it_opens_by_a_tap(browser, live_server, operator, lamps) -> None:
    page = Screen(browser, live_server.url, phone=True).signed_in(operator).go("/desk/").page
    page.get_by_role("link", name="Find").click()
    page.keyboard.type("number 2")
    page.locator("#found mark").first.wait_for()
    page.locator("#found a").first.click()
    page.wait_for_url(f"**/desk/matters/{lamps[2].number}/")


@pytest.mark.parametrize("js", [True, False])
def test_lists_are_narrowed_saved_and_given_columns(
    browser, live_server, operator, lamps, js
) -> None:
    desk = Screen(browser, live_server.url, js=js).signed_in(operator).go("/desk/")
    page = desk.page
    page.locator(".desk-search input").fill("number 1")
    page.locator(".desk-search input").press("Enter")
    page.locator("#matters mark").first.wait_for()
    assert ("number 1" in desk.text(), "number 2" in desk.text()) == (True, False)
    page.get_by_role("button", name="More conditions").click()
    page.locator("#filters [name=channel]").select_option("phone")
    if not js:  # with it, a choice narrows the list at once
        page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("heading", name="Nothing fits").wait_for()
    page.locator("summary", has_text="Saved views").click()
    page.locator(".list-tools [name=name]").fill("By phone")
    page.get_by_role("button", name="Save this list").click()
    page.get_by_text("Saved: By phone.").wait_for()
    assert "q=number+1" in page.url
    assert "channel=phone" in page.url
    page.locator("summary", has_text="Columns").click()
    page.get_by_label("Filed at").check()
    page.get_by_role("button", name="Show these columns").click()
    page.get_by_role("link", name="Show all").click()
    page.get_by_role("columnheader", name="Filed at").wait_for()
