"""How large a table may be; whoever opens one may be stricter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Defaults take what Excel itself can hold and refuse files made to exhaust a server."""

    file_bytes: int = 200 * 2**20
    unpacked_bytes: int = 2**30
    # Unpacked to packed; small files may exceed it, because they cannot do harm.
    ratio: int = 200
    entries: int = 10_000
    rows: int = 1_048_576
    cell_chars: int = 32_767
    line_chars: int = 4 * 2**20
    merged_ranges: int = 100_000
    # What the reading child process may use.
    memory_bytes: int = 2 * 2**30
    seconds: int = 120


LIMITS = Limits()

# Among so many first rows the names of the columns are looked for.
HEAD_ROWS = 10
