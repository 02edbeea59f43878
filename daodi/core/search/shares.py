"""How many of all texts have a pair: PostgreSQL counts it in a sample when it analyses."""

from django.db import connection

_COUNTED = """
SELECT pairs.most_common_elems::text::int[], pairs.most_common_elem_freqs,
       kinds.most_common_vals::text::text[], kinds.most_common_freqs
  FROM pg_stats AS pairs JOIN pg_stats AS kinds USING (schemaname, tablename)
 WHERE schemaname = current_schema() AND tablename = 'core_indexed'
   AND pairs.attname = 'pairs' AND kinds.attname = 'kind'
"""


def shares_of_pairs(kind: str) -> dict[int, float]:
    """Return which share of the texts of a kind has each of the most common pairs.

    None are returned if nothing was counted. The numbers of other kinds mean nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        pairs, shares, kinds, parts = cursor.fetchone() or ((), (), (), ())
    part = dict(zip(kinds or (), parts or (), strict=True)).get(kind, 1.0)
    # Behind the shares of the pairs stand the least and the greatest of them, and one more.
    return {
        pair: min(share / part, 1.0) for pair, share in zip(pairs or (), shares or (), strict=False)
    }
