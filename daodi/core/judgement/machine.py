"""The way to what learns. It takes seconds and 150 MB to load: only whoever asks it pays for that.

Pages never ask: a worker writes down what it suggests for a filing, and pages read that.
"""

import logging
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from daodi.core.judgement.keywords import MOST, Guess, guess_by_words
from daodi.core.judgement.models import ModelVersion
from daodi.lib.uploads import random_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from daodi.core.ledgers.models import Category
    from daodi.lib.learning import Tree

log = logging.getLogger(__name__)
FOLDER = "models"
KEPT_IN_MEMORY = 4  # ledgers
LEAST = 0.01  # what is less likely is not worth a line
MOST_WORDS = 5


def lib() -> Any:
    """Return `daodi.lib.learning`, loaded by the first who asks."""
    return import_module("daodi.lib.learning")


def keep(tree: "Tree") -> tuple[str, int]:
    """Store what was learnt beside the files of matters; return its name and size."""
    target = BytesIO()
    lib().save(tree, target)
    content = target.getvalue()
    return default_storage.save(f"{FOLDER}/{random_name('.skops')}", ContentFile(content)), len(
        content
    )


def drop(name: str) -> None:
    default_storage.delete(name)


@lru_cache(maxsize=KEPT_IN_MEMORY)
def tree_of(name: str) -> "Tree":
    """Return what is stored under this name; a name never gets another content."""
    with default_storage.open(name) as file:
        tree: Tree = lib().load(BytesIO(file.read()))
    return tree


def tree_in(version: ModelVersion) -> "Tree | None":
    """Return what a version learnt; None, with a line in the log, if its file cannot be read."""
    try:
        return tree_of(version.file)
    except (OSError, lib().NotAModel):
        log.exception("Model %s cannot be read", version)
        return None


def guess_with(
    tree: "Tree", title: str, text: str, categories: "Sequence[Category]"
) -> list[Guess]:
    """Return the likeliest categories by what was learnt, the best first.

    Where it was learnt only which branch it is, the words of the scheme choose within the branch. A
    category that was never learnt, because it is new or rare, comes last by its words.
    """
    known = {each.code: each for each in categories}
    by_words = guess_by_words(title, text, categories, most=len(known))
    found: list[Guess] = []
    for each in tree.guess(lib().Message(title, text)):
        if each.label in known and each.probability >= LEAST:
            learnt = Guess(known[each.label], each.words, each.probability, is_learnt=True)
            found.append(_deeper(learnt, by_words))
    names = {guess.category for guess in found}
    new = [
        guess
        for guess in by_words
        if guess.category not in names and guess.category.code not in tree.labels
    ]
    return [*found[: MOST - bool(new)], *new][:MOST]


def _deeper(learnt: Guess, by_words: list[Guess]) -> Guess:
    """Go down to the category that the words name within a branch, as sure as they make it."""
    code = learnt.category.code
    inside = [guess for guess in by_words if guess.category.code.startswith(code)]
    if not inside or inside[0].category == learnt.category:
        return learnt
    best = inside[0]
    share = best.confidence / max(sum(guess.confidence for guess in inside), LEAST)
    words = tuple(dict.fromkeys((*best.words, *learnt.words)))[:MOST_WORDS]
    return Guess(best.category, words, round(learnt.confidence * min(share, 1), 4), is_learnt=True)
