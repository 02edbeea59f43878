"""Two people at two screens, with the server that the site runs on."""

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.conf import settings
from granian.constants import Interfaces
from granian.server.embed import Server
from playwright.sync_api import expect

from daodi import wsgi
from daodi.lib.bridge import Bridge
from daodi.web.live.hub import Hub
from tests.browser import Screen
from tests.makers import Course, make_ledger, make_matter

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 3000  # milliseconds in which the other must know


@contextmanager
def running_site(hub: Hub) -> Iterator[str]:
    """Run the site under its own server, in a thread, where pages see the tables of the test."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    site = Bridge(
        wsgi.application,
        threads=4,
        most_body=settings.MAX_UPLOAD_BYTES,
        on_shutdown=hub.close,
    )
    servers: list[Server] = []
    began = threading.Event()

    async def serve() -> None:
        server = Server(site, port=port, interface=Interfaces.ASGI, log_enabled=False)
        server.on_startup(began.set)
        servers.append(server)
        await server.serve()

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    began.wait(10)
    yield f"http://127.0.0.1:{port}"
    loop.call_soon_threadsafe(hub.close)
    loop.call_soon_threadsafe(servers[0].stop)
    thread.join()
    loop.close()


@pytest.fixture
def base(monkeypatch, db):
    hub = Hub()
    monkeypatch.setattr("daodi.web.views.live.hub", hub)
    with running_site(hub) as base:
        yield base


@pytest.fixture
def screen(browser, base, cast):
    """Return who sits before a page that is told what happens."""
    opened = []

    def open_screen(who: str, path: str) -> Screen:
        one = Screen(browser, base).signed_in(cast[who])
        one.go(path)
        one.page.wait_for_selector("#live[data-told]", state="attached")
        opened.append(one)
        return one

    yield open_screen
    for one in opened:
        one.context.close()


def test_one_acts_the_other_sees_it_and_loses_nothing(screen, course) -> None:
    way = course().accepted()
    path = f"/desk/matters/{way.matter.number}/"
    supervisor, handler = screen("supervisor", path), screen("handler", path)
    press = supervisor.page.locator("details.sheet", has_text="Press with an order").first
    press.locator("summary").click()
    press.locator("textarea").fill("Please hurry")
    handler.step("Contacted the resident", text="Tomorrow at nine.")
    bar = supervisor.page.locator("#live")
    expect(bar).to_contain_text("Handler: Contacted the resident", timeout=SOON)
    expect(supervisor.page).to_have_title(re.compile("^• "))
    assert "Tomorrow at nine." not in supervisor.text()
    bar.get_by_role("button").click()
    expect(supervisor.page.locator(".timeline").first).to_contain_text("Tomorrow at nine.")
    expect(bar).to_be_hidden()
    assert press.locator("textarea").input_value() == "Please hurry"
    press.get_by_role("button", name="Press with an order").click()
    expect(supervisor.page.locator(".timeline").first).to_contain_text("Please hurry")


def test_two_at_one_step_the_slower_one_is_told_at_once(screen, course) -> None:
    """Both write an answer; what the slower one wrote stays on the page."""
    way = course().accepted()
    path = f"/desk/matters/{way.matter.number}/"
    slow, quick = screen("handler", path), screen("handler", path)
    sheet = slow.page.locator("details.sheet", has_text="Hand in").first
    sheet.locator("[name=answer]").fill("Nearly ready")
    quick.step("Hand in", account="New bulb.", answer="It shines.")
    expect(sheet.get_by_role("alert")).to_contain_text("not possible any more", timeout=SOON)
    slow.page.locator("#live button").click()
    expect(slow.page.locator(".timeline").first).to_contain_text("It shines.")
    assert slow.page.locator("[name=answer]").input_value() == "Nearly ready"
    slow.page.locator("[name=account]").fill("Mine")
    slow.page.get_by_role("button", name="Hand in", exact=True).click()
    meanwhile = slow.page.locator(".meanwhile")
    expect(meanwhile).to_contain_text("“Hand in” was not done, and is not possible any more.")
    expect(meanwhile).to_contain_text("It shines.")
    expect(meanwhile).to_contain_text("Nearly ready")


def test_a_list_says_what_is_new_and_what_left(screen, cast) -> None:
    ledger = make_ledger()
    matter = make_matter("The lamp is dark", ledger=ledger)
    operator = screen("operator", "/desk/?list=list")
    make_matter("A second lamp is dark", ledger=ledger, now=datetime.now(UTC))
    bar = operator.page.locator("#live")
    expect(bar).to_contain_text("New or changed: 1", timeout=SOON)
    assert operator.page.title().startswith("(1) ")
    Course(matter, cast, datetime.now(UTC)).dispatched()
    row = operator.page.locator("tr.row-left")
    expect(row).to_contain_text("Operator: Dispatch: not on this list any more", timeout=SOON)
    bar.get_by_role("button").click()
    expect(operator.page.locator(".matters")).to_contain_text("A second lamp is dark")
    expect(operator.page.locator(".matters tbody tr")).to_have_count(1)


def test_the_page_works_where_nothing_can_be_told(browser, base, cast, course) -> None:
    way = course().dispatched()
    handler = Screen(browser, base, js=False).signed_in(cast["handler"])
    handler.go(f"/desk/matters/{way.matter.number}/").step("Sign for")
    expect(handler.page.locator("#live")).to_be_hidden()
    expect(handler.page.locator(".timeline").first).to_contain_text("Sign for")
    handler.context.close()
