"""Every page under the rules of WCAG 2.2 AA that a machine can check, at three widths."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone
from playwright.sync_api import Page

from daodi.core.exchange.trial import Line
from daodi.core.exchange.uploads import keep_upload
from daodi.core.gazetteer.services import Facts, add_place
from daodi.core.intake.filing import Filing
from daodi.core.intake.paper import enter_form, print_forms, sheets_of
from daodi.core.knowledge.tests.makers import make_editor, make_entry
from daodi.core.ledgers.catalogue import add_line
from daodi.core.matters.contacts import Person
from daodi.core.notices.judging import judge_link
from daodi.core.people.factors import new_secret, set_up_factor
from daodi.core.people.invitations import invite, new_token
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.people.tests.test_factors import code_at
from daodi.core.publishing.services import publish
from daodi.core.reports.services import make_report
from daodi.core.supervision.reminders import write_reminder
from daodi.core.surges.models import Surge
from daodi.core.surges.services import watch
from daodi.core.surges.tests.makers import make_burst, make_quiet_past
from daodi.core.topics.models import Topic
from daodi.core.topics.services import renew_topics
from daodi.core.topics.tests.test_topics import MIXER
from daodi.core.wording.models import AnswerTemplate
from tests.browser import Screen
from tests.makers import HOUR, NOON, make_matter, make_member, make_town, make_unit

pytestmark = pytest.mark.django_db(transaction=True)
AXE = (Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js").read_text()
WIDTHS, HEIGHT = (1440, 768, 390), 900
# Steps are checked unfolded: what is hidden has neither colour nor size.
CHECK = """async () => {
  for (const sheet of document.querySelectorAll("main details")) {
    sheet.removeAttribute("name");  // those of one name close each other
    sheet.open = true;
  }
  const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const options = { runOnly: { type: "tag", values }, resultTypes: ["violations"] };
  const found = await axe.run(document, options);
  const wrong = found.violations.flatMap((rule) => rule.nodes.map((node) => [
    rule.id, node.html.slice(0, 200), ...node.any.map((each) => each.message),
  ].join(" ")));
  // An included form that was not given the token can be looked at, and never sent.
  const mute = 'form[method="post" i]:not(:has([name="csrfmiddlewaretoken"]))';
  const forms = [...document.querySelectorAll(mute)];
  return wrong.concat(forms.map((form) => "no token: " + form.action));
}"""
HALVES = ("first", "second")
# How many pages are walked at the very least: fewer would mean that they are not found.
LEAST_IN_HALF, LEAST_PUBLIC = 15, 10
PASSWORD = "a long way to go"
LAMP = "The street lamp at the east gate has been dark for a week."


@pytest.fixture
def screen(browser, live_server):
    screen = Screen(browser, live_server.url)
    # Not a script of the page: the policy of its scripts does not concern it.
    screen.context.add_init_script(AXE)
    # Colours are checked as they are in the end, not on their way there.
    screen.page.emulate_media(reduced_motion="reduce")
    yield screen
    screen.context.close()


def faults(page: Page) -> dict[int, list[str]]:
    """Return what axe has against a page as it stands, by width."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found[width] = page.evaluate(CHECK)
    return {width: said for width, said in found.items() if said}


def faults_of(screen: Screen, paths: list[str]) -> dict[str, dict[int, list[str]]]:
    found = {path: faults(screen.go(path).page) for path in paths}
    return {path: said for path, said in found.items() if said}


def paths_in(namespace: str, known: dict[str, list]) -> Iterator[str]:
    """Yield the address of every page that has no arguments, and of those whose are known."""
    for pattern in get_resolver().namespace_dict[namespace][1].url_patterns:
        if isinstance(pattern, URLPattern):
            name = f"{namespace}:{pattern.name}"
            try:
                yield reverse(name, args=known.get(name, []))
            except NoReverseMatch:
                assert name not in known


def is_page(path: str, member: Member | None = None) -> bool:
    """Not a file, a part of a page, an address for forms only, or somebody else's."""
    client = Client()
    if member:
        client.force_login(member.user)
    answer = client.get(path)
    whole = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == 200 and whole and b"<html" in answer.content


def wait_for_a_yes(matter, author: Member) -> None:
    """Let tables that were filled in without network wait for their owner."""
    line = Line("", 2, {"number": matter.number, "title": matter.title, "note": "Seen."})
    call = Line("", 2, {"text": LAMP})
    given = {"name": "road.xlsx", "by": author, "now": timezone.now()}
    keep_upload([line], what="work", **given)
    keep_upload([line], what="work_done", **given)
    keep_upload([call], what="typed", about=matter.ledger_id, sealed=True, **given)


def desk_arguments(matter, author: Member) -> dict[str, list]:
    """Make one of everything that has a page of its own."""
    ledger, unit = matter.ledger, make_unit("bureau")
    category = ledger.categories.get()
    line = add_line(ledger, category=category, lead=unit)
    template = AnswerTemplate.objects.create(
        name="Lamp", text="It shines.", move="note", owner=author, unit=author.unit
    )
    entry = make_entry(by=make_editor())
    reminder = write_reminder(
        [matter], kind="prompt", unit=unit, topic="Lamps", text="Look.", by=author,
        now=timezone.now(),
    )  # fmt: skip
    wait_for_a_yes(matter, author)
    day = timezone.localtime(timezone.now()).date()
    report = make_report(ledger, "weekly", day, day, by=author, now=timezone.now())
    named = {
        "report": report.pk,
        "unit unit_new member_new invite_new": unit.pk,
        "ledger categories category_new catalogue check lines follow_up_rule": ledger.pk,
        "offline_typed_trial": ledger.pk,
        "knowledge_entry knowledge_edit": entry.pk,
        "matter sort hold publication known": matter.number,
        "member absence_for": author.pk,
        "policy": ledger.policy_id,
        "template": template.pk,
        "place": add_place(Facts("幸福小区", "estate", make_town()), by=None).pk,
        "form_sheets": print_forms(ledger, 1, by=author, now=timezone.now()).pk,
        "watch": "red",
        "reminder": reminder.pk,
    }
    known = {f"desk:{name}": [one] for names, one in named.items() for name in names.split()}
    known["desk:report_section"] = [report.pk, "overview"]
    known["desk:category"] = [ledger.pk, category.pk]
    known["desk:question"] = ["without_contact", unit.pk]
    known["desk:line"] = [ledger.pk, line.number]
    known["desk:figures_by"] = ["unit"]
    return known


@pytest.mark.parametrize("half", HALVES)
def test_the_desk(screen, course, cast, half) -> None:
    chief = make_member("chief", *Role, unit="county", parent=None)
    course(make_matter("No light at the east gate.")).handed_in()
    course(make_matter("A hole in the road.", may_publish=True)).cleared()
    known = desk_arguments(make_matter(may_publish=True), chief)
    pages = [path for path in paths_in("desk", known) if is_page(path, chief)]
    mine = pages[HALVES.index(half) :: len(HALVES)]
    assert len(mine) > LEAST_IN_HALF
    assert faults_of(screen.signed_in(chief), mine) == {}


def test_what_many_write_about(screen, cast) -> None:
    """Hot topics, and what grows, with all that may be done about it."""
    make_quiet_past()
    make_burst()
    watch(NOON + HOUR)
    for number, title in enumerate(MIXER):
        make_matter(title, title=title, person=Person(phone=f"1390000{number:04}"))
    renew_topics(NOON + HOUR)
    topic, surge = Topic.objects.get(place=MIXER[0][:4]), Surge.objects.get()
    pages = [
        reverse("desk:topics"),
        reverse("desk:topic", args=[topic.pk]),
        reverse("desk:surge", args=[surge.pk]),
    ]
    assert faults_of(screen.signed_in(cast["supervisor"]), pages) == {}


@pytest.mark.skipif(not apps.is_installed("daodi.apps.plans"), reason="this site has no plans")
def test_plans(screen, operator) -> None:
    """The maps too, and a plan with a task in it; its makers stand in the app."""
    makers = import_module("daodi.apps.plans.tests.makers")
    plan = makers.issued_plan(operator, is_public=True, last_day=date(2099, 1, 1))
    line, draft = plan.lines.tasks().get(), makers.draft_plan(operator)
    chief = make_member("chief", *Role, unit="county", parent=None)
    known = {f"plans:{name}": [plan.pk] for name in ("plan", "opinions", "meetings", "deed_list")}
    known |= {f"plans:{name}": [draft.pk] for name in ("plan_edit", "line_new")}
    known |= {"plans:line": [plan.pk, line.pk], "plans:line_edit": [plan.pk, line.pk]}
    visit = makers.make_visit(makers.make_place(chief), concerns=["The well at the gate is dry."])
    known |= {f"plans:{name}": [visit.pk] for name in ("visit", "visit_edit")}
    known["plans:place"] = [visit.place_id]
    pages = [path for path in paths_in("plans", known) if is_page(path, chief)]
    pages += [reverse("plans:map", args=[name]) for name in ("decision", "battle", "road")]
    assert faults_of(screen.signed_in(chief), pages) == {}


def test_a_matter_before_who_has_to_do_with_it(screen, course, cast) -> None:
    """With all the steps that each may take, in the states that they meet it in."""
    ways = {
        "operator": course(make_matter("Lamp one is dark")).listed(),
        "handler": course(make_matter("Lamp two is dark")).accepted(),
        "leader": course(make_matter("Lamp three is dark")).dispatched(),
        "caller": course(make_matter("Lamp four is dark")).handed_in(),
        "supervisor": course(make_matter("Lamp five is dark")).cleared(),
    }
    found = {}
    for who, way in ways.items():
        path = reverse("desk:matter", args=[way.matter.number])
        found |= faults_of(screen.signed_in(cast[who]), [path])
    assert found == {}


def test_the_way_in(screen) -> None:
    """The invitation that somebody was handed, and the code after the right password."""
    chief = make_member("chief", Role.MANAGER, unit="county", parent=None)
    chief.user.set_password(PASSWORD)
    chief.user.save(update_fields=["password"])
    guest = invite(chief.unit, [Role.HANDLER], by=chief, now=timezone.now(), name="Li")
    found = faults_of(screen, [reverse("invitation", args=[new_token(guest)])])
    secret, now = new_secret(), timezone.now() - HOUR
    set_up_factor(chief, secret, code_at(secret, now), now=now)
    page = screen.go(reverse("login")).page
    page.fill("[name=username]", "chief")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button.primary").click()
    page.wait_for_url(f"**{reverse('login_code')}")
    found["code"] = faults(page)
    assert {path: said for path, said in found.items() if said} == {}


def test_the_portal(screen, course, settings) -> None:
    settings.DEBUG = True  # for the styleguide, which shows every component
    course(make_matter(may_publish=True)).cleared()
    chief = make_member("chief", Role.OPERATOR, Role.EDITOR, unit="county", parent=None)
    shown = course(make_matter(may_publish=True)).cleared().matter
    publish(shown, title="Lamp", text=LAMP, answer="It shines.", by=chief, now=NOON)
    entered, waiting = sheets_of(print_forms(shown.ledger, 2, by=chief, now=NOON))
    enter_form(entered, Filing(text=LAMP), by=chief, now=NOON)
    known = {
        "appeals:unit": ["bureau"],
        "appeals:answer": [make_entry(by=make_editor()).pk],
        "appeals:published": [shown.number],
        "appeals:join": [shown.number],
        "appeals:paper": [waiting.serial],
    }
    pages = [path for path in paths_in("appeals", known) if is_page(path)]
    assert len(pages) > LEAST_PUBLIC
    pages.append(reverse("appeals:paper", args=[entered.serial]))
    found = faults_of(screen, [*pages, reverse("login"), reverse("styleguide"), "/nonsense/"])
    answered = course(make_matter(LAMP)).handed_in().matter
    found |= faults_of(screen, [judge_link(answered, now=timezone.now()), "/judge/nonsense/"])
    page = screen.go("/").page
    page.fill("[name=text]", LAMP)
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/receipt/**")
    found["receipt"] = faults(page)
    page.get_by_role("link", name="See how it goes").click()
    found["course"] = faults(page)
    page.emulate_media(color_scheme="dark")
    found["dark"] = faults(page)
    found |= faults_of(screen, ["/"])
    assert {path: said for path, said in found.items() if said} == {}
