"""Hashes that anybody can compute again, and that every change shows in."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.core.history.chain import START, line_hash, merkle_root, moment, words_digest
from tests.makers import NOON, SHANGHAI

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40, unique=True)
LINE = {
    "number": "SQ-20260302-000001", "seq": 1, "name": "file", "at": "2026-03-02T04:00:00.000000",
    "recorded_at": "2026-03-02T04:00:00.000000", "side": "resident", "by": None, "unit": None,
    "public": True, "data": {"channel": "web"}, "digest": None,
}  # fmt: skip


def test_small_roots_as_rfc_6962_has_them() -> None:
    def leaf(content: bytes) -> bytes:
        return sha256(b"\0" + content).digest()

    def node(left: bytes, right: bytes) -> bytes:
        return sha256(b"\1" + left + right).digest()

    assert merkle_root([]) == START
    assert merkle_root([b"a"]) == leaf(b"a")
    assert merkle_root([b"a", b"b"]) == node(leaf(b"a"), leaf(b"b"))
    assert merkle_root([b"a", b"b", b"c"]) == node(node(leaf(b"a"), leaf(b"b")), leaf(b"c"))


@given(LEAVES, st.data())
def test_a_root_tells_every_change_of_its_leaves(leaves, data) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.integers(0, len(leaves) - 1))
    swapped = list(leaves)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    changed = [*leaves[:at], bytes(32) if any(leaves[at]) else b"\1" * 32, *leaves[at + 1 :]]
    removed = leaves[:at] + leaves[at + 1 :]
    doubled = [*leaves, leaves[-1]]

    assert merkle_root(list(leaves)) == merkle_root(leaves)
    assert (merkle_root(swapped) == merkle_root(leaves)) == (at == other)
    for touched in (changed, removed, doubled):
        assert merkle_root(touched) != merkle_root(leaves)


@pytest.mark.parametrize("field", LINE)
def test_a_line_is_hashed_with_every_field_and_the_line_before(field) -> None:
    assert line_hash(START, LINE | {field: "another"}) != line_hash(START, LINE)
    assert line_hash(b"\1" * 32, LINE) != line_hash(START, LINE)


def test_the_order_of_the_fields_does_not_matter() -> None:
    assert line_hash(START, dict(reversed(LINE.items()))) == line_hash(START, LINE)


def test_a_moment_is_hashed_alike_in_every_zone() -> None:
    assert moment(NOON) == moment(NOON.astimezone(UTC)) == "2026-03-02T04:00:00.000000+00:00"
    assert moment(datetime(2026, 3, 2, 12, 0, 0, 1, SHANGHAI)) != moment(NOON)


@given(st.text(), st.text())
def test_words_cannot_move_from_one_text_to_the_next(title, text) -> None:
    salt = b"s" * 16
    told = words_digest(salt, title, text)
    for other in ((title + "\n" + text,), (title + "\n", text), ("", title + "\n" + text)):
        assert other == (title, text) or words_digest(salt, *other) != told


def test_nothing_of_the_words_can_move_into_the_salt() -> None:
    assert words_digest(b"s" * 16 + b"No ", "lamp") != words_digest(b"s" * 16, "No lamp")
