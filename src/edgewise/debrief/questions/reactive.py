"""Did I get reactive?"""

from __future__ import annotations

from edgewise.counterpart import Act
from edgewise.counterpart.perceive import ESCALATING
from edgewise.debrief.findings import Evidence, Finding, Question, Verdict
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.wording import times
from edgewise.take import RESISTING_MOVES

_HOTTEST = (Act.CONTEMPT, Act.THREAT, Act.CRITICISE, Act.SARCASM, Act.DISMISS)


def reactive(notes: Notes) -> Finding:
    """Whether you turned up the heat, how often, and what set you off. Being direct and firm is not being reactive."""
    spoken = notes.spoken
    if not spoken:
        return _finding(Verdict.CANT_TELL, 0.9, "You did not say anything.", ())
    hot = [note for note in spoken if note.reading.did_any(ESCALATING)]
    fierce = sum(1 for note in hot if note.reading.did_any((Act.CONTEMPT, Act.THREAT)))
    if not hot:
        return _finding(Verdict.NO, 0.75, "You were never unkind and you did not lash out.", ())
    return _finding(
        _verdict(len(hot), fierce, len(spoken)),
        0.7 if len(hot) == 1 else 0.8,
        _in_words(hot),
        tuple(_hottest(note) for note in hot[:4]),
    )


def _verdict(hot: int, fierce: int, spoken: int) -> Verdict:
    share = hot / spoken
    if fierce >= 2 or share >= 0.5:  # noqa: PLR2004
        return Verdict.YES
    if fierce or share >= 0.25:  # noqa: PLR2004
        return Verdict.MOSTLY
    return Verdict.PARTLY


def _in_words(hot: list[YourNote]) -> str:
    set_off = [f"they {note.before.move.in_words}" for note in hot if note.before and _pushed(note)]
    commonest = max(set_off, key=set_off.count, default="")
    said = f"You turned up the heat {times(len(hot))}."
    return (
        f"{said} {'The first time' if len(hot) > 1 else 'It'} came after {set_off[0]}."
        if len(set_off) == 1
        else (f"{said} Mostly it came after {commonest}." if set_off.count(commonest) > 1 else said)
    )


def _pushed(note: YourNote) -> bool:
    return note.before is not None and note.before.move in RESISTING_MOVES


def _hottest(note: YourNote) -> Evidence:
    return next(note.showing(act)[0] for act in _HOTTEST if note.showing(act))


def _finding(verdict: Verdict, confidence: float, says: str, evidence: tuple[Evidence, ...]) -> Finding:
    return Finding(
        question=Question.REACTIVE,
        verdict=verdict,
        confidence=confidence,
        says=says,
        evidence=evidence,
        try_next=(
            "Say what it did to you instead of what they are. Which of those words were about them, which about you?"
            if evidence
            else "You kept your feet. See whether you can do it when they push harder."
        ),
    )
