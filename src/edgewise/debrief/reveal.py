"""The take revealed: what was hidden while you were in it."""

from __future__ import annotations

from edgewise.person import Record
from edgewise.rehearsal import EmotionalState, Reason
from edgewise.take import Curveball, Mood, Move, Take


class Then(Record):
    """One turn of theirs, with what was behind it.

    Attributes:
        turn: which turn of the conversation, counted from 0.
        reasons: what in your words just before moved them.
    """

    turn: int
    move: Move
    mood: Mood
    state: EmotionalState
    reasons: tuple[Reason, ...] = ()


class Surprise(Record):
    """A curveball that came, and at which turn."""

    turn: int
    curveball: Curveball


class Reveal(Record):
    """What was hidden.

    Attributes:
        take: the version you met.
        then: their turns, in order, with the state behind each.
        surprises: the curveballs that came.
        came_through: whether they granted anything, and meant it.
        agreed: whether they said yes, and meant it.
        still_shut: what would have opened the door; empty when it was open.
        how_near: how near you came, in a sentence.
    """

    take: Take
    then: tuple[Then, ...]
    surprises: tuple[Surprise, ...]
    came_through: bool
    agreed: bool
    still_shut: tuple[str, ...]
    how_near: str
