"""Measure Daodi small and large, write docs/performance.md, and exit 1 when a goal is missed.

    .venv/bin/python bench/run.py [--sizes 10000,1000000] [--open 0.1,0.05] [--quick] [--keep]

It works in an embedded server of its own below var/bench and takes it away afterwards, unless
--keep says that the next run is to find the databases there.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from report import missed, write_page

from daodi.lib.embedded import dsn, ensure_server, stop_server

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve() / "bench"
SERVER = VAR / "pg"
STORIES = "daodi"  # the database that all others are copied from


def main() -> int:
    asked = _asked()
    sizes = [int(size) for size in asked.sizes.split(",")]
    shares = [float(share) for share in asked.open.split(",")]
    ensure_server(SERVER)
    try:
        _make_stories(asked.stories)
        found = [_measure(size, share) for size, share in zip(sizes, shares, strict=True)]
    finally:
        if not asked.keep:
            stop_server(SERVER)
            shutil.rmtree(VAR)
    if not asked.quick:
        write_page(ROOT / "docs/performance.md", found)
    return 1 if missed(found) else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", default="10000,1000000", help="how many matters")
    parser.add_argument("--open", default="0.1,0.05", help="which share of them is open")
    parser.add_argument("--stories", type=int, default=600, help="how many matters are copied")
    parser.add_argument("--quick", action="store_true", help="2,000 and 20,000; writes no page")
    parser.add_argument("--keep", action="store_true", help="leave the databases for the next run")
    asked = parser.parse_args()
    if asked.quick:
        asked.sizes, asked.stories = "2000,20000", 150
    return asked


def _make_stories(count: int) -> None:
    _run(STORIES, sys.executable, "-m", "daodi.cli", "init")
    print("a county lives through its stories …", flush=True)
    _child(STORIES, "county.live_through(int(sys.argv[1]))", str(count))


def _measure(size: int, share: float) -> dict[str, Any]:
    name = f"bench_{size}"
    with psycopg.connect(_admin("postgres"), autocommit=True) as db:
        known = db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            db.execute(f"CREATE DATABASE {name} TEMPLATE {STORIES} OWNER daodi")
    print(f"{size:,} matters …", flush=True)
    _child(name, "measure.fill()", str(size), str(share), _admin(name))
    _read_once(SERVER / "base")
    said = _child(name, "measure.main()", str(size))
    result: dict[str, Any] = json.loads(said.splitlines()[-1])
    return result


def _read_once(folder: Path) -> None:
    """Bring the files into memory, where a server that is up for a day has them."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(2**20):
                    pass


def _child(database: str, what: str, *args: str) -> str:
    """Run a line of ours in a process that knows this database; return what it printed."""
    setup = "import sys, django; django.setup(); import county, measure; "
    return _run(database, sys.executable, "-c", setup + what, *args)


def _run(database: str, *command: str) -> str:
    env = os.environ | {
        "VAR_DIR": str(VAR),
        "DATABASE_URL": dsn(SERVER, database),
        "DJANGO_SETTINGS_MODULE": "daodi.settings",
        "PYTHONPATH": f"{BENCH}{os.pathsep}{ROOT}",
    }
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:4])} ended with {done.returncode}")
    return done.stdout


def _admin(database: str) -> str:
    return dsn(SERVER, database).replace("//daodi@", "//postgres@")


if __name__ == "__main__":
    sys.exit(main())
