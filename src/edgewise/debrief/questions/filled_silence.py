"""Did I rush to fill a silence?"""

from __future__ import annotations

from edgewise.counterpart import Act
from edgewise.debrief.counting import count_confidence
from edgewise.debrief.findings import Finding, Verdict
from edgewise.debrief.instances import is_instance, likelihoods
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.wording import number, times
from edgewise.rehearsal import Question

_GIVING = (Act.APOLOGY, Act.WITHDRAW, Act.HEDGE, Act.JUSTIFY, Act.CONCEDE, Act.OVER_EXPLAIN)
_A_WHILE = 1.0  # seconds; less is no pause


def filled_silence(notes: Notes) -> Finding:
    """What you did when they said nothing: how long you let it be, and with how many words it was broken."""
    met = [note for note in notes.yours if note.after_silence]
    if not met:
        return _finding(Verdict.CANT_TELL, 0.95, "They never went quiet on you in this one.", [])
    likely = dict(zip((note.place for note in notes.spoken), likelihoods(Question.FILLED_SILENCE, notes), strict=True))
    chances = [likely.get(note.place, 0.0) for note in met]
    filled = [note for note, one in zip(met, chances, strict=True) if is_instance(Question.FILLED_SILENCE, one)]
    verdict = Verdict.NO if not filled else Verdict.YES if len(filled) == len(met) else Verdict.PARTLY
    says = _how(filled) if filled else f"You did not rush to fill {'it' if len(met) == 1 else 'them'}."
    return _finding(verdict, count_confidence(chances, len(filled)), f"{_met(len(met))} {says}", filled)


def _met(count: int) -> str:
    return f"They went quiet {times(count)}."


def _how(filled: list[YourNote]) -> str:
    worst = max(filled, key=lambda note: note.words)
    waited = worst.turn.silence_s
    after = f" after {number(round(waited))} second{'' if round(waited) == 1 else 's'}" if waited >= _A_WHILE else ""
    broke = "You broke it" if len(filled) == 1 else "The longest time you broke it"
    said = f"{broke}{after} with {number(worst.words)} word{'' if worst.words == 1 else 's'}."
    again = [note for note in filled if note.stems and not note.new_stems]
    return f"{said} All of it you had said before." if worst in again else said


def _finding(verdict: Verdict, confidence: float, says: str, filled: list[YourNote]) -> Finding:
    return Finding(
        question=Question.FILLED_SILENCE,
        verdict=verdict,
        confidence=round(confidence, 2),
        says=says,
        evidence=tuple(note.shown_by(*_GIVING) for note in filled),
        try_next=(
            "A silence is theirs as much as yours. What happens if you take three breaths before you add anything?"
            if filled
            else "Silence can be let alone. It often brings the next true thing."
        ),
    )
