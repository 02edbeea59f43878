"""Keep the texts true: write what ARCHITECTURE.md shows of the code and which decisions there are,
and check what others name.

With --check nothing is written; what is out of date is printed, and the exit code is 1.
"""

import ast
import os
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import django
from django.apps import apps
from django.db.models import Model
from django.utils import translation

from daodi.core.matters.moves import MOVES, Move
from daodi.core.matters.states import END_STATES, OPEN_STATES, State

ROOT = Path(__file__).resolve().parent.parent
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
DECISIONS = ROOT / "docs/decisions/README.md"
OPERATING = ROOT / "docs/operating.md"
SETTINGS = ROOT / "daodi/settings.py"
# What the code is now; decisions and changes say what it was.
LIVING = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "docs/*.md")
NAMED = re.compile(r"`((?:daodi|scripts|tests)/[\w./-]*)(?::([\w.]+))?`")
VARIABLE = re.compile(r'env\.\w+\(\s*"(\w+)"')
ANY_OPEN, ANY = "any open state", "any state"


def themes() -> list[list[str]]:
    """Return the packages of the core as the contract orders them, the lowest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    contract = next(c for c in settings["contracts"] if c["name"].startswith("Inside the core"))
    rows = [[name.strip() for name in layer.split("|")] for layer in reversed(contract["layers"])]
    found = [[name for name in row if (ROOT / "daodi/core" / name).is_dir()] for row in rows]
    return [row for row in found if row]


def themes_table() -> Iterator[str]:
    yield from ("| | theme | what is in it |", "|--:|---|---|")
    for number, row in enumerate(themes(), 1):
        for name in row:
            source = (ROOT / "daodi/core" / name / "__init__.py").read_text()
            yield f"| {number} | `{name}` | {first_words(ast.get_docstring(ast.parse(source)))} |"


def diagram() -> Iterator[str]:
    """Draw the moves that change the state; arrows with the same ends are one arrow."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for move in MOVES.values():
        for source in ("any_open",) if move.sources == OPEN_STATES else move.sources or ("[*]",):
            if move.target and source != move.target:
                arrows[str(source), str(move.target)].append(move.name)
    yield from ("```mermaid", "stateDiagram-v2")
    yield from (f"    {state} : {state.label}" for state in State)
    yield f"    any_open : {ANY_OPEN}"
    yield from (f"    {a} --> {b} : {', '.join(names)}" for (a, b), names in arrows.items())
    yield from (f"    {state} --> [*]" for state in END_STATES)
    yield "```"


def moves_table() -> Iterator[str]:
    yield "| move | on the page | from | to | who | asks for | decision | public |"
    yield "|---|---|---|---|---|---|---|---|"
    yield from (move_row(move) for move in MOVES.values())


def move_row(move: Move) -> str:
    whole = {OPEN_STATES: ANY_OPEN, (*OPEN_STATES, *END_STATES): ANY, (): "–"}
    decision = f"opens {move.opens}" if move.opens else move.decides and f"decides {move.decides}"
    cells = (
        f"`{move.name}`",
        str(move.label),
        whole.get(move.sources, ", ".join(move.sources)),
        str(move.target or "stays"),
        ", ".join(move.sides),
        ", ".join(move.asks),
        decision,
        "yes" if move.public else "as chosen" if "public" in move.asks else "",
    )
    return f"| {' | '.join(cells)} |"


def tables() -> Iterator[str]:
    yield from ("| theme | table | what a row is |", "|---|---|---|")
    order = [name for row in themes() for name in row]
    models = list(apps.get_app_config("core").get_models())
    models.sort(key=lambda model: order.index(theme_of(model)))
    for config in apps.get_app_configs():
        models += config.get_models() if config.name.startswith("daodi.apps.") else ()
    for model in models:
        yield f"| {theme_of(model)} | `{model.__name__}` | {first_words(model.__doc__)} |"


def theme_of(model: type[Model]) -> str:
    return model.__module__.split(".")[2]


def first_words(docstring: str | None) -> str:
    """Return the first paragraph of a docstring, as one line."""
    return " ".join((docstring or "").strip().split("\n\n")[0].split())


def _decisions_table() -> Iterator[str]:
    yield from ("| no. | decision | status |", "|---|---|---|")
    for page in sorted(DECISIONS.parent.glob("[0-9]*.md")):
        title, _empty, status = page.read_text().splitlines()[:3]
        number, _space, words = title.removeprefix("# ").partition(" ")
        yield f"| [{number}]({page.name}) | {words} | {status.partition(' · ')[2]} |"


def _architecture(text: str) -> str:
    return written(
        text,
        {
            "themes": themes_table(),
            "moves": [*diagram(), "", *moves_table()],
            "tables": tables(),
        },
    )


def written(text: str, parts: Mapping[str, Iterable[str]]) -> str:
    """Return the page with everything between its markers made anew."""
    for name, lines in parts.items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        before, rest = text.split(begin)
        text = f"{before}{begin}\n" + "\n".join(lines) + f"\n{end}{rest.split(end)[1]}"
    return text


def not_there() -> Iterator[str]:
    """Complain of files and names that a text mentions and the code does not have."""
    for page in sorted(page for pattern in LIVING for page in ROOT.glob(pattern)):
        for path, name in sorted(set(NAMED.findall(page.read_text()))):
            last = re.escape(name.rpartition(".")[2])
            if not (ROOT / path).exists():
                yield f"{page.relative_to(ROOT)}: there is no {path}"
            elif name and not re.search(rf"\b{last}\b", (ROOT / path).read_text()):
                yield f"{page.relative_to(ROOT)}: {path} has no {name}"


def not_said() -> Iterator[str]:
    """Complain of settings that the operators' page leaves out."""
    text = OPERATING.read_text()
    for name in VARIABLE.findall(SETTINGS.read_text()):
        if f"`{name}`" not in text:
            yield f"{OPERATING.relative_to(ROOT)}: does not say what {name} is"


def main(*, check: bool) -> list[str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daodi.settings")
    django.setup()
    stale = []
    with translation.override("en"):
        pages = {
            ARCHITECTURE: _architecture(ARCHITECTURE.read_text()),
            DECISIONS: written(DECISIONS.read_text(), {"decisions": _decisions_table()}),
        }
    for page, new in pages.items():
        if check and new != page.read_text():
            stale.append(f"{page.relative_to(ROOT)} is out of date: run scripts/diagrams.py")
        elif not check:
            page.write_text(new)
    return [*stale, *not_there(), *not_said()]


if __name__ == "__main__":
    complaints = main(check="--check" in sys.argv[1:])
    print(*complaints, sep="\n", end="\n" if complaints else "")
    sys.exit(bool(complaints))
