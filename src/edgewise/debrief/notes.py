"""What the questions are answered from: your turns, each with what it did and what it answered."""

from __future__ import annotations

from dataclasses import dataclass

from edgewise.counterpart import Act, Reading, Said
from edgewise.debrief.findings import Evidence
from edgewise.rehearsal import CounterpartTurn, YourTurn
from edgewise.situation import Situation
from edgewise.take import Move


@dataclass(frozen=True, slots=True)
class YourNote:
    """One turn of yours.

    Attributes:
        place: which turn of the conversation it is, counted from 0.
        reading: what it did.
        before: their turn that it answers; None when you spoke first.
    """

    place: int
    turn: YourTurn
    reading: Reading
    before: CounterpartTurn | None

    @property
    def after_silence(self) -> bool:
        """Whether it came in answer to a silence of theirs."""
        return self.before is not None and self.before.move is Move.GO_SILENT

    def showing(self, act: Act) -> tuple[Evidence, ...]:
        """Your words in this turn that show an act."""
        return tuple(
            Evidence(turn=self.place, quote=self.reading.sentence(span))
            for span in self.reading.spans.get(act, ())
            if self.reading.did(act)
        )

    @property
    def whole(self) -> Evidence:
        """The turn itself as evidence; only for a turn with words."""
        return Evidence(turn=self.place, quote=self.turn.text)


@dataclass(frozen=True, slots=True)
class Notes:
    """A rehearsal as the debrief reads it."""

    situation: Situation
    yours: tuple[YourNote, ...]
    points: tuple[Said, ...]

    @property
    def spoken(self) -> tuple[YourNote, ...]:
        """Your turns with words in them."""
        return tuple(note for note in self.yours if note.turn.text)
