"""From turns to a verdict: how many there were, and how sure that count can be."""

from __future__ import annotations

from collections.abc import Sequence

_MANY = 3


def count_confidence(likelihoods: Sequence[float], count: int) -> float:
    """How likely it is that exactly `count` turns were instances; from three on, that at least three were.

    Turns are taken as independent (the Poisson binomial distribution).

    Args:
        likelihoods: for each turn, how likely it is an instance; 0 to 1.
        count: how many are said to be.
    """
    chances = [1.0, 0.0, 0.0, 0.0]  # of none, one, two, and more
    for likely in likelihoods:
        none, one, two, more = chances
        chances = [
            none * (1 - likely),
            one * (1 - likely) + none * likely,
            two * (1 - likely) + one * likely,
            more + two * likely,
        ]
    return chances[min(count, _MANY)]
