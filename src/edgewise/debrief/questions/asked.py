"""Did I ask as well as tell?"""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.counterpart.perceive import QUESTIONS
from edgewise.debrief.findings import Finding
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.counted import Counted, fault
from edgewise.debrief.wording import times
from edgewise.rehearsal import Question


def asked(notes: Notes) -> Finding:
    """Whether you wanted to know something of their side. What you came to ask for is not such a question."""
    return _ASKED.answer(notes)


def _in_words(found: Sequence[YourNote], notes: Notes) -> str:
    return f"You asked about their side {times(len(found))}, in {len(notes.spoken)} turns."


_ASKED = Counted(
    question=Question.ASKED,
    scale=fault,
    says_none="You told them how it is for you. You did not ask how it is for them.",
    says_some=_in_words,
    shown=lambda note: note.shown_by(*sorted(QUESTIONS)),
    try_none="Is there one thing about their side that you truly do not know?",
    try_some="You wanted to know. Which of the answers surprised you?",
)
