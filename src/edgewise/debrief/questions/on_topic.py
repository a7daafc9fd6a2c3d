"""Did I stay on topic?"""

from __future__ import annotations

from edgewise.counterpart import Act
from edgewise.counterpart.perceive.subject import subject_stems
from edgewise.debrief.findings import Finding, Question, Verdict
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.wording import turns
from edgewise.person import word_count
from edgewise.take import Move

_TOO_FEW = 2
# Doing one of these, you are still in the conversation, whatever the words are about.
_STILL_IN_IT = (
    Act.APOLOGY, Act.REQUEST, Act.BOUNDARY, Act.REFUSE, Act.IMPACT, Act.HOLD, Act.VALIDATE, Act.CONCEDE, Act.WITHDRAW,
    Act.CRITICISE, Act.CONTEMPT, Act.DISMISS, Act.SARCASM, Act.THREAT, Act.QUESTION, Act.APPRECIATE, Act.POINT,
    Act.EXAMPLE,
)  # fmt: skip
_LED_AWAY = frozenset({Move.CHANGE_SUBJECT, Move.WHATABOUT})
_SHORT = 5  # words; fewer say nothing of a subject


def on_topic(notes: Notes) -> Finding:
    """Whether your turns stayed with what you came for."""
    spoken = notes.spoken
    if len(spoken) < _TOO_FEW or not subject_stems(notes.situation):
        return _finding(Verdict.CANT_TELL, 0.9, "There was too little to tell by.", try_next=_HOLD_ON)
    away = [note for note in spoken[1:] if _left_it(note)]
    share = len(away) / len(spoken)
    led = sum(1 for note in away if note.before is not None and note.before.move in _LED_AWAY)
    verdict = (
        Verdict.YES if not away else Verdict.MOSTLY if share <= 0.2 else Verdict.PARTLY if share <= 0.5 else Verdict.NO  # noqa: PLR2004
    )
    return Finding(
        question=Question.ON_TOPIC,
        verdict=verdict,
        confidence=0.75 if not away else 0.65,
        says=_in_words(len(away), led),
        evidence=tuple(note.showing(Act.DEFLECT)[0] if note.showing(Act.DEFLECT) else note.whole for note in away[:3]),
        try_next=_HOLD_ON if away else "You can let them leave the subject without going with them. You did.",
    )


_HOLD_ON = "When the subject changes, notice it, and ask yourself what you would have to say to be back at yours."


def _left_it(note: YourNote) -> bool:
    reading = note.reading
    if reading.did(Act.DEFLECT) or reading.did(Act.SMALL_TALK):
        return not reading.did_any((Act.HOLD, Act.POINT))
    return reading.relevance == 0.0 and word_count(reading.text) >= _SHORT and not reading.did_any(_STILL_IN_IT)


def _in_words(away: int, led: int) -> str:
    if not away:
        return "You stayed with what you came for."
    said = f"In {turns(away)} you were somewhere else."
    if led:
        return f"{said} " + (
            "They had changed the subject, and you went along."
            if led == away
            else "Some of the time they led you there."
        )
    return said


def _finding(verdict: Verdict, confidence: float, says: str, *, try_next: str) -> Finding:
    return Finding(
        question=Question.ON_TOPIC,
        verdict=verdict,
        confidence=confidence,
        says=says,
        evidence=(),
        try_next=try_next,
    )
