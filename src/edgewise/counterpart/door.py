"""The door: what it takes to get through to this person, in this take.

Every resistance has a way through that a decent, direct person can find: say it plainly, stay with it through their
pushback without lashing out or giving way, and show once that you see what matters to them. Waiting, flattery, pleading
and repetition are not among the keys.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from edgewise.counterpart.perceive import ESCALATING, Act, Reading
from edgewise.rehearsal import EmotionalState
from edgewise.take import DOOR_MOVES, RESISTING_MOVES, Move

_TOO_ANGRY = 0.6
_TOO_HURT = 0.8
_SAYING_IT = frozenset({Act.REQUEST, Act.BOUNDARY, Act.IMPACT, Act.REFUSE})
_GIVING_WAY = frozenset({Act.WITHDRAW, Act.CONCEDE})
_COLD = frozenset({Act.CONTEMPT, Act.THREAT})


@dataclass(frozen=True, slots=True)
class Door:
    """How near you are to getting through.

    Attributes:
        rounds: pushbacks through which what you came to say must be held.
        said: whether it has been said plainly.
        held: pushbacks through which it has been held so far.
        acknowledged: whether something that matters to them has been acknowledged.
        calm: whether they are calm enough to take it in.
        granted: whether they have granted a part already.
        agreed: whether they have said yes and meant it.
    """

    rounds: int
    said: bool = False
    held: int = 0
    acknowledged: bool = False
    calm: bool = True
    granted: bool = False
    agreed: bool = False

    @property
    def ajar(self) -> bool:
        """Whether they could grant a part."""
        return self.said and self.acknowledged and self.calm and self.held >= max(1, self.rounds - 1)

    @property
    def open(self) -> bool:
        """Whether they could say yes and mean it."""
        return self.ajar and self.held >= self.rounds

    def tried(self, reading: Reading, their_move: Move | None, *, any_points: bool) -> Self:
        """The door after a turn of yours that answers `their_move`."""
        if reading.did_any(_COLD):
            return replace(self, acknowledged=False, held=max(0, self.held - 1))
        if reading.did_any(_GIVING_WAY) and not reading.did_any(_SAYING_IT | {Act.HOLD}):
            return replace(self, held=max(0, self.held - 1))
        cool = not reading.did_any(ESCALATING)
        said = cool and _says_it(reading, any_points=any_points)
        held = cool and self.said and their_move in RESISTING_MOVES and _stays(reading)
        kind = cool and (reading.did(Act.VALIDATE) or bool(reading.values))
        return replace(
            self,
            said=self.said or said,
            held=self.held + held,
            acknowledged=self.acknowledged or kind,
        )

    def answered(self, move: Move, state: EmotionalState) -> Self:
        """The door after they answered."""
        return replace(
            self,
            calm=state.anger < _TOO_ANGRY and state.hurt < _TOO_HURT,
            granted=self.granted or move in DOOR_MOVES,
            agreed=self.agreed or move is Move.AGREE,
        )

    def still_shut(self) -> tuple[str, ...]:
        """What would have opened it, in words for the person rehearsing; empty when it was open."""
        rounds = "once" if self.rounds == 1 else f"through {self.rounds} pushbacks"
        missing = (
            (
                self.said,
                "Saying what you came to say in one plain sentence, without an apology in front of it.",
            ),
            (self.held >= self.rounds, f"Staying with it {rounds}, without giving way or hitting back."),
            (self.acknowledged, "Showing once that you can see what matters to them."),
            (self.calm, "Letting the heat drop before asking again."),
        )
        return tuple(words for there, words in missing if not there)


def _says_it(reading: Reading, *, any_points: bool) -> bool:
    if reading.did_any({Act.APOLOGY, Act.WITHDRAW}):
        return False
    return reading.said_a_point if any_points else reading.did_any(_SAYING_IT)


def _stays(reading: Reading) -> bool:
    """Whether the turn keeps to its ground: something of its own is said, and not in the very same words again."""
    own = reading.did_any(_SAYING_IT | {Act.HOLD, Act.EXAMPLE, Act.POINT})
    return own and not reading.did_any({Act.REPEAT, Act.APOLOGY, Act.WITHDRAW})
