"""Templates: kept on the desk, chosen in a step, filled from the matter."""

import pytest
from django.urls import reverse

from daodi.core.matters.moves import MOVES
from daodi.core.wording.models import AnswerTemplate
from daodi.core.wording.services import save_template
from daodi.web.forms.wording import FIELDS
from tests.makers import make_category, make_member, make_unit, reread

GIVEN = {"name": "Lamps", "move": "answer", "text": "{number}: we mend it.", "scope": "own"}


def made(by, **changes) -> AnswerTemplate:
    given = {**GIVEN, **changes}
    return save_template(AnswerTemplate(**given), by=by)


def test_one_is_written_changed_and_removed(client, operator) -> None:
    client.force_login(operator.user)
    client.post(reverse("desk:template_new"), GIVEN)
    template = AnswerTemplate.objects.get()
    assert (template.owner, template.unit, template.scope) == (operator, operator.unit, "own")
    page = reverse("desk:template", args=[template.pk])
    client.post(page, {**GIVEN, "name": "Street lamps", "scope": "unit"})
    (row,) = client.get(reverse("desk:templates")).context["rows"]
    assert (str(row["template"]), row["own"]) == ("Street lamps", True)
    client.post(reverse("desk:template_remove", args=[template.pk]))
    assert AnswerTemplate.objects.count() == 0


def test_what_is_wrong_is_said_in_the_form(client, operator) -> None:
    client.force_login(operator.user)
    page = client.post(reverse("desk:template_new"), {**GIVEN, "text": "Call {phone}."})
    assert page.status_code == 422
    assert "Nothing stands for {phone}" in page.context["form"].non_field_errors()[0]
    # What is for everybody is not even offered to who may not make it.
    page = client.post(reverse("desk:template_new"), {**GIVEN, "scope": "site"})
    assert list(page.context["form"].errors) == ["scope"]


def test_a_category_can_be_named_once_the_ledger_is(client, operator, matter) -> None:
    lamps = make_category(matter.ledger)
    client.force_login(operator.user)
    template = made(operator, ledger=matter.ledger)
    page = reverse("desk:template", args=[template.pk])
    client.post(page, {**GIVEN, "ledger": matter.ledger_id, "category": lamps.pk})
    assert AnswerTemplate.objects.get().category == lamps
    client.post(page, GIVEN)
    found = AnswerTemplate.objects.get()
    assert (found.ledger, found.category) == (None, None)


@pytest.mark.parametrize("name", AnswerTemplate.For)
def test_templates_are_for_steps_that_ask_for_a_text(name) -> None:
    assert FIELDS.get(name, "text") in MOVES[name].asks


def test_anothers_is_not_there_to_change(client, operator, handler) -> None:
    template = made(operator)
    client.force_login(handler.user)
    for name in ("template", "template_remove"):
        assert client.post(reverse(f"desk:{name}", args=[template.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_many_queries_for_many(
    client, operator, count, django_assert_num_queries
) -> None:
    for number in range(count):
        made(operator, name=f"Lamps {number}")
    client.force_login(operator.user)
    with django_assert_num_queries(4):
        assert len(client.get(reverse("desk:templates")).context["rows"]) == count


def test_pages_by_name_show_every_row_once(client, operator, monkeypatch) -> None:
    monkeypatch.setattr("daodi.web.views.wording.SIZE", 2)
    for number in (3, 1, 2, 1, 2):
        made(operator, name=f"Lamps|{number}")
    client.force_login(operator.user)
    seen, after = [], None
    while after != "":
        page = client.get(reverse("desk:templates"), {"after": after} if after else {})
        seen += [str(row["template"]) for row in page.context["rows"]]
        after = page.context["after"]
    assert seen == [f"Lamps|{number}" for number in (1, 1, 2, 2, 3)]


def test_a_step_takes_it_in_and_keeps_what_was_typed(client, operator, matter) -> None:
    template = made(operator)
    client.force_login(operator.user)
    move = reverse("desk:move", args=[matter.number, "answer"])
    page = client.get(reverse("desk:matter", args=[matter.number]))
    offers = {each["name"]: each["picker"] for each in page.context["moves"]}
    assert [name for name, picker in offers.items() if picker] == ["answer"]
    assert offers["answer"]["target"] == f"answer_{matter.pk}_answer"
    typed = {"answer": "Hello.", "template": template.pk, "insert": "yes"}
    page = client.post(move, typed)
    (form,) = [each["form"] for each in page.context["moves"] if each["name"] == "answer"]
    assert form["answer"].value() == f"Hello.\n{matter.number}: we mend it."
    assert (page.status_code, reread(matter).version) == (200, 1)


def test_a_dispatch_begins_with_the_most_particular_one(client, operator, matter) -> None:
    lamps = make_category(matter.ledger, keywords=["street lamp"])
    made(operator, move="dispatch", text="Any.")
    made(operator, move="dispatch", text="{unit}, mend {number}!", ledger=matter.ledger)
    client.force_login(operator.user)
    page = client.get(reverse("desk:sort", args=[matter.number]), {"category": lamps.pk})
    assert page.context["form"]["content"].value() == f"{{unit}}, mend {matter.number}!"
    water = make_unit("water")
    typed = {"template": AnswerTemplate.objects.last().pk, "lead": water.pk, "content": ""}
    page = client.post(reverse("desk:sort", args=[matter.number]), {**typed, "insert": "yes"})
    assert page.context["form"]["content"].value() == f"Water, mend {matter.number}!"


def test_a_template_of_another_unit_cannot_be_asked_for(client, operator, matter) -> None:
    theirs = made(make_member("far", unit="far"), scope="unit")
    client.force_login(operator.user)
    move = reverse("desk:move", args=[matter.number, "answer"])
    page = client.post(move, {"template": theirs.pk, "insert": "yes", "answer": "Hello."})
    (form,) = [each["form"] for each in page.context["moves"] if each["name"] == "answer"]
    assert form["answer"].value() == "Hello."
