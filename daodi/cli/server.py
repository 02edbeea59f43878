"""Serve the pages, do the jobs."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Annotated

import typer
from django.db import OperationalError
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

from daodi.cli.running import start_database
from daodi.cli.static import collect_static
from daodi.lib.embedded import ServerError

log = logging.getLogger("daodi.worker")
app = typer.Typer()

LOOK = 1  # seconds between two looks whether all that the pages need is there
PAUSE = 5  # seconds until the worker looks again for a database that went away


@app.command()
def serve(
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: Annotated[int, typer.Option(help="Processes.")] = 2,
    threads: Annotated[int, typer.Option(help="Requests that one process answers at once.")] = 4,
    with_worker: Annotated[bool, typer.Option("--with-worker", help="Do jobs beside it.")] = False,
) -> None:
    collect_static()
    os.environ["WEB_THREADS"] = str(threads)  # read by the processes that the server starts
    server = Server(
        "daodi.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    typer.echo(f"Daodi is at http://{host}:{port}/ (Ctrl-C ends it)", err=True)
    with _kept_up(with_worker=with_worker):
        server.serve()


@contextmanager
def _kept_up(*, with_worker: bool) -> Iterator[None]:
    """Keep up what the pages stand on, whatever kills it; web processes the server keeps itself."""
    command = (sys.executable, "-m", "daodi.cli", "worker")
    worker = subprocess.Popen(command) if with_worker else None
    ended = Event()

    def watch() -> None:
        nonlocal worker
        while not ended.wait(LOOK):
            try:
                start_database()
            except ServerError as error:
                log.warning("no database: %s", error)
            if worker and worker.poll() is not None:
                log.warning("the worker ended with %s: another one starts", worker.returncode)
                worker = subprocess.Popen(command)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
        if worker:
            worker.terminate()
            worker.wait()


@app.command()
def worker(
    jobs_at_once: Annotated[int, typer.Option(help="Jobs done at the same time.")] = 2,
) -> None:
    """It waits for a database that went away, and starts the embedded one again."""
    while True:
        try:
            start_database()
            connector = PsycopgConnector(kwargs=connector_params(), timeout=PAUSE)
            with jobs.replace_connector(connector) as ready:
                ready.run_worker(concurrency=jobs_at_once, delete_jobs="successful")
        except (ServerError, OperationalError, ConnectorException) as error:
            log.warning("no database: %s", error)
            time.sleep(PAUSE)
        else:
            return
