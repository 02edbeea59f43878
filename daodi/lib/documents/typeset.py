"""Have a document typeset by a child process, bounded in memory and time."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext_lazy as _

from daodi.lib.documents.fonts import FontSet
from daodi.lib.text import Said

WORKER = Path(__file__).with_name("worker.py")
BASE = Path(__file__).with_name("base.typ")
SECONDS = 30
MEMORY = 2 * 2**30
# Each child needs about 100 MB: a process has one at a time.
_TURN = BoundedSemaphore(1)


class NotTypeset(Said):
    message = _("The document could not be made. Print the page from the browser instead.")

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why  # for the log: it names templates and lines


def typeset(
    template: Path,
    data: Mapping[str, Any],
    *,
    fonts: FontSet,
    pictures: Mapping[str, bytes] | None = None,
    kind: str = "pdf",
    seconds: int = SECONDS,
) -> bytes:
    """Return the document as PDF, or its first page as PNG (`kind="png"`).

    Raises NotTypeset when it takes too long, needs too much memory or does not fit its template.
    """
    with TemporaryDirectory(prefix="daodi-") as name:
        folder = Path(name)
        for source in (template, BASE):
            copy(source, folder)
        for picture, content in (pictures or {}).items():
            (folder / Path(picture).name).write_bytes(content)
        job = {
            "root": name,
            "template": template.name,
            "fonts": [str(path) for path in fonts.folders],
            "data": json.dumps({"fonts": fonts.families, **data}, ensure_ascii=False),
            "kind": kind,
        }
        return _in_turn(job, seconds)


def _in_turn(job: Mapping[str, Any], seconds: int) -> bytes:
    if not _TURN.acquire(timeout=seconds):
        raise NotTypeset("another document takes too long")
    try:
        return _made(job, seconds)
    finally:
        _TURN.release()


def _made(job: Mapping[str, Any], seconds: int) -> bytes:
    command = (sys.executable, "-I", str(WORKER), str(MEMORY), str(seconds))
    # Threads and their arenas would otherwise count against the memory on machines of many cores.
    environment = {**os.environ, "RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
    try:
        done = subprocess.run(
            command,
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotTypeset(f"it took longer than {seconds} s") from error
    if done.returncode:
        raise NotTypeset(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
