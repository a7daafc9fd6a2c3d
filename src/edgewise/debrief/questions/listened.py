"""Did my replies answer what they said?"""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.debrief.findings import Finding
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.counted import Counted, lapse
from edgewise.debrief.wording import times
from edgewise.rehearsal import Question


def listened(notes: Notes) -> Finding:
    """Whether what they had just said was in your answer. Hearing it and still wanting what you want does count."""
    return _LISTENED.answer(notes)


def _in_words(passed: Sequence[YourNote], _notes: Notes) -> str:
    asked = sum(1 for note in passed if note.after_question)
    said = f"You went past what they had just said {times(len(passed))}."
    if not asked:
        return said
    if asked == len(passed):
        return f"{said} {'It was' if asked == 1 else 'Each time it was'} a question."
    return f"{said} {'Once' if asked == 1 else times(asked).capitalize()} it was a question."


_LISTENED = Counted(
    question=Question.LISTENED,
    scale=lapse,
    says_none="What they said was in what you said next.",
    says_some=_in_words,
    shown=lambda note: note.whole,
    try_none="They could tell that you heard them. That is half of it.",
    try_some="Before your next point, could you say in three words what you just heard?",
)
