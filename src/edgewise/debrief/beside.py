"""Your account beside the record: where they agree, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from edgewise.debrief.findings import Evidence, Finding, Verdict
from edgewise.debrief.notes import Notes, YourNote
from edgewise.person import Record, content_stems
from edgewise.rehearsal import Question, Reflection


class Agreement(StrEnum):
    """Whether what you remember and what is written down say the same."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_IN_IT = "not in it"


class Beside(Record):
    """One thing you wrote, with what the record has to it.

    Attributes:
        about: which of your answers: `said_it` or `lost_ground`.
        yours: what you wrote.
        says: what the record has to it, in a sentence.
        evidence: your words in the conversation that it speaks of.
    """

    about: str
    yours: str
    agreement: Agreement
    says: str
    evidence: tuple[Evidence, ...] = ()


def beside(own: Reflection | None, findings: Sequence[Finding], notes: Notes) -> tuple[Beside, ...]:
    """What you wrote before anything was shown, beside what was written down while you spoke."""
    if own is None:
        return ()
    answers = {finding.question: finding for finding in findings}
    told = (
        _on_saying_it(own.said_it, answers.get(Question.SAID_IT)),
        _on_losing_ground(own.lost_ground, findings, notes),
    )
    return tuple(one for one in told if one is not None)


def _on_saying_it(yours: str, finding: Finding | None) -> Beside | None:
    claimed = claim_in(yours)
    if claimed is None or finding is None or finding.verdict is Verdict.CANT_TELL:
        return None
    found = finding.verdict in {Verdict.YES, Verdict.MOSTLY}
    agrees = claimed == found or (finding.verdict is Verdict.PARTLY and claimed is not True)
    return Beside(
        about="said_it",
        yours=yours,
        agreement=Agreement.AGREES if agrees else Agreement.DIFFERS,
        says=_SAID_IT[claimed, found],
        evidence=finding.evidence[:2],
    )


_SAID_IT = {
    (True, True): "The record has it too.",
    (True, False): "It felt said. In the words themselves less of it came out, which is easily missed from inside.",
    (False, True): "You said more of it than you thought. These are your words.",
    (False, False): "The record says so too. Knowing it is worth something.",
}
_NO = re.compile(
    r"\b(?:no|not|nope|never|didn'?t|did not|couldn'?t|could not|failed|forgot|chickened|bottled|barely|hardly"
    r"|half|kind of|kinda|sort of|partly|somewhat|a bit|a little)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:yes|yeah|yep|yup|did|said it|i think so|mostly|finally|managed|got it out|all of it)\b", re.IGNORECASE
)


def claim_in(words: str) -> bool | None:
    """Whether you wrote that you said it (true) or that you did not (false); None when that is not clear."""
    yes, no = _YES.search(words) is not None, _NO.search(words) is not None
    return None if yes == no else yes


def _on_losing_ground(yours: str, findings: Sequence[Finding], notes: Notes) -> Beside | None:
    if not yours.strip():
        return None
    where = _meant(yours, notes)
    if where is None:
        return None
    evidence = (where.whole,)
    found = _found_in(where, findings)
    if where.gave_way or where.hit_back or found:
        how = "hit back" if where.hit_back else "gave way" if where.gave_way else found
        says = f"There is a turn like that, and in it you {how}."
        return Beside(about="lost_ground", yours=yours, agreement=Agreement.AGREES, says=says, evidence=evidence)
    says = "You may mean this turn. Read it again: on paper it stands better than it felt."
    return Beside(about="lost_ground", yours=yours, agreement=Agreement.DIFFERS, says=says, evidence=evidence)


def _found_in(note: YourNote, findings: Sequence[Finding]) -> str:
    """What the record has found in a turn, told of "you"; empty when it found nothing amiss."""
    amiss = [one.question for one in findings if any(piece.turn == note.place for piece in one.evidence)]
    return next((_AMISS[question] for question in amiss if question in _AMISS), "")


_AMISS = {
    Question.APOLOGISED: "apologised where nothing was owed",
    Question.REACTIVE: "turned up the heat",
    Question.STAYED: "lost your footing for a moment",
    Question.OVER_EXPLAINED: "explained again what you had said",
    Question.FILLED_SILENCE: "filled their silence",
    Question.ON_TOPIC: "were somewhere else",
}


def _meant(yours: str, notes: Notes) -> YourNote | None:
    """The turn you seem to have meant: the one whose words, or whose words before it, yours take up most."""
    stems = content_stems(yours)
    near = [(_nearness(stems, note), -note.place, note) for note in notes.spoken]
    best = max(near, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] >= _ENOUGH else None


def _nearness(stems: frozenset[str], note: YourNote) -> int:
    """How much of what you wrote stands in a turn; your own words in it count twice, those it answered once."""
    theirs = content_stems(note.before.text) if note.before else frozenset[str]()
    return 2 * len(stems & note.stems) + len(stems & theirs)


_ENOUGH = 3  # one word of yours and one of theirs, or two of yours
