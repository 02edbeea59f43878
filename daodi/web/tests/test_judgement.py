"""The page that says how well the site suggests, and what managers do there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from daodi.core.intake.advice import advise
from daodi.core.judgement.models import Advice, Learning, ModelVersion
from tests.makers import NOON, make_category, make_ledger, make_matter

PAGE = "/desk/judgement/"


@pytest.fixture
def suggested(course, operator):
    """Return what lists a filing, after lamps were suggested for it, as something."""
    ledger = make_ledger()
    lamps = make_category(ledger, "CX0101", "Lamps", keywords=["street lamp"])
    pipes = make_category(ledger, "CX0102", "Pipes", keywords=["pipe"])

    def start(chosen=lamps):
        run = course(make_matter("The street lamp is broken."))
        advise(run.matter, now=timezone.now())
        return run.step("list", "operator", category=chosen, kind="help", urgency="normal")

    start.lamps, start.pipes = lamps, pipes
    return start


def make_version(number: int, **fields) -> ModelVersion:
    figures = {"accuracy": 0.9, "rows": 200, "calibration_error": 0.02}
    return ModelVersion.objects.create(
        ledger=make_ledger(), number=number, made_at=NOON, file=f"models/{number}", size=1,
        rows=1000, figures=figures, rival={"accuracy": 0.8}, **fields,
    )  # fmt: skip


def test_it_says_what_was_taken_and_what_instead(client, suggested, operator) -> None:
    suggested()
    suggested()
    run = suggested(suggested.pipes)
    Advice.objects.filter(matter=run.matter).update(why="It was the pipe below it.")
    client.force_login(operator.user)
    page = client.get(PAGE)
    assert page.context["n"] == 3
    assert [each["value"] for each in page.context["figures"]] == ["67", None]
    assert [(row["name"], row["right"], row["n"]) for row in page.context["categories"]] == [
        ("Lamps", "100%", 2), ("Pipes", "0%", 1),
    ]  # fmt: skip
    assert page.context["instead"] == [{"said": "Lamps", "chosen": "Pipes", "n": 1}]
    assert "It was the pipe below it." in page.content.decode()


def test_what_was_listed_by_itself_stands_apart(client, suggested, operator) -> None:
    suggested()
    suggested(suggested.pipes)
    Advice.objects.update(is_listed=True)
    client.force_login(operator.user)
    page = client.get(PAGE)
    assert (page.context["n"], page.context["alone"]["n"]) == (0, 2)
    assert page.context["alone"]["value"] == "50"
    assert "Listed by itself and left so" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_same_however_much_there_is(
    client, suggested, operator, count, django_assert_num_queries
) -> None:
    for number in range(count):
        suggested(suggested.pipes)
        make_version(number + 1)
    Advice.objects.update(why="No.")
    client.force_login(operator.user)
    with django_assert_num_queries(14):
        client.get(PAGE)


def test_before_anything_was_listed_it_says_so(client, operator) -> None:
    make_ledger()
    client.force_login(operator.user)
    page = client.get(PAGE).content.decode()
    assert "Nothing to compare yet" in page
    assert "Nothing yet: the words of the category scheme speak." in page


def test_a_manager_goes_back_to_an_older_version(client, manager) -> None:
    old, new = make_version(1), make_version(2, is_active=True)
    client.force_login(manager.user)
    assert b"Use this one" in client.get(PAGE).content
    assert b"Somebody went back" not in client.get(PAGE).content
    back = client.post(reverse("desk:judgement_use", args=[old.ledger_id, 1]), follow=True)
    assert ModelVersion.objects.get(is_active=True) == old
    assert b"Version 1 speaks from now on." in back.content
    assert b"Somebody went back" in back.content
    client.post(reverse("desk:judgement_keywords", args=[old.ledger_id]))
    assert not ModelVersion.objects.filter(is_active=True).exists()
    answer = client.post(reverse("desk:judgement_keywords", args=[new.ledger_id]), follow=True)
    assert b"Nothing that was learnt is in use." in answer.content


def test_a_manager_lets_sure_filings_be_listed(client, manager) -> None:
    ledger = make_ledger()
    client.force_login(manager.user)
    url = reverse("desk:judgement_limit", args=[ledger.pk])
    assert client.post(url, {"percent": "10"}).status_code == 422
    assert client.get(PAGE).context["form"]["percent"].value() is None
    assert not Learning.objects.exists()
    client.post(url, {"percent": "95"})
    assert Learning.objects.get().list_from == 95
    client.post(url, {"percent": ""})
    assert Learning.objects.get().list_from is None
