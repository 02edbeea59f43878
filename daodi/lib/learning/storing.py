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
from daodi.lib.learning.vectors import Vectors, Vocabulary
from daodi.lib.text import Said

FORMAT = 1
_DAMAGED = (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, AttributeError)


class NotAModel(Said):
    message = _("This file is not a model of this version. Please train it anew.")


def save(model: Model, file: Path | BinaryIO) -> None:
    """Write a model; weights are kept with 16 bits, which changes no suggestion."""
    skops.io.dump(_plain(model), file, compression=zipfile.ZIP_DEFLATED, compresslevel=1)


def load(file: Path | BinaryIO) -> Model:
    """Read a model; raise NotAModel if the file is none of this version. Runs nothing in it."""
    try:
        return _model(skops.io.load(file, trusted=[]))
    except _DAMAGED as error:
        raise NotAModel from error


def _plain(model: Model) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "labels": list(model.labels),
        "parts": [
            {
                "name": each.part.name,
                "longest": each.part.longest,
                "weight": each.part.weight,
                "codes": each.codes,
                "weights": each.weights,
            }
            for each in model.vectors.vocabularies
        ],
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


def _model(kept: dict[str, Any]) -> Model:
    if kept["format"] != FORMAT:
        raise NotAModel
    vocabularies = [
        Vocabulary(
            Part(each["name"], each["longest"], each["weight"]), each["codes"], each["weights"]
        )
        for each in kept["parts"]
    ]
    machines = [
        Linear(each["weights"].astype(np.float32), each["bias"]) for each in kept["machines"]
    ]
    return Model(
        tuple(kept["labels"]), Vectors(vocabularies), tuple(machines), Mixer(**kept["mixer"])
    )
