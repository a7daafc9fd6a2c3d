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

if TYPE_CHECKING:
    from edgewise.rehearsal import Ending, Reflection, Rehearsal, Turn


class MemoryStore:
    """A store that writes nothing down: for tests, and for whoever wants to rehearse and leave no trace.

    It keeps, finds and refuses exactly as the store on disk does; one suite of tests holds both to that.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Rehearsal] = {}

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
        """Give a rehearsal another title."""
        self._kept[rehearsal_id] = self._exactly(rehearsal_id).titled(title)

    def listed(self) -> tuple[Listed, ...]:
        """Every rehearsal, newest first."""
        return tuple(_as_listed(rehearsal) for rehearsal in self._newest_first())

    def delete(self, rehearsal_id: str) -> None:
        """Forget a rehearsal, and what others remember of it."""
        del self._kept[self._exactly(rehearsal_id).id]
        self._kept = {name: one.without_memory_of(rehearsal_id) for name, one in self._kept.items()}

    def delete_everything(self) -> None:
        """Forget every rehearsal."""
        self._kept.clear()

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
