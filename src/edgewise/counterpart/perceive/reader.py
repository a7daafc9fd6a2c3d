"""Reading your turn: what it is read against, and what a reader promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from edgewise.counterpart.perceive.reading import Reading
from edgewise.situation import Situation
from edgewise.take import Move


@dataclass(frozen=True, slots=True)
class Before:
    """A turn before the one being read.

    Attributes:
        words: what was said; empty for a silence.
        mine: whether the same person said it who speaks now.
    """

    words: str
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a turn is read against.

    Attributes:
        situation: what you came to say, and to whom.
        their_move: what they did just before; none at the start.
        their_words: what they said just before; empty when they said nothing.
        their_silence_s: seconds of silence they left just before.
        said_before: your earlier turns, oldest first.
        point_said_before: whether a key point has been said plainly already.
        before: up to three turns before it, oldest first; the last is theirs.
    """

    situation: Situation
    their_move: Move | None = None
    their_words: str = ""
    their_silence_s: float = 0.0
    said_before: Sequence[str] = field(default_factory=tuple[str, ...])
    point_said_before: bool = False
    before: tuple[Before, ...] = ()


class Reader(Protocol):
    """Understands one turn of yours in its place in the conversation."""

    def read(self, text: str, context: Context) -> Reading:
        """What the turn did."""
        ...
