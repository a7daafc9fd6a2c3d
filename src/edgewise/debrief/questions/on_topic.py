"""Did I stay on topic?"""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.counterpart import Act
from edgewise.counterpart.perceive.subject import subject_stems
from edgewise.debrief.findings import Finding, Verdict
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.counted import Counted, lapse
from edgewise.debrief.wording import turns
from edgewise.rehearsal import Question
from edgewise.take import Move

_LED_AWAY = frozenset({Move.CHANGE_SUBJECT, Move.WHATABOUT})
_HOLD_ON = "When the subject changes, notice it, and ask yourself what you would have to say to be back at yours."


def on_topic(notes: Notes) -> Finding:
    """Whether your turns stayed with what you came for."""
    if not subject_stems(notes.situation):
        return Finding(
            question=Question.ON_TOPIC,
            verdict=Verdict.CANT_TELL,
            confidence=0.9,
            says="You did not write down what it was to be about, so this cannot be told.",
            try_next=_HOLD_ON,
        )
    return _ON_TOPIC.answer(notes)


def _in_words(away: Sequence[YourNote], _notes: Notes) -> str:
    led = sum(1 for note in away if note.before is not None and note.before.move in _LED_AWAY)
    said = f"In {turns(len(away))} you were somewhere else."
    if not led:
        return said
    return f"{said} " + (
        "They had changed the subject, and you went along." if led == len(away) else "Some of the time they led you."
    )


_ON_TOPIC = Counted(
    question=Question.ON_TOPIC,
    scale=lapse,
    says_none="You stayed with what you came for.",
    says_some=_in_words,
    shown=lambda note: note.shown_by(Act.DEFLECT, Act.SMALL_TALK),
    try_none="You can let them leave the subject without going with them. You did.",
    try_some=_HOLD_ON,
)
