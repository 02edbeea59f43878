"""Contacts are sealed, found again by their number, and keys can be changed."""

import pytest
from cryptography.fernet import Fernet
from django.test import override_settings

from daodi.core.matters.belongings import Contact
from daodi.core.matters.contacts import (
    ContactUnreadable,
    Person,
    Reach,
    phone_hashes,
    reach_of,
    rotate,
    same_phone,
    seal,
    unseal,
)
from tests.makers import make_matter

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
WANG = Person("王芳", "13800000000")


def test_what_is_sealed_is_unsealed_and_nothing_of_it_is_seen(matter) -> None:
    row = seal(matter.pk, WANG)
    assert unseal(row) == WANG
    assert not any(word.encode() in bytes(row.sealed) for word in ("王芳", "138", "phone"))
    assert bytes(row.sealed) != bytes(seal(matter.pk, WANG).sealed)


def test_without_its_key_it_stays_sealed(matter) -> None:
    with override_settings(CONTACT_KEYS=[OLD]):
        row = seal(matter.pk, WANG)
    with override_settings(CONTACT_KEYS=[NEW]), pytest.raises(ContactUnreadable, match="missing"):
        unseal(row)


def test_keys_change_in_three_steps(db) -> None:
    with override_settings(CONTACT_KEYS=[OLD]):
        ids = [make_matter(f"Lamp {n} is dark", person=WANG).pk for n in range(3)]
    with override_settings(CONTACT_KEYS=[NEW, OLD]):
        assert sorted(same_phone("138 0000 0000")) == ids  # by the old key
        assert (rotate(batch=2), rotate()) == (3, 3)
        assert sorted(same_phone("138 0000 0000")) == ids
    with override_settings(CONTACT_KEYS=[NEW]):
        assert [unseal(row) for row in Contact.objects.all()] == [WANG] * 3
        assert sorted(same_phone("138 0000 0000")) == ids


def test_where_a_resident_is_told_is_sealed_too(matter) -> None:
    wang = Person("王芳", "13800000000", "wang@x.example", "mail")
    seal(matter.pk, wang, "ABCD2345").save()
    row = Contact.objects.get(pk=matter.pk)
    assert (row.tell_by, unseal(row)) == ("mail", wang)
    assert reach_of(matter) == Reach("wang@x.example", "ABCD2345")
    assert rotate() == 1
    assert reach_of(matter) == Reach("wang@x.example", "ABCD2345")
    assert matter.events.count() == 1  # nobody has looked


@pytest.mark.parametrize("person", [Person("Wang", "", notify="sms"), Person("W", notify="pigeon")])
def test_who_cannot_be_told_is_not(matter, person) -> None:
    seal(matter.pk, person).save()
    assert reach_of(matter) is None


@pytest.mark.parametrize(
    "written", ["138 0000 0000", "138-0000-0000", "１３８００００００００", "+86 13800000000"]
)
def test_a_number_is_the_same_however_it_is_written(written) -> None:
    assert phone_hashes(written) == phone_hashes("13800000000")


@pytest.mark.parametrize("phone", ["", "none", "-"])
def test_who_left_no_number_is_not_the_same_person(db, phone) -> None:
    make_matter(person=Person("Wang", phone))
    assert [same_phone(phone), same_phone("nobody")] == [[], []]
