"""Did I apologise too quickly?"""

from __future__ import annotations

from edgewise.counterpart import Act
from edgewise.debrief.findings import Finding, Question, Verdict
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.wording import times
from edgewise.take import RESISTING_MOVES, Move

_MANY = 3


def apologised(notes: Notes) -> Finding:
    """Whether apology came out before it was owed: at the start, under pressure, or again and again."""
    if not notes.spoken:
        return _finding(Verdict.CANT_TELL, 0.9, "You did not say anything.", [])
    sorry = [note for note in notes.spoken if note.reading.did(Act.APOLOGY)]
    quick = [note for note in sorry if _too_quick(note, notes)]
    if not sorry:
        return _finding(Verdict.NO, 0.9, "You did not apologise for being there, or for anything else.", [])
    if not quick:
        return _finding(Verdict.NO, 0.7, f"You apologised {times(len(sorry))}, and not in a hurry.", sorry)
    verdict = Verdict.YES if len(sorry) >= _MANY else Verdict.MOSTLY if len(quick) > 1 else Verdict.PARTLY
    return _finding(verdict, 0.85, _in_words(sorry, quick, notes), quick)


def _too_quick(note: YourNote, notes: Notes) -> bool:
    """Before anything was said, or in answer to pressure; not when they had shown that something hurt."""
    if note.before is not None and note.before.move is Move.DISCLOSE_HURT:
        return False
    opening = note.place <= notes.spoken[0].place
    pressed = note.before is not None and note.before.move in RESISTING_MOVES | {Move.PRESS, Move.ANSWER}
    return opening or pressed


def _in_words(sorry: list[YourNote], quick: list[YourNote], notes: Notes) -> str:
    said = f"You apologised {times(len(sorry))}."
    if quick[0].place == notes.spoken[0].place:
        return f"{said} The first was in your first words, before there was anything to be sorry for."
    pressed = "It came" if len(sorry) == 1 else "The first came"
    return f"{said} {pressed} straight after they pushed back."


def _finding(verdict: Verdict, confidence: float, says: str, shown: list[YourNote]) -> Finding:
    return Finding(
        question=Question.APOLOGISED,
        verdict=verdict,
        confidence=confidence,
        says=says,
        evidence=tuple(note.showing(Act.APOLOGY)[0] for note in shown[:4]),
        try_next=(
            "When a sorry is on its way, wait one breath and ask what it would be for. If nothing comes, leave it out."
            if shown and verdict is not Verdict.NO
            else "Keep your apologies for what you would take back."
        ),
    )
