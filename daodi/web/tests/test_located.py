"""Beside the text: where it is, and whether it has come back."""

import pytest
from django.test import Client
from django.urls import reverse

from daodi.core.gazetteer.services import Facts, add_place
from daodi.core.intake.models import Recurrence
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.sweep.sure import advise_and_list
from tests.makers import DAY, NOON, make_matter, make_town, reread

TEXT = "幸福小区门口的路灯不亮"


@pytest.fixture
def desk(client: Client, operator) -> Client:
    client.force_login(operator.user)
    return client


@pytest.fixture
def east(db) -> Division:
    east = make_town()
    add_place(Facts("幸福小区", "estate", east, position=(34.5, 114.8)), by=None)
    return east


def looked_at(text: str = TEXT, **given) -> Matter:
    """File something and let the worker look at it."""
    matter = make_matter(text, **given)
    advise_and_list(matter.pk, NOON)
    return reread(matter)


def url(matter: Matter) -> str:
    return reverse("desk:sort", args=[matter.number])


def test_the_place_is_suggested_with_its_reason(desk, east) -> None:
    places = desk.get(url(looked_at())).context["places"]
    assert places["offers"] == [
        {
            "number": 0,
            "area": "East",
            "has_point": True,
            "reasons": ["“幸福小区” stands in the gazetteer for East"],
        }
    ]


def test_one_click_takes_it_keeps_what_was_typed_and_is_taken_back(desk, east) -> None:
    matter = looked_at()
    page = desk.post(url(matter), {"place": "0", "content": "Please mend it.", "version": 1})
    assert page.status_code == 200
    found = reread(matter)
    assert (found.division, found.lat, found.lon) == (east, 34.5, 114.8)
    form = page.context["form"]
    assert (form["content"].value(), form["version"].value()) == ("Please mend it.", found.version)
    assert (page.context["places"]["offers"], page.context["places"]["fits"]) == ([], "幸福小区")
    desk.post(url(matter), {"place": "back"})
    found = reread(matter)
    assert (found.division, found.lat) == (None, None)


@pytest.mark.parametrize("asked", ["7", "x", ""])
def test_what_was_not_suggested_cannot_be_taken(desk, east, asked) -> None:
    matter = looked_at()
    assert desk.post(url(matter), {"place": asked}).status_code == 404
    assert reread(matter).division is None


def test_names_that_nobody_knows_are_only_named(desk, east) -> None:
    places = desk.get(url(looked_at("滨河花园的路灯不亮"))).context["places"]
    assert (places["offers"], places["unknown"]) == ([], "滨河花园")


def test_before_the_worker_was_there_nothing_is_said(desk, east) -> None:
    page = desk.get(url(make_matter(TEXT)))
    assert page.status_code == 200
    assert page.context["places"] == {"offers": [], "fits": "", "unknown": ""}


def test_a_merging_is_taken_back_from_the_next_page(desk, east) -> None:
    first, again = make_matter(TEXT), make_matter("幸福小区门口一片漆黑，没有灯")
    done = desk.post(url(again), {"merge": first.number}, follow=True)
    assert done.context["last"]["take_back"] == "unmerge"
    desk.post(url(again), {"unmerge": "yes"})
    assert (reread(again).state, reread(again).merged_into) == ("received", None)


class TestCameBack:
    @pytest.fixture
    def both(self, course, east) -> tuple[Matter, Matter]:
        before = course(make_matter("幸福小区的路灯坏了", division=east)).cleared().matter
        return before, looked_at(division=east, now=NOON + 9 * DAY)

    def test_each_leads_to_the_other(self, client, both, operator, supervisor) -> None:
        before, again = both
        for member in (operator, supervisor):
            client.force_login(member.user)
            page = client.get(reverse("desk:matter", args=[again.number]))
            assert page.context["mark"]["before"] == {
                "number": before.number,
                "title": before.title,
                "cleared": "filed again 8 days after it was cleared",
                "reason": "same place: 幸福小区, same thing: 路灯",
                "is_denied": False,
            }
            page = client.get(reverse("desk:matter", args=[before.number]))
            assert [each["number"] for each in page.context["mark"]["after"]] == [again.number]

    def test_the_operator_sees_it_and_says_that_it_is_something_else(self, desk, both) -> None:
        before, again = both
        assert desk.get(url(again)).context["mark"]["before"]["number"] == before.number
        desk.post(reverse("desk:recurrence", args=[again.number]), {"is_denied": "yes"})
        assert Recurrence.objects.get().is_denied
        page = desk.get(reverse("desk:matter", args=[before.number]))
        assert page.context["mark"]["after"] == []

    def test_it_stands_on_the_supervisors_list(self, client, both, supervisor) -> None:
        before, again = both
        client.force_login(supervisor.user)
        watch = reverse("desk:watch", args=["repeated"])
        (row,) = client.get(watch).context["rows"]
        assert row["number"] == again.number
        assert f"the same was cleared there: {before.number}" in client.get(watch).text
        Recurrence.objects.update(is_denied=True)
        assert client.get(watch).context["rows"] == []
