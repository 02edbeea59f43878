"""The dice of all made-up stories: the same seed throws the same."""

from random import Random


def dice(seed: int | str) -> Random:
    return Random(seed)
