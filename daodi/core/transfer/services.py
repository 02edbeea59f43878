"""Take a table into a ledger."""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member
from daodi.core.transfer.columns import WHY, Matching, own_columns, remember
from daodi.core.transfer.parallel import taker
from daodi.core.transfer.reading import Entry, Reader
from daodi.core.transfer.spool import CHUNK, Rows, chunks
from daodi.core.transfer.storing import Store, Stored, one_at_a_time
from daodi.lib.sheets import Row, write_table

if TYPE_CHECKING:
    from concurrent.futures import Future


@dataclass(slots=True)
class Outcome:
    """What became of the rows that were read: each was taken, was there already or was refused."""

    read: int = 0
    taken: int = 0
    doubled: int = 0
    # Rows with the text of an earlier row, but a number of their own: separate filings.
    same_text: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    # What cells named that is not there, by column and name.
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)

    def settle(self, rows: int, chunk: "Future[Stored]") -> int:
        """Add what became of a chunk, once it is stored; return how many rows it had."""
        stored = chunk.result()
        self.taken += stored.taken
        self.doubled += stored.doubled
        self.refused |= stored.refused
        return rows


def import_table(  # noqa: PLR0913 -- who imports decides all of it
    table: Rows,
    ledger: Ledger,
    matching: Matching,
    *,
    source: str,
    clock: Callable[[], datetime],
    dry_run: bool = False,
    chunk: int = CHUNK,
    workers: int = 0,
    tell: Callable[[int], object] = bool,
    typed_by: Member | None = None,
) -> Outcome:
    """Take all rows into the ledger, a chunk a transaction: this may be killed and run again.

    `clock` is asked for the time of each chunk, `tell` is told how many rows it had, `workers`
    says how many processes store chunks beside this one. `typed_by` is the operator who took the
    calls and typed the rows: then they came by telephone, and the history says from whom.
    """
    if not ledger.is_active:
        raise Refused(_("This ledger does not take filings."))
    if not dry_run:
        remember(ledger, table.columns, matching)
    sieve = _Sieve(Reader(ledger, matching))
    store = Store(ledger, source, typed_by)
    outcome, waiting = sieve.outcome, deque[tuple[int, "Future[Stored]"]]()
    with taker(store, dry_run=dry_run, workers=workers) as take, one_at_a_time(ledger):
        for rows in chunks(table.rows(), chunk):
            now = clock()
            waiting.append((len(rows), take(sieve.sift(rows, now), now)))
            while len(waiting) > 2 * workers:
                tell(outcome.settle(*waiting.popleft()))
        while waiting:
            tell(outcome.settle(*waiting.popleft()))
    return outcome


def write_refused(table: Rows, refused: dict[int, str], target: BinaryIO | Path) -> None:
    """Write the rows to mend: as they were, and why each was refused."""
    columns = own_columns(table.columns)
    rows = (
        [*(row.cells[name] for name in columns), refused[row.number]]
        for row in table.rows()
        if row.number in refused
    )
    write_table(target, [*columns, _why()], rows, title=_("Rows to mend"))


def _why() -> str:
    """Return the name of the column with the reasons; only names in WHY are not read back."""
    name = _("why")
    return name if name in WHY else WHY[0]


class _Sieve:
    """Keeps what may be taken and remembers all that went through, to find what stands twice."""

    def __init__(self, reader: Reader) -> None:
        self.outcome = Outcome(unknown=reader.unknown)
        self._reader = reader
        self._contents: dict[str, tuple[bytes, int]] = {}
        self._texts: set[int] = set()

    def sift(self, rows: Sequence[Row], now: datetime) -> list[Entry]:
        entries = []
        for row in rows:
            self.outcome.read += 1
            try:
                entry = self._reader.read(row, now)
                if self._is_new(entry):
                    entries.append(entry)
                else:
                    self.outcome.doubled += 1
            except Refused as no:
                self.outcome.refused[row.number] = str(no)
        return entries

    def _is_new(self, entry: Entry) -> bool:
        content, row = self._contents.setdefault(entry.key, (entry.content, entry.row))
        if row != entry.row:
            if content != entry.content:
                raise Refused(
                    _("Row %(row)s has the same number, but says something else.") % {"row": row}
                )
            return False
        text = hash(entry.words[1])
        self.outcome.same_text += text in self._texts
        self._texts.add(text)
        return True
