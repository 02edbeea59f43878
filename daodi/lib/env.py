"""Read settings from the environment; stop at start-up when a value makes no sense."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

_TILE_PARTS = ("{z}", "{x}", "{y}")
Chosen = TypeVar("Chosen")


def text(name: str, default: str = "") -> str:
    """Return the variable, or the content of the file that `NAME_FILE` points to."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "true" if default else "false").lower()
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name}={value!r}: write true or false")
    return value == "true"


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number")
    return int(value)


def one_of(name: str, choices: Mapping[str, Chosen]) -> Chosen:
    """Return what the variable's value stands for; without one, the first."""
    value = text(name, next(iter(choices)))
    if value not in choices:
        known = ", ".join(filter(None, choices))
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {known}")
    return choices[value]


def day(name: str) -> date | None:
    """Return a day such as 2027-01-31; None when nothing is said."""
    value = text(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r}: write a day such as 2027-01-31") from None


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def numbers(name: str, default: str) -> list[float]:
    """Return numbers separated by commas, as many as the default has."""
    value = text(name, default)
    try:
        found = [float(part) for part in value.split(",")]
    except ValueError:
        found = []
    if len(found) != default.count(",") + 1:
        raise ImproperlyConfigured(f"{name}={value!r}: write numbers such as {default}")
    return found


def tiles(name: str) -> str:
    """Return the address of map tiles, or nothing."""
    value = text(name)
    if value and not (value.startswith("https://") and all(p in value for p in _TILE_PARTS)):
        raise ImproperlyConfigured(f"{name}={value!r}: write https://…/{{z}}/{{x}}/{{y}}.png")
    return value


def secret(name: str, path: Path, make: Callable[[], str]) -> str:
    """Return the variable, or what `path` keeps: made once, readable by its owner only."""
    return text(name) or _kept(path, make)


def _kept(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            file.write(make())
        try:
            os.link(draft, path)  # fails if another process was faster: then its secret counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
