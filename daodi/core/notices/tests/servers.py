"""Real servers for the time of a test: one takes letters, one takes what is posted to it."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from aiosmtpd.controller import Controller
from django.test import override_settings


@dataclass
class Letters:
    """What a mail server was given; `answer` is what it says to the next ones."""

    got: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 OK"
    port: int = 0

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 -- its name
        if self.answer.startswith("250"):
            self.got.append(message_from_bytes(envelope.original_content, policy=policy.default))
        return self.answer

    def texts(self) -> list[str]:
        return [letter.get_content().strip().replace("\r\n", "\n") for letter in self.got]


@contextmanager
def mail_server() -> Iterator[Letters]:
    letters = Letters(port=free_port())
    controller = Controller(letters, hostname="127.0.0.1", port=letters.port)
    controller.start()
    settings = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": letters.port, "EMAIL_USE_TLS": False,
        "DEFAULT_FROM_EMAIL": "daodi@qixian.example",
    }  # fmt: skip
    try:
        with override_settings(**settings):
            yield letters
    finally:
        controller.stop()


@dataclass
class Posts:
    """What a service was sent: path, headers, JSON; `answers` are what it says, the last stays."""

    got: list[tuple[str, dict, dict]] = field(default_factory=list)
    answers: list[tuple[int, dict | None]] = field(default_factory=lambda: [(200, {"errcode": 0})])
    url: str = ""

    def bodies(self) -> list[dict]:
        return [body for _path, _headers, body in self.got]


@contextmanager
def service() -> Iterator[Posts]:
    posts = Posts()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            posts.got.append((self.path, dict(self.headers), body))
            status, said = posts.answers.pop(0) if len(posts.answers) > 1 else posts.answers[0]
            if said is None:  # the line breaks before there is an answer
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    posts.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield posts
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]
