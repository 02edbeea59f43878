"""A WSGI application under an ASGI server."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator
from io import BytesIO
from wsgiref.validate import validator

import pytest

from daodi.lib.bridge import GO_ON, Bridge

MOST = 3_000_000


def echo(environ, start_response):
    """Say what came in."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    said = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']} "
    said += f"{len(body)} {environ.get('HTTP_COOKIE')} {environ.get('HTTP_X_A')}"
    start_response("201 Created", [("Content-Type", "text/plain"), ("X-B", "ü")])
    return [said.encode()]


class Caller:
    """What a server does for one request."""

    def __init__(self, *bodies: bytes, headers=(), **scope) -> None:
        self.scope = {
            "type": "http", "method": "GET", "http_version": "1.1", "path": "/", "scheme": "http",
            "query_string": b"", "client": ("10.0.0.1", 7), "server": ("localhost", 80),
            "headers": [(k.encode(), v.encode()) for k, v in headers], **scope,
        }  # fmt: skip
        self.bodies = list(bodies)
        self.sent: list[dict] = []
        self.leaves = asyncio.Event()

    async def receive(self) -> dict:
        if self.bodies:
            body = self.bodies.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(self.bodies)}
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict) -> None:
        self.sent.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.sent[1:])


def bridged(application, on_shutdown=lambda: None) -> Bridge:
    return Bridge(application, threads=2, most_body=MOST, on_shutdown=on_shutdown)


def call(application, caller: Caller) -> Caller:
    asyncio.run(bridged(application)(caller.scope, caller.receive, caller.send))
    return caller


def test_a_request_goes_over_whole() -> None:
    headers = [
        ("content-length", "5"), ("cookie", "a=1"), ("cookie", "b=2"), ("x-a", "1"), ("x-a", "2"),
        ("x_a", "hidden"),
    ]  # fmt: skip
    caller = Caller(b"ab", b"cde", headers=headers, method="POST", path="/到/", query_string=b"q=1")
    call(echo, caller)
    path = "/到/".encode().decode("latin1")
    assert caller.body.decode() == f"POST {path}?q=1 5 a=1; b=2 1,2"
    assert caller.sent[0] == {
        "type": "http.response.start",
        "status": 201,
        "headers": [(b"content-type", b"text/plain"), (b"x-b", b"\xfc")],
    }
    assert len(caller.sent) == 2


def test_what_it_says_to_the_application_is_wsgi() -> None:
    def plain(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"right"]

    caller = call(validator(plain), Caller(b""))
    assert caller.body == b"right"


def test_a_large_body_waits_on_disk_and_one_too_large_is_not_received() -> None:
    large = Caller(*[b"x" * 1_000_000] * 2, headers=[("content-length", "2000000")])
    assert b" 2000000 " in call(echo, large).body
    huge = Caller(b"x", headers=[("content-length", str(MOST + 1))])
    assert b" 0 " in call(echo, huge).body
    assert huge.bodies == [b"x"]


def test_who_hangs_up_while_sending_is_not_answered() -> None:
    caller = Caller(headers=[("content-length", "5")])
    caller.leaves.set()
    assert call(echo, caller).sent == []


def test_a_file_goes_out_in_pieces_and_is_closed() -> None:
    file = BytesIO(b"x" * 600_000)

    def download(environ, start_response):
        start_response("200 OK", [("Content-Length", "600000")])
        return environ["wsgi.file_wrapper"](file, 4096)

    caller = call(download, Caller())
    assert [len(message["body"]) for message in caller.sent[1:]] == [262144, 262144, 75712]
    assert [message.get("more_body", False) for message in caller.sent[1:]] == [True, True, False]
    assert file.closed


def test_two_pages_are_made_at_once() -> None:
    both = threading.Barrier(2, timeout=5)

    def together(environ, start_response):
        both.wait()
        start_response("200 OK", [])
        return [b""]

    async def scene() -> None:
        bridge = bridged(together)
        callers = [Caller(), Caller()]
        await asyncio.gather(*(bridge(c.scope, c.receive, c.send) for c in callers))
        assert [caller.sent[0]["status"] for caller in callers] == [200, 200]

    asyncio.run(scene())


def test_an_endless_answer_ends_when_the_reader_leaves() -> None:
    ended = []

    async def endless() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"still here\n"
                await asyncio.sleep(0)
        finally:
            ended.append(True)

    def goes_on(environ, start_response):
        environ[GO_ON].append(endless)
        start_response("200 OK", [("Content-Length", "0"), ("Content-Type", "text/event-stream")])
        return [b""]

    async def scene() -> None:
        caller = Caller()
        answer = asyncio.ensure_future(bridged(goes_on)(caller.scope, caller.receive, caller.send))
        while len(caller.sent) < 3:
            await asyncio.sleep(0)
        assert caller.sent[0]["headers"] == [(b"content-type", b"text/event-stream")]
        caller.leaves.set()
        await answer

    asyncio.run(scene())
    assert ended == [True]


def test_the_server_says_when_it_ends() -> None:
    told: list[str] = []
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive() -> dict:
        return next(messages)

    async def send(message: dict) -> None:
        told.append(message["type"])

    bridge = bridged(echo, on_shutdown=lambda: told.append("shutdown"))
    asyncio.run(bridge({"type": "lifespan"}, receive, send))
    assert told == ["lifespan.startup.complete", "shutdown", "lifespan.shutdown.complete"]


@pytest.fixture
def signals():
    """Leave the signals as they were."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_endless_answers_hear_the_signal_although_the_server_waits_for_them(signals) -> None:
    heard: list[str] = []

    async def scene() -> None:
        begun, ended = asyncio.Event(), asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, heard.append, "server")
        messages: asyncio.Queue[dict] = asyncio.Queue()
        messages.put_nowait({"type": "lifespan.startup"})

        async def send(_message: dict) -> None:
            begun.set()

        bridge = bridged(echo, on_shutdown=ended.set)
        life = asyncio.ensure_future(bridge({"type": "lifespan"}, messages.get, send))
        await begun.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(ended.wait(), 5)
        messages.put_nowait({"type": "lifespan.shutdown"})
        await life

    asyncio.run(scene())
    assert heard == ["server"]


def test_a_failing_application_fails_the_request() -> None:
    def broken(environ, start_response):
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        call(broken, Caller())
