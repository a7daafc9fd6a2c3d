"""Did I say what I came to say?"""

from __future__ import annotations

import re

from edgewise.counterpart import Act, Said
from edgewise.counterpart.perceive.subject import point_said
from edgewise.debrief.findings import Evidence, Finding, Question, Verdict
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.wording import named
from edgewise.situation import KeyPoint

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_TOOK_BACK = (Act.WITHDRAW, Act.CONCEDE)


def said_it(notes: Notes) -> Finding:
    """How much of what you came to say came out, how plainly, and whether it stayed said."""
    points = notes.situation.points
    if not points:
        return _finding(
            Verdict.CANT_TELL,
            0.9,
            "You did not write down what you came to say, so there is nothing to hold this against.",
            try_next="Before the next take, finish the sentence “I came to say…”. One sentence is enough.",
        )
    if not notes.spoken:
        return _finding(Verdict.NO, 0.95, "You did not say anything.", try_next=_BEGIN)
    plainly, hinted, missed = (
        [point for point, said in zip(points, notes.points, strict=True) if said is how]
        for how in (Said.PLAINLY, Said.HINTED, Said.NOT_AT_ALL)
    )
    evidence = tuple(shown for point in [*plainly, *hinted] if (shown := _first_said(point, notes)))
    taken_back = _taken_back(notes) if plainly else None
    says = _in_words(plainly, hinted, missed, taken_back=taken_back is not None)
    return _finding(
        _verdict(len(plainly), len(hinted), len(points), taken_back=taken_back is not None),
        0.8 if plainly or missed else 0.6,
        says,
        evidence=(*evidence, *([taken_back] if taken_back else [])),
        try_next=_what_to_try(plainly, missed, taken_back=taken_back is not None),
    )


_BEGIN = "Let the first thing you say be the thing you came for. Everything else can follow it."


def _verdict(plainly: int, hinted: int, points: int, *, taken_back: bool) -> Verdict:
    if plainly == points:
        return Verdict.MOSTLY if taken_back else Verdict.YES
    if plainly * 2 >= points and not taken_back:
        return Verdict.MOSTLY
    return Verdict.PARTLY if plainly or hinted else Verdict.NO


def _in_words(plainly: list[KeyPoint], hinted: list[KeyPoint], missed: list[KeyPoint], *, taken_back: bool) -> str:
    said = [
        f"You said plainly: {named([point.text for point in plainly])}." if plainly else "",
        f"You only hinted at {named([point.text for point in hinted])}." if hinted else "",
        f"You never got to {named([point.text for point in missed])}." if missed else "",
        "Later you took some of it back." if taken_back else "",
    ]
    return " ".join(part for part in said if part)


def _what_to_try(plainly: list[KeyPoint], missed: list[KeyPoint], *, taken_back: bool) -> str:
    if taken_back:
        return "Once it is said, you can leave it there. It does not need you to take the edge off it."
    if missed and plainly:
        return "Which one is hardest to get out? Start with that one, while nothing has been said yet."
    return _BEGIN if missed else "It came out. Next time, see what happens if you say less around it."


def _first_said(point: KeyPoint, notes: Notes) -> Evidence | None:
    """The sentence in which the point first came out as far as it ever did."""
    best = max(notes.spoken, key=lambda note: (_SAID.index(point_said(point, note.turn.text)), -note.place))
    sentences = [found.group().strip() for found in _SENTENCE.finditer(best.turn.text)]
    nearest = max(sentences, key=lambda sentence: _SAID.index(point_said(point, sentence)), default="")
    whole = nearest if nearest and point_said(point, nearest) is not Said.NOT_AT_ALL else best.turn.text
    return Evidence(turn=best.place, quote=whole) if whole else None


_SAID = (Said.NOT_AT_ALL, Said.HINTED, Said.PLAINLY)


def _taken_back(notes: Notes) -> Evidence | None:
    """Words with which you took it back after saying it and never said again; None when it stood."""
    at = [note for note in notes.spoken if note.reading.said_a_point or note.reading.did(Act.HOLD)]
    last_said = at[-1].place if at else -1
    later = [note for note in notes.spoken if note.place > last_said and at]
    return next((_shown(note, act) for note in later for act in _TOOK_BACK if note.reading.did(act)), None)


def _shown(note: YourNote, act: Act) -> Evidence:
    return note.showing(act)[0]


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
