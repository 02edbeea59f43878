"""Store chunks in processes of their own: building rows costs far more than the database does."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, connections

from daodi.core.transfer.reading import Entry
from daodi.core.transfer.storing import Store, Stored

Take = Callable[[Sequence[Entry], datetime], "Future[Stored]"]


@contextmanager
def taker(store: Store, *, dry_run: bool, workers: int) -> Iterator[Take]:
    """Yield what stores a chunk: at once and here, or (with workers) soon and beside.

    A chunk is a transaction in either case. Workers see only what is committed, so a test that
    lives in a transaction works without them.
    """
    if not workers:
        yield lambda entries, now: _done(store.take(entries, now, dry_run=dry_run))
        return
    # A connection must not be shared by two processes: each opens its own.
    connections.close_all()
    getattr(connection, "close_pool", bool)()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        pool.submit(int).result()  # all of them begin with the first task
        yield lambda entries, now: pool.submit(store.take, entries, now, dry_run=dry_run)


def _done(stored: Stored) -> "Future[Stored]":
    future: Future[Stored] = Future()
    future.set_result(stored)
    return future
