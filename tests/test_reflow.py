"""Nothing scrolls sideways: on the smallest phone, or enlarged to 200 % on a small screen."""

import pytest
from django.utils import timezone

from daodi.core.intake.filing import Filing, file_matter
from daodi.core.knowledge.tests.makers import make_editor, make_entry
from daodi.core.notices.judging import judge_link
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from daodi.core.publishing.services import publish
from tests.browser import Screen
from tests.makers import NOON, make_ledger, make_matter, make_member, reread
from tests.test_axe import desk_arguments, is_page, paths_in

pytestmark = pytest.mark.django_db(transaction=True)
# As wide as the smallest phones, and as 640 px at 200 %; a phone of today, in large type too.
SMALLEST, USUAL, HEIGHT = 320, 390, 800
LONG = "LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochWithoutAnyBlank" * 2
TOO_WIDE = """() => {
  for (const sheet of document.querySelectorAll("main details")) sheet.open = true;
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide <= 0) return null;
  const out = [...document.querySelectorAll("main *")].find(
    (each) => each.getBoundingClientRect().right > innerWidth + 1);
  return `${wide} px too wide: ${out ? out.outerHTML.slice(0, 120) : "outside main"}`;
}"""

WIDEN = """() => { const line = document.createElement("hr"); line.style.width = "1190px";
  line.style.flex = "none"; document.querySelector("main").prepend(line); }"""


def too_wide(screen: Screen, paths: list[str], width: int, type_: str = "normal") -> dict:
    """Return what stands out of a screen of this width, with every step unfolded."""
    screen.page.set_viewport_size({"width": width, "height": HEIGHT})
    found = {}
    for path in paths:
        page = screen.go(f"{path}{'&' if '?' in path else '?'}type={type_}").page
        found[path] = page.evaluate(TOO_WIDE)
    return {path: said for path, said in found.items() if said}


@pytest.fixture
def portal(course) -> tuple[list[str], str]:
    """All pages for residents with long words on them, and a link to a request of one's own."""
    receipt = file_matter(make_ledger(), Filing(text=LONG, title=LONG[:120]), now=NOON)
    course(reread(receipt.matter)).handed_in()
    chief = make_member("chief", Role.OPERATOR, Role.EDITOR, unit="county", parent=None)
    shown = course(make_matter(may_publish=True)).cleared().matter
    publish(shown, title=LONG[:120], text=LONG, answer=LONG, by=chief, now=NOON)
    entry = make_entry(LONG[:100], by=make_editor())
    Unit.objects.update(name=LONG[:100])
    known = {
        "appeals:unit": ["bureau"], "appeals:answer": [entry.pk],
        "appeals:published": [shown.number], "appeals:join": [shown.number],
    }  # fmt: skip
    spaces = ("appeals", "plans", "duties")
    paths = [path for space in spaces for path in paths_in(space, known) if is_page(path)]
    paths += [judge_link(reread(receipt.matter), now=timezone.now()), "/nonsense/"]
    return paths, f"/track/{receipt.matter.number}/?code={receipt.code}"


def test_no_page_for_residents_scrolls_sideways(browser, live_server, portal) -> None:
    paths, mine = portal
    screen = Screen(browser, live_server.url, phone=True).go(mine)
    course = screen.page.url.removeprefix(live_server.url)
    pages = [*paths, course, "/track/"]
    assert too_wide(screen, pages, SMALLEST) == {}
    assert too_wide(screen, [course, "/", "/figures/"], USUAL, "large") == {}
    assert len(pages) > 15
    screen.page.evaluate(WIDEN)
    assert screen.page.evaluate(TOO_WIDE).startswith("800 px too wide")  # it would be seen


def test_no_page_of_the_desk_scrolls_sideways_on_a_phone(browser, live_server, course) -> None:
    chief = make_member("chief", *Role, unit="county", parent=None)
    course(make_matter("No light at the east gate.")).handed_in()
    known = desk_arguments(make_matter(LONG), chief)
    pages = [path for path in paths_in("desk", known) if is_page(path, chief)]
    screen = Screen(browser, live_server.url).signed_in(chief)
    assert too_wide(screen, pages, USUAL) == {}
