"""Questions answered by counting: in how many of your turns did you do it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edgewise.debrief.counting import count_confidence
from edgewise.debrief.findings import Evidence, Finding, Verdict
from edgewise.debrief.instances import is_instance, likelihoods
from edgewise.debrief.notes import Notes, YourNote
from edgewise.rehearsal import Question

Scale = Callable[[int, int], Verdict]
#: The most quotes one finding shows.
_MOST_SHOWN = 6


def fault(count: int, _total: int) -> Verdict:
    """Something better not done: none, once, twice, more often."""
    return (Verdict.NO, Verdict.PARTLY, Verdict.MOSTLY, Verdict.YES)[min(count, 3)]


def lapse(count: int, total: int) -> Verdict:
    """Something to keep up: never let go, once, now and then, most of the time."""
    if count <= 1:
        return (Verdict.YES, Verdict.MOSTLY)[count]
    return Verdict.NO if count * 2 > total and count > 2 else Verdict.PARTLY  # noqa: PLR2004


def rare_lapse(count: int, _total: int) -> Verdict:
    """Something to keep up, where even a few times are many."""
    return (Verdict.YES, Verdict.MOSTLY, Verdict.PARTLY, Verdict.NO)[min(count, 3)]


def twice_is_enough(count: int, _total: int) -> Verdict:
    """Something worth doing, and done when it was done twice."""
    return (Verdict.NO, Verdict.PARTLY, Verdict.YES)[min(count, 2)]


@dataclass(frozen=True)
class Counted:
    """How one question is answered.

    Attributes:
        scale: what so many instances among so many turns come to.
        says_none, try_none: what to say, and what to try, when there was no instance.
        says_some: what to say of the turns that were.
        try_some: what to try when there were.
        shown: which words of a turn show it.
        settles: whether one such turn is enough for a plain yes.
    """

    question: Question
    scale: Scale
    says_none: str
    says_some: Callable[[Sequence[YourNote], Notes], str]
    shown: Callable[[YourNote], Evidence]
    try_none: str
    try_some: str
    settles: Callable[[YourNote], bool] = lambda _: False

    def answer(self, notes: Notes) -> Finding:
        """What your turns show."""
        if not notes.spoken:
            return self._finding(Verdict.CANT_TELL, 0.95, "You did not say anything.", ())
        likely = likelihoods(self.question, notes)
        found = [
            note
            for note, likelihood in zip(notes.spoken, likely, strict=True)
            if is_instance(self.question, likelihood)
        ]
        if not found:
            return self._finding(self.scale(0, len(likely)), count_confidence(likely, 0), self.says_none, ())
        settled = any(self.settles(note) for note in found)
        verdict = Verdict.YES if settled else self.scale(len(found), len(likely))
        return self._finding(
            verdict, count_confidence(likely, len(found)), self.says_some(found, notes), tuple(map(self.shown, found))
        )

    def _finding(self, verdict: Verdict, confidence: float, says: str, evidence: tuple[Evidence, ...]) -> Finding:
        return Finding(
            question=self.question,
            verdict=verdict,
            confidence=round(confidence, 2),
            says=says,
            evidence=evidence[:_MOST_SHOWN],
            try_next=self.try_some if evidence else self.try_none,
        )
