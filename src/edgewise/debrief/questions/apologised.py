"""Did I apologise too quickly?"""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.counterpart import Act
from edgewise.debrief.findings import Finding
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.counted import Counted, fault
from edgewise.debrief.wording import times
from edgewise.rehearsal import Question


def apologised(notes: Notes) -> Finding:
    """Whether you apologised for speaking, asking or feeling; an apology for something you did is not counted."""
    return _APOLOGISED.answer(notes)


def _in_words(quick: Sequence[YourNote], notes: Notes) -> str:
    said = f"You apologised {times(len(quick))} where nothing was owed."
    if any(_gave_it_up(note) for note in quick):
        return f"{said} With one of them you gave up what you had come to say."
    if quick[0] is notes.spoken[0]:
        return f"{said} {'It was' if len(quick) == 1 else 'The first was'} in your first words."
    return said


def _gave_it_up(note: YourNote) -> bool:
    return note.reading.did(Act.WITHDRAW)


_APOLOGISED = Counted(
    question=Question.APOLOGISED,
    scale=fault,
    says_none="You did not apologise for being there, or for asking.",
    says_some=_in_words,
    shown=lambda note: note.shown_by(Act.APOLOGY),
    try_none="Keep your apologies for what you would take back.",
    try_some="When a sorry is on its way, wait a breath and ask what it would be for. If nothing comes, leave it out.",
    settles=_gave_it_up,
)
