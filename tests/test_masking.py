"""How well masking does on sentences marked by hand, and what it must never touch."""

import sys

import pytest

from daodi.lib.masking import HOME, NAME, NUMBER, find, mask
from daodi.lib.masking.numbers import fits_checksum, fits_luhn
from tests.masking_sample import Marked, sample

LEAST = {NUMBER: 0.99, NAME: 0.95, HOME: 0.95}
LEAST_PRECISION = 0.95


def covered(row: Marked, start: int, end: int) -> bool:
    """Say whether every letter and digit between two places is masked."""
    hidden = {place for one in find(row.text) for place in range(one.start, one.end)}
    return all(place in hidden for place in range(start, end) if row.text[place].isalnum())


def missed(rows: list[Marked], kind: str) -> list[str]:
    return [
        f"{row.text[start:end]} in {row.text}"
        for row in rows
        for start, end, marked in row.marks
        if marked == kind and not covered(row, start, end)
    ]


def wrong(rows: list[Marked]) -> list[str]:
    return [
        f"{row.text[one.start : one.end]} in {row.text}"
        for row in rows
        for one in find(row.text)
        if not any(one.start < end and one.end > start for start, end, _kind in row.marks)
    ]


def test_recall_and_precision_on_the_sample(capsys) -> None:
    rows, said = sample(), []
    assert len(rows) >= 300
    for kind, least in LEAST.items():
        total = sum(marked == kind for row in rows for _start, _end, marked in row.marks)
        lost = missed(rows, kind)
        recall = 1 - len(lost) / total
        said.append(f"{kind}: recall {recall:.3f} of {total}")
        assert recall >= least, lost
    found, astray = sum(len(find(row.text)) for row in rows), wrong(rows)
    precision = 1 - len(astray) / found
    said.append(f"precision {precision:.3f} of {found}")
    with capsys.disabled():
        sys.stdout.write("\n" + "; ".join(said) + "\n")
    assert precision >= LEAST_PRECISION, astray


def test_masking_again_changes_nothing() -> None:
    once = [mask(row.text) for row in sample(rounds=1)]
    assert [mask(text) for text in once] == once


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我叫张丙三，住锦秀苑小区3号楼2单元501室，电话138 1234 5678。",
         "我叫某某，住锦秀苑小区***，电话***。"),
        ("李女士的车豫A12345停在门口", "某某女士的车***停在门口"),
        ("请打劳动监察大队（0371-66554433）或（0371）6655443",
         "请打劳动监察大队（***）或***"),
        ("办件SQ-20261121-000123已按豫政〔2025〕3号答复，打12345可查", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_what_it_looks_like(text, masked) -> None:
    assert mask(text) == (masked or text)


def test_checksums() -> None:
    assert fits_checksum("11010519491231002X")
    assert not fits_checksum("110105194912310021")
    assert fits_luhn("6222020000000000001") == fits_luhn("6222020000000000001"[::1])
    assert (fits_luhn("4111111111111111"), fits_luhn("4111111111111112")) == (True, False)
