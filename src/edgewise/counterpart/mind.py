"""What the counterpart carries from turn to turn: feeling, memory, and the door.

A mind is never stored. It is remembered from the record, one turn at a time, in the very same way whether the
conversation is happening now or is taken up again after a crash.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Self

from edgewise.counterpart.appraise import Hearing, baseline
from edgewise.counterpart.door import Door
from edgewise.counterpart.perceive import Act, Before, Context, Reading, Said
from edgewise.person.words import words_in
from edgewise.rehearsal import CounterpartTurn, EmotionalState, Recollection, YourTurn
from edgewise.situation import Situation
from edgewise.take import Curveball, Move, Take


@dataclass(frozen=True, slots=True)
class Mind:
    """A counterpart in the middle of a conversation.

    Attributes:
        state: how they feel.
        door: how near you are to getting through.
        moves: what they did, oldest first.
        lines: the lines they have said, which they will not say again.
        openings: how often they began with the same three words.
        curveballs: the surprises that have come.
        done: how often you did each act.
        said: your turns, oldest first, without the silent ones.
        last_said: your last turn, empty for a silence; none before your first.
        points: how far each key point has come out so far.
        last_silence_s: seconds of silence they left just now.
        last_words, last_lines: their last three turns, oldest first, as the built-in voice has them.
        remembered: what you said in earlier rehearsals that they may bring up.
        exchanged: everything that was said, oldest first: whether it was you, and the words; empty for a silence.
    """

    situation: Situation
    take: Take
    state: EmotionalState
    door: Door
    moves: tuple[Move, ...] = ()
    lines: frozenset[str] = frozenset()
    openings: Counter[str] = field(default_factory=Counter[str])
    curveballs: tuple[Curveball, ...] = ()
    done: Counter[Act] = field(default_factory=Counter[Act])
    said: tuple[str, ...] = ()
    last_said: str | None = None
    points: tuple[Said, ...] = ()
    last_silence_s: float = 0.0
    last_words: tuple[str, ...] = ()
    last_lines: tuple[str, ...] = ()
    remembered: tuple[Recollection, ...] = ()
    exchanged: tuple[tuple[bool, str], ...] = ()

    @classmethod
    def before_the_first_word(cls, situation: Situation, take: Take, remembered: tuple[Recollection, ...] = ()) -> Self:
        """The mind with which they walk in."""
        return cls(
            situation=situation,
            take=take,
            state=baseline(situation.person, take),
            door=Door(rounds=take.rounds_to_hold),
            points=(Said.NOT_AT_ALL,) * len(situation.points),
            remembered=remembered,
        )

    @property
    def last_move(self) -> Move | None:
        """What they did last."""
        return self.moves[-1] if self.moves else None

    @property
    def has_just_shown_hurt(self) -> bool:
        """Whether their last turn showed you that something hurt."""
        return self.last_move is Move.DISCLOSE_HURT

    @property
    def knows_why_you_came(self) -> bool:
        """Whether you have so much as hinted at what you came to say, or they knew before you did."""
        if Curveball.KNOWS_ALREADY in self.curveballs:
            return True
        return self.door.said or any(said is not Said.NOT_AT_ALL for said in self.points)

    @property
    def has_been_complained_of(self) -> bool:
        """Whether anything you said so far told them of something they did; a bare request does not."""
        return any(self.done[act] for act in _COMPLAINTS)

    @property
    def context(self) -> Context:
        """What your next turn is read against."""
        return Context(
            situation=self.situation,
            their_move=self.last_move,
            their_words=self.last_words[-1] if self.last_words else "",
            their_silence_s=self.last_silence_s,
            said_before=self.said,
            point_said_before=Said.PLAINLY in self.points,
            before=self._before,
        )

    @property
    def _before(self) -> tuple[Before, ...]:
        """Their last words, yours before them, and theirs before those, as far as there are any."""
        theirs = [Before(words) for words in self.last_words[-2:]]
        mine = [Before(self.last_said, mine=True)] if self.last_said is not None else []
        return (*theirs[:-1], *mine, *theirs[-1:])

    @property
    def hearing(self) -> Hearing:
        """What your next turn is appraised against."""
        return Hearing(self.situation.person, self.take, self.done)

    def having_heard(self, turn: YourTurn, reading: Reading) -> Self:
        """The mind after a turn of yours, before they answer. Feeling moves with the answer, not here."""
        return replace(
            self,
            door=self.door.tried(reading, self.last_move, any_points=bool(self.points)),
            done=self.done + Counter(reading.done),
            said=(*self.said, turn.text) if turn.text else self.said,
            last_said=turn.text,
            points=tuple(_further(*pair) for pair in zip(self.points, reading.points, strict=True)),
            exchanged=(*self.exchanged, (True, turn.text)),
        )

    def having_done(self, turn: CounterpartTurn) -> Self:
        """The mind after a turn of their own."""
        opening = " ".join(words_in(turn.understood_as)[:3])
        return replace(
            self,
            state=turn.state,
            door=self.door.answered(turn.move, turn.state),
            moves=(*self.moves, turn.move),
            lines=self.lines | set(turn.line.split("+")) if turn.line else self.lines,
            last_words=(*self.last_words, turn.understood_as)[-3:],
            exchanged=(*self.exchanged, (False, turn.text)),
            last_lines=(*self.last_lines, turn.line)[-3:],
            openings=self.openings + Counter([opening] if opening else []),
            curveballs=(*self.curveballs, turn.curveball) if turn.curveball else self.curveballs,
            last_silence_s=turn.silence_s if turn.move is Move.GO_SILENT else 0.0,
        )


_COMPLAINTS = (Act.CRITICISE, Act.CONTEMPT, Act.SARCASM, Act.IMPACT, Act.EXAMPLE)
_FAR = (Said.NOT_AT_ALL, Said.HINTED, Said.PLAINLY)


def _further(before: Said, now: Said) -> Said:
    return max(before, now, key=_FAR.index)
