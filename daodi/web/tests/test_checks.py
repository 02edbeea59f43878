"""The check of a dispatch catalogue, and a line put right in place."""

import pytest
from django.test import Client
from django.urls import reverse

from daodi.core.ledgers.catalogue import add_line
from daodi.core.people.models import Division, Member
from tests.makers import make_category, make_ledger, make_unit


@pytest.fixture
def page(client: Client, manager: Member) -> Client:
    client.force_login(manager.user)
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_it_shows_everything_with_as_many_queries_for_many_as_for_one(
    page, count, django_assert_num_queries
) -> None:
    ledger, town = make_ledger(), Division.objects.create(code="410221100", name="T", level="town")
    for number in range(count):
        top = make_category(ledger, f"H{number}", "Heating")
        leaf = make_category(ledger, f"H{number}1", "Cold", parent=top, level=2)
        make_category(ledger, f"G{number}", "Gap")
        add_line(ledger, category=leaf, lead=make_unit("bureau"))
        add_line(ledger, category=leaf, lead=make_unit("townhall"), area=town)
        add_line(ledger, category=top, lead=make_unit("townhall"), area=town)
    with django_assert_num_queries(9):
        shown = page.get(reverse("desk:check", args=[ledger.pk])).context
    assert [len(shown[name]) for name in ("gaps", "conflicts", "exceptions", "out_of_use")] == [
        count + 1, count, count, 0,
    ]  # fmt: skip
    assert {unit.code for unit in shown["idle"]} == {"county", "centre", "oversight"}


def test_a_line_is_put_right_in_place(page) -> None:
    ledger, bureau = make_ledger(), make_unit("bureau")
    line = add_line(ledger, category=ledger.categories.get(), lead=make_unit("old"))
    address = reverse("desk:line", args=[ledger.pk, line.number])
    assert "Street lights · everywhere" in page.get(address).text
    page.post(address, {"lead": bureau.pk, "basis": "List", "joint": [make_unit("other").pk]})
    line.refresh_from_db()
    assert (line.lead, line.basis, [str(unit) for unit in line.joint.all()]) == (
        bureau, "List", ["Other"],
    )  # fmt: skip
    assert page.post(address, {"lead": ""}).status_code == 422
