"""Two requests in one filing become two matters; their resident follows both."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from daodi.core.exceptions import Refused
from daodi.core.history.contact import read_contact
from daodi.core.history.verify import faults_of
from daodi.core.matters.attachments import examine_files
from daodi.core.matters.belongings import Contact
from daodi.core.matters.contacts import Person
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.search.reading import matching
from tests.files import photo
from tests.makers import HOUR, NOON, make_category, make_ledger, make_matter, reread

BOTH = "The street lamp is dark. And the drain is blocked."
DRAIN = "The drain is blocked."


def part_of(matter) -> Matter:
    return Matter.objects.for_page().get(split_from=matter)


def test_the_part_is_a_matter_of_its_own(course, operator) -> None:
    run = course(make_matter(BOTH, address="East gate", kind="help"))
    run.now += HOUR
    drains = make_category(run.matter.ledger, "CX02", "Drains", kind_hint="complaint")
    matter = run.step("split", "operator", text=DRAIN, category=drains).matter
    part = part_of(matter)
    assert (part.text, part.title, part.address) == (DRAIN, "The drain is blocked.", "East gate")
    assert (part.state, part.category, part.kind) == (State.RECEIVED, drains, "complaint")
    assert (matter.text, matter.state) == (BOTH, State.RECEIVED)
    assert part.number != matter.number
    (line,) = matter.events.filter(name="split")
    (begin,) = part.events.all()
    assert (line.data["into"], line.by, line.is_public) == (part.number, operator, True)
    assert (begin.data["split_from"], begin.by, begin.at) == (matter.number, operator, NOON)
    assert [faults_of(each, list(each.events.order_by("seq"))) for each in (matter, part)] == [
        [], [],
    ]  # fmt: skip


def test_the_part_is_found_and_looked_at_like_any_filing(course) -> None:
    part = part_of(course(make_matter(BOTH)).step("split", "operator", text=DRAIN).matter)
    assert list(matching(Matter.objects.all(), "is blocked.").order_by("pk")) == [
        part.split_from, part,
    ]  # fmt: skip
    queued = ProcrastinateJob.objects.filter(task_name="daodi.core.tasks.advise_on")
    assert queued.latest("id").args == {"matter_id": part.pk}


def test_splitting_gains_nobody_time(course) -> None:
    run = course(make_matter(BOTH))
    run.now += 5 * HOUR
    matter = run.step("split", "operator", text=DRAIN).matter
    part = part_of(matter)
    assert (part.filed_at, part.due_at) == (matter.filed_at, matter.due_at)


def test_the_contact_is_sealed_for_both_and_read_by_nobody(course, operator) -> None:
    matter = course(make_matter(BOTH)).step("split", "operator", text=DRAIN).matter
    part = part_of(matter)
    one, other = (Contact.objects.get(pk=each.pk) for each in (matter, part))
    assert bytes(one.sealed) != bytes(other.sealed)
    assert bytes(one.phone_hash) == bytes(other.phone_hash)
    assert matter.events.filter(name="contact_read").count() == 0
    person = read_contact(part, by=operator, sides={Side.OPERATOR}, now=NOON)
    assert person == Person("Wang", "13800000000")


def test_a_part_of_a_part_belongs_to_the_first_filing(course) -> None:
    run = course(make_matter(BOTH)).step("split", "operator", text=DRAIN)
    first = run.matter
    course(part_of(first)).step("split", "operator", text="The drain smells too.")
    assert [part.text for part in first.split_off.order_by("pk")] == [
        DRAIN, "The drain smells too.",
    ]  # fmt: skip


def test_the_part_of_a_confidential_one_is_seen_by_the_same(course, cast) -> None:
    make_ledger().confidants.add(cast["operator"])
    run = course(make_matter(BOTH, is_confidential=True, may_publish=True))
    make_ledger().confidants.clear()
    part = part_of(run.step("split", "operator", text=DRAIN).matter)
    assert (part.is_confidential, part.may_publish) == (True, False)
    assert (part.seen_by_units, part.seen_by_members) == ([], [cast["operator"].pk])


def test_a_confidential_part_of_an_open_one_is_seen_by_confidants(course, cast, caller) -> None:
    ledger = make_ledger()
    ledger.confidants.add(caller)
    quiet = make_category(ledger, "CX09", "Violence", is_confidential=True)
    run = course(make_matter(BOTH))
    matter = run.step("split", "operator", text="He beats her.", category=quiet).matter
    part = part_of(matter)
    assert (part.seen_by_units, part.seen_by_members) == (
        [], sorted([caller.pk, cast["operator"].pk]),
    )  # fmt: skip
    assert matter.is_confidential is False
    assert list(Matter.objects.visible_to(cast["supervisor"])) == [matter]
    # Of the confidential part, the open one's history tells nothing but that there is one.
    line = matter.events.get(name="split")
    assert (line.data, hasattr(line, "words")) == ({"into": part.number}, False)


def test_chosen_files_go_along_as_copies(course) -> None:
    run = course()
    upload = photo("drain.jpg")
    files = examine_files([(upload.name, upload.file)])
    run.step("note", "operator", text="By mail.", public=True, files=files)
    (stored,) = run.matter.attachments.all()
    matter = run.step("split", "operator", text=DRAIN, attachments=[stored]).matter
    (copy,) = part_of(matter).attachments.all()
    assert (copy.name, bytes(copy.digest), copy.is_picture, copy.seq) == (
        "drain.jpg", bytes(stored.digest), True, 1,
    )  # fmt: skip
    assert copy.key != stored.key


@pytest.mark.parametrize("text", ["", "Hm"])
def test_a_part_has_words_of_its_own(course, text) -> None:
    run = course(make_matter(BOTH))
    with pytest.raises(Refused):
        run.step("split", "operator", text=text)
    assert (Matter.objects.count(), reread(run.matter).version) == (1, 1)


def test_only_before_it_is_with_a_unit(course) -> None:
    with pytest.raises(Refused, match="not possible"):
        course().dispatched().step("split", "operator", text=DRAIN)
