"""Paper forms: numbered, found again by their number, entered once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.core.exceptions import NotYours, Refused
from daodi.core.history.models import Event
from daodi.core.intake.codes import code_fits
from daodi.core.intake.filing import Filing
from daodi.core.intake.models import FormBatch
from daodi.core.intake.paper import (
    check_digit,
    enter_form,
    entered_of,
    find_form,
    print_forms,
    sheets_of,
    sheets_to_print,
)
from daodi.core.ledgers.kinds import Channel
from tests.makers import HOUR, NOON, make_ledger

LAMP = Filing(text="The street lamp is broken.")


@pytest.fixture
def operator(cast):
    return cast["operator"]


@pytest.fixture
def batch(operator) -> FormBatch:
    return print_forms(make_ledger(), 3, by=operator, now=NOON)


def test_each_sheet_has_a_number_that_leads_back_to_it(batch) -> None:
    sheets = sheets_of(batch)
    assert len({sheet.serial for sheet in sheets} | {sheet.code for sheet in sheets}) == 6
    assert [find_form(sheet.shown) for sheet in sheets] == sheets
    assert find_form(f" {sheets[1].serial[:4]}-{sheets[1].serial[4:]}") == sheets[1]


def test_a_number_that_is_none_is_refused(batch) -> None:
    last = sheets_of(batch)[-1].serial
    beyond = f"{batch.pk:06d}04"
    unknown = f"{batch.pk + 1:06d}01"
    others = [beyond + check_digit(beyond), unknown + check_digit(unknown)]
    for wrong in (*others, last[:-1], last + "0", "", "abc", "１２３４５６７８９", "9" * 40):
        with pytest.raises(Refused, match="no form with this number"):
            find_form(wrong)


@given(st.text("0123456789", min_size=8, max_size=12), st.data())
def test_one_wrong_digit_is_found_out(digits, data) -> None:
    whole = digits + check_digit(digits)
    place = data.draw(st.integers(0, len(whole) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != whole[place]]))
    slip = whole[:place] + wrong + whole[place + 1 :]
    assert check_digit(slip[:-1]) != slip[-1]


def test_what_is_entered_has_the_printed_code(batch, operator) -> None:
    sheet = sheets_of(batch)[0]
    receipt = enter_form(sheet, LAMP, by=operator, now=NOON)
    assert receipt.code == sheet.code
    assert code_fits(receipt.matter, sheet.code)
    assert (receipt.matter.channel, sheet.matter()) == (Channel.COUNTER, receipt.matter)
    line = Event.objects.get(matter=receipt.matter)
    assert line.data["paper"] == sheet.serial


def test_a_form_is_entered_once(batch, operator) -> None:
    first, other, _last = sheets_of(batch)
    there = enter_form(first, LAMP, by=operator, now=NOON).matter
    with pytest.raises(Refused, match=f"entered already: {there.number}"):
        enter_form(first, Filing(text="Something else."), by=operator, now=NOON + HOUR)
    assert enter_form(other, LAMP, by=operator, now=NOON).is_new
    assert entered_of([batch]) == {batch.pk: 2}


def test_who_may_not_file_enters_nothing(batch, cast) -> None:
    with pytest.raises(NotYours):
        enter_form(sheets_of(batch)[0], LAMP, by=cast["handler"], now=NOON)
    assert entered_of([batch]) == {}


def test_the_codes_are_shown_to_whoever_ordered_them_and_not_for_long(batch, cast) -> None:
    assert sheets_to_print(batch, by=cast["operator"], now=NOON + HOUR) == sheets_of(batch)
    for who, when in (("operator", NOON + 2 * HOUR), ("handler", NOON)):
        with pytest.raises(Refused, match="for an hour"):
            sheets_to_print(batch, by=cast[who], now=when)


def test_forms_are_for_ledgers_that_residents_file_in(operator) -> None:
    inner = make_ledger("tasks", residents_file=False, prefix="ZD")
    with pytest.raises(Refused, match="does not take filings"):
        print_forms(inner, 1, by=operator, now=NOON)
    for count in (0, 51):
        with pytest.raises(Refused, match="between 1 and 50"):
            print_forms(make_ledger(), count, by=operator, now=NOON)


def test_a_house_sees_what_it_printed(batch, cast, manager) -> None:
    assert list(FormBatch.objects.visible_to(cast["operator"])) == [batch]
    assert list(FormBatch.objects.visible_to(manager)) == [batch]
    assert list(FormBatch.objects.visible_to(cast["handler"])) == []
