"""The desk: lists, the matter's page with its moves, filing for a caller."""

import re

import pytest
from django.urls import resolve, reverse

from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.matters.states import State
from daodi.core.people.roles import Role
from daodi.core.people.services import add_member
from tests.files import content_of, photo
from tests.makers import (
    DAY,
    NOON,
    make_calendar,
    make_ledger,
    make_matter,
    make_member,
    make_unit,
    reread,
)


def sign_in(client, member) -> None:
    client.force_login(member.user)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_as_many_queries_for_many_as_for_one(
    client, operator, count, django_assert_num_queries
) -> None:
    for number in range(count):
        make_matter(f"Lamp number {number} is dark")
    sign_in(client, operator)
    with django_assert_num_queries(9):
        answer = client.get(reverse("desk:inbox"))
    assert [row["title"] for row in answer.context["rows"]] == [
        f"Lamp number {number} is dark" for number in range(count)
    ]


def test_what_is_due_first_stands_on_top(client, operator) -> None:
    late = make_matter("This one is late already", now=NOON)
    make_matter("This one came the day after", now=NOON + DAY)
    sign_in(client, operator)
    rows = client.get(reverse("desk:inbox")).context["rows"]
    assert (rows[0]["number"], rows[0]["clock"]["tone"]) == (late.number, "late")


def test_pages_by_key_show_every_row_once(client, operator, monkeypatch) -> None:
    monkeypatch.setattr("daodi.web.paging.SIZE", 2)
    numbers = [make_matter(f"Lamp number {n} is dark").number for n in range(5)]
    sign_in(client, operator)
    seen, url = [], "?list=list"
    while url:
        page = client.get(reverse("desk:inbox") + url).context
        seen += [row["number"] for row in page["rows"]]
        url = page["page"].older_url
    assert seen == numbers


def test_each_role_begins_with_its_own_list(client, cast) -> None:
    first = {}
    for who, member in cast.items():
        sign_in(client, member)
        first[who] = client.get(reverse("desk:inbox")).context["queue"].name
    assert first == {
        "operator": "list",
        "handler": "handle",
        "leader": "sign",
        "supervisor": "late",
        "caller": "call",
    }


def test_a_number_opens_its_matter(client, matter, operator) -> None:
    sign_in(client, operator)
    answer = client.get(reverse("desk:inbox"), {"q": matter.number})
    assert answer.url == reverse("desk:matter", args=[matter.number])


def test_a_telephone_finds_the_callers_matters(client, matter, operator) -> None:
    sign_in(client, operator)
    answer = client.get(reverse("desk:inbox"), {"q": "138 0000 0000"})
    assert [row["number"] for row in answer.context["rows"]] == [matter.number]


def test_the_page_offers_the_moves_of_this_role(client, course, cast) -> None:
    matter = course().dispatched().matter
    sign_in(client, cast["handler"])
    moves = client.get(reverse("desk:matter", args=[matter.number])).context["moves"]
    assert [move["name"] for move in moves] == ["accept", "object", "forward", "contact", "note"]
    assert [move["name"] for move in moves if move["look"] == "main"] == ["accept"]


def test_the_page_explains_every_deadline(client, course, cast) -> None:
    make_calendar()
    matter = course().dispatched().matter
    sign_in(client, cast["handler"])
    clocks = client.get(reverse("desk:matter", args=[matter.number])).context["clocks"]
    (resolve,) = [each for each in clocks if each["label"] == "Resolve"]
    assert resolve["steps"][0].startswith("Started 2026-03-02 Mon 12:02; allowed: 5 working days.")
    assert resolve["steps"][-2] == "Due 2026-03-09 Mon 12:02."


def test_a_move(client, course, cast) -> None:
    matter = course().dispatched().matter
    sign_in(client, cast["handler"])
    answer = client.post(reverse("desk:move", args=[matter.number, "accept"]))
    assert (answer.status_code, reread(matter).state) == (302, State.HANDLING)


def test_a_refusal_keeps_what_was_typed(client, course, cast) -> None:
    matter = course().accepted().matter
    sign_in(client, cast["handler"])
    answer = client.post(
        reverse("desk:move", args=[matter.number, "hand_in"]),
        {"account": "Seventeen words that nobody wants to type again", "answer": ""},
    )
    assert answer.status_code == 422
    assert b"Seventeen words" in answer.content
    assert reread(matter).state == State.HANDLING


def test_dispatch_by_its_form(client, course, cast) -> None:
    matter = course().listed().matter
    sign_in(client, cast["operator"])
    lead, joint = make_unit("bureau"), make_unit("water")
    answer = client.post(
        reverse("desk:move", args=[matter.number, "dispatch"]),
        {"lead": lead.pk, "joint": [joint.pk], "content": "Please repair."},
    )
    assert (answer.status_code, reread(matter).unit) == (302, lead)
    assert [part.unit for part in matter.parts.all()] == [joint]


def test_the_contact_is_shown_on_request_and_leaves_a_line(client, course, cast) -> None:
    matter = course().dispatched().matter
    sign_in(client, cast["handler"])
    page = client.get(reverse("desk:matter", args=[matter.number]))
    assert b"13800000000" not in page.content
    shown = client.post(reverse("desk:contact", args=[matter.number]))
    assert b"13800000000" in shown.content
    assert matter.events.filter(name="contact_read", by=cast["handler"]).count() == 1


def test_confidential_stays_with_those_named(client, course, cast) -> None:
    ledger = make_ledger()
    ledger.confidants.add(cast["operator"])
    run = course(make_matter("The clerk was rude to me", is_confidential=True))
    run.listed().step("dispatch", "operator", lead=make_unit("bureau"), named=[cast["handler"]])
    url = reverse("desk:matter", args=[run.matter.number])
    seen = {}
    for who, member in cast.items():
        sign_in(client, member)
        seen[who] = client.get(url).status_code
    assert seen == {
        "operator": 200, "handler": 200, "leader": 404, "supervisor": 404, "caller": 404,
    }  # fmt: skip
    sign_in(client, cast["handler"])
    contact = reverse("desk:contact", args=[run.matter.number])
    assert client.post(contact).status_code == 302  # refused, with a message


def test_no_page_hides_a_move(course) -> None:
    number = course().matter.number
    hidden = {
        name
        for name in MOVES
        if resolve(reverse("desk:move", args=[number, name])).view_name != "desk:move"
    }
    assert hidden == set()


def test_an_operator_files_for_a_caller(client, operator) -> None:
    make_ledger()
    sign_in(client, operator)
    form = client.get(reverse("desk:new"))
    key = form.context["form"]["form_key"].value()
    given = {
        "form_key": key, "channel": "phone", "kind": "help", "urgency": "urgent",
        "text": "A pipe has burst in front of the school.", "phone": "13900000000",
    }  # fmt: skip
    first = client.post(reverse("desk:new"), given)
    second = client.post(reverse("desk:new"), given)
    matter = Matter.objects.get()
    assert (matter.channel, matter.urgency) == ("phone", "urgent")
    assert first.context["receipt"].code == second.context["receipt"].code
    assert matter.events.get().by == operator


def test_a_person_with_two_places_chooses_one(client, handler) -> None:
    other = add_member(username="handler", name="", unit=make_unit("centre"), roles=["operator"])
    sign_in(client, handler)
    client.post(reverse("switch_member"), {"member": other.pk})
    assert client.get(reverse("desk:inbox")).context["queue"].name == "list"
    stranger = make_member("stranger", Role.SUPERVISOR, unit="oversight")
    client.post(reverse("switch_member"), {"member": stranger.pk})
    assert client.get(reverse("desk:inbox")).context["queue"].name == "list"


def test_many_wrong_passwords_lock_the_account(client, operator) -> None:
    operator.user.set_password("right-password")
    operator.user.save(update_fields=["password"])
    for _ in range(10):
        client.post(reverse("login"), {"username": "operator", "password": "wrong"})
    answer = client.post(reverse("login"), {"username": "operator", "password": "right-password"})
    assert answer.status_code == 429


def test_nobody_signs_in_by_one_click_outside_a_demonstration(client, operator) -> None:
    operator.user.username = "demo-operator"
    operator.user.save(update_fields=["username"])
    assert client.post(reverse("sign_in_as", args=["demo-operator"])).status_code == 404


def test_every_page_speaks_english_and_chinese(client, matter, operator) -> None:
    sign_in(client, operator)
    page = client.get(
        reverse("desk:matter", args=[matter.number]), headers={"accept-language": "en"}
    )
    assert re.search(rb'<html lang="en"', page.content)


def test_photos_come_with_the_step_and_its_line(client, course, cast) -> None:
    matter = course().accepted().matter
    sign_in(client, cast["handler"])
    given = {"account": "New bulb.", "answer": "It shines.", "files": [photo("after.jpg")]}
    client.post(reverse("desk:move", args=[matter.number, "hand_in"]), given)
    file = matter.attachments.get()
    assert (file.name, file.seq, file.is_public) == ("after.jpg", reread(matter).version, True)
    url = reverse("desk:file", args=[file.key])
    sign_in(client, cast["leader"])
    assert content_of(client.get(url)).startswith(b"\xff\xd8")
    sign_in(client, make_member("far", unit="far"))
    assert client.get(url).status_code == 404


def test_who_was_overtaken_reads_what_happened_and_may_send_it_again(client, course, cast) -> None:
    way = course().accepted()
    url = f"/desk/matters/{way.matter.number}/ask/?seen={way.matter.version}"
    way.step("contact", "handler", text="Tomorrow at nine.")
    sign_in(client, cast["handler"])
    sent = {"text": "Which lamp is it?"}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert [event["what"] for event in answer.context["meanwhile"]["events"]] == [
        "Contacted the resident"
    ]
    page = answer.content.decode()
    assert "What you wrote is still in its form" in page
    assert f'data-page="/desk/matters/{way.matter.number}/"' in page
    again = re.search(r'action="([^"]*/ask/[^"]*)"', page).group(1)
    assert again == url.replace(f"={way.matter.version - 1}", f"={way.matter.version}")
    answer = client.post(again, sent)
    assert (answer.status_code, reread(way.matter).state) == (302, State.WAITING)


def test_a_step_that_went_by_meanwhile_gives_back_what_was_written(client, course, cast) -> None:
    way = course().accepted()
    url = f"/desk/matters/{way.matter.number}/hand_in/?seen={way.matter.version}"
    way.step("ask", "handler", text="Which lamp?")
    sign_in(client, cast["handler"])
    answer = client.post(url, {"account": "New bulb.", "answer": "It shines."})
    assert answer.status_code == 422
    assert answer.context["meanwhile"]["written"] == [
        ("Internal account", "New bulb."),
        ("Answer to the resident", "It shines."),
    ]
    assert "is not possible any more" in answer.content.decode()


def test_a_look_at_the_contact_overtakes_nobody(client, course, cast) -> None:
    way = course().dispatched()
    url = f"/desk/matters/{way.matter.number}/accept/?seen={way.matter.version}"
    sign_in(client, cast["supervisor"])
    client.post(f"/desk/matters/{way.matter.number}/read-contact/")
    sign_in(client, cast["handler"])
    assert client.post(url).status_code == 302
    assert reread(way.matter).state == State.HANDLING
