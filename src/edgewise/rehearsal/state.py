"""How the counterpart feels, and why."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from edgewise.person import Number, Record
from edgewise.take import Mood

Level = Annotated[Number, Field(ge=0.0, le=1.0)]

FEELINGS = ("anger", "hurt", "defensiveness", "trust", "patience", "openness")


# Where a feeling begins to name the mood. Ours, set by reading transcripts aloud.
_HIGH, _OPENS, _HURTS, _ON_GUARD, _LOW = 0.5, 0.55, 0.45, 0.42, 0.25


class Reason(Record):
    """One thing that moved them, in words you can read afterwards.

    Attributes:
        why: a sentence about your turn ("You gave a date.").
        quote: your exact words that did it; empty when it was what you did not say.
        effect: how far each feeling was pushed, before what is left of it fades.
    """

    why: str
    quote: str = ""
    effect: dict[str, Annotated[Number, Field(allow_inf_nan=False)]] = {}


class EmotionalState(Record):
    """Six feelings, each from 0 (none) to 1 (as much as there can be). Hidden until the take is revealed."""

    anger: Level = 0.1
    hurt: Level = 0.1
    defensiveness: Level = 0.3
    trust: Level = 0.4
    patience: Level = 0.7
    openness: Level = 0.35

    def moved(self, effect: dict[str, float]) -> Self:
        """The state after a push.

        A push covers a share of the room that is left in its direction, so that feeling stays within 0 and 1 and the
        tenth insult weighs less than the first.
        """
        return self._with({name: _pushed(getattr(self, name), by) for name, by in effect.items()})

    def settled(self, baseline: EmotionalState, *, share: float) -> Self:
        """The state after some of it has faded towards this person's baseline; `share` of the distance, 0 to 1."""
        return self._with(
            {name: getattr(self, name) + share * (getattr(baseline, name) - getattr(self, name)) for name in FEELINGS}
        )

    @property
    def mood(self) -> Mood:
        """The state in one word."""
        if self.anger >= _HIGH and self.anger >= self.hurt:
            return Mood.ANGRY
        if self.hurt >= _HURTS:
            return Mood.HURT
        if self.patience <= _LOW:
            return Mood.WEARY
        if self.openness >= _OPENS and self.defensiveness < _HIGH:
            return Mood.OPEN
        return Mood.GUARDED if self.defensiveness >= _ON_GUARD else Mood.EVEN

    def distance(self, other: EmotionalState) -> float:
        """How different two states are: the mean absolute difference, 0 to 1."""
        return sum(abs(getattr(self, name) - getattr(other, name)) for name in FEELINGS) / len(FEELINGS)

    def _with(self, levels: dict[str, float]) -> Self:
        # Rounded, so that a state written down and read back is the very same state.
        return self.model_copy(update={name: round(min(1.0, max(0.0, at)), 4) for name, at in levels.items()})


def _pushed(level: float, by: float) -> float:
    by = min(1.0, max(-1.0, by))
    return level + by * ((1.0 - level) if by > 0 else level)
