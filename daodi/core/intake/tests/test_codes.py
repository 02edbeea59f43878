"""Numbers that sort and codes that can be read out on the telephone."""

import re
import uuid
from datetime import UTC, datetime

import pytest

from daodi.core.intake.codes import code_fits, code_hash, new_code, next_ids, number_for
from daodi.core.ledgers.models import Ledger

CODE = re.compile("[2-9ABCDEFGHJKMNPQRSTUVWXYZ]{8}")


def test_a_number_has_prefix_day_here_and_id() -> None:
    late = datetime(2026, 11, 20, 17, tzinfo=UTC)  # the 21st here
    assert number_for(Ledger(prefix="SQ"), 123, late) == "SQ-20261121-000123"
    assert number_for(Ledger(prefix="SQ"), 1234567, late) == "SQ-20261121-1234567"


def test_ids_are_taken_once(db) -> None:
    assert len({*next_ids(3), *next_ids(2)}) == 5


def test_codes_are_easy_to_read_and_hard_to_guess() -> None:
    codes = {new_code() for _ in range(300)}
    assert (len(codes), all(map(CODE.fullmatch, codes))) == (300, True)


def test_a_form_has_one_code() -> None:
    key, other = uuid.UUID(int=1), uuid.UUID(int=2)
    assert new_code(key) == new_code(key) != new_code(other)
    assert CODE.fullmatch(new_code(key))


@pytest.mark.parametrize(
    "typed", ["ABCD2345", "abcd2345", " ABCD-2345 ", "AB CD\t23 45", "ＡＢＣＤ２３４５"]
)
def test_how_a_code_may_be_typed(matter, typed) -> None:
    matter.code_hash = code_hash(matter.pk, "ABCD2345")
    assert code_fits(matter, typed)


@pytest.mark.parametrize("typed", ["", "ABCD2346", "ABCD234", "ABCD23455", "码码码码码码码码"])
def test_what_does_not_fit(matter, typed) -> None:
    assert not code_fits(matter, typed)
    matter.code_hash = None  # an imported one has no code
    assert not code_fits(matter, typed)


def test_a_code_of_another_matter_does_not_fit(matter) -> None:
    matter.code_hash = code_hash(matter.pk + 1, "ABCD2345")
    assert not code_fits(matter, "ABCD2345")
