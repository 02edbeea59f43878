"""Live through a year in two processes at once: what comes in first, and what comes in later.

Neither sees what the other writes until both are done, so each looks after its own matters to the
end: the same seed tells the same story on one core or on two. Each is one transaction; either both
are kept or none.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any, Self

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, connections, transaction

from daodi.core.figures.summaries import Day
from daodi.core.matters.files import path_of
from daodi.demo.case import Course
from daodi.demo.shelf import publish_most
from daodi.demo.signs import put_signs
from daodi.demo.simulate import Coming, come, pass_time, settle, worlds_of
from daodi.demo.sisters import Sister
from daodi.demo.world import World

# What comes in first is followed for longer; but the stories and the calls belong to the rest.
FIRST = 0.54
# Other rows for each matter, at most: lines of history, notices.
ROWS = 100
STEP = 0.01
SPARE = 20
# What lists show in the order of keys.
SEQUENCES = [
    f"core_{table}_id_seq" for table in ("matter", "event", "notice", "order", "publication")
]
Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Year:
    """What is to be lived through: from when to when, so many requests in each county."""

    start: datetime
    until: datetime
    requests: int
    seed: int
    sisters: tuple[Sister, ...]


@dataclass(frozen=True, slots=True)
class Half:
    """What one process lives through, with worlds and dice of its own."""

    worlds: list[World]
    coming: list[Coming]
    start: datetime


def live_in_halves(year: Year, *, tell: Tell, stories: Sequence[Course] = ()) -> None:
    """Live through a year; `tell` is told how much of it has passed, from 0 to 1."""
    first, rest = _halves(year)
    with _keys_in_order(len(first.coming)):
        days = _live(first, rest, year.until, tell, stories)
    with transaction.atomic():
        settle(days, start=year.start, until=year.until)
        for world in rest.worlds:
            put_signs(world, year.until)


def _halves(year: Year) -> tuple[Half, Half]:
    halves = []
    for number in (0, 1):
        worlds = worlds_of(year.seed, year.sisters, half=number)
        coming = list(
            come(worlds, start=year.start, until=year.until, requests=year.requests, seed=year.seed)
        )
        cut = round(len(coming) * FIRST)
        mine = coming[cut:] if number else coming[:cut]
        halves.append(Half(worlds, mine, mine[0][0] if number and mine else year.start))
    return halves[0], halves[1]


def _live(
    first: Half, rest: Half, until: datetime, tell: Tell, stories: Sequence[Course]
) -> set[Day]:
    """Let another process live through the first half, and this one through the rest."""

    def show(share: float) -> None:
        other.hear()
        tell((share + other.share) / 2)

    with _Other(first, until) as other, _all_or_nothing(rest.worlds):
        days = pass_time(
            rest.coming, start=rest.start, until=until, worlds=rest.worlds, tell=show,
            stories=stories,
        )  # fmt: skip
        _publish(rest, until)
        days |= other.keep()
    tell(1.0)
    return days


class _Other:
    """The process that lives through the first half."""

    def __init__(self, half: Half, until: datetime) -> None:
        self._way, theirs = multiprocessing.Pipe()
        # Nothing of a connection may be shared.
        connection.close()
        database: Any = connections["default"]
        database.close_pool()
        given = (half, until, (theirs, self._way))
        forked = multiprocessing.get_context("fork")
        self._process = forked.Process(target=_live_apart, args=given, daemon=True)
        self._process.start()
        theirs.close()
        self.share = 0.0
        self._days: set[Day] | None = None

    def __enter__(self) -> Self:
        self._way.recv()  # it has its keys: ours are the higher ones
        return self

    def __exit__(self, *_raised: object) -> None:
        self._way.close()
        self._process.join()

    def hear(self) -> None:
        """Take in what it has said so far."""
        while self._way.poll():
            self._take(self._way.recv())

    def keep(self) -> set[Day]:
        """Wait until it is done and has kept everything; return the days to sum up."""
        while self._days is None:
            self._take(self._way.recv())
        self._way.send("keep")
        self._process.join()
        if self._process.exitcode:
            raise RuntimeError("the first half of the year was not kept")
        return self._days

    def _take(self, said: float | set[Day]) -> None:
        if isinstance(said, float):
            self.share = said
        else:
            self.share, self._days = 1.0, said


def _live_apart(half: Half, until: datetime, ends: tuple[Connection, Connection]) -> None:
    """Live through the first half; keep it when the other process is done and says so."""
    way, other_end = ends
    other_end.close()
    shown = 0.0

    def show(share: float) -> None:
        nonlocal shown
        if share > shown + STEP:
            shown = share
            way.send(share)

    with _all_or_nothing(half.worlds):
        _take_keys()
        way.send("begun")
        days = pass_time(
            half.coming, start=half.start, until=until, worlds=half.worlds, tell=show, calls=False
        )
        _publish(half, until)
        way.send(days)
        # If the other process has failed, this raises, and nothing is kept here either.
        way.recv()


def _publish(half: Half, until: datetime) -> None:
    for world in half.worlds:
        publish_most(world, until)


@contextmanager
def _all_or_nothing(worlds: list[World]) -> Iterator[None]:
    """Keep nothing of a half that was interrupted, not even its files."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for key in (key for world in worlds for key in world.files):
            default_storage.delete(path_of(key))
            default_storage.delete(path_of(key, small=True))
        raise


@contextmanager
def _keys_in_order(matters: int) -> Iterator[None]:
    """Let each process take its keys in blocks, so that what comes first has the lower ones."""
    with connection.cursor() as cursor:
        for name in SEQUENCES:
            rows = 1 if name == "core_matter_id_seq" else ROWS
            block = (matters + matters // 10 + SPARE) * rows
            cursor.execute(f'ALTER SEQUENCE "{name}" CACHE {block}')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DISCARD SEQUENCES")
            for name in SEQUENCES:
                cursor.execute(f'ALTER SEQUENCE "{name}" CACHE 1')
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)


def _take_keys() -> None:
    with connection.cursor() as cursor:
        for name in SEQUENCES:
            cursor.execute("SELECT nextval(%s)", [name])
