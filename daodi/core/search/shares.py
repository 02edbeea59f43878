"""How many of all texts have a pair: PostgreSQL counts it in a sample when it analyses."""

from django.db import connection

_COUNTED = """
SELECT most_common_elems::text::int[], most_common_elem_freqs FROM pg_stats
 WHERE schemaname = current_schema() AND tablename = 'core_indexed' AND attname = 'pairs'
"""


def shares_of_pairs() -> dict[int, float]:
    """Return the share of all texts that have each of the most common pairs; none if uncounted."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        pairs, shares = cursor.fetchone() or ((), ())
    # Behind the shares of the pairs stand the least and the greatest of them, and one more.
    return dict(zip(pairs or (), shares or (), strict=False))
