"""Who calls has perhaps called before."""

import pytest
from django.urls import reverse

from daodi.core.matters.contacts import Person
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from tests.makers import make_ledger, make_matter, make_member, reread

LI = Person("Li Ping", "13900000001")


@pytest.fixture
def desk(client, operator):
    client.force_login(operator.user)
    return client


def asked(desk, phone: str):
    return desk.post(reverse("desk:caller"), {"phone": phone})


def test_a_number_shows_the_callers_matters_newest_first(desk) -> None:
    first, second = make_matter("A lamp", person=LI), make_matter("A drain", person=LI)
    make_matter("Another's")
    answer = asked(desk, "139 0000 0001")
    assert [row["number"] for row in answer.context["earlier"]] == [second.number, first.number]
    assert b"Li Ping" not in answer.content


def test_only_what_the_member_may_see(client, desk) -> None:
    make_matter("A secret", person=LI, is_confidential=True)
    answer = asked(desk, LI.phone)
    assert (answer.context["earlier"], answer.context["asked"]) == ([], True)
    make_matter("A lamp", person=LI)
    client.force_login(make_member("far", "operator", unit="far").user)
    assert asked(client, LI.phone).context["earlier"] == []


def test_half_a_number_asks_nothing(desk) -> None:
    answer = asked(desk, "1390000")
    assert answer.context["asked"] is True
    assert asked(desk, "139000").context["asked"] is False


def test_a_number_never_stands_in_an_address(desk) -> None:
    assert desk.get(reverse("desk:caller"), {"phone": LI.phone}).status_code == 405


def test_name_and_place_are_taken_over_and_that_is_written_down(desk, operator) -> None:
    town = Division.objects.create(code="410221100", name="East", level="town")
    matter = make_matter("A lamp", person=LI, division=town, address="East gate")
    typed = {"phone": LI.phone, "text": "Dark again", "urgency": "urgent", "carry": matter.number}
    page = desk.post(reverse("desk:new"), typed)
    form = page.context["form"]
    found = {name: form[name].value() for name in ("name", "phone", "text", "urgency", "address")}
    assert found == {
        "name": "Li Ping", "phone": LI.phone, "text": "Dark again", "urgency": "urgent",
        "address": "East gate",
    }  # fmt: skip
    assert form["division"].value() == town.pk
    assert (page.status_code, matter.events.get(name="contact_read").by) == (200, operator)
    assert Matter.objects.count() == 1


def test_without_javascript_a_button_shows_them(desk) -> None:
    matter = make_matter("A lamp", person=LI)
    page = desk.post(reverse("desk:new"), {"phone": LI.phone, "text": "Dark", "look": "yes"})
    assert [row["number"] for row in page.context["earlier"]] == [matter.number]
    assert page.context["form"]["text"].value() == "Dark"
    assert not page.context["form"].is_bound


def test_the_same_thing_again_is_a_note(desk) -> None:
    """The button sends the form being written to the earlier matter's own step."""
    matter = make_matter("A lamp", person=LI)
    page = asked(desk, LI.phone).content.decode()
    note = reverse("desk:move", args=[matter.number, "note"])
    assert f'formaction="{note}"' in page
    desk.post(note, {"phone": LI.phone, "text": "Still dark.", "urgency": "normal"})
    assert reread(matter).events.get(name="note").words.text == "Still dark."


def test_the_form_goes_as_one_speaks(desk) -> None:
    make_ledger()
    fields = list(desk.get(reverse("desk:new")).context["form"].fields)
    assert fields[:5] == ["phone", "name", "text", "division", "address"]
