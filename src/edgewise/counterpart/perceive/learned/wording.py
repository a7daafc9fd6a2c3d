"""A second opinion on a turn: a plain classifier that knows nothing of meaning and is exact about wording.

Each run of words and each piece of a word is counted in a numbered bucket (Weinberger et al. 2009), weighed by how rare
it is, and multiplied by what training found it to say of each act.
"""

from __future__ import annotations

import io
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

BUCKETS = 2**17
_TOKEN = re.compile(r"[^\W_]+|[?!.…,]")
_LONGEST_RUN, _LONGEST_RUN_BEFORE = 3, 2  # words
_PIECES = range(2, 6)  # letters
_BEFORE_COUNTS = 0.5


@dataclass(frozen=True, slots=True)
class Wording:
    """What each bucket says.

    Attributes:
        rarity: for each bucket how telling it is, 0 for those too seldom seen to tell anything.
        weights: buckets × acts, in steps of `step`.
        step: for each act the size of one step.
        bias: for each act the log-odds of a turn without any telling word.
    """

    rarity: NDArray[np.float32]
    weights: NDArray[np.int8]
    step: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def of_bytes(cls, content: bytes) -> Self:
        """The wording that was kept in a file."""
        with np.load(io.BytesIO(content)) as kept:
            return cls(kept["rarity"], kept["weights"], kept["step"], kept["bias"])

    def log_odds(self, text: str, before: str) -> list[float]:
        """For each act, how likely the wording makes it, as log-odds."""
        buckets, values = counted(text, before, self.rarity)
        if not buckets:
            return self.bias.tolist()
        said = np.array(values, np.float32) @ self.weights[buckets].astype(np.float32)
        return (said * self.step + self.bias).tolist()


def counted(text: str, before: str, rarity: NDArray[np.float32]) -> tuple[list[int], list[float]]:
    """The buckets of a turn and of what was said just before it, each with its share: words, pieces, words before."""
    words = _TOKEN.findall(text.lower())
    earlier = _TOKEN.findall(before.lower())
    blocks = (
        (Counter(_runs("w", words, _LONGEST_RUN)), 1.0),
        (Counter(_pieces(words)), 1.0),
        (Counter(_runs("b", earlier, _LONGEST_RUN_BEFORE)), _BEFORE_COUNTS),
    )
    buckets: list[int] = []
    values: list[float] = []
    for block, share in blocks:
        known = {bucket: (1 + math.log(times)) * float(rarity[bucket]) for bucket, times in block.items()}
        length = math.sqrt(sum(value * value for value in known.values()))
        if length:
            buckets += known
            values += [share * value / length for value in known.values()]
    return buckets, values


def _runs(mark: str, words: list[str], longest: int) -> Iterator[int]:
    for size in range(1, longest + 1):
        for at in range(len(words) - size + 1):
            yield _bucket(f"{mark} {' '.join(words[at : at + size])}")


def _pieces(words: list[str]) -> Iterator[int]:
    for word in words:
        padded = f" {word} "
        for size in _PIECES:
            for at in range(len(padded) - size + 1):
                yield _bucket(f"p {padded[at : at + size]}")


def _bucket(piece: str) -> int:
    return zlib.crc32(piece.encode()) % BUCKETS
