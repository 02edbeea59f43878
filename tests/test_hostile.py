"""Words and arguments of people who mean harm, on every page there is."""

import io
import re
import zipfile
from datetime import date
from importlib import import_module
from itertools import chain
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daodi.core.knowledge.models import Entry
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.contacts import Person
from daodi.core.matters.models import Matter
from daodi.core.notices.judging import judge_link
from daodi.core.people.models import Division, Member, Unit, User
from daodi.core.people.roles import Role
from daodi.core.people.services import load_divisions
from daodi.core.publishing.models import Publication
from daodi.core.publishing.services import publish
from daodi.core.wording.models import AnswerTemplate
from daodi.web.paging import EXCEL
from tests.makers import NOON, make_matter, make_member, reread
from tests.test_axe import desk_arguments, paths_in

pytestmark = pytest.mark.django_db
# Ends an attribute, a script and a tag, whichever it stands in.
EVIL = "'\"></script><img src=x onerror=go()>"
RAW, ESCAPED = b"<img src=x", b"&lt;img src=x"
ODD = (EVIL, "9" * 30, "-1\x00%s%(a)s{0}")
# Every argument that some view or form reads from an address.
READ = re.compile(r'GET(?:\.get|\.getlist)?[(\[]"(\w+)"')
FIELDS = ("q", "topic", "town", "unit", "state", "ledger", "category", "urgency", "kind", "since",
          "until", "number", "check", "order", "columns", "list", "after", "before")  # fmt: skip
LEAST_PAGES, LEAST_EVIL = 80, 40


def arguments() -> set[str]:
    sources = Path(settings.BASE_DIR, "daodi").rglob("*.py")
    found = chain.from_iterable(READ.findall(source.read_text()) for source in sources)
    return {*found, *FIELDS}


@pytest.fixture
def chief(db) -> Member:
    return make_member("chief", *Role, unit="county", parent=None)


@pytest.fixture
def paths(course, chief) -> list[str]:
    """The addresses of all pages, with something on each of them."""
    load_divisions([("410221100", "Westtown", "town")])
    there = {"division": Division.objects.get(), "address": "East gate", "may_publish": True}
    shown = course(make_matter(**there)).cleared().matter
    publish(shown, title="Lamp", text="Dark.", answer="It shines.", by=chief, now=NOON)
    answered = course(make_matter()).handed_in().matter
    course(make_matter()).accepted().step("note", "handler", text="Seen.", public=True)
    known = desk_arguments(make_matter(), chief)
    known |= {
        "appeals:unit": ["bureau"],
        "appeals:unit_feed": ["bureau"],
        "appeals:answer": [Entry.objects.first().pk],
        "appeals:published": [shown.number],
        "appeals:join": [shown.number],
    }
    spaces = ["desk", "appeals"]
    if apps.is_installed("daodi.apps.plans"):
        known |= plans_arguments(chief)
        spaces.append("plans")
    found = [path for space in spaces for path in paths_in(space, known)]
    return [*found, judge_link(answered, now=timezone.now()), "/nonsense/", reverse("login")]


def plans_arguments(by: Member) -> dict[str, list]:
    makers = import_module("daodi.apps.plans.tests.makers")
    plan = makers.issued_plan(by, is_public=True, last_day=date(2099, 1, 1))
    line = plan.lines.tasks().get()
    type(plan).objects.update(title=EVIL, aim=EVIL)
    type(line).objects.update(title=EVIL, standard=EVIL)
    known = {f"plans:{name}": [plan.pk] for name in ("plan", "opinions", "meetings", "deed_list")}
    return known | {"plans:line": [plan.pk, line.pk], "plans:map": ["decision"]}


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def body_of(answer) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def test_words_of_harm_are_words_on_every_page(paths, chief) -> None:
    for model, fields in {
        Unit: ("name",), User: ("name",), Division: ("name",), Category: ("name",),
        Ledger: ("name",), AnswerTemplate: ("name", "text"),
        Entry: ("question", "answer", "source"), Publication: ("title", "text", "answer"),
        Matter: ("title", "text", "address", "account", "answer"),
    }.items():  # fmt: skip
        model.objects.update(**dict.fromkeys(fields, EVIL))
    client, wrong, seen = signed_in(chief), [], 0
    for path in paths:
        answer = client.get(path)
        if answer.streaming or "json" in answer.headers.get("Content-Type", ""):
            continue
        if RAW in answer.content:
            wrong.append(path)
        seen += ESCAPED in answer.content
    assert wrong == []
    assert seen > LEAST_EVIL


def test_what_a_resident_wrote_is_words_to_them_and_to_the_desk(client, chief, course) -> None:
    key = str(uuid4())
    make_matter()  # and its ledger
    client.post("/", {"text": EVIL, "address": EVIL, "name": EVIL, "form_key": key})
    run = course(Matter.objects.get(text=EVIL)).accepted()
    for name in ("note", "ask"):
        run.step(name, "handler", text=EVIL, **({"public": True} if name == "note" else {}))
    number = run.matter.number
    paths = (f"/track/{number}/", "/track/", f"/receipt/{key}/")
    pages = [client.get(path) for path in paths]
    pages += [signed_in(chief).get(reverse("desk:matter", args=[number]))]
    assert [page.status_code for page in pages] == [200] * 4
    assert [RAW in page.content for page in pages] == [False] * 4
    assert [ESCAPED in page.content for page in pages] == [True] * 4


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_no_argument_breaks_a_page_or_comes_back_raw(paths, chief, value) -> None:
    given, client, wrong = dict.fromkeys(arguments(), value), signed_in(chief), []
    for path in paths:
        answer = client.get(path, given)
        html = not answer.streaming and "html" in answer.headers.get("Content-Type", "html")
        if answer.status_code >= 500 or (html and RAW in answer.content):
            wrong.append((path, answer.status_code))
    assert wrong == []
    assert len(paths) > LEAST_PAGES


def test_whose_business_it_is_not_finds_the_words_nowhere(course, chief, outsider) -> None:
    """Every role, in another house: no page, no list, no search, no file, no count names it."""
    person = Person("Ouyang Secret", "13899990000")
    matter = make_matter("Zhongxiao lamp", address="Zhongxiao road", person=person)
    run = course(matter).accepted()
    run.step("note", "handler", text="Zhongxiao noted.", public=False)
    course(make_matter("Zhongxiao drain")).cleared()
    known = desk_arguments(reread(run.matter), chief)
    urls = [path for path in paths_in("desk", known) if "audit" not in path]
    asked = [{}, {"q": "lamp"}, {"q": "lamp", EXCEL: "1"}]
    assert _told(signed_in(outsider), urls, asked) == []
    # Who may see it is told, so that the search is known to find.
    lists = [reverse("desk:matter", args=[matter.number]), reverse("desk:find")]
    assert {*_told(signed_in(chief), lists, asked)} == {*lists}


def _told(client: Client, urls: list[str], asked: list[dict[str, str]]) -> list[str]:
    """Return the pages that say a word of it; files are unpacked first."""
    found = []
    for url in urls:
        for given in asked:
            content = body_of(client.get(url, given)) if "/live/" not in url else b""
            if content.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    content = b"".join(packed.read(name) for name in packed.namelist())
            if b"Zhongxiao" in content or b"Ouyang" in content or b"13899990000" in content:
                found.append(url)
    return found
