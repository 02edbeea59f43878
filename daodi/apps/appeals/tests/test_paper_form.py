"""The whole way of a paper form: printed, handed out, entered by a clerk, followed by its strip."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from daodi.apps.appeals.following import TRIES
from daodi.core.intake.filing import Filing
from daodi.core.intake.models import FormBatch
from daodi.core.intake.paper import PaperForm, enter_form, print_forms, sheets_of
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division, Unit
from daodi.core.people.services import load_divisions
from daodi.lib.documents import NoFonts, find_fonts, typeset
from daodi.web.showing.paper_forms import drawings_of, show_sheets
from daodi.web.views.paper_forms import DOCUMENT
from tests.makers import NOON, make_ledger

LAMP = "The street lamp is broken."
LIST_QUERIES = 8


@pytest.fixture
def clerk(cast) -> Client:
    client = Client()
    client.force_login(cast["operator"].user)
    return client


@pytest.fixture
def ledger(db):
    return make_ledger()


def shown(page) -> str:
    return " ".join(re.sub("<[^>]*>", " ", page.content.decode()).split())


def ordered(clerk: Client, ledger) -> list[PaperForm]:
    """Order two forms, and see that each stands on its page with its number and its code."""
    answer = clerk.post(reverse("desk:forms"), {"ledger": ledger.pk, "count": 2})
    sheets = sheets_of(FormBatch.objects.get())
    printed = shown(clerk.get(answer.url))
    for sheet in sheets:
        code = f"{sheet.code[:4]} {sheet.code[4:]}"
        assert (printed.count(sheet.shown), printed.count(code)) == (2, 1)
    return sheets


def test_the_whole_way(clerk, ledger) -> None:
    sheet, other = ordered(clerk, ledger)
    code = f"{sheet.code[:4]} {sheet.code[4:]}"

    # The resident is curious.
    strip, resident = reverse("appeals:paper", args=[sheet.serial]), Client()
    assert "It has not been entered yet." in shown(resident.post(strip, {"code": sheet.code}))

    # The clerk types the number, or scans it: the same page.
    page = f"{reverse('desk:new')}?ledger=appeals&form={sheet.serial}"
    opened = clerk.get(reverse("desk:new"), {"form": sheet.shown})
    assert opened.context["form"]["channel"].value() == "counter"
    assert "Caller" not in shown(opened)
    asked = [field.label for field in opened.context["form"].visible_fields()]
    assert asked[:4] == [
        "What stands on the sheet", "What they want", "Town or subdistrict",
        "Place, as on the sheet",
    ]  # fmt: skip
    given = {"form_key": opened.context["form"]["form_key"].value(), "text": LAMP, "kind": "help"}
    given |= {"channel": "counter", "urgency": "normal"}
    filed = clerk.post(page, given)
    matter = Matter.objects.get()
    assert (sheet.code in shown(filed), matter.number in shown(filed)) == (True, True)

    # It is not entered twice: neither by who opens it again, nor by who had it open.
    again = clerk.get(page, follow=True)
    assert (again.redirect_chain[-1][0], matter.number in shown(again)) == ("/desk/forms/", True)
    assert clerk.post(page, given).status_code == 422
    assert "1 of 2 came back" in shown(again)
    assert Matter.objects.count() == 1

    # The strip opens it now, with the right code only.
    assert resident.post(strip, {"code": other.code}).status_code == 422
    course = reverse("appeals:course", args=[matter.number])
    assert resident.post(strip, {"code": code.lower()}).url == course
    assert f"Paper form {sheet.shown}" in shown(resident.get(course))
    assert resident.get(strip).url == course


def test_without_the_code_nobody_learns_whether_it_was_entered(cast, ledger) -> None:
    operator = cast["operator"]
    sheet, other = sheets_of(print_forms(ledger, 2, by=operator, now=NOON))
    strip = reverse("appeals:paper", args=[sheet.serial])
    before = seen_by_a_stranger(strip, other.code)
    enter_form(sheet, Filing(text=LAMP), by=operator, now=NOON)
    assert seen_by_a_stranger(strip, other.code) == before


def seen_by_a_stranger(strip: str, wrong: str) -> list[tuple[int, str]]:
    stranger = Client()
    pages = [stranger.get(strip), stranger.post(strip, {"code": wrong})]
    return [(page.status_code, shown(page)) for page in pages]


def test_the_code_of_a_strip_is_not_guessed(clerk, client, ledger) -> None:
    sheet, other = ordered(clerk, ledger)
    strip = reverse("appeals:paper", args=[sheet.serial])
    for _ in range(TRIES):
        client.post(strip, {"code": other.code})
    assert "Too many wrong codes" in shown(client.post(strip, {"code": sheet.code}))
    # Of another form nobody has tried any.
    there = reverse("appeals:paper", args=[other.serial])
    assert client.post(there, {"code": other.code}).status_code == 200


def test_sheets_come_from_the_clerks_own_town(clerk, cast, ledger) -> None:
    load_divisions([("410221100", "Westtown", "town"), ("410221100201", "Backstreet", "village")])
    (sheet,) = sheets_of(print_forms(ledger, 1, by=cast["operator"], now=NOON))
    assert first_town(clerk, sheet) is None
    Unit.objects.filter(code="centre").update(division=Division.objects.get(name="Backstreet"))
    assert first_town(clerk, sheet) == Division.objects.get(name="Westtown").pk


def first_town(clerk: Client, sheet: PaperForm) -> object:
    page = clerk.get(reverse("desk:new"), {"form": sheet.serial})
    return page.context["form"]["division"].value()


def test_a_number_that_is_none_leads_nowhere(clerk, client, ledger) -> None:
    assert client.get("/f/123456789/").status_code == 404
    answer = clerk.get(reverse("desk:new"), {"form": "123456789"}, follow=True)
    assert "There is no form with this number." in shown(answer)


@pytest.mark.parametrize("printed", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    clerk, cast, ledger, printed, django_assert_num_queries
) -> None:
    for _ in range(printed):
        print_forms(ledger, 5, by=cast["operator"], now=NOON)
    clerk.get(reverse("desk:forms"))
    with django_assert_num_queries(LIST_QUERIES):
        assert len(clerk.get(reverse("desk:forms")).context["rows"]) == printed


def test_the_document_is_typeset_one_sheet_a_page(cast, ledger) -> None:
    batch = print_forms(ledger, 2, by=cast["operator"], now=NOON)
    data = show_sheets(batch, sheets_of(batch), "https://12345.example{}".format)
    assert data["sheets"][0]["links"]["strip"].startswith("https://12345.example/f/")
    try:
        fonts = find_fonts()
    except NoFonts:
        pytest.skip("no font for Chinese here")
    pdf = typeset(DOCUMENT, data, fonts=fonts, pictures=drawings_of(data))
    assert (pdf[:4], len(re.findall(rb"/Type\s*/Page\b", pdf))) == (b"%PDF", 2)
