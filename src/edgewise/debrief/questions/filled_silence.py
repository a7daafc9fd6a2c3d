"""Did I rush to fill a silence?"""

from __future__ import annotations

from edgewise.counterpart import Act
from edgewise.debrief.findings import Evidence, Finding, Question, Verdict
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.wording import number, times
from edgewise.person import word_count

_FLOOD = 30  # words said into a silence from which it is a flood
_AT_ONCE = 2.0  # seconds
_GIVING = (Act.APOLOGY, Act.HEDGE, Act.JUSTIFY, Act.WITHDRAW, Act.CONCEDE, Act.OVER_EXPLAIN)


def filled_silence(notes: Notes) -> Finding:
    """What you did when they said nothing: how long you let it be, and with how many words it was broken."""
    met = [note for note in notes.yours if note.after_silence]
    if not met:
        return _finding(Verdict.CANT_TELL, 0.95, "They never went quiet on you in this one.", [])
    filled = [note for note in met if _filled(note)]
    stayed = len(met) - len(filled)
    if not filled:
        return _finding(Verdict.NO, 0.8, f"{_met(len(met))} You did not rush to fill {_it(met)}.", [])
    verdict = Verdict.YES if stayed == 0 else Verdict.PARTLY
    return _finding(verdict, 0.75, f"{_met(len(met))} {_how(filled)}", filled)


def _filled(note: YourNote) -> bool:
    if note.turn.is_silence:
        return False
    gave_way = note.reading.did_any(_GIVING)
    rushed = 0.0 < note.turn.silence_s < _AT_ONCE and word_count(note.turn.text) >= _FLOOD // 2
    return gave_way or rushed or word_count(note.turn.text) >= _FLOOD


def _met(count: int) -> str:
    return f"They went quiet {times(count)}."


def _it(met: list[YourNote]) -> str:
    return "it" if len(met) == 1 else "them"


def _how(filled: list[YourNote]) -> str:
    worst = max(filled, key=lambda note: word_count(note.turn.text))
    words, waited = word_count(worst.turn.text), worst.turn.silence_s
    after = f" after {waited:.0f} seconds" if waited >= 1 else ""
    broke = "You broke it" if len(filled) == 1 else "The longest time you broke it"
    return f"{broke}{after} with {number(words)} word{'' if words == 1 else 's'}."


def _finding(verdict: Verdict, confidence: float, says: str, filled: list[YourNote]) -> Finding:
    return Finding(
        question=Question.FILLED_SILENCE,
        verdict=verdict,
        confidence=confidence,
        says=says,
        evidence=tuple(_shown(note) for note in filled[:3]),
        try_next=(
            "A silence is theirs as much as yours. What happens if you take three breaths before you add anything?"
            if filled
            else "Silence can be let alone. It often brings the next true thing."
        ),
    )


def _shown(note: YourNote) -> Evidence:
    return next((note.showing(act)[0] for act in _GIVING if note.showing(act)), note.whole)
