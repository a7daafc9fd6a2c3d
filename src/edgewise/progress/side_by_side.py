"""Takes beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.debrief import Debrief, Evidence, Finding, PointFound, Then, Verdict
from edgewise.person import Record
from edgewise.rehearsal import EmotionalState, Question

_SHOWN = 3  # of your own words for one answer


class Column(Record):
    """One take, as a column shows it.

    Attributes:
        answers: the verdict on each question.
        shown_by: your words that show it, for each question that has some.
        points: what became of each thing you came to say.
        then: what they did and how they were at each of their turns.
        came_through: whether they granted anything.
        ended_in: the state they were in at the end.
        distress: SUDS before, at worst and after; None where you gave none.
    """

    rehearsal_id: str
    take: str
    turns: int
    answers: dict[Question, Verdict]
    shown_by: dict[Question, tuple[Evidence, ...]] = {}
    points: tuple[PointFound, ...] = ()
    then: tuple[Then, ...] = ()
    came_through: bool
    ended_in: EmotionalState | None
    distress: tuple[int | None, int | None, int | None]


class Wording(Record):
    """One thing you came to say, take by take.

    Attributes:
        point: as you noted it.
        then: what became of it in each take; None where you had not noted it yet.
    """

    point: str
    then: tuple[PointFound | None, ...]


class SideBySide(Record):
    """Two or more takes of one conversation, in the order they were held."""

    columns: tuple[Column, ...]

    @property
    def longest(self) -> int:
        """How many turns the longest of them had."""
        return max((column.then[-1].turn + 1 for column in self.columns if column.then), default=0)

    def wording(self) -> tuple[Wording, ...]:
        """Each thing you came to say, in the words you had for it each time."""
        points = dict.fromkeys(point.text for column in self.columns for point in column.points)
        return tuple(
            Wording(point=text, then=tuple(_of(text, column.points) for column in self.columns)) for text in points
        )

    @property
    def unlike(self) -> float:
        """How differently they felt at the end of the two takes that are furthest apart: 0 to 1."""
        states = [column.ended_in for column in self.columns if column.ended_in]
        return max((one.distance(other) for one in states for other in states), default=0.0)

    def changed(self) -> tuple[Question, ...]:
        """The questions that were not answered alike in every take."""
        return tuple(
            question for question in Question if len({column.answers.get(question) for column in self.columns}) > 1
        )


def side_by_side(debriefs: Sequence[Debrief]) -> SideBySide:
    """Put takes beside each other."""
    return SideBySide(columns=tuple(_column(one) for one in debriefs))


def _of(text: str, points: Sequence[PointFound]) -> PointFound | None:
    return next((point for point in points if point.text == text), None)


def _shown_by(findings: Sequence[Finding]) -> dict[Question, tuple[Evidence, ...]]:
    return {one.question: one.evidence[:_SHOWN] for one in findings if one.evidence}


def _column(one: Debrief) -> Column:
    then = one.reveal.then
    own = one.own_words
    return Column(
        rehearsal_id=one.rehearsal_id,
        take=one.reveal.take.name,
        turns=len(then),
        answers={finding.question: finding.verdict for finding in one.findings},
        shown_by=_shown_by(one.findings),
        points=one.points,
        then=then,
        came_through=one.reveal.came_through,
        ended_in=then[-1].state if then else None,
        distress=(
            one.distress_before,
            own.distress_worst if own else None,
            own.distress_now if own else None,
        ),
    )
