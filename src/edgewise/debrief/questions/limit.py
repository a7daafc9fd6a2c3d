"""For a boundary: said, held, and with its consequence."""

from __future__ import annotations

from edgewise.counterpart import Act
from edgewise.debrief.counting import count_confidence
from edgewise.debrief.findings import Finding, Verdict
from edgewise.debrief.instances import is_instance, likelihoods
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.wording import times
from edgewise.rehearsal import Question

_HINTED = 0.25  # likelihood from which a limit was at least hinted at
_NEARLY_AS_PLAINLY = 0.7  # of the plainest turn's likelihood, for another to be shown beside it


def stated(notes: Notes) -> Finding:
    """Whether you said plainly where your limit is."""
    if not notes.spoken:
        return _finding(Question.STATED, Verdict.CANT_TELL, 0.95, "You did not say anything.", [])
    likely = likelihoods(Question.STATED, notes)
    best = max(likely)
    if is_instance(Question.STATED, best):
        plainly = [note for note, one in zip(notes.spoken, likely, strict=True) if one >= _NEARLY_AS_PLAINLY * best]
        return _finding(Question.STATED, Verdict.YES, best, "You said plainly where your limit is.", plainly[:3])
    if best >= _HINTED:
        near = [notes.spoken[likely.index(best)]]
        return _finding(Question.STATED, Verdict.PARTLY, 0.5, "You came near it. It could still be missed.", near)
    return _finding(Question.STATED, Verdict.NO, 1 - best, "You never said where your limit is.", [])


def held(notes: Notes) -> Finding:
    """Whether it was still there after they had pushed."""
    first = _first_stated(notes)
    pushed = [note for note in notes.spoken if first is not None and note.place > first.place]
    if not pushed:
        says = "It was not said, so it could not be held." if first is None else "After you said it they did not push."
        return _finding(Question.HELD, Verdict.CANT_TELL, 0.8, says, [])
    likely = dict(zip((note.place for note in notes.spoken), likelihoods(Question.HELD, notes), strict=True))
    soft = [note for note in pushed if is_instance(Question.HELD, likely[note.place])]
    sure = count_confidence([likely[note.place] for note in pushed], len(soft))
    if not soft:
        firm = [note for note in pushed if note.reading.did_any(_HOLDING)]
        return _finding(Question.HELD, Verdict.YES, sure, "Each time they pushed, it was still there.", firm)
    if soft[-1] is pushed[-1]:
        return _finding(Question.HELD, Verdict.NO, sure, "At the end you let it go.", soft)
    verdict = Verdict.MOSTLY if len(soft) == 1 else Verdict.PARTLY
    return _finding(Question.HELD, verdict, sure, f"You softened it {times(len(soft))}, and came back to it.", soft)


def consequence(notes: Notes) -> Finding:
    """Whether you said what you will do if it is crossed, and left that standing."""
    if not notes.spoken:
        return _finding(Question.CONSEQUENCE, Verdict.CANT_TELL, 0.95, "You did not say anything.", [])
    likely = likelihoods(Question.CONSEQUENCE, notes)
    told = [note for note, one in zip(notes.spoken, likely, strict=True) if is_instance(Question.CONSEQUENCE, one)]
    if not told:
        sure = count_confidence(likely, 0)
        return _finding(
            Question.CONSEQUENCE, Verdict.NO, sure, "You did not say what you will do if it happens again.", []
        )
    after = [note for note in notes.spoken if note.place > told[0].place and note.reading.did(Act.WITHDRAW)]
    verdict = Verdict.PARTLY if after else Verdict.YES
    says = "You said what you will do, and later took the edge off it." if after else "You said what you will do."
    return _finding(Question.CONSEQUENCE, verdict, max(likely), says, told)


_HOLDING = (Act.HOLD, Act.BOUNDARY, Act.REFUSE, Act.POINT, Act.REQUEST)


def _first_stated(notes: Notes) -> YourNote | None:
    likely = likelihoods(Question.STATED, notes)
    return next(
        (note for note, one in zip(notes.spoken, likely, strict=True) if is_instance(Question.STATED, one)), None
    )


def _finding(question: Question, verdict: Verdict, confidence: float, says: str, shown: list[YourNote]) -> Finding:
    good = verdict is Verdict.YES
    return Finding(
        question=question,
        verdict=verdict,
        confidence=round(confidence, 2),
        says=says,
        evidence=tuple(note.shown_by(Act.BOUNDARY, Act.REFUSE, Act.WITHDRAW) for note in shown[:6]),
        try_next=_TRY[question][0 if good else 1],
    )


_TRY = {
    Question.STATED: (
        "Said once, plainly, it does not need a reason.",
        "Finish this for yourself: what will you do, or not do, from now on? That is the limit; the rest is weather.",
    ),
    Question.HELD: (
        "They pushed and it stayed. They know now that it is there.",
        "You can understand why they push and still not move. What made you move?",
    ),
    Question.CONSEQUENCE: (
        "Only say what you will do. You did.",
        "What is within your own hands if it happens again? A limit needs nothing bigger than that.",
    ),
}
