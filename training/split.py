"""Who learns from what: data is only ever split between conversations."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from training.examples import Example

FOLDS = 3
#: Folds that are scored and weighed by: each is a network more to fit, and one holds turns enough.
SCORED = 1
_UNSEEN = 5  # one in five


def unseen(example: Example) -> bool:
    """Whether one of our own turns is kept from training for good: always the same situations."""
    return example.corpus == "own" and _number(example.group) % _UNSEEN == 0


def fold(example: Example) -> int:
    """Which fold of the cross-validation an example is scored in."""
    return _number(f"fold {example.group}") % FOLDS


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def seen(examples: Sequence[Example]) -> list[Example]:
    """The examples training may use."""
    return [example for example in examples if not unseen(example)]
