"""What is due is sent, to a real mail server: once, in time, and never lost."""

from datetime import time, timedelta

import pytest

from daodi.core.matters.contacts import Person
from daodi.core.matters.states import Side
from daodi.core.notices.judging import judge_link
from daodi.core.notices.models import Address, Delivery, Notice
from daodi.core.notices.sending import LEASE, WAITS, send_due
from daodi.core.notices.services import choose, forget_old, try_again
from daodi.core.notices.tests.servers import free_port, mail_server
from daodi.core.notices.times import after_quiet
from daodi.core.people.services import change_member
from tests.makers import DAY, HOUR, NOON, make_matter, reread

SITE = "https://12345.example"
MINUTE = timedelta(minutes=1)
NIGHT = time(21), time(8)
State = Delivery.State


@pytest.fixture
def letters(settings):
    settings.SITE_URL = SITE
    with mail_server() as letters:
        yield letters


@pytest.fixture
def told_by_mail(letters, handler):
    choose("mail", to="handler@qixian.example", pace="once", quiet=NIGHT, by=handler, unit=None)
    return letters


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_a_letter_says_what_is_new_and_leads_there(course, told_by_mail) -> None:
    number = course().dispatched().matter.number
    assert [send_due(NOON + HOUR), send_due(NOON + HOUR)] == [1, 0]
    letter = told_by_mail.got[0]
    line = f"New for your unit: sign for it · The street lamp is broken. ({number})"
    assert (letter["to"], letter["from"]) == ("handler@qixian.example", "daodi@qixian.example")
    assert letter["subject"].strip() == line
    assert told_by_mail.texts() == [f"{line}\n{SITE}/desk/matters/{number}/"]
    assert states() == ["sent"]


def test_the_night_brings_one_letter_in_the_morning(course, told_by_mail) -> None:
    night = NOON + 10 * HOUR
    numbers = [
        course(make_matter(f"Lamp {n} is dark", now=night)).dispatched().matter.number
        for n in range(3)
    ]
    assert [send_due(night + HOUR), send_due(NOON + 21 * HOUR)] == [0, 1]
    assert told_by_mail.got[0]["subject"] == "3 new notices"
    lines = told_by_mail.texts()[0].splitlines()
    assert [line[-len(number) - 1 : -1] for line, number in zip(lines, numbers, strict=False)] == (
        numbers
    )
    assert lines[3] == f"{SITE}/desk/notices/"


def test_a_critical_matter_wakes_people_up(course, told_by_mail) -> None:
    night = NOON + 10 * HOUR
    story = course(make_matter("Gas leaks here", now=night)).listed(urgency="critical")
    story.step("dispatch", "operator", lead=story.cast["handler"].unit)
    assert send_due(story.now) == 1
    assert told_by_mail.got[0]["subject"].strip().startswith("[Critical] New for your unit")


def test_nothing_of_a_confidential_matter_leaves_the_house(course, handler, told_by_mail) -> None:
    matter = make_matter("The director takes bribes.", is_confidential=True)
    matter.ledger.confidants.add(handler)
    story = course(matter)
    matter.seen_by_members = [story.cast["operator"].pk]
    type(matter).objects.filter(pk=matter.pk).update(seen_by_members=matter.seen_by_members)
    story.dispatched(named=[handler])
    send_due(story.now)
    assert told_by_mail.texts() == [
        f"Something new on a confidential matter: sign in to read it\n{SITE}/desk/notices/"
    ]


def test_the_group_of_a_unit_hears_it_once_and_nothing_confidential(course, leader) -> None:
    choose_group = {"to": "k" * 20, "pace": "once", "quiet": NIGHT, "by": leader}
    choose("feishu", unit=leader.unit, **choose_group)
    course().handed_in().step("send_back", "caller", text="Still dark.")
    told = Delivery.objects.order_by("pk").values_list("notice__name", "address__carrier")
    assert list(told) == [("dispatch", "feishu"), ("send_back", "feishu")]
    assert Notice.objects.filter(name="send_back").count() == 2


def test_the_resident_hears_of_what_matters_and_can_open_it(course, letters) -> None:
    person = Person("Wang", email="wang@mail.example", notify="mail")
    story = course(make_matter(person=person)).accepted()
    story.step("ask", "handler", text="Which lamp?").step("reply", Side.RESIDENT, text="No. 7.")
    story.step("hand_in", "handler", account="New bulb.", answer="Repaired.")
    answered = story.matter
    story.step("clear", "caller")
    number = story.matter.number
    while send_due(story.now):
        pass
    link = letters.texts()[0].splitlines()[1]
    assert link.startswith(f"{SITE}/track/{number}/?code=")
    judge = SITE + judge_link(answered, now=answered.handed_in_at)
    assert letters.texts() == [
        f"We have your request {number}. Follow it here\n{link}",
        f"We need to know something about your request {number}. Please reply\n{link}",
        f"There is an answer to your request {number}. Is it solved? Please say\n{judge}",
        f"Your request {number} is done. If the problem is back, say so here\n{link}",
    ]
    assert {letter["to"] for letter in letters.got} == {"wang@mail.example"}
    assert not story.matter.events.filter(name="contact_read").exists()


def test_who_did_not_ask_is_not_told(course, letters) -> None:
    story = course().handed_in()
    assert (send_due(story.now), Notice.objects.filter(member=None).count()) == (0, 0)


def test_more_time_is_told_with_its_day(course, letters) -> None:
    person = Person("Wang", email="wang@mail.example", notify="mail")
    story = course(make_matter(person=person)).accepted()
    story.step("extend", "handler", until=(NOON + 40 * DAY).date(), text="Parts are late.")
    story.step("grant_extension", "supervisor")
    send_due(story.now, most=2)
    assert letters.got[1]["subject"].endswith("takes longer: you get an answer by 2026-04-11")


def test_everybody_whose_request_was_merged_hears_the_answer(course, letters) -> None:
    person = Person("Li", email="li@mail.example", notify="mail")
    story = course().accepted()
    other = make_matter("The same lamp.", person=person)
    into = reread(story.matter)
    course(other).step("merge", "operator", into=into)
    story.matter = reread(story.matter)
    story.step("hand_in", "handler", account="New bulb.", answer="Repaired.")
    while send_due(story.now):
        pass
    assert [text.split(" your request")[0] for text in letters.texts()] == [
        "We have",
        "Others asked for the same:",
        "There is an answer to",
    ]


def test_a_server_that_is_away_is_asked_again_later(course, told_by_mail, settings) -> None:
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    now = course().dispatched().now
    for wait in WAITS:
        assert (send_due(now), states()) == (1, ["waiting"])
        due = Delivery.objects.get().due_at
        assert due == now + wait
        now = after_quiet(due)
    assert (send_due(now), states()) == (1, ["failed"])
    delivery = Delivery.objects.get()
    assert delivery.reason.startswith("[Errno 111]")
    settings.EMAIL_PORT = there
    try_again(delivery, now=now)
    assert (send_due(now), states(), len(told_by_mail.got)) == (1, ["sent"], 1)


def test_an_address_that_nobody_has_fails_at_once(course, told_by_mail) -> None:
    told_by_mail.answer = "550 handler@qixian.example is unknown"
    now = course().dispatched().now
    send_due(now)
    assert states() == ["failed"]
    assert Delivery.objects.get().reason == "550 … is unknown"


def test_what_died_while_it_was_sent_is_sent_once_more_and_says_so(course, told_by_mail) -> None:
    now = course().dispatched().now
    for _time in range(2):
        Delivery.objects.update(state=State.SENDING, changed_at=now)  # and here it was killed
        assert (send_due(now + LEASE - MINUTE), len(told_by_mail.got)) == (0, _time)
        now += LEASE
        send_due(now)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.is_unsure, len(told_by_mail.got)) == ("failed", True, 1)


def test_whoever_wants_no_more_letters_gets_none(course, handler, told_by_mail) -> None:
    now = course().dispatched().now
    choose("mail", to="", pace="never", quiet=NIGHT, by=handler, unit=None)
    assert (send_due(now), Address.objects.get().pace, states()) == (0, "never", [])
    assert Notice.objects.filter(member=handler).count() == 1


def test_who_has_left_is_told_nothing_more(course, handler, told_by_mail) -> None:
    now = course().dispatched().now
    change_member(handler, roles=handler.roles, is_active=False)
    assert (send_due(now), states()) == (0, [])


def test_notices_are_forgotten_after_a_year(course, told_by_mail) -> None:
    course().dispatched()
    course(make_matter("The lamp is dark", now=NOON + 100 * DAY)).dispatched()
    assert forget_old(NOON + 366 * DAY) == 1
    assert Notice.objects.get().at > NOON + DAY
    assert Delivery.objects.count() == 1
