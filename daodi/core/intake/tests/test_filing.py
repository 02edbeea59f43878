"""Filing: what is taken, what is refused, and that a form sent twice makes one matter."""

import uuid
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection

from daodi.core.exceptions import NotYours, Refused
from daodi.core.intake.codes import code_fits
from daodi.core.intake.filing import Filing, file_matter
from daodi.core.ledgers.fields import FieldRefused
from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from tests.makers import NOON, make_category, make_ledger, make_matter, make_member, make_unit

LAMP = "The street lamp is broken."
PARTS = "点位,灯数,日期,路灯,类型,同意,电话"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (LAMP, LAMP),
        ("路灯坏了。请修。", "路灯坏了"),
        ("Broken! Please come", "Broken"),
        ("路灯坏了\n在人民路", "路灯坏了"),
        ("！！！路灯坏了", "路灯坏了"),
        ("？\n\n 路灯坏了", "路灯坏了"),
        ("????", "????"),
        ("灯" * 61, "灯" * 59 + "…"),
    ],
)
def test_a_title_is_made_of_how_the_text_begins(db, text, title) -> None:
    assert make_matter(text).title == title


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("路灯坏了 \U0001f4a1\U0001f44d\U0001f3fd", "路灯坏了 \U0001f4a1\U0001f44d\U0001f3fd"),
        ("lamp\x00 is\x08 dark", "lamp is dark"),
        ("lamp \u202egnorw\u202c dark\u200b", "lamp gnorw dark"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE core_matter;--", "'; DROP TABLE core_matter;--"),
        ('=HYPERLINK("x") %s {{ x }}', '=HYPERLINK("x") %s {{ x }}'),
        ("one\r\n\r\n\r\n\r\n\r\ntwo", "one\n\n\ntwo"),
        ("\u3000\u3000路灯坏了\t\t了", "路灯坏了 了"),
    ],
)
def test_text_is_kept_as_text_without_what_nobody_sees(db, given, kept) -> None:
    assert Matter.objects.get(pk=make_matter(given).pk).text == kept


@pytest.mark.parametrize(
    ("filing", "why"),
    [
        ({"text": ""}, "in a few words"),
        ({"text": " 灯\u200b\u200b\u200b坏 "}, "in a few words"),
        ({"text": "x" * 5001}, "5001 characters; at most 5000"),
        ({"title": "x" * 121}, "title is too long; 120"),
        ({"kind": "task"}, "filings of that kind"),
        ({"kind": "gossip"}, "filings of that kind"),
        ({"urgency": "now!"}, "filings of that kind"),
        ({"extra": {"lamps": "many"}}, "write a number"),
    ],
)
def test_what_is_refused_leaves_nothing(db, filing, why) -> None:
    ledger = make_ledger(fields=[{"name": "lamps", "label": "Lamps", "type": "number"}])
    with pytest.raises(Refused, match=why):
        make_matter(**{"text": LAMP, "ledger": ledger, **filing})
    assert not Matter.objects.exists()


def test_as_much_as_fits(db) -> None:
    matter = make_matter("x" * 5000, title="y" * 120, address="z" * 300)
    assert [len(text) for text in (matter.text, matter.title, matter.address)] == [5000, 120, 200]


def test_a_position_is_on_earth(db) -> None:
    matter = make_matter(position=(34.5512, 114.7834))
    assert (matter.lat, matter.lon) == (34.5512, 114.7834)
    with pytest.raises(IntegrityError, match="matter_position_on_earth"):
        make_matter(position=(114.7834, 34.5512))


@pytest.mark.parametrize(
    ("asked", "hint", "kind"),
    [
        ("", "", "help"),
        ("consult", "", "consult"),
        ("", "complaint", "complaint"),
        ("consult", "complaint", "consult"),
        ("", "task", "help"),  # a hint that the ledger knows nothing of
    ],
)
def test_of_which_kind_it_is(db, asked, hint, kind) -> None:
    category = make_category(make_ledger(), code="CX02", kind_hint=hint)
    assert make_matter(kind=asked, category=category).kind == kind


def test_a_category_of_another_ledger_is_refused(db) -> None:
    other = make_ledger("tasks", prefix="RW").categories.get()
    with pytest.raises(Refused, match="another ledger"):
        make_matter(category=other)


def test_extra_fields_of_each_type(db) -> None:
    types = ["text", "number", "date", "choice", "choices", "yes", "phone"]
    specs = [
        {"name": kind, "label": label, "type": kind, "choices": ["a", "b"]}
        for kind, label in zip(types, PARTS.split(","), strict=True)
    ]
    given = {
        "text": " 7 ", "number": "03", "date": "2026-11-21", "choice": "a", "choices": ["a", "b"],
        "yes": "on", "phone": "138 0000 0000", "unknown": "x",
    }  # fmt: skip
    ledger = make_ledger(fields=specs)
    assert make_matter(ledger=ledger, extra=given).extra == {
        "text": "7", "number": "3", "date": "2026-11-21", "choice": "a", "choices": ["a", "b"],
        "yes": True, "phone": "13800000000",
    }  # fmt: skip
    with pytest.raises(FieldRefused, match="灯数"):
        make_matter(ledger=ledger, extra={"number": "many"})


@pytest.mark.parametrize("by_whom", ["the ledger", "the category", "the resident"])
def test_what_is_confidential_is_never_published(db, by_whom) -> None:
    ledger = make_ledger(is_confidential=by_whom == "the ledger")
    category = make_category(ledger, "CX02", is_confidential=by_whom == "the category")
    filing = {"category": category, "is_confidential": by_whom == "the resident"}
    matter = make_matter(ledger=ledger, may_publish=True, **filing)
    assert (matter.is_confidential, matter.may_publish) == (True, False)
    assert (matter.seen_by_units, matter.seen_by_members) == ([], [])


def test_only_a_public_ledger_publishes(db) -> None:
    private = make_ledger("private", prefix="P", is_public=False)
    assert [make_matter(may_publish=True).may_publish,
            make_matter(may_publish=True, ledger=private).may_publish] == [True, False]  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_which_members_file(db, role) -> None:
    ledger, member = make_ledger(), make_member("somebody", role, unit="centre")
    filers = (Role.OPERATOR, Role.INSPECTOR, Role.SUPERVISOR, Role.MANAGER, Role.LEADER)
    if role in filers:
        matter = file_matter(ledger, Filing(LAMP), now=NOON, by=member).matter
        assert matter.events.get().by == member
    else:
        with pytest.raises(NotYours):
            file_matter(ledger, Filing(LAMP), now=NOON, by=member)


@pytest.mark.parametrize("change", [{"residents_file": False}, {"is_active": False}])
def test_where_residents_cannot_file(db, change) -> None:
    with pytest.raises(Refused, match="does not take filings"):
        make_matter(ledger=make_ledger(**change))


def test_a_form_sent_twice_makes_one_matter_with_one_code(db) -> None:
    ledger, key = make_ledger(), uuid.uuid4()
    first, second = (file_matter(ledger, Filing(LAMP), now=NOON, form_key=key) for _ in "12")
    other = file_matter(ledger, Filing(LAMP), now=NOON, form_key=uuid.uuid4())
    assert (first.matter, first.code) == (second.matter, second.code)
    assert (first.is_new, second.is_new, other.is_new) == (True, False, True)
    assert code_fits(first.matter, second.code)
    assert not code_fits(first.matter, other.code)
    assert Matter.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_makes_one_matter() -> None:
    ledger, key, start, receipts = make_ledger(), uuid.uuid4(), Barrier(2), []
    make_unit("county")

    def send() -> None:
        start.wait()
        receipts.append(file_matter(ledger, Filing(LAMP), now=NOON, form_key=key))
        connection.close()

    both = [Thread(target=send) for _ in "12"]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(receipt.is_new for receipt in receipts) == [False, True]
    assert len({(receipt.matter.pk, receipt.code) for receipt in receipts}) == 1
    assert Matter.objects.get().events.count() == 1
