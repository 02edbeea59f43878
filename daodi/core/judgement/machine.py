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

from daodi.core.judgement.keywords import Guess
from daodi.core.judgement.models import ModelVersion
from daodi.lib.uploads import random_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from daodi.core.ledgers.models import Category
    from daodi.lib.learning import Tree

log = logging.getLogger(__name__)
FOLDER = "models"
KEPT_IN_MEMORY = 4  # ledgers
LEAST = 0.01  # what is less likely is not worth a line


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


def guess_learnt(
    version: ModelVersion, title: str, text: str, categories: "Sequence[Category]"
) -> "list[Guess]":
    """Return the likeliest categories by what was learnt, the best first.

    A model that cannot be read says nothing, and leaves a line in the log: no filing waits for it.
    """
    try:
        tree = tree_of(version.file)
    except (OSError, lib().NotAModel):
        log.exception("Model %s cannot be read", version)
        return []
    known: Mapping[str, Category] = {each.code: each for each in categories}
    return [
        Guess(known[each.label], each.words, round(each.probability, 4), is_learnt=True)
        for each in tree.guess(lib().Message(title, text))
        if each.label in known and each.probability >= LEAST
    ]
