"""Did I say what I came to say?"""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.counterpart import Act, Said
from edgewise.debrief.findings import Evidence, Finding, Verdict
from edgewise.debrief.notes import Notes
from edgewise.debrief.points import PointFound, points_in
from edgewise.debrief.wording import named
from edgewise.rehearsal import Question

_MOST_SHOWN = 6
_TOOK_BACK = (Act.WITHDRAW, Act.CONCEDE)
_BEGIN = "Let the first thing you say be the thing you came for. Everything else can follow it."


def said_it(notes: Notes) -> Finding:
    """How much of what you came to say came out, how plainly, and whether it stayed said."""
    if not notes.situation.points:
        return _finding(
            Verdict.CANT_TELL,
            0.9,
            "You did not write down what you came to say, so there is nothing to hold this against.",
            try_next="Before the next take, finish the sentence “I came to say…”. One sentence is enough.",
        )
    if not notes.spoken:
        return _finding(Verdict.NO, 0.95, "You did not say anything.", try_next=_BEGIN)
    points = points_in(notes)
    taken_back = _taken_back(points, notes)
    shown = _shown(points)
    return _finding(
        _verdict(points),
        0.8 if any(point.said is not Said.HINTED for point in points) else 0.6,
        _in_words(points, taken_back=taken_back is not None),
        evidence=(*shown, *([taken_back] if taken_back else [])),
        try_next=_what_to_try(points, taken_back=taken_back is not None),
    )


def _shown(points: Sequence[PointFound]) -> tuple[Evidence, ...]:
    """One sentence for each turn in which a point came out, the first saying of each point before any other."""
    pieces = [
        *(point.evidence for point in points if point.evidence is not None),
        *(piece for point in points for piece in point.again if point.said is Said.PLAINLY),
    ]
    by_turn = {piece.turn: piece for piece in reversed(pieces)}
    return tuple(by_turn[turn] for turn in sorted(list(dict.fromkeys(piece.turn for piece in pieces))[:_MOST_SHOWN]))


def _texts(points: Sequence[PointFound], said: Said) -> list[str]:
    return [point.text for point in points if point.said is said]


def _verdict(points: Sequence[PointFound]) -> Verdict:
    plainly = len(_texts(points, Said.PLAINLY))
    if plainly == len(points):
        return Verdict.YES
    if plainly * 2 >= len(points):
        return Verdict.MOSTLY
    return Verdict.PARTLY if plainly or _texts(points, Said.HINTED) else Verdict.NO


def _in_words(points: Sequence[PointFound], *, taken_back: bool) -> str:
    plainly, hinted, missed = (_texts(points, how) for how in (Said.PLAINLY, Said.HINTED, Said.NOT_AT_ALL))
    said = [
        f"You said plainly: {named(plainly)}." if plainly else "",
        f"You only hinted at {named(hinted)}." if hinted else "",
        f"You never got to {named(missed)}." if missed else "",
        "Later you took some of it back." if taken_back else "",
    ]
    return " ".join(part for part in said if part)


def _what_to_try(points: Sequence[PointFound], *, taken_back: bool) -> str:
    if taken_back:
        return "Once it is said, you can leave it there. It does not need you to take the edge off it."
    missed = any(point.said is Said.NOT_AT_ALL for point in points)
    if missed and any(point.said is Said.PLAINLY for point in points):
        return "Which one is hardest to get out? Start with that one, while nothing has been said yet."
    return _BEGIN if missed else "It came out. Next time, see what happens if you say less around it."


def _taken_back(points: Sequence[PointFound], notes: Notes) -> Evidence | None:
    """Words with which you took it back after saying it and never said again; None when it stood."""
    if all(point.said is not Said.PLAINLY for point in points):
        return None
    at = [note for note in notes.spoken if note.reading.said_a_point or note.reading.did(Act.HOLD)]
    later = [note for note in notes.spoken if at and note.place > at[-1].place]
    return next((note.shown_by(act) for note in later for act in _TOOK_BACK if note.reading.did(act)), None)


def _finding(
    verdict: Verdict, confidence: float, says: str, *, try_next: str, evidence: tuple[Evidence, ...] = ()
) -> Finding:
    return Finding(
        question=Question.SAID_IT,
        verdict=verdict,
        confidence=confidence,
        says=says,
        evidence=evidence,
        try_next=try_next,
    )
