"""Saving what can be read out of a damaged data file.

The damaged file is only read. What still bears its seal goes into a new file, which takes its place; the damaged one
stays beside it, byte for byte, for whoever can do more with it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import ValidationError

from edgewise.adapters.storage.across_runs import sealed as sealed_of_a_conversation
from edgewise.adapters.storage.alone import refuse_unless_alone
from edgewise.adapters.storage.copies import FILE_NAME, copy_damaged, settle, workshop
from edgewise.adapters.storage.keys import key_of
from edgewise.adapters.storage.pages import rows_in
from edgewise.adapters.storage.records import (
    BrokenSealError,
    rehearsal_from,
    reseal,
    sealed_rehearsal,
    sealed_turn,
    turn_from,
)
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.adapters.storage.troubles import nothing_left, told_plainly
from edgewise.errors import DamagedDatabaseError, EdgewiseError, PassphraseError
from edgewise.rehearsal import Ending, Rehearsal
from edgewise.situation import Situation
from edgewise.take import Take

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from pathlib import Path

    from edgewise.adapters.storage.keys import Key
    from edgewise.adapters.storage.tables import RehearsalRow, TurnRow
    from edgewise.progress import Ladder, RealOne

    _Beside = dict[tuple[str, type], Ladder | RealOne]


@dataclass(frozen=True, slots=True)
class Saved:
    """One rehearsal that could be read.

    Attributes:
        rehearsal: as much of it as could be read, from the beginning; or, when only turns could be, all of those.
        turns: how many turns it had; None when that could not be read.
    """

    rehearsal: Rehearsal
    turns: int | None

    @property
    def whole(self) -> bool:
        """Whether all of it was saved."""
        return len(self.rehearsal.turns) == self.turns


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came of it.

    Attributes:
        saved: the rehearsals that could be read, in the order in which they were kept.
        lost: the names of those that are sealed but say what this Edgewise does not understand.
        original: where the damaged file now lies; None when nothing was wrong and nothing was changed.
    """

    saved: tuple[Saved, ...]
    lost: tuple[str, ...] = ()
    original: Path | None = None


def salvage(folder: Path, *, passphrase: str = "") -> Salvaged:
    """Save what can be read of the data in a folder; where nothing is wrong, nothing is changed.

    Raises:
        DataFolderError: there is no data, another window has it open, or there is no room.
        DamagedDatabaseError: nothing at all could be read.
        PassphraseError: a passphrase is on it, and none was given or nothing can be read with this one.
    """
    file = folder.absolute() / FILE_NAME
    with told_plainly(file, kept="The damaged file is as it was."):
        refuse_unless_alone(file)
        key = key_of(folder, passphrase)
        refusal: EdgewiseError
        try:
            return Salvaged(_all_of_it(file, key))
        except (DamagedDatabaseError, PassphraseError) as damage:
            refusal = damage
        found = _read(file, key)
        saved = (*_put_together(found.heads, found.turns), *_bare(file, found.heads, found.turns))
        if not saved:
            raise nothing_left(file) if isinstance(refusal, DamagedDatabaseError) else refusal
        original = _swapped(file, saved, found.beside, key)
    return Salvaged(saved, tuple(sorted(set(found.heads) - {one.rehearsal.id for one in saved})), original)


def _all_of_it(file: Path, key: Key | None) -> tuple[Saved, ...]:
    """All that is kept, if every word of it reads. A copy is asked: SQLite throws away a log it cannot read."""
    with workshop(file.parent) as aside:
        _copy(file, aside / FILE_NAME)
        return _kept_in(aside, key)


def _kept_in(folder: Path, key: Key | None) -> tuple[Saved, ...]:
    with closing(SqliteStore(folder, key=key)) as store:
        store.check()
        kept = [store.load(listed.id) for listed in reversed(store.listed())]
    return tuple(Saved(one, len(one.turns)) for one in kept)


@dataclass(frozen=True, slots=True)
class _Found:
    """Every row that bears its seal, by its key."""

    heads: dict[str, RehearsalRow] = field(default_factory=dict[str, "RehearsalRow"])
    turns: dict[tuple[str, int], TurnRow] = field(default_factory=dict[tuple[str, int], "TurnRow"])
    beside: _Beside = field(default_factory=dict[tuple[str, type], "Ladder | RealOne"])


def _read(file: Path, key: Key | None) -> _Found:
    """Every row that bears its seal. Of a rehearsal's several states on the disk, the furthest is taken."""
    found = _Found()
    for values in rows_in(file, key):
        if turn := sealed_turn(values):
            found.turns[turn.rehearsal_id, turn.place] = turn
        elif kept := sealed_of_a_conversation(values):
            found.beside[kept[0], type(kept[1])] = kept[1]
        elif (head := sealed_rehearsal(values)) and (
            head.id not in found.heads or head.turns >= found.heads[head.id].turns
        ):
            found.heads[head.id] = head
    return found


def _put_together(heads: dict[str, RehearsalRow], turns: dict[tuple[str, int], TurnRow]) -> Iterator[Saved]:
    for head in sorted(heads.values(), key=lambda head: head.position):
        had, found = head.turns, _from_the_beginning(head, turns)
        head.turns = len(found)
        reseal(head)
        with suppress(BrokenSealError, ValidationError):  # it stands among the lost
            yield Saved(rehearsal_from(head, found), had)


def _from_the_beginning(head: RehearsalRow, turns: dict[tuple[str, int], TurnRow]) -> list[TurnRow]:
    found: list[TurnRow] = []
    while len(found) < head.turns and (head.id, len(found)) in turns:
        found.append(turns[head.id, len(found)])
    return found


def _bare(file: Path, heads: Container[str], turns: dict[tuple[str, int], TurnRow]) -> Iterator[Saved]:
    """What was said where nothing else of a rehearsal is left: the words, and that all the rest is not known."""
    last_written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    for name in sorted({name for name, _ in turns if name not in heads}):
        said = [turn_from(turns[key]) for key in sorted(turns) if key[0] == name]
        bare = Rehearsal(
            id=name,
            situation=Situation(title="What was left of a damaged rehearsal"),
            take=Take(name="lost", promise="Which version of them it was could not be read any more."),
            seed=0,
            started=last_written,
            turns=tuple(said),
            ending=Ending.YOU_ENDED,
        )
        yield Saved(bare, None)


def _swapped(file: Path, saved: Iterable[Saved], beside: _Beside, key: Key | None) -> Path:
    """Put a new file with what was saved in the place of the damaged one, which goes beside it."""
    with workshop(file.parent) as aside:
        with closing(SqliteStore(aside, key=key)) as store:
            for one in saved:
                store.begin(one.rehearsal)
            for (conversation, _), kept in beside.items():
                _keep_beside(store, conversation, kept)
        original = _set_aside(file)
        settle(aside / FILE_NAME)
        for ending in ("-wal", "-shm"):  # they belong to the damaged file, and would be taken for the new one's
            file.with_name(f"{file.name}{ending}").unlink(missing_ok=True)
        (aside / FILE_NAME).replace(file)
    return original


def _keep_beside(store: SqliteStore, conversation: str, kept: Ladder | RealOne) -> None:
    from edgewise.progress import Ladder  # noqa: PLC0415 - slow to load

    if isinstance(kept, Ladder):
        store.keep_ladder(conversation, kept)
    else:
        store.keep_real_one(conversation, kept)


def _set_aside(file: Path) -> Path:
    original = copy_damaged(file)
    _copy(file, original)
    return original


def _copy(file: Path, to: Path) -> None:
    """Copy a data file and its log, for your eyes alone."""
    for ending in ("-wal", ""):
        there, copied = (path.with_name(f"{path.name}{ending}") for path in (file, to))
        if there.is_file():
            os.close(os.open(copied, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            shutil.copyfile(there, copied)
            settle(copied)
