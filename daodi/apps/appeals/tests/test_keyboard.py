"""With a keyboard alone and without JavaScript: filing, mistakes, following, judging."""

import pytest

from daodi.core.intake.filing import Filing, file_matter
from daodi.core.matters.models import Matter
from tests.browser import Screen
from tests.makers import NOON, make_ledger, reread

pytestmark = pytest.mark.django_db(transaction=True)
LAMP = "The street lamp is dark."
MOST_TABS = 60
# What has the focus: its name or word, where it is, and whether a ring is drawn round it.
FOCUS = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const shown = e.matches("input[type=radio], input[type=checkbox]") ? e.closest("label") || e : e;
  return {
    name: e.name || e.innerText.trim() || e.tagName,
    top: box.top + scrollY,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    label: Boolean(e.labels?.length || e.getAttribute("aria-label") || shown.innerText.trim()),
  };
}"""


@pytest.fixture
def screen(browser, live_server, db):
    make_ledger()
    return Screen(browser, live_server.url, phone=True, js=False)


def walk(screen: Screen, until: str) -> list[dict]:
    """Press Tab until what has this name or word has the focus; return all that had it."""
    steps = []
    for _ in range(MOST_TABS):
        screen.page.keyboard.press("Tab")
        steps.append(focus(screen))
        if steps[-1]["name"] == until:
            return steps
    raise AssertionError(f"{until} is not reached: {[step['name'] for step in steps]}")


def focus(screen: Screen) -> dict:
    # Scripts of the page are off; this one is ours.
    return screen.page.evaluate(FOCUS)


def test_a_request_is_filed_and_followed_by_keys_alone(screen) -> None:
    screen.go("/")
    first = walk(screen, "Skip to the content")
    assert (len(first), first[0]["inside"]) == (1, True)
    screen.page.keyboard.press("Enter")
    to_text = walk(screen, "text")
    screen.page.keyboard.type(LAMP)
    rest = walk(screen, "Send")
    steps = [*to_text, *rest]
    assert [step["name"] for step in steps if not (step["ring"] and step["label"])] == []
    tops = [step["top"] for step in steps]
    assert tops == sorted(tops)  # the focus goes down the page, and never back
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_url("**/receipt/**")
    assert Matter.objects.get().text == LAMP
    walk(screen, "See how it goes")
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_url("**/track/**")
    walk(screen, "Write to the unit, or add a photo")
    screen.page.keyboard.press("Enter")
    walk(screen, "text")
    screen.page.keyboard.type("At the east gate.")
    walk(screen, "Send")
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_selector("text=Thank you, we have it.")
    assert Matter.objects.get().events.get(name="write").words.text == "At the east gate."


def test_a_mistake_is_summed_up_and_leads_to_its_field(screen) -> None:
    screen.go("/")
    screen.page.locator(".send").focus()
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_selector(".error-summary")
    assert screen.page.title().startswith("Error:")
    link = screen.page.locator(".error-summary a")
    link.focus()
    screen.page.keyboard.press("Enter")
    screen.page.keyboard.type(LAMP)
    field = screen.page.locator("[name=text]")
    assert (field.input_value(), field.get_attribute("aria-invalid")) == (LAMP, "true")
    told = field.get_attribute("aria-describedby").split()
    assert "Please write what it is about" in screen.page.locator(f"#{told[-1]}").inner_text()


def test_every_mistake_of_the_link_leads_to_a_choice(screen, course) -> None:
    receipt = file_matter(make_ledger(), Filing(text=LAMP), now=NOON)
    course(reread(receipt.matter)).handed_in()
    screen.go(f"/track/{receipt.matter.number}/?code={receipt.code}")
    screen.page.locator("form[action*='/judge/'] .primary").press("Enter")
    for name in ("solved", "satisfied"):
        screen.page.locator(".error-summary a", has_text=name).press("Enter")
        screen.page.keyboard.press("Tab")
        screen.page.keyboard.press("Space")
    walk(screen, "Send")
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_selector("text=Thank you, we have it.")
    assert reread(receipt.matter).solved == "yes"
