"""Takes beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.debrief import Debrief, Verdict
from edgewise.person import Record
from edgewise.rehearsal import EmotionalState, Question


class Column(Record):
    """One take, as a column shows it.

    Attributes:
        answers: the verdict on each question.
        came_through: whether they granted anything.
        ended_in: the state they were in at the end.
        distress: SUDS before, at worst and after; None where you gave none.
    """

    rehearsal_id: str
    take: str
    turns: int
    answers: dict[Question, Verdict]
    came_through: bool
    ended_in: EmotionalState | None
    distress: tuple[int | None, int | None, int | None]


class SideBySide(Record):
    """Two or more takes of one conversation, in the order they were held."""

    columns: tuple[Column, ...]

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


def _column(one: Debrief) -> Column:
    then = one.reveal.then
    own = one.own_words
    return Column(
        rehearsal_id=one.rehearsal_id,
        take=one.reveal.take.name,
        turns=len(then),
        answers={finding.question: finding.verdict for finding in one.findings},
        came_through=one.reveal.came_through,
        ended_in=then[-1].state if then else None,
        distress=(
            one.distress_before,
            own.distress_worst if own else None,
            own.distress_now if own else None,
        ),
    )
