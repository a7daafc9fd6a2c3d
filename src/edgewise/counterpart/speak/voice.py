"""Who puts a move into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from edgewise.counterpart.decide import Chance
from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import Reading
from edgewise.take import Curveball, Mood, Move


@dataclass(frozen=True, slots=True)
class Cue:
    """What a voice is told: the person and the conversation (in `mind`), what was just said, a mood, and one move.

    It is never told your private intention, nor anything of how you are scored.

    Attributes:
        aloud: whether the words will be said; False when it is only asked what they would do.
    """

    mind: Mind
    reading: Reading
    mood: Mood
    move: Move
    chance: Chance
    curveball: Curveball | None = None
    aloud: bool = True


@dataclass(frozen=True, slots=True)
class Spoken:
    """A move in words.

    Attributes:
        text: what is said; empty for a silence.
        gesture: what can be seen; often empty.
        line: the name of the line, so that it is never said again.
    """

    text: str
    gesture: str = ""
    line: str = ""


class Voice(Protocol):
    """Puts a move into words, or says that it has none left for it."""

    def speak(self, cue: Cue) -> Spoken | None:
        """The words for this cue; None when there are none that have not been said."""
        ...
