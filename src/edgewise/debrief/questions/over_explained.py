"""Did I over-explain?"""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.counterpart import Act
from edgewise.debrief.findings import Finding
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.counted import Counted, fault
from edgewise.debrief.wording import number, turns
from edgewise.rehearsal import Question


def over_explained(notes: Notes) -> Finding:
    """Whether you made again what you had made already, with more reasons, though nobody asked. Long is not enough."""
    return _OVER_EXPLAINED.answer(notes)


def _in_words(found: Sequence[YourNote], _notes: Notes) -> str:
    longest = max(found, key=lambda note: note.words)
    said = f"In {turns(len(found))} you explained again what you had said already."
    return f"{said} The longest took {number(longest.words)} words."


_OVER_EXPLAINED = Counted(
    question=Question.OVER_EXPLAINED,
    scale=fault,
    says_none="What you said, you said once, or again only because they made you.",
    says_some=_in_words,
    shown=lambda note: note.shown_by(Act.OVER_EXPLAIN, Act.JUSTIFY),
    try_none="You let it stand. That leaves room for them to answer it.",
    try_some="One reason is harder to argue with than five. Which one would you keep?",
)
