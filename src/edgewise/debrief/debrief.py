"""The debrief of one rehearsal."""

from __future__ import annotations

from typing import Any, Self

from edgewise.counterpart import Counterpart, LearnedReader, Mind, Reader, Reading
from edgewise.counterpart.ahead import read_ahead
from edgewise.debrief.beside import Beside, beside
from edgewise.debrief.findings import Evidence, Finding, check_evidence
from edgewise.debrief.moments import Moment, moments_in
from edgewise.debrief.notes import Notes, Noting
from edgewise.debrief.own_question import OwnAnswer, own_answers
from edgewise.debrief.points import PointFound, points_in
from edgewise.debrief.questions import findings_on
from edgewise.debrief.reveal import Reveal, Surprise, Then
from edgewise.debrief.wording import number
from edgewise.person import Record
from edgewise.rehearsal import Branch, CounterpartTurn, Ending, Reflection, Rehearsal, YourTurn


class Debrief(Record):
    """What a rehearsal shows: your own words, the findings beside them, and the take revealed.

    Attributes:
        own_words: what you wrote before anything was shown; None when you skipped it.
        beside: what the record has to what you wrote.
        findings: an answer to each question that was asked, in that order.
        points: what became of each thing you came to say.
        own_answers: what can be said to questions of your own.
        moments: the turns on which it turned.
        branch: where it left another rehearsal.
    """

    rehearsal_id: str
    heading: str
    person: str
    ending: Ending | None
    distress_before: int | None
    own_words: Reflection | None
    beside: tuple[Beside, ...] = ()
    findings: tuple[Finding, ...]
    points: tuple[PointFound, ...] = ()
    own_answers: tuple[OwnAnswer, ...] = ()
    moments: tuple[Moment, ...] = ()
    branch: Branch | None = None
    reveal: Reveal

    @classmethod
    def of(cls, rehearsal: Rehearsal, reader: Reader | None = None) -> Self:
        """What this rehearsal shows.

        Raises:
            EvidenceError: a finding quoted words nobody said; a defect.
        """
        notes, mind = _lived_again(rehearsal, reader or LearnedReader())
        findings = findings_on(rehearsal.asked, notes)
        debrief = cls(
            rehearsal_id=rehearsal.id,
            heading=rehearsal.situation.heading,
            person=rehearsal.situation.person.known_as,
            ending=rehearsal.ending,
            distress_before=rehearsal.distress_before,
            own_words=rehearsal.reflection,
            beside=beside(rehearsal.reflection, findings, notes),
            findings=findings,
            points=points_in(notes),
            own_answers=own_answers(rehearsal.own_questions, findings, notes),
            moments=moments_in(rehearsal, notes),
            branch=rehearsal.branch,
            reveal=_revealed(rehearsal, mind),
        )
        check_evidence(debrief.evidence, rehearsal)
        return debrief

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every quote in it."""
        groups = (*self.beside, *self.findings, *self.own_answers)
        single = (
            *(piece for point in self.points for piece in (point.evidence, *point.again)),
            *(one for at in self.moments for one in (at.yours, at.before)),
        )
        return (*(piece for group in groups for piece in group.evidence), *(one for one in single if one is not None))

    def as_json(self) -> dict[str, Any]:
        """The debrief as plain data, with the names that are written down."""
        return self.model_dump(mode="json", by_alias=True)


class _Remembering:
    """A reader that remembers what it read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.last = Reading("")

    def read(self, text: str, context: Any) -> Reading:
        self.last = self._reader.read(text, context)
        return self.last


def notes_on(rehearsal: Rehearsal, reader: Reader) -> Notes:
    """What every question is answered from."""
    return _lived_again(rehearsal, reader)[0]


def _lived_again(rehearsal: Rehearsal, reader: Reader) -> tuple[Notes, Mind]:
    remembering = _Remembering(reader)
    counterpart = Counterpart(rehearsal.situation, rehearsal.take, rehearsal.seed, reader=remembering)
    noting = Noting()
    read_ahead(reader, rehearsal.turns)
    for place, turn in enumerate(rehearsal.turns):
        counterpart.live_through(turn)
        if isinstance(turn, YourTurn):
            noting.mine(place, turn, remembering.last)
        else:
            noting.theirs(turn)
    return Notes(rehearsal.situation, tuple(noting.yours), counterpart.mind.points), counterpart.mind


def _revealed(rehearsal: Rehearsal, mind: Mind) -> Reveal:
    theirs = [(place, turn) for place, turn in enumerate(rehearsal.turns) if isinstance(turn, CounterpartTurn)]
    return Reveal(
        take=rehearsal.take,
        then=tuple(
            Then(turn=place, move=turn.move, mood=turn.mood, state=turn.state, reasons=turn.reasons)
            for place, turn in theirs
        ),
        surprises=tuple(
            Surprise(turn=place, curveball=turn.curveball) for place, turn in theirs if turn.curveball is not None
        ),
        came_through=mind.door.granted,
        agreed=mind.door.agreed,
        still_shut=() if mind.door.agreed else mind.door.still_shut(),
        how_near=_how_near(rehearsal, mind),
    )


def _how_near(rehearsal: Rehearsal, mind: Mind) -> str:
    door = mind.door
    if door.agreed:
        return "They said yes, and meant it."
    if door.granted:
        return "They granted you a part of it, and meant it. The rest was still closed."
    if not rehearsal.take.yields and door.ajar:
        return "You got as far as anyone could. There was no yes in this version of them."
    if door.open:
        return "The door was open when it ended."
    missing = len(door.still_shut())
    return (
        "You were one step away." if missing == 1 else f"{number(missing).capitalize()} things were still in the way."
    )
