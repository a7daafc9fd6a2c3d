"""A rehearsal: one run of one take, append-only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field

from edgewise.errors import RehearsalOverError
from edgewise.person import Record, Text
from edgewise.rehearsal.recollection import Recalled, Recollection
from edgewise.rehearsal.turn import CounterpartTurn, Turn, YourTurn
from edgewise.situation import Situation
from edgewise.take import Take

Percent = Annotated[int, Field(ge=0, le=100)]
#: Characters in one answer of your own words on a rehearsal.
LONGEST_ANSWER = 10_000

LongText = Annotated[Text, Field(max_length=LONGEST_ANSWER)]


class Ending(StrEnum):
    """How the conversation came to its end."""

    YOU_ENDED = "you_ended"
    THEY_LEFT = "they_left"


class Reflection(Record):
    """Your own words on a rehearsal, written before any finding is shown.

    Attributes:
        going_for: what you were going for.
        said_it: whether you said it, in your words.
        lost_ground: where you lost ground.
        surprised_by: what surprised you.
        distress_worst: SUDS at the worst moment, 0 to 100.
        distress_now: SUDS now, 0 to 100.
    """

    going_for: LongText = ""
    said_it: LongText = ""
    lost_ground: LongText = ""
    surprised_by: LongText = ""
    distress_worst: Percent | None = None
    distress_now: Percent | None = None


class Rehearsal(Record):
    """One run of one take.

    Attributes:
        format: version of the written form.
        id: its own name, the same on every machine.
        seed: where its chance comes from; the same seed, take and words give the same rehearsal.
        distress_before: SUDS before it began.
        remembered: what you said in earlier rehearsals that they may bring up in this one.
    """

    format: Literal[1] = 1
    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
    situation: Situation
    take: Take
    seed: int
    started: datetime
    distress_before: Percent | None = None
    remembered: Annotated[tuple[Recollection, ...], Field(max_length=len(Recalled))] = ()
    turns: tuple[Turn, ...] = ()
    ending: Ending | None = None
    reflection: Reflection | None = None

    def with_turn(self, turn: Turn) -> Self:
        """The rehearsal with one more turn; nothing before it changes.

        Raises:
            RehearsalOverError: the conversation has ended.
        """
        if self.is_over:
            raise RehearsalOverError(
                "This conversation has ended.",
                kept="All of it is saved.",
                next_step="Look at it with edgewise show, or start another take with edgewise rehearse.",
            )
        left = isinstance(turn, CounterpartTurn) and turn.leaves
        ending = Ending.THEY_LEFT if left else None
        return self.model_copy(update={"turns": (*self.turns, turn), "ending": ending})

    def ended(self) -> Self:
        """The rehearsal, ended by you; one that is already over stays as it is."""
        return self if self.is_over else self.model_copy(update={"ending": Ending.YOU_ENDED})

    def reflected(self, reflection: Reflection) -> Self:
        """The rehearsal with your own words on it."""
        return self.model_copy(update={"reflection": reflection})

    def without_memory_of(self, rehearsal_id: str) -> Self:
        """The rehearsal with nothing remembered of another one."""
        left = tuple(one for one in self.remembered if one.rehearsal != rehearsal_id)
        return self.model_copy(update={"remembered": left})

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be said."""
        return self.ending is not None

    @property
    def awaits_their_answer(self) -> bool:
        """Whether your last words still hang in the air, because the program stopped before they answered."""
        return not self.is_over and (not self.turns or isinstance(self.turns[-1], YourTurn))

    @property
    def your_turns(self) -> tuple[tuple[int, YourTurn], ...]:
        """Your turns, each with its place in the conversation (from 0)."""
        return tuple((place, turn) for place, turn in enumerate(self.turns) if isinstance(turn, YourTurn))
