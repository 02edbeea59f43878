"""The receipt as a document: what stands on it, and that it can be typeset."""

import uuid

import pytest
from django.urls import reverse

from daodi.apps.appeals import views_receipt
from daodi.apps.appeals.tests.test_portal import file_request
from daodi.apps.appeals.views_receipt import DOCUMENTS_AN_HOUR, receipt_on_paper
from daodi.core.history.proof import check_of
from daodi.core.intake.codes import new_code
from daodi.core.matters.models import Matter
from daodi.lib.documents import NoFonts, find_fonts
from tests.makers import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(client) -> Matter:
    file_request(client)
    return Matter.objects.for_page().get()


def address(matter) -> str:
    return reverse("appeals:receipt_pdf", args=[matter.form_key])


def test_it_says_what_comes_next_and_what_proves_it(filed) -> None:
    data = receipt_on_paper(filed, "https://12345.example{}".format, NOON)
    assert (data["number"], data["code"].replace(" ", "")) == (
        filed.number, new_code(filed.form_key),
    )  # fmt: skip
    assert [each["what"].split(" by ")[0] for each in data["due"]] == [
        "We send it to the unit that answers for it"
    ]
    assert data["proof"] == [
        ("Check number", check_of(filed.head)),
        ("Hash of the record", bytes(filed.head).hex()),
        ("Where to check it", "https://12345.example/record/check/"),
    ]


def test_the_page_offers_it_and_it_is_a_document(client, filed) -> None:
    page = client.get(reverse("appeals:receipt", args=[filed.form_key])).content.decode()
    assert address(filed) in page
    try:
        find_fonts()
    except NoFonts:
        pytest.skip("no font for Chinese here")
    answer = client.get(address(filed))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert "no-store" in answer["Cache-Control"]


def test_nobody_keeps_the_server_busy_with_it(client, filed, monkeypatch) -> None:
    monkeypatch.setattr(views_receipt, "DOCUMENTS_AN_HOUR", 0)
    client.get(address(filed))
    said = client.get(address(filed), follow=True).content.decode()
    assert "Too many documents from your connection." in said
    assert DOCUMENTS_AN_HOUR > 1


def test_one_that_there_is_not(client, filed) -> None:
    assert client.get(reverse("appeals:receipt_pdf", args=[uuid.uuid4()])).status_code == 404
