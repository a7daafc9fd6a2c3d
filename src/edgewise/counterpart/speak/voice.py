"""Who puts a move into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from edgewise.counterpart.decide import Chance
from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import Reading
from edgewise.rehearsal import Voiced
from edgewise.take import Curveball, Mood, Move


@dataclass(frozen=True, slots=True)
class Part:
    """A part of their turn, as soon as it may be heard.

    Attributes:
        text: one sentence, or all of it; never part of a sentence.
        gesture: what can be seen; the same with every part of a turn.
        silence_s: seconds they are silent before the first of it.
    """

    text: str
    gesture: str = ""
    silence_s: float = 0.0


class Ear(Protocol):
    """Whoever listens while they speak."""

    @property
    def gone(self) -> bool:
        """Whether nobody listens any more."""
        ...

    def hear(self, part: Part) -> None:
        """Take in the next part of what they say."""
        ...


@dataclass(frozen=True, slots=True)
class Cue:
    """What a voice is told: the person and the conversation (in `mind`), what was just said, a mood, and one move.

    It is never told your private intention, nor anything of how you are scored.

    Attributes:
        aloud: whether the words will be said; False when it is only asked what they would do.
        silence_s: seconds they are silent before they speak.
        ear: who listens while they speak; None where the whole turn is waited for.
    """

    mind: Mind
    reading: Reading
    mood: Mood
    move: Move
    chance: Chance
    curveball: Curveball | None = None
    aloud: bool = True
    silence_s: float = 0.0
    ear: Ear | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A move in words.

    Attributes:
        text: what is said; empty for a silence.
        gesture: what can be seen; often empty.
        line: the name of the line, so that it is never said again.
        voiced: who put it into words, where a model had been chosen to.
    """

    text: str
    gesture: str = ""
    line: str = ""
    voiced: Voiced | None = None


class Voice(Protocol):
    """Puts a move into words, or says that it has none left for it."""

    def speak(self, cue: Cue) -> Spoken | None:
        """The words for this cue; None when there are none that have not been said."""
        ...


@runtime_checkable
class Weighs(Protocol):
    """A voice that can tell beforehand how well it would answer."""

    def fits(self, cues: Sequence[Cue]) -> list[float]:
        """For each of several moves they might make on one turn, how well its best words answer; only the order counts.

        A move for which there are no words left is minus infinity.
        """
        ...
