"""Whoever rewrites history, with every right in the database, is found, and the line is named."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from daodi.core.history.chain import START, line_hash
from daodi.core.history.models import DayRoot, Event, EventText
from daodi.core.history.roots import close_days
from daodi.core.history.verify import verify_days, verify_matters
from daodi.core.matters.models import Matter
from tests.makers import DAY, NOON, make_matter, make_unit
from tests.walks import walk


@pytest.fixture
def history(course) -> Matter:
    """A matter with five lines: file, list, dispatch, accept, hand_in; and its day is closed."""
    matter = course().handed_in().matter
    close_days(NOON + DAY)
    assert faults() == day_faults() == []
    return matter


@pytest.fixture
def unguarded(history) -> None:
    """As the owner of the tables may: take the triggers away."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("core_event", "core_eventtext", "core_dayroot"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def faults() -> list[str]:
    return [str(fault).partition(" ")[2] for _matter, found in verify_matters() for fault in found]


def day_faults() -> list[str]:
    return [str(fault) for _day, found in verify_days() for fault in found]


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is done inside, so that one history serves for many changes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def lines(matter) -> list[Event]:
    return list(matter.events.order_by("seq"))


def shift(matter, after: int, by: int) -> None:
    """Renumber the lines that follow, the far ones first so that no number is taken twice."""
    later = matter.events.filter(seq__gt=after).order_by("-seq" if by > 0 else "seq")
    for event in later:
        Event.objects.filter(pk=event.pk).update(seq=F("seq") + by)


def copy_of(event: Event, seq: int) -> Event:
    event.pk, event.seq = None, seq
    return event


def rewrite(matter) -> None:
    """Hash the whole chain again, so that it fits itself and the head."""
    before = START
    for seq, event in enumerate(lines(matter), 1):
        event.seq = seq
        before = line_hash(before, event.line(matter.number))
        Event.objects.filter(pk=event.pk).update(seq=seq, hash=before)
    Matter.objects.filter(pk=matter.pk).update(head=before, version=matter.events.count())


def test_a_changed_column_of_a_line(history, unguarded) -> None:
    changes = [
        {"name": "note"},
        {"at": NOON},
        {"recorded_at": NOON},
        {"side": "leader"},
        {"by": None},
        {"unit": None},
        {"is_public": False},
        {"data": {"lead": "elsewhere"}},
        {"digest": None},
        {"digest": bytes(32)},
    ]
    for change in changes:
        with undone():
            history.events.filter(seq=3).update(**change)
            assert faults() == [f"#3 {change.get('name', 'dispatch')}: changed or inserted"]


def test_a_changed_number_or_hash(history, unguarded) -> None:
    history.events.filter(seq=3).update(hash=bytes(32))
    assert faults() == ["#3 dispatch: changed or inserted", "#4 accept: changed or inserted"]
    assert len(day_faults()) == 1
    Matter.objects.filter(pk=history.pk).update(number="SQ-20260302-999999")
    assert len(faults()) == 5


def test_a_removed_line(history, unguarded) -> None:
    for seq in (1, 2, 3, 4, 5):
        with undone():
            take_out(history, seq)
            assert faults() == [f"#{seq}: removed"]
            assert day_faults() == ["2026-03-02: 4 lines, but 5 when the day was closed"]
            shift(history, seq, -1)  # and the gap closed, which changes every later line
            assert len(faults()) == 5 - seq + 1
            assert faults()[-1] == "#5: removed"


def take_out(matter, seq: int) -> None:
    EventText.objects.filter(event__matter=matter, event__seq=seq).delete()
    matter.events.filter(seq=seq).delete()


def test_a_line_inserted_in_the_middle(history, unguarded) -> None:
    shift(history, 2, 1)
    copy_of(history.events.get(seq=2), 3).save(force_insert=True)
    assert faults() == [
        "#3 list: changed or inserted",
        "#4 dispatch: changed or inserted",
        "#5 accept: changed or inserted",
        "#6 hand_in: changed or inserted",
        "#6: inserted",
    ]


def test_a_line_inserted_at_the_end_even_with_the_right_hash(history, unguarded) -> None:
    forged = copy_of(history.events.get(seq=4), 6)
    forged.hash = line_hash(bytes(history.head), forged.line(history.number))
    forged.save(force_insert=True)
    assert faults() == ["#6: inserted"]


def test_changed_words(history, unguarded) -> None:
    words = EventText.objects.filter(event__seq=5)
    words.update(text="Never repaired.")
    assert faults() == ["#5 hand_in: its words were changed"]
    words.update(erased_at=NOON)  # pretending that they were erased
    assert faults() == ["#5 hand_in: its words were changed"]
    words.update(text="", salt=b"")  # erased indeed, but nobody recorded that
    assert faults() == ["#5 hand_in: its words were changed"]
    words.delete()
    assert faults() == ["#5 hand_in: its words were changed"]


def test_words_moved_into_the_salt(history, unguarded) -> None:
    words = EventText.objects.get(event__seq=3)
    cut = words.text.removeprefix("Please ")
    EventText.objects.filter(pk=words.pk).update(text=cut, salt=bytes(words.salt) + b"Please ")
    assert faults() == ["#3 dispatch: its words were changed"]


def test_changed_words_of_the_filing(history) -> None:
    changes = [
        {"title": "Another lamp"},
        {"text": "The street lamp is fine."},
        {"salt": bytes(16)},
        {"title": "", "text": "", "salt": b"", "erased_at": NOON},
        {"title": f"{history.title}\n{history.text}", "text": ""},
    ]
    for change in changes:
        with undone():
            Matter.objects.filter(pk=history.pk).update(**change)
            assert faults() == ["#1 file: its words were changed"]


def test_a_changed_head(history) -> None:
    changes = [
        ({"head": bytes(32)}, "#5: the chain was rewritten"),
        ({"version": 4}, "#5: inserted"),
        ({"version": 6}, "#6: removed"),
    ]
    for change, found in changes:
        with undone():
            Matter.objects.filter(pk=history.pk).update(**change)
            assert faults() == [found]


def test_a_line_moved_to_another_matter(history, unguarded) -> None:
    other = make_matter("Another lamp is dark.", now=NOON + DAY)
    history.events.filter(seq=4).update(matter=other, seq=2)
    assert faults() == ["#4: removed", "#2 accept: changed or inserted", "#2: inserted"]


def test_a_whole_chain_rewritten_is_told_by_the_root_of_its_day(history, unguarded) -> None:
    history.events.filter(seq=3).update(unit=make_unit("elsewhere"))
    rewrite(history)
    assert faults() == []
    assert day_faults() == ["2026-03-02: the root of the day is another one"]
    take_out(history, 4)
    rewrite(history)
    assert faults() == []
    assert day_faults() == ["2026-03-02: 4 lines, but 5 when the day was closed"]


def test_a_changed_root(history, unguarded) -> None:
    DayRoot.objects.update(root=bytes(32))
    assert day_faults() == ["2026-03-02: the root of the day is another one"]


@settings(
    max_examples=6,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_whatever_way_a_matter_goes_its_history_verifies(course, data) -> None:
    with undone():  # a day once closed would stay closed for the next walk
        run = course()
        walk(data, run, 7, seen=lambda _matter: None)
        close_days(run.now + DAY)
        assert faults() == day_faults() == []


@pytest.mark.parametrize("count", [1, 3])
def test_many_matters_take_as_many_queries_as_one(db, django_assert_num_queries, count) -> None:
    for number in range(count):
        make_matter(f"Lamp number {number} is dark.")
    with django_assert_num_queries(3):  # matters, their lines, and no more matters
        assert faults() == []
