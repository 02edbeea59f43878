"""What a share says when it comes from few cases."""

from math import exp, sqrt

# Two-sided 95 % of the normal distribution.
Z = 1.959964


def wilson(hits: float, of: int, z: float = Z) -> tuple[float, float]:
    """Return the interval in which the true share lies with 95 % confidence, each from 0 to 1.

    Wilson's score interval (E. B. Wilson, JASA 22, 1927): it also holds for few cases and for
    shares near 0 and 1. With no case at all everything is possible.
    """
    if of <= 0:
        return 0.0, 1.0
    share = hits / of
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    low, high = (middle - spread) / scale, (middle + spread) / scale
    # It always holds the share itself: rounding must not push 0 or 1 out of it.
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def differ(hits: float, of: int, other_hits: float, other_of: int) -> bool:
    """Say whether two shares differ by more than chance would have it, with 95 % confidence.

    Newcombe's interval of the difference, from the two of Wilson (Statistics in Medicine 17, 1998).
    """
    if of <= 0 or other_of <= 0:
        return False
    share, other = hits / of, other_hits / other_of
    low, high = wilson(hits, of)
    other_low, other_high = wilson(other_hits, other_of)
    below = share - other - sqrt((share - low) ** 2 + (other_high - other) ** 2)
    above = share - other + sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return below > 0 or above < 0


def counts_differ(count: int, other: int, z: float = Z) -> bool:
    """Say whether two counts of like spans differ by more than chance would have it."""
    return abs(count - other) > z * sqrt(count + other)


def poisson_tail(count: int, mean: float) -> float:
    """Return how likely `count` or more cases are where `mean` are usual."""
    term, below = exp(-mean), 0.0
    for number in range(count):
        below += term
        term *= mean / (number + 1)
    return max(0.0, 1.0 - below)
