"""What may be said of a figure beside the same figure of another window."""

from dataclasses import dataclass
from enum import StrEnum

from daodi.core.figures.counting import Figure
from daodi.lib.statistics import counts_differ, differ

# Fewer cases than these are not compared with anything.
FEW = 10


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    # Less than chance alone would bring about.
    SAME = "same"
    # Too few cases to say anything.
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Change:
    """Where a figure went, and by how much: a difference of shares, or a share of the count."""

    direction: Direction
    difference: float
    is_better: bool | None = None


def change(now: Figure, before: Figure) -> Change:
    """Compare a figure with the one before it; what may be chance is called the same.

    Both questions are answered by `daodi.lib.statistics`, with 95 % confidence.
    """
    if min(now.of, before.of) < FEW:
        return Change(Direction.FEW, 0.0)
    if now.formula.is_rate:
        difference = now.hits / now.of - before.hits / before.of
        is_another = differ(now.hits, now.of, before.hits, before.of)
    else:
        difference = now.of / before.of - 1
        is_another = counts_differ(now.of, before.of)
    if not is_another:
        return Change(Direction.SAME, difference)
    direction = Direction.UP if difference > 0 else Direction.DOWN
    better = {"more": Direction.UP, "less": Direction.DOWN}.get(now.formula.good)
    return Change(direction, difference, direction is better if better else None)
