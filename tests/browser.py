"""People at their screens: a phone for residents, a desktop for staff."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from daodi.core.people.models import Member

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip
OTHERS_AT_WORK = """SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'"""
MOST_SECONDS = 10
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start the system's Chromium; its profile is empty each time."""
    # Playwright keeps an event loop in this thread; the database is used beside it, never in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def wait_until_idle() -> None:
    """Wait until the server has answered what closed screens have asked for.

    Emptying the tables meanwhile could end in a deadlock. TimeoutError after MOST_SECONDS.
    """
    until = time.monotonic() + MOST_SECONDS
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(OTHERS_AT_WORK)
            if cursor.fetchone() is None:
                return
        time.sleep(0.01)
    raise TimeoutError("the server is still at work for a screen that was closed")


class Screen:
    """What one person has before them."""

    def __init__(
        self, browser: Browser, base: str, *, phone: bool = False, js: bool = True
    ) -> None:
        self.base = base
        self.context = browser.new_context(
            viewport=PHONE if phone else DESKTOP, locale="en", java_script_enabled=js
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def again(self) -> "Screen":
        """Close the page and open another one on the same phone."""
        self.page.close()
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        return self

    def signed_in(self, member: Member) -> "Screen":
        client = Client()
        client.force_login(member.user)
        cookie = client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.base}])
        return self

    def go(self, path: str) -> "Screen":
        self.page.goto(self.base + path)
        return self

    def step(self, label: str, button: str = "", **given: str) -> "Screen":
        """Open a step's sheet by its name, fill it in and send it."""
        sheet = self.page.locator("details.sheet", has=self.page.locator("summary", has_text=label))
        sheet = sheet.first
        if sheet.get_attribute("open") is None:
            sheet.locator("summary").first.click()
        for name, value in given.items():
            self._fill(sheet.locator(f"[name={name}]"), value)
        sheet.get_by_role("button", name=button or label, exact=True).click()
        self.page.wait_for_load_state()
        return self

    def _fill(self, field: object, value: str) -> None:
        first = field.first  # type: ignore[attr-defined]
        kind = first.evaluate("e => e.tagName + ':' + e.type")
        if kind.startswith("SELECT"):
            first.select_option(label=value)
        elif kind == "INPUT:radio":
            field.locator(f"xpath=self::*[@value='{value}']").check()  # type: ignore[attr-defined]
        else:
            first.fill(value)

    def text(self) -> str:
        return self.page.locator("main").inner_text()
