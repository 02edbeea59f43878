"""One step on many matters: chosen in the list, asked about, done one by one."""

import pytest
from django.urls import reverse

from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from tests.makers import make_category, make_ledger, make_matter, make_member, make_unit, reread

BULK = "/desk/bulk/"


@pytest.fixture
def desk(client, operator):
    client.force_login(operator.user)
    return client


def key(matter) -> str:
    return f"{matter.pk}.{matter.version}"


def states() -> list[str]:
    return list(Matter.objects.order_by("pk").values_list("state", flat=True))


def test_the_list_offers_its_rows_at_the_version_seen(desk, matter) -> None:
    page = desk.get(reverse("desk:inbox"))
    assert f'name="m" value="{key(matter)}"' in page.content.decode()


def test_it_says_first_what_will_happen(desk, course) -> None:
    new, listed = make_matter("A new one"), course(make_matter("A listed one")).listed().matter
    page = desk.get(BULK, {"do": "dispatch", "m": [key(new), key(listed)]})
    said = {row["title"]: row["why_not"][:27] for row in page.context["rows"]}
    assert said == {"A new one": "“Dispatch” is not possible ", "A listed one": ""}
    assert (page.context["able"], states()) == (1, [State.RECEIVED, State.LISTED])


def test_many_are_listed_and_dispatched_to_one_unit(desk, operator) -> None:
    matters = [make_matter(f"Lamp {number} is dark") for number in range(3)]
    bureau, category = make_unit("bureau"), make_category(make_ledger())
    page = desk.post(BULK, {
        "do": "sort", "m": [key(matter) for matter in matters], "category": category.pk,
        "kind": "help", "urgency": "urgent", "lead": bureau.pk, "content": "The storm.",
    })  # fmt: skip
    assert page.context["went"] == matters
    assert states() == [State.DISPATCHED] * 3
    last = reread(matters[2])
    assert (last.unit, last.urgency) == (bureau, "urgent")
    assert last.events.get(name="dispatch").words.text == "The storm."


def test_what_changed_meanwhile_stays_and_is_named(desk, course) -> None:
    run = course(make_matter("Lamp 1 is dark"))
    other = make_matter("Lamp 2 is dark")
    seen = [key(run.matter), key(other)]
    run.step("note", "operator", text="Called again.", public=False)
    given = {"do": "note", "m": seen, "text": "Storm in the night."}
    page = desk.post(BULK, given)
    assert page.context["went"] == [other]
    (stayed,) = page.context["stayed"]
    assert (stayed.matter, stayed.refusal[:24]) == (run.matter, "Somebody else changed th")
    # Sent twice, it is done once.
    assert desk.post(BULK, given).context["went"] == []
    assert other.events.filter(name="note").count() == 1


def test_what_is_missing_is_asked_again(desk, matter) -> None:
    page = desk.post(BULK, {"do": "list", "m": [key(matter)], "kind": "help"})
    assert (page.status_code, sorted(page.context["form"].errors)) == (422, ["category", "urgency"])


@pytest.mark.parametrize("keys", [[], ["x"], ["9999999.1"], ["1"]])
def test_without_matters_there_is_nothing_to_ask(desk, keys) -> None:
    assert desk.get(BULK, {"do": "note", "m": keys}).status_code == 302


def test_one_ledger_at_a_time(desk) -> None:
    other = make_ledger("other", prefix="O")
    keys = [key(make_matter()), key(make_matter(ledger=other))]
    assert desk.get(BULK, {"do": "list", "m": keys}).status_code == 302


def test_nobody_touches_what_they_do_not_see(client, matter) -> None:
    client.force_login(make_member("far", "operator", unit="far").user)
    answer = client.post(BULK, {"do": "note", "m": [key(matter)], "text": "Mine."})
    assert (answer.status_code, reread(matter).version) == (302, 1)
