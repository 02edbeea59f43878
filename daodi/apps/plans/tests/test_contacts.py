"""Contact places: who has them, what is written down of a visit, and what becomes of it."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from daodi.apps.plans.contacts import Concern, ContactPlace, Visit
from daodi.apps.plans.showing_contacts import house_reminders, own_reminders
from daodi.apps.plans.tests.makers import make_place, make_visit
from daodi.apps.plans.visiting import change_visit, give_back, record_visit, send_on, take_place
from daodi.apps.plans.visits_report import report_of
from daodi.core.exceptions import NotYours, Refused
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.people.roles import Role
from daodi.lib.sheets import open_table
from tests.makers import DAY, NOON, make_ledger, make_member

TODAY = NOON.date()
PLACE = "At least two contact places: there are fewer yet."
VISIT = "A visit this quarter, by 2026-03-31."


@pytest.fixture
def chief(db):
    """Keeps the whole county, and has places too."""
    return make_member("chief", Role.LEADER, unit="county", parent=None)


def test_a_leader_is_reminded_until_there_are_two_places_and_a_visit(leader) -> None:
    assert own_reminders(leader, NOON) == [PLACE, VISIT]
    first = make_place(leader)
    assert own_reminders(leader, NOON) == [PLACE, VISIT]
    second = make_place(leader, "Second school", kind="school")
    assert own_reminders(leader, NOON) == [VISIT]
    make_visit(first)
    assert own_reminders(leader, NOON) == []
    # A new quarter asks again; a place given back does not count.
    assert own_reminders(leader, NOON + 40 * DAY) == ["A visit this quarter, by 2026-06-30."]
    give_back(second, by=leader, now=NOON)
    assert own_reminders(leader, NOON) == [PLACE]


def test_who_keeps_a_house_sees_whom_to_remind_of_what(leader, chief, handler, outsider) -> None:
    for name in ("Zhang village", "Li village"):
        make_place(leader, name)
    # The handler is no leading cadre, and of the county's chief nobody above is told.
    assert [(str(who), lacks) for who, lacks in house_reminders(chief, NOON)] == [
        ("Leader", [VISIT]), ("Outsider", [PLACE, VISIT]),
    ]  # fmt: skip
    assert house_reminders(outsider, NOON) == []
    make_visit(ContactPlace.objects.first())
    assert [str(who) for who, _lacks in house_reminders(chief, NOON)] == ["Outsider"]


def test_only_leading_cadres_have_places_and_only_their_house_gives_them(
    leader, chief, handler, outsider
) -> None:
    given = {"kind": "village", "name": "Zhang village"}
    with pytest.raises(Refused, match="leading cadres"):
        take_place(ContactPlace(member=handler, **given), by=chief, now=NOON)
    with pytest.raises(NotYours):
        take_place(ContactPlace(member=leader, **given), by=outsider, now=NOON)
    take_place(ContactPlace(member=leader, **given), by=chief, now=NOON)
    with pytest.raises(Refused, match="has this place already"):
        take_place(ContactPlace(member=leader, **given), by=leader, now=NOON)
    place = ContactPlace.objects.get()
    with pytest.raises(NotYours):
        give_back(place, by=outsider, now=NOON)
    give_back(place, by=chief, now=NOON)
    with pytest.raises(Refused, match="given back"):
        make_visit(place)


def test_a_visit_is_written_down_afterwards_by_whoever_has_the_place(leader, chief) -> None:
    place = make_place(leader)
    given = {"seen": "The new road is used.", "by": leader, "now": NOON}
    with pytest.raises(Refused, match="a day that has come"):
        record_visit(place, day=date(2026, 3, 3), **given)
    with pytest.raises(Refused, match="what you saw and heard"):
        record_visit(place, day=TODAY, **{**given, "seen": "  "})
    with pytest.raises(Refused, match="in a few words"):
        record_visit(place, day=TODAY, concerns=["No"], **given)
    with pytest.raises(NotYours):
        record_visit(place, day=TODAY, **{**given, "by": chief})
    visit = record_visit(place, day=TODAY, concerns=["The well is dry.", " "], **given)
    change_visit(
        visit, day=date(2026, 3, 1), seen="Used by all.", concerns=["No bus."], by=leader, now=NOON
    )
    assert (visit.day, visit.seen) == (date(2026, 3, 1), "Used by all.")
    assert [str(each) for each in visit.concerns.all()] == ["The well is dry.", "No bus."]


def test_a_problem_becomes_a_matter_once(leader, operator) -> None:
    ledger = make_ledger()
    town = Division.objects.create(code="410221101", name="Chengguan", level="town")
    place = make_place(leader, division=town)
    visit = make_visit(place, concerns=["The well is dry."])
    concern = visit.concerns.get()
    matter = send_on(concern, ledger, by=leader, now=NOON)
    assert (matter.state, matter.channel, matter.division, matter.address) == (
        "received", "inspection", town, "Zhang village",
    )  # fmt: skip
    assert matter.text == ("The well is dry.\n\nFound on the visit to Zhang village on 2026-03-02.")
    assert list(Matter.objects.visible_to(operator)) == [matter]
    with pytest.raises(Refused, match="a matter already"):
        send_on(Concern.objects.get(), ledger, by=leader, now=NOON)


def test_a_visit_takes_one_screen_and_a_problem_one_step(client, leader) -> None:
    ledger = make_ledger()
    client.force_login(leader.user)
    # Who has no place is asked for one first.
    answer = client.get(reverse("plans:visit_new"))
    assert answer.url == reverse("plans:place_new")
    made = client.post(answer.url, {"kind": "village", "name": "Zhang village"})
    assert made.status_code == 302
    place = ContactPlace.objects.get()
    day = f"{timezone.localtime().date()}"
    new = reverse("plans:visit_new")
    given = {"place": place.pk, "day": day, "seen": "All well.", "concerns": "No bus.\nDry well."}
    assert client.post(new, {**given, "seen": ""}).status_code == 422
    page = client.post(new, given, follow=True)
    visit = Visit.objects.get()
    assert page.redirect_chain == [(reverse("plans:visit", args=[visit.pk]), 302)]
    first, second = visit.concerns.all()
    send = reverse("plans:concern_send", args=[first.pk])
    page = client.post(send, {"ledger": ledger.pk}, follow=True).content.decode()
    number = Matter.objects.get().number
    assert page.count(number) == 2  # said once, and beside the problem
    refused = client.post(send, {"ledger": ledger.pk}, follow=True).content.decode()
    assert "It is a matter already." in refused
    # Sent on at once, the two come as matters together.
    client.post(new, {**given, "ledger": ledger.pk})
    assert Matter.objects.count() == 3
    second.refresh_from_db()
    assert second.matter is None


def test_only_the_house_sees_its_places(client, leader, chief, outsider) -> None:
    place = make_place(leader)
    visit = make_visit(place)
    for who, status in ((leader, 200), (chief, 200), (outsider, 404)):
        each = Client()
        each.force_login(who.user)
        for name, pk in (("place", place.pk), ("visit", visit.pk)):
            assert each.get(reverse(f"plans:{name}", args=[pk])).status_code == status


def test_the_report_of_a_quarter_as_page_workbook_and_document(
    client, leader, chief, tmp_path
) -> None:
    now = timezone.now()
    place, waiting = make_place(leader, now=now), make_place(leader, "Li village", now=now)
    make_visit(place, concerns=["The well is dry.", "No bus."], ledger=make_ledger(), now=now)
    report = report_of(chief, timezone.localtime(now).date())
    assert "2 contact places with 1 visits. 2 problems were found: 2 of them" in report.summary
    assert report.waiting == [waiting]
    client.force_login(chief.user)
    page = client.get(reverse("plans:visits_report")).content.decode()
    assert page.count("The well is dry.") == 1
    workbook = client.get(reverse("plans:visits_file", args=["xlsx"])).content
    document = client.get(reverse("plans:visits_file", args=["docx"])).content
    tables = Document(BytesIO(document)).tables
    assert [row.cells[0].text for row in tables[1].rows] == [
        "Problem", "The well is dry.", "No bus.",
    ]  # fmt: skip
    path = tmp_path / "visits.xlsx"
    path.write_bytes(workbook)
    (visit,) = open_table(path).rows()
    assert (visit.cells["Contact place"], visit.cells["Who was there"]) == (
        "Zhang village",
        "Leader",
    )


@pytest.mark.parametrize("name", ["contacts", "house", "visits_report", "place"])
def test_pages_cost_the_same_for_one_visit_and_for_three(client, leader, chief, name) -> None:
    counts, ledger = [], make_ledger()
    place = make_place(leader)
    args = [place.pk] if name == "place" else []
    client.force_login(chief.user if name == "house" else leader.user)
    for number in (1, 3):
        for index in range(number):
            other = make_place(leader, f"Place {number} {index}")
            make_visit(place, concerns=["The well is dry."], ledger=ledger)
            make_visit(other, concerns=["The well is dry."], ledger=ledger)
        client.get(reverse(f"plans:{name}", args=args))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(f"plans:{name}", args=args)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 12
