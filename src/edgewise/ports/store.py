"""Where rehearsals are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from edgewise.progress import Ladder, RealOne, RunRecord
from edgewise.rehearsal import Branch, Ending, Reflection, Rehearsal, Turn


@dataclass(frozen=True, slots=True)
class Listed:
    """One rehearsal as a list shows it."""

    id: str
    heading: str
    person: str
    take: str
    turns: int
    started: datetime
    ending: Ending | None
    branch: Branch | None = None


class Store(Protocol):
    """Keeps rehearsals on this machine.

    A turn in which they leave also ends its rehearsal, and the first ending stays.

    Every method that changes something has it safely on disk when it returns. Each raises an `OperatorError` when the
    disk, the folder or the file does not allow it, and an `UnknownNameError` when no rehearsal has the id.
    """

    def begin(self, rehearsal: Rehearsal) -> None:
        """Keep a new rehearsal, with whatever turns it has."""
        ...

    def append(self, rehearsal_id: str, place: int, turn: Turn) -> None:
        """Keep one more turn, at this place (from 0); a place already taken is refused."""
        ...

    def end(self, rehearsal_id: str, ending: Ending) -> None:
        """Keep how the conversation ended."""
        ...

    def reflect(self, rehearsal_id: str, reflection: Reflection) -> None:
        """Keep your own words on a rehearsal."""
        ...

    def load(self, rehearsal_id: str) -> Rehearsal:
        """The rehearsal of this id, of the only id that begins so, or the newest when asked for `last`."""
        ...

    def look(self, rehearsal_id: str) -> Listed:
        """The rehearsal of exactly this id, as a list shows it."""
        ...

    def rename(self, rehearsal_id: str, title: str) -> None:
        """Give a rehearsal another title; nothing else of it changes."""
        ...

    def listed(self) -> tuple[Listed, ...]:
        """Every rehearsal, newest first."""
        ...

    def delete(self, rehearsal_id: str) -> None:
        """Remove a rehearsal so that its words are found nowhere in the data folder.

        What other rehearsals remember of it goes too. Only what the counterpart has already quoted back at you in
        another rehearsal stands there, as part of that one, until it is deleted as well; and a branch keeps the turns
        it has in common with it.
        """
        ...

    def delete_everything(self) -> None:
        """Remove every rehearsal in the same way."""
        ...

    def keep_record(self, record: RunRecord, *, made_by: str) -> None:
        """Keep what one run shows, in place of what was kept of it before; it goes with its rehearsal.

        Args:
            record: made from a rehearsal that is kept here.
            made_by: which version of Edgewise made it.
        """
        ...

    def records(self, rehearsal_ids: Sequence[str], *, made_by: str) -> dict[str, RunRecord]:
        """What these runs show, as far as it was kept by this version of Edgewise."""
        ...

    def keep_ladder(self, conversation: str, ladder: Ladder) -> None:
        """Keep the ladder of a conversation, in place of the one before.

        It goes with the last rehearsal of that conversation.
        """
        ...

    def ladder(self, conversation: str) -> Ladder | None:
        """The ladder of a conversation; None when none was kept."""
        ...

    def keep_real_one(self, conversation: str, real: RealOne) -> None:
        """Keep what is known of the real conversation, in place of what was known before.

        It goes with the last rehearsal of that conversation.
        """
        ...

    def real_ones(self) -> dict[str, RealOne]:
        """Every real conversation that something is known of, by its conversation."""
        ...

    def close(self) -> None:
        """Let go of whatever is held open; nothing can be kept afterwards."""
        ...
