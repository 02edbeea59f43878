"""Locks that hold until the transaction ends, for what no row's version guards."""

from enum import IntEnum

from django.db import connection

_MOST = 2**31


class Lock(IntEnum):
    """What is held; the numbers are the database's, and shared by all processes."""

    TREE = 7041  # the tree of units: an insert below a unit that moves would be left behind
    CODES = 7042  # one account's codes: they are counted, and each works once
    INVITATION = 7043


def hold(lock: Lock, pk: int = 0) -> None:
    """Let nobody else past here before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s::int, %s::int)", [int(lock), pk % _MOST])
