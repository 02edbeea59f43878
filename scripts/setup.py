"""The parts of set-up that need to look around: Python's environment, and a browser for tests."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def make_environment() -> None:
    if sys.version_info < (3, 11):
        sys.exit("Daodi needs Python 3.11 or later: make PYTHON=python3.11")
    if find_spec("ensurepip") is None:
        install("python3-venv", reason="Python's venv module is not complete")
    # Another process: this one has already looked for what was missing.
    subprocess.run((sys.executable, "-m", "venv", "--clear", ROOT / ".venv"), check=True)


def find_browser() -> None:
    if shutil.which("chromium") is None:
        install("chromium", "fonts-noto-cjk", reason="The tests drive a real browser")


def install(*packages: str, reason: str) -> None:
    """Install Debian packages as root; tell everybody else what to install."""
    command = ("apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"{reason}. As root, please run: apt-get install {' '.join(packages)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    for step in (("apt-get", "update", "-qq"), command):
        subprocess.run(step, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    {"environment": make_environment, "browser": find_browser}[sys.argv[1]]()
