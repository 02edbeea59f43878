"""Duties are found by the searches of the desk and of the portal, and indexed anew."""

import pytest
from django.apps import apps
from django.urls import reverse

from daodi.apps.duties.tests.makers import chief, content, draft, duty, writer
from daodi.apps.duties.writing import approve, end_duty, revise
from daodi.core.people.roles import Role
from daodi.core.search.models import Indexed
from daodi.lib.plugs import plugged
from daodi.web.showing.elsewhere import found_for_residents
from tests.makers import NOON, make_member

pytestmark = pytest.mark.django_db


def labels(hits) -> dict[str, list[str]]:
    return {str(each.label): [row.label for row in each.rows] for each in hits}


def desk_finds(client, words: str) -> dict[str, list[str]]:
    return labels(client.get(reverse("desk:find"), {"q": words}).context["elsewhere"])


def portal_finds(words: str) -> dict[str, list[str]]:
    return labels(found_for_residents(words))


def test_the_desk_finds_a_duty_by_any_of_its_words(client, handler) -> None:
    duty(title="Lamps", cautions="Mind the wire.")
    draft(title="Wires, not approved yet")
    client.force_login(handler.user)
    assert desk_finds(client, "wire") == {"Work lists": ["Lamps"]}
    assert desk_finds(client, "inspectors bureau") == {"Work lists": ["Lamps"]}
    assert desk_finds(client, "passport") == {}
    page = client.get(reverse("desk:inbox"), {"q": "wire"})
    assert labels(page.context["elsewhere"]) == {"Work lists": ["Lamps"]}
    (hits,) = page.context["elsewhere"]
    assert [each.title for each in client.get(hits.url).context["page"].rows] == ["Lamps"]


def test_another_county_finds_nothing_of_ours(client) -> None:
    duty(title="Lamps")
    stranger = make_member("stranger", Role.HANDLER, unit="far", parent=None)
    client.force_login(stranger.user)
    assert desk_finds(client, "lamps") == {}


def test_the_portal_finds_what_residents_read_and_no_more() -> None:
    duty(title="Lamps", is_public=True, papers="Lease", cautions="Mind the wire.")
    duty(title="Inner work", papers="Lease")
    name = "How to get things done"
    assert portal_finds("lease") == {name: ["Lamps"]}
    assert portal_finds("wire") == {}
    assert portal_finds(" ") == {}


@pytest.mark.skipif(not apps.is_installed("daodi.apps.appeals"), reason="the portal is taken out")
@pytest.mark.parametrize("page", ["answers", "public"])
def test_the_pages_of_the_portal_show_what_was_found(client, page) -> None:
    duty(title="Lamps", is_public=True, papers="Lease")
    url = reverse(f"appeals:{page}")
    assert "Lamps" in client.get(url, {"q": "lease"}).content.decode()
    assert "Lamps" not in client.get(url).content.decode()


def test_what_is_no_longer_public_or_has_ended_is_found_no_more() -> None:
    found = duty(title="Lamps", is_public=True)
    assert list(portal_finds("lamps")) == ["How to get things done"]
    version = revise(found, content("Lamps"), by=writer(), now=NOON)
    approve(version, by=chief(), now=NOON)
    assert portal_finds("lamps") == {}
    found.refresh_from_db()
    end_duty(found, by=chief(), now=NOON)
    assert not Indexed.objects.exists()


def test_a_sentence_leads_to_what_is_like_it(client) -> None:
    duty(title="营业执照办理", is_public=True, steps=())
    duty(title="婚姻登记", is_public=True, papers="营业执照", steps=())
    duty(title="路灯维护", is_public=True, steps=())
    page = client.get(reverse("duties:guide"), {"q": "我想办一张营业执照要带什么"})
    assert page.context["rows"] == []
    assert [row["duty"].title for row in page.context["like"]] == ["营业执照办理"]
    page = client.get(reverse("duties:guide"), {"q": "要带营业执照，登记什么的"})
    assert {row["duty"].title for row in page.context["like"]} == {"营业执照办理", "婚姻登记"}


def test_all_are_indexed_anew() -> None:
    duty(is_public=True)
    duty(title="Inner work")
    before = set(Indexed.objects.values_list("kind", "ref", "text"))
    Indexed.objects.all().delete()
    for reindex in plugged("reindex"):
        reindex()
    assert set(Indexed.objects.values_list("kind", "ref", "text")) == before
    assert sorted(kind for kind, _ref, _text in before) == ["duty", "duty", "guide"]
