"""Residents at their phones: with little time, weak networks and large fingers."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from daodi.core.matters.belongings import Attachment
from daodi.core.matters.files import path_of
from daodi.core.matters.models import Matter
from daodi.core.people.services import load_divisions
from tests.browser import Screen
from tests.makers import make_ledger

pytestmark = pytest.mark.django_db(transaction=True)
LAMP = "The street lamp at the east gate has been dark for a week."
BENCH = "The bench in the park is broken."
# Made in the page: to hand so much over from here takes longer than all the rest.
CHOOSE_LARGE = """
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(21 * 2 ** 20)], "plan.pdf"));
  const input = document.querySelector("[name=photos]");
  input.files = files.files;
  input.dispatchEvent(new Event("change"));
"""
KEPT = "What you write is kept on this phone"


@pytest.fixture
def phone(browser, live_server):
    make_ledger()
    screen = Screen(browser, live_server.url, phone=True)
    opened(screen)
    yield screen
    screen.context.close()


def opened(screen, path: str = "/") -> Screen:
    screen.go(path)
    screen.page.wait_for_selector("form[data-ready]")
    return screen


def write(screen, text: str) -> Screen:
    screen.page.fill("[name=text]", text)
    screen.page.wait_for_selector(f"text={KEPT}")
    return screen


def send(screen) -> Screen:
    screen.page.get_by_role("button", name="Send", exact=True).click()
    return screen


def sent(screen) -> Matter:
    send(screen).page.wait_for_url("**/receipt/**")
    return Matter.objects.get()


def jpeg(width: int, height: int) -> dict:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(stream, "JPEG")
    return {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def choose(screen, *files: dict) -> None:
    screen.page.set_input_files("[name=photos]", files)


def test_without_network_it_is_kept_and_sent_once_afterwards(phone) -> None:
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.context.set_offline(True)
    opened(phone.again())
    write(phone, LAMP)
    choose(phone, jpeg(40, 30))
    phone.page.wait_for_selector(".thumbnails img")
    send(phone).page.wait_for_selector("text=There is no network now")
    assert phone.page.input_value("[name=text]") == ""
    assert "goes off when there is network" in phone.text()
    opened(phone.again())
    assert "goes off when there is network" in phone.text()
    assert not Matter.objects.exists()

    phone.again().context.set_offline(False)
    opened(phone).page.wait_for_selector("text=My requests on this phone")
    opened(phone.again())
    matter = Matter.objects.get()
    assert (matter.text, matter.attachments.count()) == (LAMP, 1)
    phone.page.get_by_text("My requests on this phone").click()
    assert matter.number in phone.text()
    phone.context.clear_cookies()
    phone.page.get_by_role("link", name=LAMP).click()
    phone.page.wait_for_url(f"**/track/{matter.number}/")


def test_other_pages_say_that_there_is_no_network(phone) -> None:
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.context.set_offline(True)
    phone.go("/record/")
    assert "This page needs the network" in phone.text()


def test_several_drafts_survive_a_closed_page(phone) -> None:
    write(phone, LAMP)
    opened(phone.again())
    write(phone, BENCH)
    opened(phone.again())
    drafts = phone.page.locator("[data-drafts] li")
    assert [BENCH in drafts.nth(0).inner_text(), LAMP in drafts.nth(1).inner_text()] == [True, True]
    drafts.nth(0).get_by_role("button", name="Delete").click()
    phone.page.get_by_role("button", name="Yes, go on").click()
    drafts.nth(1).wait_for(state="detached")
    drafts.nth(0).get_by_role("button", name="Continue").click()
    phone.page.wait_for_selector("text=Here is what you wrote before")
    assert phone.page.input_value("[name=text]") == LAMP
    assert sent(phone).text == LAMP
    opened(phone.again())
    assert phone.page.locator("[data-drafts]").is_hidden()


def test_a_reload_loses_nothing(phone) -> None:
    load_divisions([("410221100", "Westtown", "town"), ("410221100201", "Backstreet", "village")])
    write(phone, LAMP)
    phone.page.fill("[name=address]", "backs")
    phone.page.get_by_role("button", name="Westtown Backstreet").click()
    phone.page.fill("[name=address]", "behind the school")
    phone.page.check("[name=urgency][value=urgent]")
    choose(phone, jpeg(40, 30))
    phone.page.wait_for_selector(".thumbnails img")
    phone.page.wait_for_selector("#filing:not([data-unsaved])")
    opened(phone)
    assert phone.page.locator(".thumbnails img").count() == 1
    matter = sent(phone)
    assert (str(matter.division), matter.address) == ("Backstreet", "behind the school")
    assert (matter.urgency, matter.attachments.count()) == ("urgent", 1)


def test_complaints_stand_beside_the_field_and_nothing_is_lost(phone) -> None:
    write(phone, LAMP)
    phone.page.fill("[name=phone]", "12")
    choose(phone, jpeg(40, 30))
    phone.page.wait_for_selector(".thumbnails img")
    send(phone).page.wait_for_selector(".error-summary")
    assert phone.page.evaluate("document.activeElement.className") == "error-summary"
    assert phone.page.locator(".field-wrong [name=phone]").count() == 1
    assert phone.page.locator(".thumbnails img").count() == 1
    phone.page.fill("[name=phone]", "138 0000 0000")
    assert sent(phone).attachments.count() == 1


def test_photos_are_made_small_before_they_are_sent(phone) -> None:
    write(phone, LAMP)
    choose(phone, jpeg(3000, 4000))
    phone.page.wait_for_selector(".thumbnails img")
    choose(phone, jpeg(40, 30))
    phone.page.wait_for_selector(".thumbnails li:nth-child(2)")
    sent(phone)
    sizes = []
    for row in Attachment.objects.all():
        with default_storage.open(path_of(row.key)) as file, Image.open(file) as image:
            sizes.append(image.size)
    assert sizes == [(1440, 1920), (40, 30)]


def test_what_cannot_be_sent_is_refused_at_once(phone) -> None:
    write(phone, LAMP)
    program = {"name": "x.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}
    broken = {"name": "x.heic", "mimeType": "image/heic", "buffer": b"...."}
    phone.page.evaluate(CHOOSE_LARGE)
    phone.page.wait_for_selector("[data-photo-errors] li")
    assert "plan.pdf is too large: at most 20 MB fit." in phone.text()
    choose(phone, program, broken, jpeg(40, 30))
    phone.page.wait_for_selector(".thumbnails img")
    assert phone.page.locator("[data-photo-errors] li").all_inner_texts() == [
        "x.exe cannot be sent: please choose a photo, a PDF or a document.",
        "x.heic cannot be read here: please choose a photo in JPEG.",
    ]
    phone.page.get_by_role("button", name="Remove lamp.jpg").click()
    assert sent(phone).attachments.count() == 0


def test_who_cannot_write_says_it(phone) -> None:
    phone.page.get_by_role("button", name="Record a voice note").click()
    phone.page.wait_for_selector(".voice-time >> text=0:01")
    phone.page.get_by_role("button", name="I have said it").click()
    phone.page.wait_for_selector("[data-voice-result] audio[src]")
    phone.page.wait_for_selector(f"text={KEPT}")
    sent(phone)
    assert Attachment.objects.get().mime == "audio/webm"


def test_the_phone_knows_where_it_is(phone) -> None:
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 34.5512, "longitude": 114.7834})
    write(phone, LAMP)
    phone.page.get_by_role("button", name="I am there now").click()
    phone.page.wait_for_selector("text=The position is noted")
    assert (sent(phone).lat, Matter.objects.get().lon) == (34.5512, 114.7834)


def test_a_map_is_moved_with_the_keyboard(phone, settings) -> None:
    settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    settings.MAP_START = [34.5, 114.8, 11.0]
    tile = {"content_type": "image/jpeg", "body": jpeg(256, 256)["buffer"]}
    phone.context.route("https://tiles.example/**", lambda route: route.fulfill(**tile))
    write(opened(phone), LAMP)
    phone.page.get_by_role("button", name="Show it on a map").press("Enter")
    phone.page.wait_for_selector(".leaflet-tile-loaded")
    assert phone.page.evaluate("document.activeElement.className").startswith("map-canvas")
    phone.page.keyboard.press("ArrowRight")
    phone.page.wait_for_selector("[data-centre]:not(:text('114.80000'))")
    phone.page.get_by_role("button", name="Take this place").press("Enter")
    matter = sent(phone)
    assert (round(matter.lat, 1), 114.8 < matter.lon < 115) == (34.5, True)


def test_hints_come_while_somebody_writes(phone, monkeypatch) -> None:
    monkeypatch.setattr("daodi.apps.appeals.asking.HINTS", "appeals:places")
    asked = []

    def answer(route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<p>Somebody reported this lamp.</p>")

    phone.context.route("**/places/", answer)
    opened(phone).page.fill("[name=text]", "Lamp")
    phone.page.fill("[name=text]", LAMP)
    phone.page.wait_for_selector("text=Somebody reported this lamp.")
    assert len(asked) == 1


def test_two_taps_send_once(phone) -> None:
    posts: list[str] = []
    phone.page.on("request", lambda asked: asked.method == "POST" and posts.append(asked.url))
    write(phone, LAMP)
    phone.page.get_by_role("button", name="Send", exact=True).dblclick()
    phone.page.wait_for_url("**/receipt/**")
    assert [url for url in posts if not url.endswith("/hints/")] == [f"{phone.base}/"]
    assert Matter.objects.get().text == LAMP


def test_two_taps_are_one_request_without_javascript_too(browser, live_server) -> None:
    """Both may arrive: the key in the form makes one of them."""
    make_ledger()
    old = Screen(browser, live_server.url, phone=True, js=False).go("/")
    old.page.fill("[name=text]", LAMP)
    old.page.get_by_role("button", name="Send", exact=True).dblclick()
    old.page.wait_for_url("**/receipt/**")
    assert Matter.objects.get().text == LAMP


def test_large_type_and_a_keyboard_alone(phone) -> None:
    phone.page.get_by_role("link", name="Large type").first.click()
    size = "getComputedStyle(document.querySelector('[name=text]')).fontSize"
    assert phone.page.evaluate(size) == "21.25px"
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    phone.page.focus("[name=text]")
    phone.page.keyboard.type(LAMP)
    for _ in range(30):
        phone.page.keyboard.press("Tab")
        if phone.page.evaluate("document.activeElement.matches('.send')"):
            break
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url("**/receipt/**")
    assert Matter.objects.get().text == LAMP


def test_without_javascript(browser, live_server) -> None:
    make_ledger()
    load_divisions([("410221100", "Westtown", "town")])
    old = Screen(browser, live_server.url, phone=True, js=False).go("/?text=only")
    assert old.page.locator(".icon >> visible=true").count() == 0
    old.page.fill("[name=text]", LAMP)
    old.page.locator(".place-list summary").click()
    old.page.select_option("[name=division]", label="Westtown")
    choose(old, jpeg(40, 30))
    matter = sent(old)
    assert (str(matter.division), matter.attachments.count()) == ("Westtown", 1)
    assert re.search(r"[2-9A-Z]{4} [2-9A-Z]{4}", old.text())
