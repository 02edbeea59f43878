"""A WSGI application under an ASGI server: pages in threads, endless answers in the event loop.

Pages block a thread as long as they are made, and no longer: bodies are received before, and what
has no end is not their affair. An application that wants to go on telling puts a function without
arguments that returns an asynchronous iterator of bytes into `environ[GO_ON]`, a list; what it
yields is sent behind the answer's own headers until it ends or the reader is gone.
"""

import asyncio
import signal
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from types import FrameType
from typing import IO, Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Endless = Callable[[], AsyncIterator[bytes]]

GO_ON = "bridge.go_on"
IN_MEMORY = 2**20  # a larger body waits on disk
BLOCK = 2**18  # a file is sent in pieces of this size
UNPREFIXED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Bridge:
    """Answers each request in one of `threads` threads.

    A body larger than `most_body` is not received: the application sees its length, and refuses.
    `on_shutdown` is called in the loop when the server is about to end.
    """

    def __init__(
        self,
        application: Application,
        *,
        threads: int,
        most_body: int,
        on_shutdown: Callable[[], None],
    ) -> None:
        self._application, self._most_body = application, most_body
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._on_shutdown = on_shutdown

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        if threading.current_thread() is threading.main_thread():
            self._listen(asyncio.get_running_loop())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._on_shutdown()
        await send({"type": "lifespan.shutdown.complete"})

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hear the signal to end: servers pass it on only when every answer has ended.

        The loop has handlers of its own for these signals, which the server set; they stay.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            before = signal.getsignal(number)

            def handle(number: int, frame: FrameType | None, before: Any = before) -> None:
                loop.call_soon_threadsafe(self._on_shutdown)
                if callable(before):
                    before(number, frame)

            signal.signal(number, handle)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(IN_MEMORY) as body:
            if not await _received(body, _length(scope), self._most_body, receive):
                return
            environ = _environ(scope, body)
            loop = asyncio.get_running_loop()
            answer = _Answer(loop, send)
            last = await loop.run_in_executor(
                self._threads, answer.make, self._application, environ
            )
        if environ[GO_ON]:
            await _go_on(environ[GO_ON][0], answer.start(endless=True), receive, send)
            return
        if not answer.begun:
            await send(answer.start())
        await send({"type": "http.response.body", "body": last})


class _Answer:
    """An answer while it is made in its thread; the last piece is left for the loop to send."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self._loop, self._send = loop, send
        self._status = 500
        self._headers: list[tuple[bytes, bytes]] = []
        self.begun = False

    def make(self, application: Application, environ: Environ) -> bytes:
        held = None
        for piece in _pieces(application(environ, self._start_response)):
            if held is not None:
                self._push(held)
            held = piece
        return held or b""

    def start(self, *, endless: bool = False) -> Message:
        headers = [h for h in self._headers if not (endless and h[0] == b"content-length")]
        return {"type": "http.response.start", "status": self._status, "headers": headers}

    def _start_response(
        self, status: str, headers: list[tuple[str, str]], _failure: object = None
    ) -> Callable[[bytes], None]:
        self._status = int(status.partition(" ")[0])
        self._headers = [(k.lower().encode("latin1"), v.encode("latin1")) for k, v in headers]
        return self._push

    def _push(self, piece: bytes) -> None:
        """Send a piece, and wait with this thread until it is taken."""
        if not self.begun:
            self.begun = True
            self._wait(self.start())
        self._wait({"type": "http.response.body", "body": piece, "more_body": True})

    def _wait(self, message: Message) -> None:
        async def send() -> None:
            await self._send(message)

        asyncio.run_coroutine_threadsafe(send(), self._loop).result()


class File:
    """A file as pieces: what Django hands files over to."""

    def __init__(self, file: IO[bytes], _size: int = 0) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self._file.read(BLOCK), b"")

    def close(self) -> None:
        self._file.close()


def _pieces(answer: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces of an answer, and close it as WSGI wants."""
    close = getattr(answer, "close", None)
    try:
        yield from answer
    finally:
        if close:
            close()


async def _go_on(endless: Endless, start: Message, receive: Receive, send: Send) -> None:
    """Send an endless answer until it ends or the reader is gone, whichever comes first."""

    async def tell() -> None:
        await send(start)
        async for piece in endless():
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def be_left() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    tasks = [asyncio.ensure_future(tell()), asyncio.ensure_future(be_left())]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError, ConnectionError):
                await task


def _length(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


async def _received(body: IO[bytes], length: int, most: int, receive: Receive) -> bool:
    """Take the body in; say whether the sender stayed to its end."""
    missing = length if length <= most else 0
    while missing > 0:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        piece = message.get("body", b"")
        body.write(piece)
        missing -= len(piece)
        if not message.get("more_body", False):
            break
    body.seek(0)
    return True


def _environ(scope: Scope, body: IO[bytes]) -> Environ:
    """Write a request the way WSGI wants it."""
    server = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": File,
        GO_ON: [],
    }
    for raw, value in scope["headers"]:
        name, text = raw.decode("latin1"), value.decode("latin1")
        if "_" in name:
            continue  # it could pass for another header
        key = UNPREFIXED.get(name) or "HTTP_" + name.upper().replace("-", "_")
        joint = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{joint}{text}" if key in environ else text
    return environ
