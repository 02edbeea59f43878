"""The bell, the list behind it, how somebody is told, and what did not arrive."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daodi.core.notices.models import Address, Delivery, Notice
from daodi.core.notices.sending import send_due
from daodi.core.notices.services import choose
from daodi.core.notices.tests.servers import mail_server
from daodi.core.notices.words import desk_link
from daodi.core.people.roles import Role
from tests.makers import NOON, make_matter, make_member

BELL = re.compile(r'class="bell-count num"[^>]*>([^<]+)<')
AWAKE = (NOON.time().replace(hour=0),) * 2
LATER = NOON + timedelta(hours=1)


def page_of(member, name: str, *args) -> str:
    client = Client()
    client.force_login(member.user)
    return client.get(reverse(f"desk:{name}", args=args)).content.decode()


def posted(member, name: str, *args, **given):
    client = Client()
    client.force_login(member.user)
    return client.post(reverse(f"desk:{name}", args=args), given, follow=True)


def bell(member) -> list[str]:
    return BELL.findall(page_of(member, "inbox"))


def test_the_bell_counts_what_is_unread(course, handler, operator) -> None:
    numbers = [course().dispatched().matter.number for _ in range(3)]
    assert (bell(handler), bell(operator)) == (["3"], [])
    newest = Notice.objects.of(handler).newest_first().first()
    client = Client()
    client.force_login(handler.user)
    answer = client.get(reverse("desk:notice", args=[newest.pk]))
    assert answer.url == reverse("desk:matter", args=[numbers[2]])
    assert bell(handler) == ["2"]
    posted(handler, "notices_read", notice=Notice.objects.of(handler).unread().first().pk)
    assert bell(handler) == ["1"]
    posted(handler, "notices_read")
    assert bell(handler) == []


def test_it_stops_counting_at_99(handler, matter) -> None:
    Notice.objects.bulk_create(
        Notice(matter=matter, seq=seq, member=handler, name="write", at=NOON)
        for seq in range(2, 105)
    )
    assert bell(handler) == ["99+"]
    first, _sep, rest = page_of(handler, "notices").partition("?after=")
    assert first.count("notice-unread") == 50
    assert rest


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    course, handler, count, django_assert_num_queries
) -> None:
    for n in range(count):
        course(make_matter(f"Lamp {n} is dark")).dispatched()
    client = Client()
    client.force_login(handler.user)
    with django_assert_num_queries(5):
        page = client.get(reverse("desk:notices")).content.decode()
    assert page.count("New for your unit: sign for it") == count


def test_nobody_reads_of_what_they_see_no_longer(course, handler) -> None:
    matter = course().dispatched().matter
    type(matter).objects.filter(pk=matter.pk).update(seen_by_units=[])
    page = page_of(handler, "notices")
    assert (matter.title in page, matter.number in page) == (False, False)
    assert "(you see it no longer)" in page


def test_others_notices_are_not_mine(course, handler, leader) -> None:
    course().dispatched()
    notice = Notice.objects.get()
    assert posted(leader, "notices_read", notice=notice.pk).status_code == 200
    assert bell(handler) == ["1"]


def test_choosing_trying_and_being_told(course, handler) -> None:
    given = {"own-quiet_from": "00:00", "own-quiet_to": "00:00"}
    given |= {f"own-{name}_pace": "never" for name in ("sms", "wecom", "dingtalk", "feishu")}
    with mail_server() as letters:
        answer = posted(
            handler, "notices_choose", "own", **given,
            **{"own-mail_pace": "once", "own-mail_to": "nobody"},
        )  # fmt: skip
        assert answer.status_code == 422
        assert "This is no e-mail address." in answer.content.decode()
        posted(
            handler, "notices_choose", "own", **given,
            **{"own-mail_pace": "once", "own-mail_to": "h@x.example"},
        )  # fmt: skip
        posted(handler, "notices_test", Address.objects.get().pk)
        course().dispatched()
        send_due(LATER)
        letters.answer = "451 Mailbox full"
        Address.objects.update(tested_at=None)
        refused = posted(handler, "notices_test", Address.objects.get().pk)
    assert [letter["to"] for letter in letters.got] == ["h@x.example"] * 2
    assert "It could not be sent: 451 Mailbox full" in refused.content.decode()


def test_who_leads_a_unit_chooses_for_its_group(leader, handler) -> None:
    given = {"unit-quiet_from": "21:00", "unit-quiet_to": "08:00"}
    given |= {f"unit-{name}_pace": "never" for name in ("wecom", "dingtalk")}
    given |= {"unit-feishu_pace": "once", "unit-feishu_to": "0a1b2c3d4e5f"}
    assert posted(handler, "notices_choose", "unit", **given).status_code == 404
    assert posted(leader, "notices_choose", "unit", **given).status_code == 200
    address = Address.objects.get()
    assert (address.unit, address.carrier, address.to) == (leader.unit, "feishu", "0a1b2c3d4e5f")
    assert posted(handler, "notices_test", address.pk).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_what_did_not_arrive_is_seen_and_sent_again(
    course, handler, manager, count, django_assert_num_queries
) -> None:
    far = make_member("far", Role.SUPERVISOR, unit="elsewhere")
    with mail_server() as letters:
        choose("mail", to="h@x.example", pace="once", quiet=AWAKE, by=handler, unit=None)
        for n in range(count):
            course(make_matter(f"Lamp {n} is dark")).dispatched()
        letters.answer = "550 unknown user"
        send_due(LATER)
        client = Client()
        client.force_login(manager.user)
        with django_assert_num_queries(5):
            page = client.get(reverse("desk:notices_failed")).content.decode()
        assert page.count("550 unknown user") == count
        letters.answer = "250 OK"
        delivery = Delivery.objects.first()
        assert posted(far, "notice_again", delivery.pk).status_code == 404
        posted(manager, "notice_again", delivery.pk)
        send_due(timezone.now())
    assert Delivery.objects.failed().count() == count - 1
    assert "550" not in page_of(far, "notices_failed")


def test_links_lead_to_pages_that_are_there(settings) -> None:
    settings.SITE_URL = "https://12345.example"
    number = "SQ-20261121-000123"
    assert desk_link(number) == settings.SITE_URL + reverse("desk:matter", args=[number])
    assert desk_link() == settings.SITE_URL + reverse("desk:notices")
