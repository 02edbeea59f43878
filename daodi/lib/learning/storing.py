"""A model in a file: a zip of plain arrays and texts (skops), so that loading runs nothing."""

import zipfile
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import skops.io
from django.utils.translation import gettext_lazy as _

from daodi.lib.learning.mixing import Mixer
from daodi.lib.learning.model import Model
from daodi.lib.learning.solving import Linear
from daodi.lib.learning.texts import Part
from daodi.lib.learning.tree import Tree
from daodi.lib.learning.vectors import Vectors, Vocabulary
from daodi.lib.text import Said

FORMAT = 2
_DAMAGED = (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, AttributeError)


class NotAModel(Said):
    message = _("This file is not a model of this version. Please train it anew.")


def save(tree: Tree, file: Path | BinaryIO) -> None:
    """Write what was learnt; weights are kept with 16 bits, which changes no suggestion."""
    kept = {"format": FORMAT, "top": _plain(tree.top)}
    kept["below"] = {label: _plain(model) for label, model in tree.below.items()}
    skops.io.dump(kept, file, compression=zipfile.ZIP_DEFLATED, compresslevel=1)


def load(file: Path | BinaryIO) -> Tree:
    """Read what was learnt; raise NotAModel if it is none of this version. Runs nothing in it."""
    try:
        kept = skops.io.load(file, trusted=[])
        if kept["format"] != FORMAT:
            raise NotAModel
        below = {label: _model(model) for label, model in kept["below"].items()}
        return Tree(_model(kept["top"]), below)
    except _DAMAGED as error:
        raise NotAModel from error


def _plain(model: Model) -> dict[str, Any]:
    return {
        "labels": list(model.labels),
        "parts": [_plain_part(each) for each in model.vectors.vocabularies],
        "themes": [_plain_part(each) for each in model.themes.vocabularies],
        "machines": [
            {"weights": each.weights.astype(np.float16), "bias": each.bias}
            for each in model.machines
        ],
        "mixer": {
            "scale": model.mixer.scale,
            "weights": model.mixer.weights,
            "bias": model.mixer.bias,
        },
    }


def _plain_part(known: Vocabulary) -> dict[str, Any]:
    return {
        "name": known.part.name,
        "longest": known.part.longest,
        "weight": known.part.weight,
        "lexicon": " ".join(sorted(known.part.lexicon)),
        "codes": known.codes,
        "weights": known.weights,
    }


def _model(kept: dict[str, Any]) -> Model:
    machines = [
        Linear(each["weights"].astype(np.float32), each["bias"]) for each in kept["machines"]
    ]
    return Model(
        tuple(kept["labels"]),
        Vectors([_part(each) for each in kept["parts"]]),
        tuple(machines),
        Vectors([_part(each) for each in kept["themes"]]),
        Mixer(**kept["mixer"]),
    )


def _part(kept: dict[str, Any]) -> Vocabulary:
    lexicon = frozenset(kept["lexicon"].split())
    part = Part(kept["name"], kept["longest"], kept["weight"], lexicon)
    return Vocabulary(part, kept["codes"], kept["weights"])
