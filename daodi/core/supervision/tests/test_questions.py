"""Patterns are questions: each finds what it says, by unit, and nothing else."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daodi.core.exceptions import NotYours
from daodi.core.matters.states import Side
from daodi.core.supervision.models import Finding
from daodi.core.supervision.patterns import BURST, BURST_WITHIN, _bursts
from daodi.core.supervision.questions import (
    AT_LEAST,
    QUESTION,
    QUESTIONS,
    matters_like,
    note_finding,
    seen_at,
)
from tests.makers import DAY, HOUR, NOON, make_calendar, make_category, make_ledger, make_matter

SINCE = NOON - DAY
SIDES = {"resident": Side.RESIDENT}


def seen(name, member) -> list[tuple[str, int, int]]:
    found = seen_at(QUESTION[name], member, SINCE)
    return [(each.unit.code, each.count, each.of) for each in found]


def handed_in(course, number, answer="Repaired."):
    run = course(make_matter(f"Lamp {number}")).accepted()
    return run.step("hand_in", "handler", account="Done.", answer=answer)


def test_handed_in_without_contact(course, cast) -> None:
    for number in range(AT_LEAST):
        handed_in(course, number, f"Answer {number}")
    run = course(make_matter("Reached")).accepted().step("contact", "handler", text="At nine.")
    run.step("hand_in", "handler", account="Done.", answer="Repaired.")
    course(make_matter("Nobody to reach", person=None)).handed_in()
    assert seen("without_contact", cast["supervisor"]) == [("bureau", 3, 5)]


def test_many_at_once_on_the_last_day(course, cast) -> None:
    make_calendar()
    runs = [course(make_matter(f"Lamp {n}")).accepted() for n in range(BURST + 1)]
    last = runs[0].matter.promised_at - 2 * HOUR
    for minutes, run in enumerate(runs[:BURST]):
        run.now = last + timedelta(minutes=minutes)
        run.step("hand_in", "handler", account="Done.", answer=f"Answer {minutes}")
    assert seen("last_day", cast["supervisor"]) == [("bureau", BURST, BURST)]
    runs[BURST].step("hand_in", "handler", account="Done.", answer="In good time.")
    assert seen("last_day", cast["supervisor"]) == [("bureau", BURST, BURST + 1)]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 120), max_size=15))
def test_a_burst_is_what_has_enough_others_within_the_span(minutes) -> None:
    line = [(NOON + timedelta(minutes=m), key) for key, m in enumerate(sorted(minutes))]

    def is_in_one(at) -> bool:
        starts = [start for start, _key in line if timedelta() <= at - start <= BURST_WITHIN]
        return any(
            sum(start <= other <= start + BURST_WITHIN for other, _key in line) >= BURST
            for start in starts
        )

    assert list(_bursts(line)) == [key for at, key in line if is_in_one(at)]


def test_judged_satisfied_by_a_caller_within_a_minute(course, cast) -> None:
    answers = [("caller", "yes", 1), ("caller", "yes", 1), ("caller", "basically", 1)]
    answers += [("caller", "no", 1), ("resident", "yes", 1), ("caller", "yes", 2)]
    for number, (side, satisfied, minutes) in enumerate(answers):
        run = handed_in(course, number, f"Answer {number}")
        run.now += timedelta(minutes=minutes - 1)
        run.step("judge", SIDES.get(side, side), solved="yes", satisfied=satisfied)
    assert seen("at_once", cast["supervisor"]) == [("bureau", 3, 6)]


def test_moved_to_a_slower_category(course, cast) -> None:
    make_calendar()
    ledger = make_ledger("hotline", policy="beijing-12345", prefix="H")
    changes = [("urgent", "normal")] * AT_LEAST
    changes += [("normal", "urgent"), ("normal", "normal"), ("critical",)]
    for number, urgencies in enumerate(changes):
        run = course(make_matter(f"Lamp {number}", ledger=ledger))
        for urgency in urgencies:
            run.listed(urgency)
    assert seen("slower", cast["supervisor"]) == [("centre", AT_LEAST, AT_LEAST + 3)]


def test_an_extension_asked_in_the_last_hour(course, cast) -> None:
    make_calendar()
    runs = [course(make_matter(f"Lamp {n}")).accepted() for n in range(AT_LEAST + 1)]
    due = runs[0].matter.promised_at
    until = (due + 5 * DAY).date()
    for run in runs[1:]:
        run.now = due - timedelta(minutes=30)
    for run in runs:
        run.step("extend", "handler", until=until, text="A part is missing.")
    runs[1].step("grant_extension", "supervisor")
    runs[2].step("refuse_extension", "supervisor", text="No.")
    assert seen("last_hour", cast["supervisor"]) == [("bureau", AT_LEAST, AT_LEAST + 1)]


def test_the_same_answer_word_for_word(course, cast) -> None:
    for number in range(5):
        handed_in(course, number)
    handed_in(course, 6, "Repaired on Monday.")
    assert seen("same_answer", cast["supervisor"]) == [("bureau", 5, 6)]


def test_two_are_no_pattern_and_others_see_nothing(course, cast, outsider) -> None:
    for number in range(AT_LEAST - 1):
        handed_in(course, number)
    assert seen("without_contact", cast["supervisor"]) == []
    handed_in(course, 9)
    assert seen("without_contact", cast["supervisor"]) == [("bureau", 3, 3)]
    assert seen("without_contact", outsider) == []


def test_what_was_found_is_kept_with_the_numbers_of_that_day(course, cast) -> None:
    for number in range(AT_LEAST):
        handed_in(course, number)
    unit, who = cast["handler"].unit, cast["supervisor"]
    question = QUESTION["without_contact"]
    finding = note_finding(question, unit, days=30, text="They met him.", by=who, now=NOON + DAY)
    assert (finding.count, finding.of, str(finding.unit)) == (3, 3, "Bureau")
    assert list(Finding.objects.visible_to(who)) == [finding]
    assert not Finding.objects.visible_to(cast["handler"]).exists()
    with pytest.raises(NotYours):
        note_finding(question, unit, days=30, text="Fine.", by=cast["handler"], now=NOON)


def test_no_question_costs_more_for_more_matters(course, cast, django_assert_max_num_queries):
    make_calendar()
    make_category(make_matter().ledger)
    for number in range(6):
        handed_in(course, number)
    with django_assert_max_num_queries(5 * len(QUESTIONS)):
        for question in QUESTIONS:
            seen_at(question, cast["supervisor"], SINCE)
            matters_like(question, cast["supervisor"], SINCE, cast["handler"].unit)
