"""Phrases with choices in them: `<a|b>`, `<3~9>` and `$name`, read once and expanded many times."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

HERE = Path(__file__).parent
PHRASES = HERE / "phrases"
PRESET = HERE.parent / "core" / "ledgers" / "presets" / "categories-appeals.yaml"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INNERMOST = re.compile(r"<([^<>]*)>")
_VALUE = re.compile(r"\$([a-z_]+)")
_NOT_WORDS = re.compile(r"\$[a-z_]+|[<>|~0-9，。“”、]")


def load(path: Path) -> Any:
    """Read a YAML file of ours."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 -- a safe loader


@cache
def book(name: str) -> dict[str, Any]:
    """Return the phrases of one file; they are read once."""
    found: dict[str, Any] = load(PHRASES / f"{name}.yaml")
    return found


def expand(rng: Random, phrase: str, values: Mapping[str, str]) -> str:
    """Draw one wording: choices from the inside out, then the values, which may hold choices."""
    for _round in range(3):
        phrase = draw(rng, phrase)
        if "$" not in phrase:
            break
        phrase = _VALUE.sub(lambda found: values[found[1]], phrase)
    return phrase


def draw(rng: Random, phrase: str) -> str:
    """Settle the choices and ranges of a phrase; values stay."""
    while "<" in phrase:
        phrase = _INNERMOST.sub(lambda found: _one(rng, found[1]), phrase)
    return phrase


def _one(rng: Random, choices: str) -> str:
    if "|" not in choices and "~" in choices:
        low, high = choices.split("~")
        return _number(rng, low, high)
    return rng.choice(choices.split("|"))


def _number(rng: Random, low: str, high: str) -> str:
    if "." in low:
        return f"{rng.uniform(float(low), float(high)):.1f}"
    return str(rng.randint(int(low), int(high)))


@cache
def wordings(phrase: str) -> tuple[str, ...]:
    """Return every choice of a phrase with few of them; ranges stay as they are."""
    found = re.search(r"<([^<>~]*\|[^<>]*)>", phrase)
    if not found:
        return (phrase,)
    before, after = phrase[: found.start()], phrase[found.end() :]
    ways = [wordings(before + choice + after) for choice in found[1].split("|")]
    return tuple(one for way in ways for one in way)


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a phrase, its values and marks left out."""
    plain = _NOT_WORDS.sub(" ", text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1) if " " not in plain[i : i + 2])


_pairs_of_phrase = cache(pairs)


def closest(rng: Random, choices: Sequence[str], text: str) -> str:
    """Return the choice that shares most with a text; chance decides among near equals."""
    if len(choices) == 1:
        return choices[0]
    known = pairs(text)
    return max(choices, key=lambda one: _kinship(_pairs_of_phrase(one), known) + rng.random() * 0.2)


def _kinship(mine: frozenset[str], known: frozenset[str]) -> float:
    return float(len(mine & known) / (len(mine) + 2) ** 0.7)
