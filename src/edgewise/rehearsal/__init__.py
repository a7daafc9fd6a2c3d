"""Chapter four: one run of one take, written down turn by turn."""

from edgewise.rehearsal.question import Question, questions_for
from edgewise.rehearsal.recollection import Recalled, Recollection
from edgewise.rehearsal.rehearsal import (
    LONGEST_ANSWER,
    MOST_OWN_QUESTIONS,
    OWN_NUMBERS,
    OWN_WORDS,
    Branch,
    Ending,
    Happened,
    Reflection,
    Rehearsal,
)
from edgewise.rehearsal.state import FEELINGS, EmotionalState, Reason
from edgewise.rehearsal.turn import LONGEST_TURN, CounterpartTurn, SteppedIn, Turn, Voiced, YourTurn, heard

__all__ = [
    "FEELINGS",
    "LONGEST_ANSWER",
    "LONGEST_TURN",
    "MOST_OWN_QUESTIONS",
    "OWN_NUMBERS",
    "OWN_WORDS",
    "Branch",
    "CounterpartTurn",
    "EmotionalState",
    "Ending",
    "Happened",
    "Question",
    "Reason",
    "Recalled",
    "Recollection",
    "Reflection",
    "Rehearsal",
    "SteppedIn",
    "Turn",
    "Voiced",
    "YourTurn",
    "heard",
    "questions_for",
]
