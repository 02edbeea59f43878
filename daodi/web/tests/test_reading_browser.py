"""Answers that come by themselves, while a resident writes."""

import pytest

from daodi.core.knowledge.models import EntryUse
from daodi.core.knowledge.tests.makers import make_editor, make_entry
from tests.browser import Screen
from tests.makers import make_ledger

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_resident_reads_the_answer_and_need_not_send(browser, live_server) -> None:
    make_ledger()
    make_entry(by=make_editor())
    page = Screen(browser, live_server.url, phone=True).go("/").page
    page.locator("[name=text]").press_sequentially("我们小区的路灯不亮了")
    page.get_by_text("路灯不亮找谁修？").click()
    page.get_by_role("button", name="That helped, I need not send it").click()
    page.locator("#hints").get_by_text("Good to hear.").wait_for()
    use = EntryUse.objects.get()
    assert (use.shown, use.helped) == (1, 1)
    assert page.locator("[name=text]").input_value() == "我们小区的路灯不亮了"
