"""Rehearsals kept for as long as the program runs, and no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edgewise.adapters.storage.moments import moment
from edgewise.adapters.storage.refusals import (
    NEWEST,
    already_kept,
    ambiguous,
    could_be_an_id,
    refuse_unless_next,
    unknown,
)
from edgewise.ports.store import Listed
from edgewise.progress import conversation_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edgewise.progress import Ladder, RealOne, RunRecord
    from edgewise.rehearsal import Ending, Reflection, Rehearsal, Turn


class MemoryStore:
    """A store that writes nothing down: for tests, and for whoever wants to rehearse and leave no trace.

    It keeps, finds and refuses exactly as the store on disk does; one suite of tests holds both to that.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Rehearsal] = {}
        self._records: dict[str, tuple[str, RunRecord]] = {}
        self._ladders: dict[str, Ladder] = {}
        self._reals: dict[str, RealOne] = {}

    def close(self) -> None:
        """Nothing is held open."""

    def begin(self, rehearsal: Rehearsal) -> None:
        """Keep a new rehearsal, with whatever turns it has."""
        if rehearsal.id in self._kept:
            raise already_kept(rehearsal.id)
        self._kept[rehearsal.id] = rehearsal

    def append(self, rehearsal_id: str, place: int, turn: Turn) -> None:
        """Keep one more turn, at this place (from 0); a turn in which they leave also ends the conversation."""
        rehearsal = self._exactly(rehearsal_id)
        refuse_unless_next(rehearsal_id, place, kept=len(rehearsal.turns), over=rehearsal.is_over)
        self._kept[rehearsal_id] = rehearsal.with_turn(turn)

    def end(self, rehearsal_id: str, ending: Ending) -> None:
        """Keep how the conversation ended; one that is already over stays as it ended."""
        rehearsal = self._exactly(rehearsal_id)
        self._kept[rehearsal_id] = rehearsal.model_copy(update={"ending": rehearsal.ending or ending})

    def reflect(self, rehearsal_id: str, reflection: Reflection) -> None:
        """Keep your own words on a rehearsal, in place of any you wrote before."""
        self._kept[rehearsal_id] = self._exactly(rehearsal_id).reflected(reflection)

    def load(self, rehearsal_id: str) -> Rehearsal:
        """The rehearsal of this id, or of the only id that begins so, or the newest for `last`."""
        if not could_be_an_id(rehearsal_id):
            raise unknown(rehearsal_id)
        if rehearsal_id in self._kept:
            return self._kept[rehearsal_id]
        if rehearsal_id == NEWEST and self._kept:
            return self._newest_first()[0]
        return self._begun_by(rehearsal_id)

    def look(self, rehearsal_id: str) -> Listed:
        """The rehearsal of exactly this id, as a list shows it."""
        return _as_listed(self._exactly(rehearsal_id))

    def rename(self, rehearsal_id: str, title: str) -> None:
        """Give a rehearsal another title; when no other has the old one, the ladder and the real one go along."""
        before = self._exactly(rehearsal_id)
        self._kept[rehearsal_id] = before.titled(title)
        ladder, real = self._left_by(before)
        now = _conversation_of(self._kept[rehearsal_id])
        if ladder is not None:
            self._ladders.setdefault(now, ladder)
        if real is not None:
            self._reals.setdefault(now, real)

    def listed(self) -> tuple[Listed, ...]:
        """Every rehearsal, newest first."""
        return tuple(_as_listed(rehearsal) for rehearsal in self._newest_first())

    def delete(self, rehearsal_id: str) -> None:
        """Forget a rehearsal, and what others remember of it."""
        gone = self._kept.pop(self._exactly(rehearsal_id).id)
        self._records.pop(rehearsal_id, None)
        conversation = _conversation_of(gone)
        if ladder := self._ladders.get(conversation):
            self._ladders[conversation] = ladder.without_run(rehearsal_id)
        self._left_by(gone)
        self._kept = {name: one.without_memory_of(rehearsal_id) for name, one in self._kept.items()}

    def delete_everything(self) -> None:
        """Forget every rehearsal."""
        self._kept.clear()
        self._records.clear()
        self._ladders.clear()
        self._reals.clear()

    def keep_record(self, record: RunRecord, *, made_by: str) -> None:
        """Keep what one run shows, in place of what was kept of it before; it goes with its rehearsal."""
        self._records[self._exactly(record.rehearsal).id] = made_by, record

    def records(self, rehearsal_ids: Sequence[str], *, made_by: str) -> dict[str, RunRecord]:
        """What these runs show, as far as it was kept by this version of Edgewise."""
        kept = {name: self._records[name] for name in rehearsal_ids if name in self._records}
        return {name: record for name, (by, record) in kept.items() if by == made_by}

    def keep_ladder(self, conversation: str, ladder: Ladder) -> None:
        """Keep the ladder of a conversation, in place of the one before."""
        self._ladders[conversation] = ladder

    def ladder(self, conversation: str) -> Ladder | None:
        """The ladder of a conversation; None when none was kept."""
        return self._ladders.get(conversation)

    def keep_real_one(self, conversation: str, real: RealOne) -> None:
        """Keep what is known of the real conversation, in place of what was known before."""
        self._reals[conversation] = real

    def real_ones(self) -> dict[str, RealOne]:
        """Every real conversation that something is known of, by its conversation."""
        return dict(self._reals)

    def _left_by(self, gone: Rehearsal) -> tuple[Ladder | None, RealOne | None]:
        """Take away what is kept of a conversation that has no runs any more, and give it back."""
        conversation = _conversation_of(gone)
        if any(_conversation_of(one) == conversation for one in self._kept.values()):
            return None, None
        return self._ladders.pop(conversation, None), self._reals.pop(conversation, None)

    def _exactly(self, rehearsal_id: str) -> Rehearsal:
        if rehearsal_id not in self._kept:
            raise unknown(rehearsal_id)
        return self._kept[rehearsal_id]

    def _begun_by(self, name: str) -> Rehearsal:
        found = sorted(rehearsal_id for rehearsal_id in self._kept if rehearsal_id.startswith(name))
        # `last` is a word, not the beginning of a name.
        if not found or name == NEWEST:
            raise unknown(name)
        if len(found) > 1:
            raise ambiguous(name, found)
        return self._kept[found[0]]

    def _newest_first(self) -> list[Rehearsal]:
        oldest_first = sorted(self._kept.values(), key=lambda rehearsal: moment(rehearsal.started))
        return oldest_first[::-1]  # of two that began together, the one kept later comes first


def _conversation_of(rehearsal: Rehearsal) -> str:
    return conversation_key(rehearsal.situation.heading, rehearsal.situation.person.known_as)


def _as_listed(rehearsal: Rehearsal) -> Listed:
    situation = rehearsal.situation
    return Listed(
        id=rehearsal.id,
        heading=situation.heading,
        person=situation.person.known_as,
        take=rehearsal.take.name,
        turns=len(rehearsal.turns),
        started=rehearsal.started,
        ending=rehearsal.ending,
        branch=rehearsal.branch,
    )
