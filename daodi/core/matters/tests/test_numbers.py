"""Numbers as people copy them from paper."""

import pytest

from daodi.core.matters.numbers import number_as_typed


@pytest.mark.parametrize(
    "typed",
    [
        "SQ-20261121-000123", " sq-20261121-000123 ", "sq20261121000123", "SQ 20261121 000123",
        "ＳＱ－２０２６１１２１－０００１２３", "SQ—20261121—000123",
    ],
)  # fmt: skip
def test_however_it_is_typed_it_is_one_number(typed) -> None:
    assert number_as_typed(typed) == "SQ-20261121-000123"


@pytest.mark.parametrize("typed", ["", "SQ", "20261121000123", "路灯坏了", "SQ-2026-1"])
def test_what_is_no_number_finds_nothing(typed) -> None:
    assert "-" not in number_as_typed(typed)
