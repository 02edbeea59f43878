"""A matter changes together with a line of its history, or not at all."""

from datetime import timedelta

import pytest

from daodi.core.exceptions import ChangedMeanwhile
from daodi.core.history.chain import line_hash, words_digest
from daodi.core.history.models import Event, EventText
from daodi.core.history.record import Line, write
from daodi.core.matters.states import Side
from tests.makers import HOUR, NOON, reread


def test_a_line_moves_version_and_head_and_changes_what_it_says(matter, operator) -> None:
    before = bytes(matter.head)
    line = Line("note", Side.OPERATOR, operator, text="Called.", data={"a": 1}, at=NOON - HOUR)
    event = write(matter, line, NOON, address="Main street")

    assert bytes(event.hash) == line_hash(before, event.line(matter.number))
    for seen in (matter, reread(matter)):
        assert (seen.version, bytes(seen.head)) == (2, bytes(event.hash))
        assert seen.address == "Main street"
    stored = matter.events.get(seq=2)
    assert stored.line(matter.number) == event.line(matter.number)
    assert (stored.unit, stored.at, stored.recorded_at) == (operator.unit, NOON - HOUR, NOON)


def test_words_stand_outside_the_line_with_a_salt_of_their_own(matter) -> None:
    first, second = (write(matter, Line("note", Side.SYSTEM, text="x"), NOON) for _ in "12")
    assert bytes(first.digest) == words_digest(bytes(first.words.salt), "x")
    assert bytes(first.digest) != bytes(second.digest)
    assert "x" not in first.line(matter.number).values()
    silent = write(matter, Line("note", Side.SYSTEM), NOON)
    assert (silent.digest, EventText.objects.filter(event=silent).exists()) == (None, False)


def test_of_two_who_saw_the_same_version_the_second_is_told_and_stores_nothing(matter) -> None:
    mine, yours = matter, reread(matter)
    write(mine, Line("note", Side.SYSTEM, text="mine"), NOON)
    for _ in "12":  # a second try with what was seen does not get through either
        with pytest.raises(ChangedMeanwhile):
            write(yours, Line("note", Side.SYSTEM, text="yours"), NOON, address="yours")
    there = reread(matter)
    assert (there.version, bytes(there.head), there.address) == (2, bytes(mine.head), "")
    assert [event.words.text for event in Event.objects.filter(name="note")] == ["mine"]


def test_moments_are_kept_to_the_microsecond(matter) -> None:
    odd = NOON + timedelta(microseconds=123_457)
    event = write(matter, Line("note", Side.SYSTEM), odd)
    assert matter.events.get(pk=event.pk).line(matter.number) == event.line(matter.number)
