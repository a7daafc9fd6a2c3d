"""Chance that can be had again: the same seed, turn and purpose always fall the same way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Chance:
    """A source of chance for one turn.

    Each purpose draws for itself, so that asking for one thing more does not change how the rest falls. Drawn from
    SHA-256, not from a generator whose stream may change between versions of Python.
    """

    seed: int
    turn: int

    def share(self, purpose: str) -> float:
        """A number from 0 up to, not including, 1."""
        digest = hashlib.sha256(f"{self.seed}/{self.turn}/{purpose}".encode()).digest()
        return int.from_bytes(digest[:7], "big") / (1 << 56)

    def between(self, low: float, high: float, purpose: str) -> float:
        """A number from low to high, to a tenth."""
        return round(low + (high - low) * self.share(purpose), 1)

    def one_of(self, things: Sequence[Thing], purpose: str) -> Thing:
        """One of several things, each as likely."""
        return things[int(self.share(purpose) * len(things))]

    def order(self, weights: Mapping[Thing, float], purpose: str) -> list[Thing]:
        """Every thing with a weight above zero, in a random order in which heavier things tend to come first.

        The first is drawn in proportion to the weights (Efraimidis and Spirakis 2006).
        """
        keys = {
            thing: self.share(f"{purpose}/{thing}") ** (1 / weight) for thing, weight in weights.items() if weight > 0
        }
        return sorted(keys, key=lambda thing: -keys[thing])
