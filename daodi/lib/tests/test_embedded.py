import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from daodi.lib.embedded import (
    SOCKET,
    dsn,
    ensure_server,
    memory_for,
    socket_folder,
    stop_server,
)

START = "import sys; from pathlib import Path; from daodi.lib.embedded import *; "
START += "print(ensure_server(Path(sys.argv[1])))"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A server of the module's own, made by two processes that start at the same moment."""
    path = tmp_path_factory.mktemp("site") / "pg"
    command = (sys.executable, "-c", START, str(path))
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [one.communicate()[0].strip() for one in both] == [dsn(path)] * 2
    yield path
    stop_server(path)


def ask(folder: Path, question: str) -> object:
    with psycopg.connect(dsn(folder)) as connection:
        return connection.execute(question).fetchone()[0]


def server_pid(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().split()[0])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("jit", "off"),
        ("random_page_cost", "1.1"),
        ("max_connections", "200"),
        ("listen_addresses", ""),
        ("server_encoding", "UTF8"),
    ],
)
def test_server_is_tuned(folder, name, value) -> None:
    assert ask(folder, f"SHOW {name}") == value


@pytest.mark.parametrize(
    ("gigabytes", "kept", "files"),
    [(0.5, "128MB", "256MB"), (4, "512MB", "2048MB"), (24, "3072MB", "12288MB"),
     (256, "4096MB", "131072MB")],
)  # fmt: skip
def test_a_large_machine_keeps_more_in_memory(gigabytes, kept, files) -> None:
    memory = memory_for(int(gigabytes * 2**30))
    assert memory == {"shared_buffers": kept, "effective_cache_size": files}


def test_daodi_may_make_databases_and_nothing_more(folder) -> None:
    rights = "SELECT (rolsuper, rolcreatedb, rolcreaterole)::text FROM pg_roles"
    assert ask(folder, f"{rights} WHERE rolname = current_user") == "(f,t,f)"


def test_only_the_owner_reaches_the_socket(folder) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_running_server_is_used(folder) -> None:
    before = server_pid(folder)
    assert ensure_server(folder) == dsn(folder)
    assert server_pid(folder) == before


def test_a_killed_server_comes_back_with_what_it_held(folder) -> None:
    with psycopg.connect(dsn(folder)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    os.kill(server_pid(folder), signal.SIGKILL)

    ensure_server(folder)
    assert ask(folder, "SELECT n FROM kept") == 7


def test_a_stopped_server_starts_again_though_its_number_is_taken(folder) -> None:
    """After the machine was killed, another process may bear the number in the lock file."""
    lock = (folder / "postmaster.pid").read_text()
    assert stop_server(folder) is True
    assert stop_server(folder) is False
    (folder / "postmaster.pid").write_text(lock.replace(lock.split()[0], str(os.getpid()), 1))

    ensure_server(folder)
    assert server_pid(folder) != os.getpid()


def test_no_server_to_stop(tmp_path) -> None:
    assert stop_server(tmp_path / "pg") is False


def test_socket_fits_however_long_the_path(tmp_path) -> None:
    long = tmp_path / ("a" * 90)
    assert socket_folder(tmp_path) == tmp_path
    assert len(str(socket_folder(long) / SOCKET)) < 60
    assert socket_folder(long) != socket_folder(long / "b")
