"""Count how entries are used, by day: shown, opened, of help."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from django.db import connection

Count = Literal["shown", "opened", "helped"]
# Two who count the same at once make two, whoever comes first.
_ADD = """
    INSERT INTO core_entryuse (entry_id, day, shown, opened, helped)
    SELECT pk, %s, %s, %s, %s FROM unnest(%s::bigint[]) AS pk
    ON CONFLICT (entry_id, day) DO UPDATE SET
        shown = core_entryuse.shown + EXCLUDED.shown,
        opened = core_entryuse.opened + EXCLUDED.opened,
        helped = core_entryuse.helped + EXCLUDED.helped
"""


def count_use(count: Count, entries: Iterable[int], day: date) -> None:
    """Count one more for each of these entries, in one query."""
    wanted = sorted(set(entries))
    one = [int(name == count) for name in ("shown", "opened", "helped")]
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [day, *one, wanted])
