"""Streams through the server's application, from the cookie to the last line."""

import asyncio
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from daodi.asgi import application
from daodi.web.live import hub as hubs
from tests.makers import Course

pytestmark = pytest.mark.django_db(transaction=True)


class Reader:
    """A browser that listens to a stream."""

    def __init__(self, member, query: str) -> None:
        self.user = member.user_id
        client = Client()
        client.force_login(member.user)
        cookie = f"sessionid={client.cookies['sessionid'].value}".encode()
        self.scope = {
            "type": "http", "method": "GET", "http_version": "1.1", "path": "/desk/live/",
            "query_string": query.encode(), "client": ("127.0.0.1", 1),
            "headers": [(b"host", b"localhost"), (b"cookie", cookie)],
        }  # fmt: skip
        self.leaves = asyncio.Event()
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()
        self.start: dict = {}

    async def receive(self) -> dict:
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        else:
            await self.heard.put(message["body"])

    async def listen(self) -> None:
        await application(self.scope, self.receive, self.send)

    async def next(self, kind: str) -> dict:
        while True:
            piece = (await asyncio.wait_for(self.heard.get(), 10)).decode()
            if piece.startswith(f"event: {kind}\n"):
                return json.loads(piece.partition("data: ")[2])


def step(way: Course, cast, name: str) -> None:
    """Take a step from another thread, as a page does."""
    try:
        Course(way.matter, cast, datetime.now(UTC)).step(name, "handler")
    finally:
        connection.close()


def test_two_screens_one_acts_the_other_is_told(course, cast, outsider, monkeypatch) -> None:
    monkeypatch.setattr(hubs, "MOST_OF_ONE", 1)
    way = course().dispatched()
    query = f"matter={way.matter.number}&version={way.matter.version}"
    all_of_it = f"list=all&since={quote(datetime.now(UTC).isoformat())}"
    readers = [Reader(cast["handler"], query), Reader(cast["supervisor"], query)]
    stranger = Reader(outsider, all_of_it)

    async def scene() -> None:
        streams = [asyncio.ensure_future(reader.listen()) for reader in (*readers, stranger)]
        for reader in (*readers, stranger):
            assert await reader.next("ready") == {}
        await asyncio.to_thread(step, way, cast, "accept")
        for reader in readers:
            assert (await reader.next("matter"))["words"] == "Handler: Sign for"
        assert stranger.heard.empty()
        for reader in (*readers, stranger):
            assert not hubs.hub.has_room(reader.user)
            reader.leaves.set()
        await asyncio.gather(*streams)
        assert all(hubs.hub.has_room(reader.user) for reader in readers)

    asyncio.run(scene())


def test_the_answer_is_fit_for_proxies_and_a_stranger_gets_none(course, cast, outsider) -> None:
    way = course().dispatched()
    query = f"matter={way.matter.number}&version={way.matter.version}"
    reader, refused = Reader(cast["handler"], query), Reader(outsider, query)

    async def scene() -> None:
        stream = asyncio.ensure_future(reader.listen())
        await reader.next("ready")
        reader.leaves.set()
        await stream
        await refused.listen()

    asyncio.run(scene())
    given = dict(reader.start["headers"])
    assert (reader.start["status"], refused.start["status"]) == (200, 404)
    assert given[b"content-type"] == b"text/event-stream"
    assert given[b"x-accel-buffering"] == b"no"
    assert b"content-length" not in given


def test_streams_end_when_there_are_too_many_readers_are_slow_or_the_server_stops() -> None:
    async def scene() -> None:
        hub = hubs.Hub()
        pages = [hubs.Subscriber(1, "en", ()) for _ in range(hubs.MOST_OF_ONE)]
        streams = [hub.stream(page) for page in pages]
        for stream in streams:
            assert await anext(stream) == hubs.RETRY
            assert (await anext(stream)).startswith(b"event: ready")
        assert (hub.has_room(1), hub.has_room(2)) == (False, True)
        pages[0].put([b"."] * (hubs.WAITING + 1))
        assert [piece async for piece in streams[0]] == []
        assert hub.has_room(1)
        hub.close()
        for stream in streams[1:]:
            assert [piece async for piece in stream] == []
        assert not hub.has_room(1)

    asyncio.run(scene())
