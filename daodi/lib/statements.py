"""How statements are put to PostgreSQL, where that decides how long they take."""

from itertools import count

from django.db.models import BooleanField, Func, Q

_NUMBERS = count()


def planned_anew() -> Q:
    """Let PostgreSQL plan this statement for its own values: add it to the conditions.

    A plan that is kept (docs/decisions/0012) does not know how much a member may see; the wrong
    one reads a million rows for a page of fifty. The comment makes each statement another one.
    """
    return Q(Func(template=f"TRUE /* {next(_NUMBERS)} */", output_field=BooleanField()))
