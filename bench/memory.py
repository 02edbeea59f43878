"""How much memory one web process takes after a good deal of work."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import cycle, islice

import psutil

REQUESTS = 1000
PATIENCE = 60
MB = 2**20


def memory_of_a_process(addresses: Sequence[str], cookies: str) -> dict[str, float]:
    """Serve with one process, ask it a thousand times, and return its RSS and PSS in MB."""
    port = _free_port()
    command = (sys.executable, "-m", "daodi.cli", "serve", "--workers", "1", "--port", str(port))
    with subprocess.Popen(command) as server:
        try:
            web = _web_process(server.pid, port)
            idle = web.memory_full_info()
            begun = time.perf_counter()
            _ask(port, islice(cycle(addresses), REQUESTS), cookies)
            seconds = time.perf_counter() - begun
            loaded = web.memory_full_info()
        finally:
            server.terminate()
    return {
        "idle_rss": idle.rss / MB,
        "rss": loaded.rss / MB,
        "pss": loaded.pss / MB,
        "per_second": REQUESTS / seconds,
    }


def _web_process(server: int, port: int) -> psutil.Process:
    """Wait until it answers and return the process that does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            _ask(port, ["/healthz"], "")
        except OSError:
            time.sleep(0.2)
        else:
            children = psutil.Process(server).children(recursive=True)
            return max(children, key=lambda child: child.memory_info().rss)
    raise SystemExit("the server does not answer")


def _ask(port: int, addresses: "Sequence[str] | islice[str]", cookies: str) -> None:
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for address in addresses:
        web.request("GET", address, headers={"Cookie": cookies})
        answer = web.getresponse()
        answer.read()
        if answer.status != http.client.OK:
            raise SystemExit(f"{answer.status} for {address}")
    web.close()


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
