"""Turns: one speaker's uninterrupted contribution, with its timing."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from edgewise.errors import EmptyTurnError, TurnTooLongError
from edgewise.person import Number, Record, Whole, tidy
from edgewise.rehearsal.state import EmotionalState, Reason
from edgewise.take import Curveball, Mood, Move

#: Characters in one turn. Read aloud at 150 words a minute it is about six minutes without a pause.
LONGEST_TURN = 5_000

#: What a person types, or a script holds, to stay silent on purpose.
SILENCE_MARK = "..."

Seconds = Annotated[Number, Field(ge=0.0, le=86_400.0)]


class YourTurn(Record):
    """What you said, or that you said nothing.

    Attributes:
        text: your words, exactly; empty when you stayed silent.
        silence_s: seconds you let pass before your first word or key, or the whole silence when you said nothing.
        typing_s: seconds from the first key to sending.
        corrections: how often you took something back while typing; what it was is not kept.
    """

    who: Literal["you"] = "you"
    text: str
    silence_s: Seconds = 0.0
    typing_s: Seconds = 0.0
    corrections: Annotated[Whole, Field(ge=0, le=100_000)] = 0

    @property
    def is_silence(self) -> bool:
        """Whether you said nothing."""
        return not self.text


class SteppedIn(StrEnum):
    """Why the built-in voice spoke where a model had been chosen to."""

    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    CUT_OFF = "cut_off"
    REFUSED_KEY = "refused_key"
    BUSY = "busy"
    MISSING = "missing"
    SAID_NOTHING = "said_nothing"
    DID_NOT_FIT = "did_not_fit"
    NOBODY_LISTENED = "nobody_listened"
    NOT_READY = "not_ready"
    OTHER = "other"


class Voiced(Record):
    """Who put a turn into words, where a model had been chosen to.

    Attributes:
        model: the model that was to speak.
        built_in: what the built-in voice had for this turn. Whoever spoke, what follows is understood by these words,
            so that the same words of yours lead to the same place with every voice.
        why: why the model did not speak, or did not end; None when the words are its own.
        told: what happened and what to do, in a sentence or two; empty when nothing did.
    """

    model: str
    built_in: str = ""
    why: SteppedIn | None = None
    told: str = ""


class CounterpartTurn(Record):
    """What they did.

    Attributes:
        text: their words; empty in a silence.
        gesture: what could be seen ("looks at the table"), third person; often empty.
        move: what the turn does.
        mood: how they were as they did it.
        state: the hidden state, revealed after the take.
        reasons: what moved the state, each in words.
        silence_s: seconds they are silent before or instead of speaking.
        line: which line of the repertoire it was, so that it is never said again; empty when it was none.
        curveball: the surprise this turn was, if it was one.
        leaves: whether they left and the conversation is over.
        voiced: who put it into words, where a model had been chosen to; None where nobody but the built-in voice was.
    """

    who: Literal["counterpart"] = "counterpart"
    text: str
    gesture: str = ""
    move: Move
    mood: Mood
    state: EmotionalState
    reasons: tuple[Reason, ...] = ()
    silence_s: Seconds = 0.0
    line: str = ""
    curveball: Curveball | None = None
    leaves: bool = False
    voiced: Voiced | None = None

    @property
    def understood_as(self) -> str:
        """The words by which what follows is understood: those of the built-in voice, whoever spoke."""
        return self.voiced.built_in if self.voiced is not None else self.text


Turn = Annotated[YourTurn | CounterpartTurn, Field(discriminator="who")]


def heard(text: str, *, silence_s: float = 0.0, typing_s: float = 0.0, corrections: int = 0) -> YourTurn:
    """Take in what a person typed as their turn. `...` is silence on purpose.

    Raises:
        EmptyTurnError: nothing was typed that can be seen.
        TurnTooLongError: longer than `LONGEST_TURN` characters.
    """
    said = tidy(text)
    if said in {SILENCE_MARK, "…"}:
        return YourTurn(text="", silence_s=silence_s)
    if not any(letter.isprintable() and not letter.isspace() for letter in said):
        raise EmptyTurnError(
            "There were no words in that.",
            kept="The conversation is where it was.",
            next_step="Say something, or type ... to stay silent on purpose.",
        )
    if len(said) > LONGEST_TURN:
        raise TurnTooLongError(
            f"That is {len(said):,} characters; one turn can hold {LONGEST_TURN:,}.",
            kept="Everything said before it is saved.",
            next_step="Say the first part of it, and hear what comes back before the rest.",
        )
    return YourTurn(text=said, silence_s=silence_s, typing_s=typing_s, corrections=corrections)
