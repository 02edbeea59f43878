"""Hold the code against the numbers in [tool.shape]; print what is over and exit 1."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMITS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["shape"]
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SILENCED = {
    "noqa": re.compile(r"# (?:ruff: )?noqa(?P<good>: [A-Z0-9, ]+ -- \S)?"),
    "type_ignore": re.compile(r"# type: ignore(?P<good>\[[a-z, -]+\])?"),
}


def too_long(path: Path, tree: ast.Module, lines: int) -> Iterator[str]:
    if lines > LIMITS["file_lines"]:
        yield f"{path}: {lines} lines"
    public = [node for node in tree.body if isinstance(node, NAMED) and node.name[0] != "_"]
    if len(public) > LIMITS["public_names"] and path.name != "views.py":
        yield f"{path}: {len(public)} public names"
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > LIMITS["function_lines"]:
                yield f"{path}:{node.lineno} {node.name}: {length} lines"


def forbidden(path: Path, tree: ast.Module) -> Iterator[str]:
    if "daodi/core" not in path.as_posix():
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module.startswith(tuple(LIMITS["core_may_not_import"])):
                yield f"{path}:{node.lineno} the core imports {node.module}"


def unnamed_saves(path: Path, tree: ast.Module) -> Iterator[str]:
    """A bare save() writes every column back, and undoes what others did meanwhile."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "save" and not (node.args or node.keywords):
                yield f"{path}:{node.lineno} save() without update_fields"


def silenced(texts: dict[Path, str]) -> Iterator[str]:
    """A silenced rule names its code, and says why; there are few of them."""
    for kind, pattern in SILENCED.items():
        found = [(path, match) for path, text in texts.items() for match in pattern.finditer(text)]
        if len(found) > LIMITS[kind]:
            yield f"{len(found)} times {kind}, {LIMITS[kind]} are enough"
        for path, match in found:
            if not match["good"]:
                yield f"{path}: {match[0]!r} without its code or a reason"


def complaints() -> Iterator[str]:
    texts = {
        path.relative_to(ROOT): path.read_text()
        for folder in ("daodi", "scripts")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not {"migrations", "tests"} & set(path.parts)
    }
    for path, text in texts.items():
        tree = ast.parse(text)
        yield from too_long(path, tree, text.count("\n"))
        yield from forbidden(path, tree)
        yield from unnamed_saves(path, tree)
    yield from silenced({path: text for path, text in texts.items() if path.name != "shape.py"})
    for path in sorted((ROOT / "daodi").rglob("*.html")):
        if (lines := path.read_text().count("\n")) > LIMITS["template_lines"]:
            yield f"{path.relative_to(ROOT)}: {lines} lines"


if __name__ == "__main__":
    found = list(complaints())
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(found))
