"""What everybody sets for themselves, and working as a deputy."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daodi.core.matters.states import State
from daodi.core.people.absences import Absence, enter_absence
from daodi.core.people.roles import Role
from daodi.core.people.sessions import Session
from tests.makers import make_member, make_unit, reread

AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
PASSWORD = "Lamp-at-the-gate-7"


@pytest.fixture
def today():
    return timezone.localtime(timezone.now()).date()


def signed_in(username: str, agent: str = AGENT) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post(reverse("login"), {"username": username, "password": PASSWORD})
    return client


@pytest.fixture
def known(handler):
    handler.user.set_password(PASSWORD)
    handler.user.save(update_fields=["password"])
    return handler


def test_a_person_sees_where_they_are_signed_in_and_ends_the_rest(known, client) -> None:
    here = signed_in("handler")
    there = signed_in("handler", "Mozilla/5.0 (Linux; Android 10) MicroMessenger/8.0")
    page = here.get(reverse("desk:me"))
    shown = {(each["words"], each["is_this"]) for each in page.context["sessions"]}
    assert shown == {("Chrome · Windows", True), ("微信 · Android", False)}
    assert (
        "Signed out elsewhere: 1."
        in here.post(reverse("desk:me_sign_out"), follow=True).content.decode()
    )
    assert there.get(reverse("desk:me")).status_code == 302
    assert here.get(reverse("desk:me")).status_code == 200


def test_a_resident_s_session_is_nobody_s(client, operator) -> None:
    client.force_login(operator.user)
    assert Session.objects.get().user == operator.user
    session = Client().session
    session["code"] = "x"
    session.save()
    assert Session.objects.filter(user=None).count() == 1


def test_a_changed_password_ends_the_other_sessions(known) -> None:
    here, there = signed_in("handler"), signed_in("handler")
    given = {"old_password": PASSWORD, "new_password1": "Shines-again-8", "new_password2": "x"}
    assert here.post(reverse("desk:me_password"), given).status_code == 422
    given["new_password2"] = given["new_password1"]
    assert here.post(reverse("desk:me_password"), given).status_code == 302
    assert here.get(reverse("desk:me")).status_code == 200
    assert there.get(reverse("desk:me")).status_code == 302
    known.user.refresh_from_db()
    assert known.user.check_password("Shines-again-8")


def test_a_person_changes_their_name(client, handler) -> None:
    client.force_login(handler.user)
    assert client.post(reverse("desk:me_name"), {"name": "\u200b"}).status_code == 422
    client.post(reverse("desk:me_name"), {"name": " 李乙二 "})
    handler.user.refresh_from_db()
    assert str(handler.user) == "李乙二"


def test_an_absence_is_entered_and_ended(client, leader, handler, today) -> None:
    client.force_login(leader.user)
    given = {"first_day": today, "last_day": today + timedelta(days=3), "deputy": handler.pk}
    page = client.post(reverse("desk:absences"), given, follow=True)
    (absence,) = Absence.objects.all()
    assert (absence.member, absence.deputy, absence.entered_by) == (leader, handler, leader)
    assert [row["pk"] for row in page.context["absences"]] == [absence.pk]
    again = client.post(reverse("desk:absences"), given)
    assert (again.status_code, Absence.objects.count()) == (422, 1)
    client.post(reverse("desk:absence_end", args=[absence.pk]))
    assert not Absence.objects.standing().exists()


def test_a_leader_enters_it_for_their_people(client, leader, handler, today) -> None:
    third = make_member("third", Role.HANDLER)
    client.force_login(leader.user)
    page = client.get(reverse("desk:absences"), {"q": "Handl"})
    assert list(page.context["people"]) == [handler]
    given = {"first_day": today, "last_day": today, "deputy": third.pk}
    client.post(reverse("desk:absence_for", args=[handler.pk]), given)
    page = client.get(reverse("desk:absences"))
    assert [row["name"] for row in page.context["house"]] == [handler]


def test_a_deputy_works_in_the_place_of_the_absent(client, course, cast, today) -> None:
    leader, colleague = cast["leader"], make_member("colleague", Role.HANDLER)
    way = course().accepted()
    now = timezone.now()
    enter_absence(leader, deputy=colleague, first_day=today, last_day=today, by=leader, now=now)
    client.force_login(colleague.user)
    url = reverse("desk:matter", args=[way.matter.number])
    own = client.get(url)
    assert own.context["member"]["name"] == "Colleague"
    assert "suspend" not in {move["name"] for move in own.context["moves"]}
    assert [str(row["deputy"]) for row in own.context["away"]] == ["Colleague"]
    client.post(reverse("switch_member"), {"member": leader.pk})
    page = client.get(url)
    assert page.context["member"]["name"] == "Colleague (for Leader)"
    assert "suspend" in {move["name"] for move in page.context["moves"]}
    review = (today + timedelta(days=20)).isoformat()
    client.post(
        reverse("desk:move", args=[way.matter.number, "suspend"]),
        {"text": "Dug up.", "plan": "New cable.", "review_on": review},
    )
    page = client.get(url)
    assert page.context["events"][0]["who"] == "Colleague (for Leader)"
    absence = Absence.objects.get()
    absence.ended_at = now
    absence.save(update_fields=["ended_at"])
    assert client.get(url).context["member"]["name"] == "Colleague"
    assert reread(way.matter).state == State.HANDLING


def test_a_deputy_of_a_leader_enters_no_absences_in_that_place(client, leader, today) -> None:
    colleague = make_member("colleague", Role.HANDLER)
    third = make_member("third", Role.HANDLER)
    now = timezone.now()
    enter_absence(leader, deputy=colleague, first_day=today, last_day=today, by=leader, now=now)
    client.force_login(colleague.user)
    client.post(reverse("switch_member"), {"member": leader.pk})
    assert client.get(reverse("desk:absence_for", args=[third.pk])).status_code == 404
    page = client.get(reverse("desk:absences"))
    assert (page.context["found"], "house" in page.context) == (colleague, False)
    assert [row["name"] for row in page.context["deputyships"]] == [leader]


@pytest.mark.parametrize("count", [1, 3])
def test_absences_of_a_house_cost_the_same_for_many_as_for_one(
    client, leader, count, today, django_assert_num_queries
) -> None:
    deputy = make_member("deputy", Role.HANDLER)
    for number in range(count):
        member = make_member(f"clerk{number}", Role.HANDLER)
        enter_absence(
            member, deputy=deputy, first_day=today, last_day=today, by=member, now=timezone.now()
        )
    make_unit("estate")
    client.force_login(leader.user)
    with django_assert_num_queries(7):
        page = client.get(reverse("desk:absences"))
    assert len(page.context["house"]) == count
