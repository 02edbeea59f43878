"""A matter on paper: its whole file, and who may have which part of it."""

import pytest
from django.urls import reverse

from daodi.core.history.roots import close_days
from daodi.core.matters.contacts import Person
from daodi.lib.documents import NoFonts
from daodi.web.showing.paper import paper_of, pictures_of
from tests.files import photo
from tests.makers import DAY, NOON, make_unit, reread


@pytest.fixture
def address():
    return lambda matter: reverse("desk:file_pdf", args=[matter.number])


def test_the_file_holds_the_whole_course(course, django_assert_max_num_queries) -> None:
    way = course().dispatched(joint=[make_unit("estate")]).step("accept", "handler")
    way.step("extend", "handler", until=(way.now + 9 * DAY).date(), text="A part is missing.")
    way.step("grant_extension", "supervisor", remark="Once.")
    way.step("hand_in", "handler", account="New bulb.", answer="Repaired.")
    close_days(way.now + DAY)
    with django_assert_max_num_queries(11):
        paper = paper_of(reread(way.matter), None, "Handler", NOON)
    assert [event["what"] for event in paper["events"]] == [
        "File a matter", "List", "Dispatch", "Sign for", "Ask for an extension",
        "Grant the extension", "Hand in",
    ]  # fmt: skip
    assert (paper["head"], paper["mark"], paper["contact"]) == (way.matter.number, "", [])
    assert (paper["answer"], paper["account"]) == ("Repaired.", "New bulb.")
    assert [decision["title"] for decision in paper["decisions"]] == ["Extension"]
    assert ("Decision", "granted") in paper["decisions"][0]["facts"]
    assert [unit for unit, _words in paper["parts"]] == ["Estate"]
    proof = dict(paper["proof"])
    assert proof["Last hash"] == bytes(way.matter.head).hex()
    assert proof["Root of the day"].startswith("2026-03-02 ")
    assert all(clock["steps"] for clock in paper["clocks"])


def test_the_contact_is_on_it_only_for_who_reads_it(course) -> None:
    matter = course().matter
    paper = paper_of(matter, Person("Wang", "13800000000"), "Operator", NOON)
    assert paper["contact"] == [("Name", "Wang"), ("Phone", "13800000000")]


def test_it_comes_as_pdf_with_its_pictures(client, course, cast, address) -> None:
    way = course().dispatched()
    client.force_login(cast["handler"].user)
    client.post(
        reverse("desk:move", args=[way.matter.number, "note"]),
        {"text": "As found.", "files": photo()},
    )
    answer = client.get(address(way.matter))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'inline; filename="{way.matter.number}.pdf"'
    assert b"/Image" in answer.content
    paper = paper_of(reread(way.matter), None, "Handler", NOON)
    assert [file["name"] for file in paper["files"]] == ["lamp.jpg"]
    assert len(pictures_of(paper)) == 1


def test_the_contact_on_paper_leaves_its_line(client, course, cast, address) -> None:
    matter = course().dispatched().matter
    lines = matter.events.filter(name="contact_read")
    client.force_login(cast["handler"].user)
    assert client.post(address(matter)).status_code == 200
    assert lines.count() == 0
    assert client.post(address(matter), {"contact": "on"}).status_code == 200
    assert [line.by for line in lines] == [cast["handler"]]


def test_who_may_not_have_the_contact_gets_no_file_with_it(
    client, course, manager, address
) -> None:
    matter = course().dispatched().matter
    client.force_login(manager.user)
    assert client.post(address(matter), {"contact": "on"}).status_code == 302
    assert not matter.events.filter(name="contact_read").exists()


def test_a_confidential_one_is_marked(course, cast) -> None:
    matter = reread(course().matter)
    matter.is_confidential = True
    assert paper_of(matter, None, "Operator", NOON)["mark"] == "Confidential"


def test_a_server_without_fonts_says_so_and_reads_no_contact(
    client, course, cast, address, monkeypatch
) -> None:
    def find_none() -> None:
        raise NoFonts

    monkeypatch.setattr("daodi.web.views.paper.find_fonts", find_none)
    matter = course().dispatched().matter
    client.force_login(cast["handler"].user)
    page = client.post(
        address(matter),
        {"contact": "on"},
        headers={"referer": "http://testserver/desk/"},
        follow=True,
    )
    assert "fonts-noto-cjk" in page.content.decode()
    assert not matter.events.filter(name="contact_read").exists()
