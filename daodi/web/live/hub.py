"""Who is to be told: open pages, each with a stream of server-sent events, in one event loop."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from django.utils.translation import override

from daodi.web.live.lookout import Lookout
from daodi.web.live.watches import Asked, Message, Watch

log = logging.getLogger(__name__)
Made = TypeVar("Made")
Told = list[tuple["Subscriber", list[bytes]]]

LOOK = 1  # seconds between two looks
HEARTBEAT = 15  # seconds of silence after which a line keeps proxies from hanging up
LIFE = 10 * 60  # seconds until a page must ask again, and its rights are looked at anew
WAITING = 20  # messages that a slow reader may be behind
MOST_OF_ONE = 6
MOST = 400
RETRY = b"retry: 3000\n\n"
STILL_HERE = b":\n\n"


class Subscriber:
    """An open page: whose it is, in which language it reads, and what it looks at."""

    def __init__(self, user: int, language: str, watches: Sequence[Watch]) -> None:
        self.user, self.language, self.watches = user, language, watches
        self.waiting: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING)

    def put(self, lines: list[bytes]) -> None:
        """Leave messages for the page; one that reads too slowly has to ask again."""
        try:
            for line in lines:
                self.waiting.put_nowait(line)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        while not self.waiting.empty():
            self.waiting.get_nowait()
        self.waiting.put_nowait(None)


class Hub:
    """Keeps the open pages of a process, and looks for them while there are any."""

    def __init__(self) -> None:
        self._subscribers: set[Subscriber] = set()
        self._looking: asyncio.Task[None] | None = None
        self._is_closing = False
        # The database is asked in a thread of our own: pages wait for nobody here.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")

    def has_room(self, user: int) -> bool:
        own = sum(each.user == user for each in tuple(self._subscribers))
        return own < MOST_OF_ONE and len(self._subscribers) < MOST and not self._is_closing

    async def stream(self, subscriber: Subscriber) -> AsyncIterator[bytes]:
        """Yield what the page is told, until its time is over or the server ends."""
        self._subscribers.add(subscriber)
        end = asyncio.get_running_loop().time() + LIFE
        try:
            yield RETRY
            self._keep_looking()
            for line in await self._ask(_missed, subscriber):
                yield line
            while asyncio.get_running_loop().time() < end:
                try:
                    told = await asyncio.wait_for(subscriber.waiting.get(), HEARTBEAT)
                except TimeoutError:
                    yield STILL_HERE
                    continue
                if told is None:
                    return
                yield told
        finally:
            self._subscribers.discard(subscriber)

    def close(self) -> None:
        """End every stream: the server is about to stop."""
        self._is_closing = True
        self._end_all()
        if self._looking:
            self._looking.cancel()

    def _keep_looking(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._look())

    async def _look(self) -> None:
        try:
            lookout = await self._ask(Lookout, timezone.now())
            while self._subscribers:
                for subscriber, lines in await self._ask(_tell, lookout, tuple(self._subscribers)):
                    subscriber.put(lines)
                await asyncio.sleep(LOOK)
        except (DatabaseError, InterfaceError) as error:
            log.warning("no live updates: %s", error)
        finally:
            # Whatever went wrong: the pages ask again, and are told what they missed.
            self._end_all()

    async def _ask(self, question: Callable[..., Made], *given: object) -> Made:
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, _asked, question, *given
        )

    def _end_all(self) -> None:
        for subscriber in self._subscribers:
            subscriber.end()


def _asked(question: Callable[..., Made], *given: object) -> Made:
    """Ask the database, and give its connection back."""
    try:
        return question(*given)
    finally:
        connection.close()


def _tell(lookout: Lookout, subscribers: Sequence[Subscriber]) -> Told:
    now = timezone.now()
    events = lookout.look(now)
    asked: Asked = {}
    told: Told = []
    for subscriber in subscribers if events else ():
        with override(subscriber.language):
            messages = [m for watch in subscriber.watches for m in watch.tell(events, now, asked)]
        told.append((subscriber, _written(messages, now)))
    return told


def _missed(subscriber: Subscriber) -> list[bytes]:
    """Return what a page missed, and a word that it has been told everything now."""
    now = timezone.now()
    with override(subscriber.language):
        messages = [m for watch in subscriber.watches for m in watch.missed(now)]
    return _written([*messages, Message("ready")], now)


def _written(messages: Sequence[Message], now: datetime) -> list[bytes]:
    """Write messages as server-sent events; their id is the moment up to which all is told."""
    return [
        f"event: {each.kind}\nid: {now.isoformat()}\ndata: {json.dumps(each.data)}\n\n".encode()
        for each in messages
    ]


hub = Hub()
