"""Your rehearsals, kept in one file on this machine."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from edgewise.adapters.storage import across_runs
from edgewise.adapters.storage.copies import FILE_NAME, drop_copies
from edgewise.adapters.storage.keys import key_of
from edgewise.adapters.storage.opening import open_database, writing
from edgewise.adapters.storage.records import (
    branch_from,
    check_seal,
    forget,
    rehearsal_from,
    reseal,
    retitle,
    row_of,
    turn_row_of,
    when_and_how,
)
from edgewise.adapters.storage.refusals import (
    NEWEST,
    already_kept,
    ambiguous,
    could_be_an_id,
    refuse_unless_next,
    unknown,
)
from edgewise.adapters.storage.tables import LadderRow, RealRow, RecordRow, RehearsalRow, TurnRow
from edgewise.adapters.storage.troubles import ALL_KEPT, damaged, told_plainly
from edgewise.errors import DataFolderError
from edgewise.ports.store import Listed
from edgewise.rehearsal import Ending

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from edgewise.adapters.storage.keys import Key
    from edgewise.progress import Ladder, RealOne, RunRecord
    from edgewise.rehearsal import Reflection, Rehearsal, Turn

_NOT_WIPED = "It is gone from the list, but its words may stand in the file until a deletion is finished."
_SHOWN = select(
    RehearsalRow.id,
    RehearsalRow.heading,
    RehearsalRow.person,
    RehearsalRow.take_name,
    RehearsalRow.turns,
    RehearsalRow.started,
    RehearsalRow.ending,
    RehearsalRow.branch,
)
_NEWEST_FIRST = (RehearsalRow.started_us.desc(), RehearsalRow.position.desc())


class SqliteStore:
    """Keeps rehearsals in one SQLite file that only its owner can read.

    Args:
        folder: the data folder; made if it is not there, for its owner alone.
        wait_s: how long to wait for another window to finish writing.
        passphrase: what opens the file when a passphrase was put on it.
        key: what the passphrase comes to, for whoever has it already.

    Raises:
        PassphraseError: there is a passphrase on the file, and this is not it.
        OperatorError: the folder or the file in it cannot be used; says why, and the next step.
    """

    def __init__(self, folder: Path, *, wait_s: float = 5.0, passphrase: str = "", key: Key | None = None) -> None:
        self._file = folder.absolute() / FILE_NAME
        with told_plainly(self._file, kept="Nothing was written."):
            self._engine = open_database(self._file, wait_s=wait_s, key=key or key_of(folder, passphrase))
        self._writer = writing(self._engine)
        self._one_at_a_time = Lock()

    def close(self) -> None:
        """Let go of the file; everything in it is already on the disk."""
        self._engine.dispose()

    def check(self) -> None:
        """Make sure that the file is whole, in every part that SQLite can check.

        Raises:
            DamagedDatabaseError: it is not.
        """
        with told_plainly(self._file), self._engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
                raise damaged(self._file)

    def begin(self, rehearsal: Rehearsal) -> None:
        """Keep a new rehearsal, with whatever turns it has."""
        with self._changing() as session:
            if session.get(RehearsalRow, rehearsal.id) is not None:
                raise already_kept(rehearsal.id)
            last = session.scalar(select(func.max(RehearsalRow.position))) or 0
            session.add(row_of(rehearsal, last + 1))
            session.flush()
            session.add_all(turn_row_of(rehearsal.id, place, turn) for place, turn in enumerate(rehearsal.turns))

    def append(self, rehearsal_id: str, place: int, turn: Turn) -> None:
        """Keep one more turn, at this place (from 0). A turn in which they leave also ends the conversation, in one
        stroke: a crash can never leave you talking to an empty chair.
        """
        with self._changing() as session:
            row = _sound(session, rehearsal_id)
            refuse_unless_next(rehearsal_id, place, kept=row.turns, over=row.ending is not None)
            session.add(turn_row_of(rehearsal_id, place, turn))
            row.turns += 1
            if turn.who == "counterpart" and turn.leaves:
                row.ending = Ending.THEY_LEFT.value
            reseal(row)

    def end(self, rehearsal_id: str, ending: Ending) -> None:
        """Keep how the conversation ended; one that is already over stays as it ended."""
        with self._changing() as session:
            row = _sound(session, rehearsal_id)
            row.ending = row.ending or ending.value
            reseal(row)

    def reflect(self, rehearsal_id: str, reflection: Reflection) -> None:
        """Keep your own words on a rehearsal, in place of any you wrote before."""
        with self._changing() as session:
            row = _sound(session, rehearsal_id)
            row.reflection = reflection.model_dump_json()
            reseal(row)

    def load(self, rehearsal_id: str) -> Rehearsal:
        """The rehearsal of this id, or of the only id that begins so, or the newest for `last`."""
        with self._looking() as session:
            row = _named(session, rehearsal_id)
            turns = select(TurnRow).where(TurnRow.rehearsal_id == row.id).order_by(TurnRow.place)
            return rehearsal_from(row, session.scalars(turns).all())

    def look(self, rehearsal_id: str) -> Listed:
        """The rehearsal of exactly this id, as a list shows it."""
        with self._looking() as session:
            row = session.execute(_SHOWN.where(RehearsalRow.id == rehearsal_id)).one_or_none()
        if row is None:
            raise unknown(rehearsal_id)
        return _listed(row)

    def rename(self, rehearsal_id: str, title: str) -> None:
        """Give a rehearsal another title; when no other has the old one, the ladder and the real one go along."""
        with self._changing() as session:
            row = _sound(session, rehearsal_id)
            before, heading = across_runs.conversation_of(row), row.heading
            retitle(row, title)
            session.flush()
            left = across_runs.leave(session, before, heading, row.person)
            across_runs.move_to(session, across_runs.conversation_of(row), left)

    def listed(self) -> tuple[Listed, ...]:
        """Every rehearsal, newest first."""
        with self._looking() as session:
            return tuple(_listed(row) for row in session.execute(_SHOWN.order_by(*_NEWEST_FIRST)))

    def delete(self, rehearsal_id: str) -> None:
        """Remove a rehearsal so that its words are found nowhere in the data folder, but where they were said again."""
        with self._changing() as session:
            row = _row(session, rehearsal_id)
            session.execute(delete(TurnRow).where(TurnRow.rehearsal_id == rehearsal_id))
            across_runs.drop_record(session, rehearsal_id)
            across_runs.forget_run(session, across_runs.conversation_of(row), rehearsal_id)
            session.delete(row)
            session.flush()
            across_runs.leave(session, across_runs.conversation_of(row), row.heading, row.person)
            for other in session.scalars(select(RehearsalRow).where(RehearsalRow.remembered.is_not(None))):
                forget(other, rehearsal_id)
        self._wipe()

    def delete_everything(self) -> None:
        """Remove every rehearsal in the same way."""
        with self._changing() as session:
            for table in (TurnRow, RecordRow, LadderRow, RealRow, RehearsalRow):
                session.execute(delete(table))
        self._wipe()

    def keep_record(self, record: RunRecord, *, made_by: str) -> None:
        """Keep what one run shows, in place of what was kept of it before; it goes with its rehearsal."""
        with self._changing() as session:
            _row(session, record.rehearsal)
            across_runs.keep_record(session, record, made_by)

    def records(self, rehearsal_ids: Sequence[str], *, made_by: str) -> dict[str, RunRecord]:
        """What these runs show, as far as it was kept by this version of Edgewise."""
        with self._looking() as session:
            return across_runs.records(session, rehearsal_ids, made_by)

    def keep_ladder(self, conversation: str, ladder: Ladder) -> None:
        """Keep the ladder of a conversation, in place of the one before."""
        with self._changing() as session:
            across_runs.keep_ladder(session, conversation, ladder)

    def ladder(self, conversation: str) -> Ladder | None:
        """The ladder of a conversation; None when none was kept."""
        with self._looking() as session:
            return across_runs.ladder(session, conversation)

    def keep_real_one(self, conversation: str, real: RealOne) -> None:
        """Keep what is known of the real conversation, in place of what was known before."""
        with self._changing() as session:
            across_runs.keep_real_one(session, conversation, real)

    def real_ones(self) -> dict[str, RealOne]:
        """Every real conversation that something is known of, by its conversation."""
        with self._looking() as session:
            return across_runs.real_ones(session)

    def _wipe(self) -> None:
        """Rebuild the file without its free pages and empty the write-ahead log.

        The log is emptied first as well, so that on a disk too full for the rebuilding the deleted words are already
        overwritten. Older copies of the file hold the words as well, and go whole.
        """
        with told_plainly(self._file, kept=_NOT_WIPED):
            drop_copies(self._file.parent)
            self._empty_log()
            self._outside_transaction("VACUUM")
            self._empty_log()

    def _empty_log(self) -> None:
        blocked = self._outside_transaction("PRAGMA wal_checkpoint(TRUNCATE)")
        if blocked:
            raise DataFolderError(
                "Another Edgewise window is reading, so the deleted words could not be wiped from the log yet.",
                kept=_NOT_WIPED,
                next_step="Close the other windows: the words go as the last one closes.",
            )

    def _outside_transaction(self, statement: str) -> int:
        connection = self._engine.raw_connection()
        try:
            answer = connection.cursor().execute(statement).fetchone()
        finally:
            connection.close()
        return int(answer[0]) if answer else 0

    @contextmanager
    def _looking(self) -> Generator[Session]:
        with told_plainly(self._file), Session(self._engine) as session, session.begin():
            yield session

    @contextmanager
    def _changing(self) -> Generator[Session]:
        # Within one process changes queue up here, each in its turn; SQLite's own waiting lets some wait for ever.
        with (
            self._one_at_a_time,
            told_plainly(self._file, kept=ALL_KEPT),
            Session(self._writer) as session,
            session.begin(),
        ):
            yield session


def _listed(row: Any) -> Listed:
    id_, heading, person, take, turns, started, ending, branch = row
    return Listed(id_, heading, person, take, turns, *when_and_how(started, ending), branch_from(branch))


def _row(session: Session, rehearsal_id: str) -> RehearsalRow:
    row = session.get(RehearsalRow, rehearsal_id) if could_be_an_id(rehearsal_id) else None
    if row is None:
        raise unknown(rehearsal_id)
    return row


def _sound(session: Session, rehearsal_id: str) -> RehearsalRow:
    row = _row(session, rehearsal_id)
    check_seal(row)
    return row


def _named(session: Session, name: str) -> RehearsalRow:
    if not could_be_an_id(name):
        raise unknown(name)
    exact = session.get(RehearsalRow, name)
    if exact is not None:
        return exact
    if name == NEWEST:
        newest = session.scalars(select(RehearsalRow).order_by(*_NEWEST_FIRST).limit(1)).first()
        if newest is not None:
            return newest
        raise unknown(name)
    return _begun_by(session, name)


def _begun_by(session: Session, name: str) -> RehearsalRow:
    """The only one that begins so. Compared exactly: LIKE takes `a` for `A`, and `_` for anything."""
    ids = select(RehearsalRow.id).where(func.substr(RehearsalRow.id, 1, len(name)) == name).order_by(RehearsalRow.id)
    found = session.scalars(ids.limit(6)).all()
    if len(found) > 1:
        raise ambiguous(name, found)
    return _row(session, found[0]) if found else _row(session, name)
