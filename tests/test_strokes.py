"""How much the commonest tasks ask of hands and eyes: docs/usability.md quotes these numbers."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from daodi.core.intake.filing import Filing, file_matter
from daodi.core.intake.paper import print_forms, sheets_of
from daodi.core.ledgers.catalogue import add_line
from daodi.core.matters.belongings import Contact
from daodi.core.matters.contacts import Person, unseal
from daodi.core.notices.judging import judge_link
from daodi.web.views.steps import step_id
from tests.browser import Screen
from tests.makers import HOUR, make_category, make_ledger, make_matter, make_unit, reread

pytestmark = pytest.mark.django_db(transaction=True)
LAMP = "The street lamp is dark."
# Seconds by the keystroke-level model (Card, Moran and Newell, 1980).
KEY, POINT, HOME, THINK = 0.28, 1.1, 0.4, 1.35


class Hand:
    """What one person does: carried out in the browser, and counted.

    Words of one's own are not counted: they take as long on paper.
    """

    def __init__(self, screen: Screen, *, touch: bool = False) -> None:
        self.page, self.touch = screen.page, touch
        self.taps = self.keys = self.homes = self.thoughts = 0

    def think(self) -> "Hand":
        """Decide something, or look whether all is right."""
        self.thoughts += 1
        return self

    def tap(self, selector: str) -> "Hand":
        self.page.locator(f"{selector} >> visible=true").first.click()
        self.taps += 1
        return self

    def choose(self, selector: str, label: str) -> "Hand":
        """Open a list of the browser's own and take one of it: two taps."""
        self.page.select_option(selector, label=label)
        self.taps += 2
        return self

    def press(self, *keys: str) -> "Hand":
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += len(key.split("+"))
        return self

    def home(self) -> "Hand":
        """Go from the mouse to the keyboard, or back."""
        self.homes += 1
        return self

    def write(self, selector: str, text: str) -> "Hand":
        """Tap on a field, go to the keyboard, and write."""
        self.tap(selector).home().page.keyboard.type(text)
        return self

    def at(self, selector: str) -> "Hand":
        self.page.locator(f"{selector} >> visible=true").first.wait_for()
        return self

    def asked(self) -> tuple[int, int, float]:
        """Return taps, keys and seconds. A mouse is pointed and pressed; a finger does both."""
        tap = POINT if self.touch else POINT + KEY
        seconds = self.taps * tap + self.keys * KEY + self.homes * HOME + self.thoughts * THINK
        return self.taps, self.keys, round(seconds, 1)


@pytest.fixture
def desk(browser, live_server, cast):
    def sit_down(who: str, path: str = "/desk/") -> Hand:
        return Hand(Screen(browser, live_server.url).signed_in(cast[who]).go(path))

    return sit_down


@pytest.fixture
def ledger(db):
    """Lamps, for which the bureau leads, and drains, for which the water works do."""
    ledger = make_ledger()
    lamps = make_category(ledger, "CX0101", "Lamps", keywords=["street lamp", "dark"])
    drains = make_category(ledger, "CX0102", "Drains", keywords=["flooded cellar"])
    add_line(ledger, category=lamps, lead=make_unit("bureau"), basis="Duties, 3")
    add_line(ledger, category=drains, lead=make_unit("water"), basis="Duties, 4")
    return ledger


def test_a_resident_files_and_looks(browser, live_server, ledger) -> None:
    resident = Hand(Screen(browser, live_server.url, phone=True).go("/"), touch=True)
    resident.think().write("[name=text]", LAMP).think().tap(".send").at(".receipt")
    assert resident.asked() == (2, 0, 5.3)

    later = Hand(Screen(browser, live_server.url, phone=True), touch=True)
    later.page.context.add_cookies(resident.page.context.cookies())
    later.page.goto(f"{live_server.url}/track/")
    later.think().tap("main a[href^='/track/']").at("main .timeline")
    assert later.asked() == (1, 0, 2.5)


@pytest.fixture
def answered(ledger, course):
    """A request that has its answer, and the receipt that its resident was given."""
    receipt = file_matter(ledger, Filing(text=LAMP), now=timezone.now())
    return course(reread(receipt.matter)).handed_in(), receipt


@pytest.fixture
def phone(browser, live_server):
    def pick_up(path: str) -> Hand:
        return Hand(Screen(browser, live_server.url, phone=True).go(path), touch=True)

    return pick_up


def test_a_resident_finds_it_by_its_code(phone, answered) -> None:
    """On another phone, with the receipt in the other hand."""
    _way, receipt = answered
    resident = phone("/track/").think().write("[name=number]", receipt.matter.number)
    resident.write("[name=code]", receipt.code).tap("main form .primary").at("main .timeline")
    assert resident.asked() == (3, 0, 5.5)


def test_a_resident_judges_the_answer(phone, answered) -> None:
    """As they come from the link of a message."""
    way, _receipt = answered
    resident = phone(judge_link(way.matter, now=timezone.now())).think()
    resident.tap("label:has(input[name=solved][value=yes])")
    resident.tap("label:has(input[name=satisfied][value=yes])")
    resident.think().tap("main form .primary").at("text=You said: Solved")
    assert resident.asked() == (3, 0, 6.0)


def test_a_resident_has_it_done_again(phone, answered) -> None:
    """Not solved, not satisfied, and again: from the link of a message, in one go."""
    way, _receipt = answered
    resident = phone(judge_link(way.matter, now=timezone.now())).think()
    assert resident.page.locator(".again").is_hidden()
    resident.tap("label:has(input[name=solved][value=no])")
    resident.tap("label:has(input[name=satisfied][value=no])")
    resident.think().tap(".again").at("text=It is being done again")
    assert reread(way.matter).round == 2
    assert resident.asked() == (3, 0, 6.0)


def test_a_resident_replies(phone, ledger, course) -> None:
    """The question stands above the field."""
    receipt = file_matter(ledger, Filing(text=LAMP), now=timezone.now())
    course(reread(receipt.matter)).accepted().step("ask", "handler", text="Which gate?")
    resident = phone(f"/track/{receipt.matter.number}/?code={receipt.code}").at("text=Which gate?")
    resident.think().write("[action*=reply] textarea", "The east one.")
    resident.think().tap("form[action*='/reply/'] button").at("text=Thank you, we have it.")
    assert resident.asked() == (2, 0, 5.3)


def test_a_resident_says_that_it_is_back(phone, answered) -> None:
    """On the phone that filed it; what is wrong is their own words."""
    way, receipt = answered
    way.step("clear", "caller")
    resident = phone(f"/track/{receipt.matter.number}/?code={receipt.code}").think()
    resident.tap("summary:has-text('The problem is back')")
    resident.write("[action*=reopen] textarea", "Dark again.")
    resident.think().tap("form[action*='/reopen/'] button").at("text=Thank you, we have it.")
    assert reread(way.matter).state == "dispatched"
    assert resident.asked() == (3, 0, 6.4)


def test_an_operator_dispatches_a_typical_one(desk, ledger) -> None:
    make_matter(LAMP)
    make_matter("Another one", now=make_matter(LAMP).filed_at + HOUR)
    hand = desk("operator").press("n").at("#sort").think().press("Control+Enter").at(".sort-last")
    assert hand.asked() == (0, 3, 2.2)


def test_an_operator_takes_another_category(desk, ledger) -> None:
    make_matter(LAMP)
    hand = desk("operator").press("n").at(".pick").think().press("c", *"cell")
    hand.at(".pick-list li").think().press("Enter").at("#sort_lead_pick")
    expect(hand.page.locator("#sort_lead_pick")).to_have_value("Water")
    assert hand.press("Control+Enter").at(".empty").asked() == (0, 9, 5.2)


def test_an_operator_takes_a_call(desk, ledger) -> None:
    hand = desk("operator", "/desk/new/").write("[name=phone]", "13800000000")
    hand.think().write("[name=text]", LAMP).think().tap("main form .primary").at(".receipt")
    assert hand.asked() == (3, 0, 7.6)


def test_a_clerk_enters_one_paper_form_after_another(desk, ledger, cast) -> None:
    """From one sheet to the next, by the keyboard alone, in the order of the sheet."""
    done, sheet = sheets_of(print_forms(ledger, 2, by=cast["operator"], now=timezone.now()))
    hand = desk("operator", f"/desk/new/?form={done.serial}")
    hand.page.keyboard.type("A bench is broken.")
    hand.page.keyboard.press("Control+Enter")
    hand.at("#serial").press(*sheet.serial, "Enter").at("#id_text:focus").think()
    hand.page.keyboard.type(LAMP)
    hand.press(*["Tab"] * 3).page.keyboard.type("East gate")
    hand.press(*["Tab"] * 2).page.keyboard.type("Wang")
    hand.press("Tab").page.keyboard.type("13800000000")
    hand.think().press("Control+Enter").at("text=Form " + sheet.shown)
    entered = sheet.matter()
    assert (entered.text, entered.address, entered.channel) == (LAMP, "East gate", "counter")
    assert unseal(Contact.objects.get(pk=entered.pk)) == Person("Wang", "13800000000")
    assert hand.asked() == (0, 18, 7.7)


def test_a_handler_signs_contacts_and_hands_in(desk, ledger, course) -> None:
    """By the keyboard alone: a key for each step, and Ctrl+Enter sends what was written."""
    matter = course(make_matter(LAMP)).dispatched().matter
    hand = desk("handler", f"/desk/matters/{matter.number}/").think().press("s")
    hand.at("form[action*='/hand_in/']").think().press("c")
    hand.page.keyboard.type("Tomorrow.")
    hand.press("Control+Enter").at(".messages").think().press("h")
    hand.page.keyboard.type("New bulb.")
    hand.press("Tab").page.keyboard.type("Repaired.")
    hand.press("Control+Enter").at("text=Handed in")
    assert hand.asked() == (0, 8, 6.3)


def test_a_handler_asks_for_more_time_from_the_list(desk, ledger, course) -> None:
    """One tap unfolds the step in its row, one takes a day; the reason is one's own words."""
    matter = course(make_matter(LAMP, now=timezone.now())).accepted().matter
    hand = desk("handler", "/desk/first/").think().tap(f"a[href*='{matter.number}/?step=extend']")
    hand.think().tap(".chips button")
    hand.write(f"#{step_id(matter, 'extend')} textarea", "Parts are late.")
    hand.press("Control+Enter").at(".messages")
    assert hand.page.url.endswith("/desk/first/")
    assert reread(matter).pending == "extension"
    assert hand.asked() == (3, 2, 7.8)
