"""Did I stay with it, or cave in, or go on the attack?"""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.counterpart.perceive import COLLAPSING, ESCALATING
from edgewise.debrief.findings import Evidence, Finding, Verdict
from edgewise.debrief.instances import is_instance, likelihoods
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions.counted import Counted, lapse
from edgewise.debrief.wording import times
from edgewise.rehearsal import Question


def stayed(notes: Notes) -> Finding:
    """Whether you were still there, on your own feet, to the end."""
    finding = _STAYED.answer(notes)
    if finding.verdict in {Verdict.CANT_TELL, Verdict.YES} or not _off_at_the_end(notes):
        return finding
    last = notes.spoken[-1]
    how = "on the attack" if last.place in _went_for_them(notes) else "giving way"
    return finding.model_copy(update={"verdict": Verdict.NO, "says": f"{finding.says} You ended {how}."})


def _off_at_the_end(notes: Notes) -> bool:
    return is_instance(Question.STAYED, likelihoods(Question.STAYED, notes)[-1])


def _went_for_them(notes: Notes) -> frozenset[int]:
    """Where you went for them: what counts as turning up the heat, or reads as it."""
    likely = zip(notes.spoken, likelihoods(Question.REACTIVE, notes), strict=True)
    return frozenset(note.place for note, one in likely if note.hit_back or is_instance(Question.REACTIVE, one))


def _in_words(off: Sequence[YourNote], notes: Notes) -> str:
    hot = _went_for_them(notes)
    hit = sum(1 for note in off if note.place in hot)
    gave = len(off) - hit
    if not hit:
        return f"You gave way {times(gave)}."
    return f"You hit back {times(hit)}." if not gave else f"You gave way {times(gave)} and hit back {times(hit)}."


def _shown(note: YourNote) -> Evidence:
    return note.shown_by(*sorted(ESCALATING), *sorted(COLLAPSING))


_STAYED = Counted(
    question=Question.STAYED,
    scale=lapse,
    says_none="You stayed on your feet: you neither gave way nor hit back.",
    says_some=_in_words,
    shown=_shown,
    try_none="That is the hardest part, and you did it. Next time, look for what else you can notice while you do.",
    try_some="Losing your footing is not losing the conversation. What would have brought you back one turn earlier?",
)
