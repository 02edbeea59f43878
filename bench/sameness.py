"""Measure how well the site finds what is about one problem. Everything is rolled back.

    DJANGO_SETTINGS_MODULE=daodi.settings PYTHONPATH=.:bench .venv/bin/python -c \
        "import django; django.setup(); import sameness; sameness.main()" [FILE [OTHERS]]

On pairs marked by hand (`daodi/lib/tests/same_or_not.tsv`), and on the equal texts of FILE, a table
with 留言主题 and 留言详情, among its first OTHERS rows (else all). All are filed in one ledger,
none with an area or a caller; then the operator's page asks for each what may be the same. Any site
that is ready will do.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from daodi.core.intake.duplicates import likely_duplicates
from daodi.core.intake.filing import Filing
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.transfer.reading import Entry
from daodi.core.transfer.storing import Store
from daodi.lib.repeats import equal
from daodi.lib.sheets import open_table
from daodi.lib.topics.vectors import Post
from tests.makers import make_ledger, make_member

MARKED = Path(__file__).parents[1] / "daodi" / "lib" / "tests" / "same_or_not.tsv"
NOW = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
ALL = "1000000"
Text = tuple[str, str]


def main() -> None:
    """Print both measurements."""
    rows = [line.split("\t") for line in MARKED.read_text().splitlines()]
    on_marked(rows)
    if len(sys.argv) > 1:
        path, others = [*sys.argv[1:], ALL][:2]
        on_equal(Path(path), int(others))


def on_marked(rows: Sequence[Sequence[str]]) -> None:
    """Each pair alone among all texts: is the other among the five, and is anything else?"""
    texts = list(dict.fromkeys(text for _mark, *pair in rows for text in pair))
    place = {text: number for number, text in enumerate(texts)}
    same = {(place[one], place[other]) for mark, one, other in rows if mark == "same"}
    other = {(place[one], place[other]) for mark, one, other in rows if mark == "other"}
    with filed([("", text) for text in texts]) as (matters, member):
        found = {number: _found(matters, number, member) for number in range(len(texts))}
    hits = sum(two in found[one] for one, two in same)
    back = sum(one in found[two] for one, two in same)
    wrong = sum(two in found[one] for one, two in other)
    shown = sum(map(len, found.values()))
    right = hits + back
    print(
        f"marked: recall@5 {hits}/{len(same)} and back {back}/{len(same)}, near misses shown "
        f"{wrong}/{len(other)}, of {shown} shown in all {right} were marked as the same"
    )


def on_equal(path: Path, others: int) -> None:
    """Each text that stands in the table before: is its equal among the five?"""
    cells = [row.cells for row in open_table(path).rows()]
    texts = [(str(row["留言主题"]).strip(), str(row["留言详情"]).strip()) for row in cells]
    groups = equal([Post("", "", NOW.date(), title, text) for title, text in texts])
    equals = {number for group in groups for number in group}
    kept = sorted(equals | set(range(min(others, len(texts)))))
    place = {number: new for new, number in enumerate(kept)}
    texts = [texts[number] for number in kept]
    groups = [tuple(place[number] for number in group) for group in groups]
    asked = [(number, set(group) - {number}) for group in groups for number in group[1:]]
    with filed(texts) as (matters, member):
        begun = time.monotonic()
        hits = sum(bool(others & _found(matters, number, member)) for number, others in asked)
        each = (time.monotonic() - begun) / len(asked)
    print(f"equal: recall@5 {hits}/{len(asked)} among {len(texts)}, {each * 1000:.0f} ms each")


@contextmanager
def filed(texts: Sequence[Text]) -> Iterator[tuple[list[Matter], Member]]:
    """File texts in a ledger of their own; afterwards nothing of it is left."""
    with transaction.atomic():
        ledger = make_ledger("sameness")
        member = make_member("sameness", Role.OPERATOR, unit="centre")
        entries = [
            Entry(
                number,
                str(number),
                b"",
                Filing(text=text),
                (title[:120] or text[:30], text),
                None,
                "",
                None,
                None,
            )
            for number, (title, text) in enumerate(texts)
        ]
        Store(ledger, "bench").put(entries, NOW)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE core_indexed")
        yield list(Matter.objects.for_page().filter(ledger=ledger).order_by("pk")), member
        transaction.set_rollback(True)


def _found(matters: Sequence[Matter], number: int, member: Member) -> set[int]:
    first = matters[0].pk
    return {one.matter.pk - first for one in likely_duplicates(matters[number], member, NOW)}
