"""Did I get reactive?"""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.counterpart import Act
from edgewise.debrief.findings import Finding
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.counted import Counted, fault
from edgewise.debrief.wording import they_did, times
from edgewise.rehearsal import Question
from edgewise.take import RESISTING_MOVES


def reactive(notes: Notes) -> Finding:
    """Whether you turned up the heat, how often, and what set you off. Being direct and firm is not being reactive."""
    return _REACTIVE.answer(notes)


def _in_words(hot: Sequence[YourNote], _notes: Notes) -> str:
    set_off = [they_did(note.before.move) for note in hot if note.before and note.before.move in RESISTING_MOVES]
    commonest = max(set_off, key=set_off.count, default="")
    said = f"You turned up the heat {times(len(hot))}."
    if len(set_off) == 1:
        return f"{said} {'The first time' if len(hot) > 1 else 'It'} came after {set_off[0]}."
    return f"{said} Mostly it came after {commonest}." if set_off.count(commonest) > 1 else said


_REACTIVE = Counted(
    question=Question.REACTIVE,
    scale=fault,
    says_none="You did not go for them, whatever they said.",
    says_some=_in_words,
    shown=lambda note: note.shown_by(Act.CONTEMPT, Act.THREAT, Act.CRITICISE, Act.SARCASM, Act.DISMISS),
    try_none="You kept your feet. See whether you can do it when they push harder.",
    try_some="Say what it did to you instead of what they are. Which of those words were about them, which about you?",
    settles=lambda note: note.reading.did_any((Act.CONTEMPT, Act.THREAT)),
)
