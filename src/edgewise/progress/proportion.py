"""How sure a share of so many can be: closed formulas, no tables."""

from __future__ import annotations

import math

from edgewise.person import Record

#: Standard deviations of a two-sided interval of 95 per cent, and of one of 99.
SURE_95, SURE_99 = 1.959964, 2.575829


class Share(Record):
    """So many of so many.

    Attributes:
        count: how often it was so.
        of: out of how many; 0 when there was no occasion.
    """

    count: int
    of: int

    @property
    def share(self) -> float:
        """The share itself, 0 to 1; 0 when there was no occasion."""
        return self.count / self.of if self.of else 0.0

    def interval(self, z: float = SURE_95) -> tuple[float, float]:
        """Between which shares the true one lies: the score interval of Wilson (1927), from 0 to 1.

        Chosen over the usual one because it is right for a handful of instances and for shares of none or all (Brown,
        Cai and DasGupta 2001).

        Args:
            z: how sure, in standard deviations.
        """
        if not self.of:
            return 0.0, 1.0
        share, weight = self.share, z * z / self.of
        middle = (share + weight / 2) / (1 + weight)
        reach = z / (1 + weight) * math.sqrt(share * (1 - share) / self.of + weight / (4 * self.of))
        low = 0.0 if self.count == 0 else middle - reach
        high = 1.0 if self.count == self.of else middle + reach
        return max(0.0, low), min(1.0, high)


def at_least_more(one: Share, other: Share, z: float = SURE_99) -> float:
    """By how much one share is at least greater than the other; below 0 when it may well not be.

    The lower end of the interval for a difference that Newcombe (1998, method 10) builds from two of Wilson's.
    """
    low = one.interval(z)[0]
    high = other.interval(z)[1]
    return one.share - other.share - math.hypot(one.share - low, high - other.share)
