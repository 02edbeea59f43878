"""Style sheets and scripts joined into few files: each file more is a journey more for a phone.

An app lists in `bundles` of its AppConfig what is joined to what; a template asks for
`bundles/<name>`. A style sheet may carry a media query behind a blank: `daodi/print.css print`.
A bundle that is called `.mjs` is one of modules, each after those that it imports; such a module
imports by name and exports by `export function` or `export const`, nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.files.storage import FileSystemStorage

FOLDER = "bundles"
_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const) (\w+)", re.MULTILINE)
Parts = tuple[str, ...]


class BundleFinder(BaseFinder):
    """Finds bundles, and joins one anew when a part of it or its list has changed."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "joined")
        self.sources = AppDirectoriesFinder()

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: Any = None, **_asked: Any) -> Any:
        parts = _lists().get(path)
        if parts is None:
            return []
        made = str(self._made(path, parts))
        return [made] if find_all else made

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        for path, parts in _lists().items():
            self._made(path, parts)
            yield path, self.storage

    def _made(self, path: str, parts: Parts) -> Path:
        made = Path(self.storage.path(path))
        text = join(path, [(part, self._text(part)) for part in parts])
        if not made.exists() or made.read_text() != text:
            _write(made, text)
        return made

    def _text(self, part: str) -> str:
        name = part.split()[0]
        found = self.sources.find(name)
        if not found:
            raise FileNotFoundError(name)
        return Path(str(found)).read_text()


def join(path: str, parts: Iterable[tuple[str, str]]) -> str:
    """Return the text of the bundle `path` of parts, each by its name and its own text."""
    how = {".css": _sheet, ".js": _script, ".mjs": _module}[Path(path).suffix]
    return "\n".join(how(name, text) for name, text in parts)


def _sheet(name: str, text: str) -> str:
    _file, _blank, media = name.partition(" ")
    return f"@media {media} {{\n{text}}}\n" if media else text


def _script(_name: str, text: str) -> str:
    return text


def _module(name: str, text: str) -> str:
    """Put a module into a function of its own, whose result is what it exports."""
    exported = ", ".join(match[2] for match in _EXPORT.finditer(text))
    text = _EXPORT.sub(r"\1 \2", text)
    text = _IMPORT.sub(lambda match: f"const {match[1]} = _{match[2]};" if match[1] else "", text)
    return f"const _{Path(name).stem} = (() => {{\n{text}\nreturn {{ {exported} }};\n}})();\n"


def _lists() -> dict[str, Parts]:
    return {
        f"{FOLDER}/{name}": parts
        for config in apps.get_app_configs()
        for name, parts in getattr(config, "bundles", {}).items()
    }


def _write(path: Path, text: str) -> None:
    """Write it at once: others may be reading it, or writing the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, suffix=".new", delete=False) as new:
        new.write(text)
    path_of_new = Path(new.name)
    path_of_new.chmod(0o644)
    path_of_new.replace(path)
