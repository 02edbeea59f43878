"""Measure what each act costs: milliseconds, processor time and statements, one act at a time.

    DJANGO_SETTINGS_MODULE=daodi.settings python bench/acts.py [matters]

The matters go a whole way through the demonstration's county, each act in a transaction of its
own and with the matter read as a page reads it; in the end all of it is taken back.
"""

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 -- models need the set-up
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from daodi.core.intake.filing import Filing, file_matter  # noqa: E402
from daodi.core.ledgers.models import Ledger  # noqa: E402
from daodi.core.matters.contacts import Person  # noqa: E402
from daodi.core.matters.models import Matter  # noqa: E402
from daodi.core.matters.states import Side  # noqa: E402
from daodi.core.people.models import Member, Unit  # noqa: E402
from daodi.core.workflow.services import perform  # noqa: E402

WORDS = "小区门口的路灯坏了半个月，晚上出行很不方便，请尽快派人来修。"
SPARE = 3
Times = dict[str, list[tuple[float, float]]]


class Way:
    """One matter's whole way, and who takes its steps."""

    def __init__(self, now: datetime, note: Callable[[str, Callable[[], Any]], None]) -> None:
        self.now, self.note = now, note
        self.ledger = Ledger.objects.with_units().get(code="appeals")
        demo = Member.objects.demonstration()
        self.who = {one.roles[0]: one for one in demo}
        self.lead = Unit.objects.get(pk=self.who["handler"].unit_id)
        self.joint = Unit.objects.get(code="CGJ")
        self.category = self.ledger.categories.filter(below=None, is_confidential=False).first()
        self.pk = 0

    def go(self) -> None:
        """Take every step in its turn."""
        self.note("file", self._file)
        day = (self.now + timedelta(days=30)).date()
        for name, by, given in (
            ("list", "operator", {"category": self.category, "kind": "help", "urgency": "normal"}),
            ("dispatch", "operator", {"lead": self.lead, "joint": [self.joint], "content": WORDS}),
            ("accept", "handler", {}),
            ("contact", "handler", {"text": WORDS}),
            ("note", "handler", {"text": WORDS}),
            ("ask", "handler", {"text": WORDS}),
            ("reply", Side.RESIDENT, {"text": WORDS}),
            ("extend", "handler", {"until": day, "text": WORDS}),
            ("grant_extension", "supervisor", {"remark": WORDS}),
            ("press", "supervisor", {"text": WORDS, "limit": "P2W"}),
            ("hand_in", "handler", {"account": WORDS, "answer": WORDS}),
            ("judge", Side.RESIDENT, {"solved": "no", "satisfied": "no"}),
            ("redo", Side.RESIDENT, {"text": WORDS}),
            ("hand_in", "handler", {"account": WORDS, "answer": WORDS}),
            ("judge", "caller", {"solved": "yes", "satisfied": "yes"}),
            ("clear", "caller", {}),
        ):
            self.now += timedelta(minutes=1)
            matter = Matter.objects.for_page().get(pk=self.pk)
            member = self.who.get(by, by)
            self.note(name, partial(perform, matter, name, by=member, now=self.now, **given))

    def _file(self) -> None:
        filing = Filing(text=WORDS, person=Person("孙寅六", "15400000000"))
        self.pk = file_matter(self.ledger, filing, now=self.now).matter.pk


def walk(note: Callable[[str, Callable[[], Any]], None]) -> None:
    """Take one matter all the way and take it back."""
    with transaction.atomic():
        Way(timezone.now(), note).go()
        transaction.set_rollback(True)


def main() -> None:
    """Print a table of medians."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    times: Times = defaultdict(list)
    statements: dict[str, int] = {}

    def timed(name: str, call: Callable[[], Any]) -> None:
        wall, used = time.perf_counter(), time.process_time()
        call()
        times[name].append((time.perf_counter() - wall, time.process_time() - used))

    def counted(name: str, call: Callable[[], Any]) -> None:
        with CaptureQueriesContext(connection) as asked:
            call()
        statements[name] = len(asked)

    for _number in range(SPARE):
        walk(counted)
    for _number in range(count):
        walk(timed)
    print(f"{'act':<18}{'ms':>8}{'cpu ms':>8}{'statements':>12}")
    for name, found in times.items():
        wall, used = (statistics.median(column) * 1000 for column in zip(*found, strict=True))
        print(f"{name:<18}{wall:>8.2f}{used:>8.2f}{statements[name]:>12}")


if __name__ == "__main__":
    main()
