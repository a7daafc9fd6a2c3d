"""What the questions are answered from: your turns, each with what it did and what it answered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from edgewise.counterpart.perceive import ESCALATING, Act, Reading, Said
from edgewise.debrief.findings import Evidence
from edgewise.person import content_stems, word_count
from edgewise.rehearsal import CounterpartTurn, YourTurn
from edgewise.situation import Situation
from edgewise.take import Move


@dataclass(frozen=True)
class YourNote:
    """One turn of yours.

    Attributes:
        place: which turn of the conversation it is, counted from 0.
        reading: what it did.
        before: their turn that it answers; None when you spoke first.
        stems: the word stems of what you talked about in it.
        new_stems: those of them that you had not used before in this conversation.
    """

    place: int
    turn: YourTurn
    reading: Reading
    before: CounterpartTurn | None
    stems: frozenset[str] = frozenset()
    new_stems: frozenset[str] = frozenset()

    @property
    def after_silence(self) -> bool:
        """Whether it came in answer to a silence of theirs."""
        return self.before is not None and self.before.move is Move.GO_SILENT

    @property
    def after_question(self) -> bool:
        """Whether it came in answer to a question of theirs."""
        return self.before is not None and "?" in self.before.text

    @property
    def gave_way(self) -> bool:
        """Whether you gave ground in it and did not stand on any."""
        reading = self.reading
        if reading.did(Act.WITHDRAW):
            return True
        gives = reading.did_any((Act.APOLOGY, Act.CONCEDE)) or reading.did(Act.HEDGE)
        return gives and not reading.did_any((Act.HOLD, Act.POINT, Act.REQUEST, Act.BOUNDARY, Act.IMPACT))

    @property
    def hit_back(self) -> bool:
        """Whether you went for them in it."""
        return self.reading.did_any(ESCALATING)

    @cached_property
    def words(self) -> int:
        """How many words you said."""
        return word_count(self.turn.text)

    def showing(self, act: Act) -> tuple[Evidence, ...]:
        """Your words in this turn that show an act."""
        return tuple(
            Evidence(turn=self.place, quote=self.reading.sentence(span))
            for span in self.reading.spans.get(act, ())
            if self.reading.did(act)
        )

    def shown_by(self, *acts: Act) -> Evidence:
        """The words that show the first of these acts that the turn did; the whole turn when none is shown."""
        return next((shown[0] for act in acts if (shown := self.showing(act))), self.whole)

    @property
    def whole(self) -> Evidence:
        """The turn itself as evidence; only for a turn with words."""
        return Evidence(turn=self.place, quote=self.turn.text)


@dataclass(frozen=True)
class Notes:
    """A rehearsal as the debrief reads it."""

    situation: Situation
    yours: tuple[YourNote, ...]
    points: tuple[Said, ...]

    @cached_property
    def spoken(self) -> tuple[YourNote, ...]:
        """Your turns with words in them."""
        return tuple(note for note in self.yours if note.turn.text)


class Noting:
    """Takes notes turn by turn; each turn costs the same, however many came before it."""

    def __init__(self) -> None:
        self.yours: list[YourNote] = []
        self._before: CounterpartTurn | None = None
        self._used: set[str] = set()

    def theirs(self, turn: CounterpartTurn) -> None:
        """Note a turn of theirs."""
        self._before = turn

    def mine(self, place: int, turn: YourTurn, reading: Reading) -> None:
        """Note a turn of yours, and what it did."""
        stems = content_stems(turn.text)
        self.yours.append(YourNote(place, turn, reading, self._before, stems, stems - self._used))
        self._used |= stems
