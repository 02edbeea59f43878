"""Whatever is killed at whatever moment: no receipt is lost, no request is doubled.

The real server with the embedded database, real processes, real signals; nothing is made up but
the residents, who send their form again until they have a receipt.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from uuid import UUID

import psutil
import psycopg
import pytest

from daodi.lib.embedded import dsn

REQUESTS, THREADS = 1000, 8
PATIENCE = 40  # seconds that a resident tries for
TOKEN = "a" * 32  # a form's token is its cookie's: both are the browser's
NUMBER = re.compile(r"SQ-\d{8}-\d{6}")
LEDGER = """
from daodi.core.ledgers.services import open_preset
from daodi.core.people.services import add_unit
unit = add_unit(code="centre", name="Centre")
open_preset("appeals", unit=unit, supervising_unit=unit)
"""


class Site:
    """A site of its own, with the addresses and processes that it consists of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        own = {"VAR_DIR": str(folder), "DATABASE_URL": "", "LOG_LEVEL": "ERROR"}
        # All the residents live at one address here.
        self.env = {**os.environ, **own, "FILINGS_AN_HOUR": str(10 * REQUESTS)}
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            self.port = door.getsockname()[1]

    def daodi(self, *args: str) -> subprocess.CompletedProcess[str]:
        command = (sys.executable, "-m", "daodi.cli", *args)
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)

    @contextmanager
    def served(self) -> Iterator[None]:
        port = ("--port", str(self.port))
        command = (sys.executable, "-m", "daodi.cli", "serve", "--with-worker", *port)
        log = (self.folder / "serve.log").open("w")
        with log, subprocess.Popen(command, env=self.env, stderr=log) as server:
            self.server = psutil.Process(server.pid)
            try:
                wait_for(lambda: self.ask("GET", "/healthz") == "ok")
                yield
            finally:
                server.terminate()

    def ask(self, method: str, address: str, **form: str) -> str:
        """Return the page, or where it sends us; raise OSError when there is no answer."""
        headers = {"Cookie": f"csrftoken={TOKEN}"}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        door = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            body = urlencode(form | {"csrfmiddlewaretoken": TOKEN})
            door.request(method, address, body if form else None, headers)
            answer = door.getresponse()
            page = answer.read().decode()
        except HTTPException as error:
            raise ConnectionError from error
        finally:
            door.close()
        if answer.status >= 400:
            raise ConnectionError(f"{answer.status} {page[:1000]}")
        return answer.headers["Location"] or page

    def worker(self) -> psutil.Process:
        return next(child for child in self.server.children() if "worker" in child.cmdline())

    def web_process(self) -> psutil.Process:
        return next(child for child in self.server.children() if "worker" not in child.cmdline())

    def database(self) -> psutil.Process:
        return psutil.Process(int((self.folder / "pg/postmaster.pid").read_text().split()[0]))

    def works(self) -> bool:
        """Say whether the worker looks for jobs."""
        return bool(
            self.worker().is_running()
            and self.rows("SELECT FROM pg_stat_activity WHERE query LIKE '%fetch_job%'")
        )

    def rows(self, query: str) -> list[tuple]:
        with psycopg.connect(dsn(self.folder / "pg")) as db:
            return db.execute(query).fetchall()


@pytest.fixture
def site() -> Iterator[Site]:
    """Make a site in a folder outside pytest's own, which other runs close to the database."""
    folder = Path(tempfile.mkdtemp(prefix="daodi-survival-"))
    site = Site(folder)
    try:
        assert site.daodi("init").returncode == 0
        assert site.daodi("manage", "shell", "-c", LEDGER).returncode == 0
        yield site
    finally:
        site.daodi("stop")
        shutil.rmtree(folder)


def test_no_receipt_is_lost_and_no_request_doubled(site: Site) -> None:
    chance = Random(20261121)  # noqa: S311 -- moments, not secrets
    keys = [UUID(int=chance.getrandbits(128), version=4) for _ in range(REQUESTS)]
    moments = [chance.randrange(start, start + 250) for start in (50, 350, 650)]
    receipts: dict[UUID, str] = {}

    with site.served(), ThreadPoolExecutor(THREADS) as residents:
        filings = [residents.submit(file, site, key, receipts) for key in keys]
        victims = (site.web_process, site.worker, site.database)
        for moment, victim in zip(moments, victims, strict=True):
            wait_for(lambda moment=moment: len(receipts) >= moment)
            kill(victim())
        wait(filings)
        wait_for(site.works)
        check = site.daodi("verify")

    assert (check.returncode, check.stdout) == (0, "1000 matters, 0 days: as it was written.\n")
    assert receipts.keys() == set(keys)
    assert receipts == dict(site.rows("SELECT form_key, number FROM core_matter"))
    texts = site.rows("SELECT text FROM core_matter ORDER BY text")
    assert texts == sorted((text_of(key),) for key in keys)
    lines = site.rows("SELECT count(*), count(DISTINCT matter_id) FROM core_event")
    contacts = site.rows("SELECT count(*), count(DISTINCT matter_id) FROM core_contact")
    assert [*lines, *contacts] == [(REQUESTS, REQUESTS)] * 2


def text_of(key: UUID) -> str:
    return f"The lamp {key} is dark."


def file(site: Site, key: UUID, receipts: dict[UUID, str]) -> None:
    """Send a form, the same one each time, until the page with the receipt has come."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and key not in receipts:
        try:
            page = site.ask("POST", "/", form_key=str(key), text=text_of(key), phone="13800000000")
            receipts[key] = NUMBER.search(site.ask("GET", page))[0]
        except OSError:
            time.sleep(0.2)


def kill(victim: psutil.Process) -> None:
    """Kill a process and all it has started, without a word of warning."""
    for process in [victim, *victim.children(recursive=True)]:
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if condition():
                return
        except (OSError, StopIteration, psutil.NoSuchProcess):
            pass
        time.sleep(0.05)
    raise AssertionError("it did not come about in time")
