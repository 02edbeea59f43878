"""The operator's one queue: the item, what helps to decide, one key, the next item."""

import pytest
from django.urls import reverse
from django.utils import timezone

from daodi.core.intake.advice import advise
from daodi.core.intake.claims import claim
from daodi.core.judgement.models import Advice
from daodi.core.ledgers.catalogue import add_line
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.workflow.services import perform
from tests.makers import (
    HOUR,
    NOON,
    make_category,
    make_ledger,
    make_matter,
    make_member,
    make_unit,
    reread,
)


@pytest.fixture
def scheme(db):
    """Lamps, with their words and the bureau that leads for them."""
    ledger = make_ledger()
    lamps = make_category(
        ledger, "CX0101", "Lamps", keywords=["street lamp", "dark"], kind_hint="complaint"
    )
    pipes = make_category(ledger, "CX0102", "Pipes", keywords=["pipe"])
    for category, unit in ((lamps, "bureau"), (pipes, "water")):
        add_line(ledger, category=category, lead=make_unit(unit), basis="Duties, 3")
    return {"lamps": lamps, "pipes": pipes}


@pytest.fixture
def desk(client, operator):
    client.force_login(operator.user)
    return client


def url(matter) -> str:
    return reverse("desk:sort", args=[matter.number])


def sent(page, **changes):
    """Return what the page's form sends when nobody changes anything in it, or only this."""
    form = page.context["form"]
    given = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**given, **changes}.items() if value is not None}


def test_the_next_item_is_what_is_due_first(desk) -> None:
    first = make_matter()
    make_matter("Another lamp", now=first.filed_at + HOUR)
    assert desk.get(reverse("desk:next")).url == url(first)


def test_everything_is_chosen_beforehand_with_its_reason(desk, scheme) -> None:
    matter = make_matter("The street lamp is dark.", kind="help")
    page = desk.get(url(matter))
    lamps = scheme["lamps"]
    chosen = sent(page)
    assert (chosen["category"], chosen["lead"]) == (lamps.pk, make_unit("bureau").pk)
    assert (chosen["kind"], chosen["urgency"]) == ("complaint", "normal")
    best = page.context["suggestions"][0]
    assert (best["reason"], best["unit_reason"]) == (
        "words: street lamp, dark", "catalogue line 1: Duties, 3",
    )  # fmt: skip


def test_one_form_lists_and_dispatches_and_goes_on(desk, scheme, operator) -> None:
    matter, other = make_matter("The street lamp is dark."), make_matter("A pipe has burst")
    answer = desk.post(url(matter), sent(desk.get(url(matter)), urgency="urgent"))
    after = desk.get(answer.url)
    assert after.url == f"{url(other)}?done={matter.number}"
    found = reread(matter)
    assert (found.state, found.category, found.urgency, found.unit.code) == (
        State.DISPATCHED, scheme["lamps"], "urgent", "bureau",
    )  # fmt: skip
    lines = found.events.order_by("seq").values_list("name", "by")
    assert list(lines)[1:] == [("list", operator.pk), ("dispatch", operator.pk)]


def test_what_was_just_sent_is_taken_back_with_one_key(desk, scheme) -> None:
    matter, other = make_matter("The street lamp is dark."), make_matter("A pipe has burst")
    answer = desk.post(url(matter), sent(desk.get(url(matter))))
    page = desk.get(desk.get(answer.url).url)
    last = page.context["last"]
    assert (last["number"], last["take_back"]) == (matter.number, "recall")
    assert desk.post(last["url"], {"recall": "yes"}).url == url(matter)
    assert reread(matter).state == State.LISTED
    assert desk.post(url(matter), {"unlist": "yes"}).url == url(matter)
    assert (reread(matter).state, reread(other).state) == (State.RECEIVED, State.RECEIVED)


def test_another_category_brings_its_unit(desk, scheme) -> None:
    matter = make_matter("The street lamp is dark.")
    page = desk.get(url(matter), {"category": scheme["pipes"].pk})
    assert sent(page)["lead"] == make_unit("water").pk
    # Without JavaScript a button asks, and what was typed stays.
    typed = sent(page, category=scheme["lamps"].pk, content="At once!", urgency="urgent")
    again = sent(desk.post(url(matter), {**typed, "route": "yes"}))
    assert (again["lead"], again["content"], again["urgency"]) == (
        make_unit("bureau").pk, "At once!", "urgent",
    )  # fmt: skip
    assert reread(matter).state == State.RECEIVED


def test_an_unlikely_category_is_offered_and_not_chosen(desk, scheme) -> None:
    make_category(make_ledger(), "CX0103", "Nights", keywords=["dark"])
    page = desk.get(url(make_matter("A long story about our road\nIn the end it gets dark")))
    assert [each["chosen"] for each in page.context["suggestions"]] == [False, False]
    assert "category" not in sent(page)


@pytest.mark.parametrize("is_advised", [True, False])
def test_why_something_else_was_chosen_is_kept(desk, scheme, is_advised) -> None:
    """Also if the operator was quicker than the worker: then the words of the scheme had spoken."""
    matter = make_matter("The street lamp is dark.")
    if is_advised:
        advise(matter, now=NOON)
    changed = {"category": scheme["pipes"].pk, "why": "It stands in water."}
    desk.post(url(matter), sent(desk.get(url(matter)), **changed))
    advice = Advice.objects.get(matter=matter)
    assert (advice.category, advice.why) == (scheme["lamps"], "It stands in water.")
    assert reread(matter).category == scheme["pipes"]


def test_list_only(desk, scheme) -> None:
    matter = make_matter("The street lamp is dark.")
    answer = desk.post(url(matter), sent(desk.get(url(matter)), list="yes"))
    assert (answer.status_code, reread(matter).state) == (302, State.LISTED)
    done = desk.get(answer.url)  # there is no next one
    assert done.context["last"]["take_back"] == "unlist"


def test_what_is_missing_is_said_and_nothing_is_lost(desk, scheme) -> None:
    matter = make_matter("The street lamp is dark.")
    given = sent(desk.get(url(matter)), lead="", content="A long text")
    page = desk.post(url(matter), given)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["lead"])
    assert b"A long text" in page.content
    assert reread(matter).state == State.RECEIVED


def test_the_second_operator_is_told_and_loses_nothing(desk, scheme, operator) -> None:
    matter = make_matter("The street lamp is dark.")
    other = make_member("other", "operator", unit="centre")
    given = sent(desk.get(url(matter)), content="A long text")
    perform(matter, "list", category=scheme["pipes"], kind="help", urgency="normal", by=other,
            now=timezone.now())  # fmt: skip
    page = desk.post(url(matter), given)
    (said,) = page.context["form"].non_field_errors()
    assert said.startswith("Somebody was faster: List Other: Normal.")
    assert b"A long text" in page.content
    # The page is that of the new version now: sent again, it goes.
    assert desk.post(url(matter), sent(page, version=reread(matter).version)).status_code == 302


def test_who_has_an_item_open_is_named_and_it_is_left_out_for_others(desk, scheme) -> None:
    first, second = make_matter("The street lamp is dark."), make_matter("A pipe has burst")
    other = make_member("other", "operator", unit="centre")
    claim(first, by=other, now=timezone.now())
    assert desk.get(reverse("desk:next")).url == url(second)
    assert b"Other has this item open" in desk.get(url(first)).content
    hold = desk.get(reverse("desk:hold", args=[second.number]))
    assert b"has this item open" not in hold.content


def test_it_merges_with_a_duplicate_and_goes_on(desk, scheme) -> None:
    first, again = make_matter("The street lamp is dark."), make_matter("The street lamp is dark")
    page = desk.get(url(again))
    (like,) = page.context["duplicates"]
    assert (like["number"], like["can_merge"]) == (first.number, True)
    beside = desk.get(url(again), {"beside": first.number}).context["beside"]
    assert beside == first
    answer = desk.post(url(again), {"merge": first.number})
    assert desk.get(answer.url).url == f"{url(first)}?done={again.number}"
    assert reread(again).merged_into == first


def test_a_confidential_category_asks_who_may_see_it(desk, scheme, handler) -> None:
    quiet = make_category(make_ledger(), "CX0109", "Violence", is_confidential=True)
    matter = make_matter("The street lamp is dark.")
    page = desk.get(url(matter), {"category": quiet.pk})
    given = sent(page, lead=make_unit("bureau").pk)
    refused = desk.post(url(matter), given)
    assert "name the members of Bureau" in refused.context["form"].non_field_errors()[0]
    assert reread(matter).is_confidential is False
    assert desk.post(url(matter), {**given, "named": [handler.pk]}).status_code == 302
    assert handler.pk in reread(matter).seen_by_members


def test_only_what_ones_own_house_lists(client, scheme, course) -> None:
    matter = make_matter()
    client.force_login(make_member("far", "operator", unit="far").user)
    assert client.get(url(matter)).status_code == 404
    assert client.get(reverse("desk:next")).status_code == 200
    assert client.post(url(matter), {"list": "yes"}).status_code == 404


def test_one_that_is_with_a_unit_opens_as_its_own_page(desk, course) -> None:
    matter = course().dispatched().matter
    assert desk.get(url(matter)).url == reverse("desk:matter", args=[matter.number])


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_nineteen_queries(desk, scheme, count, django_assert_num_queries) -> None:
    for number in range(count):
        make_matter(f"The street lamp number {number} is dark.")
    matter = make_matter("The street lamp is dark.")
    with django_assert_num_queries(19):
        assert len(desk.get(url(matter)).context["duplicates"]) == count


def test_an_objection_stands_beside_the_item(desk, scheme, course) -> None:
    run = course(make_matter("The street lamp is dark."))
    run.step("list", "operator", category=scheme["lamps"], kind="help", urgency="normal")
    run.step("dispatch", "operator", lead=make_unit("bureau"), content="Please mend it.")
    run.step("object", "handler", text="It belongs to the estate.", basis="List 3")
    page = desk.get(url(run.matter))
    objection = page.context["objection"]
    assert (objection["sent_words"], objection["decision"].reason) == (
        "Please mend it.", "It belongs to the estate.",
    )  # fmt: skip
    assert (objection["line"].number, objection["line_is_theirs"]) == (1, True)
    # The unit that objects is not proposed again.
    assert sent(page).get("lead") is None
    assert Matter.objects.to_list().count() == 1
