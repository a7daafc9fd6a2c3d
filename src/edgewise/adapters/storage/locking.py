"""Putting a passphrase on what is kept, changing it, and taking it away again.

The whole file is written anew and compared with the old one, word for word, before it takes its place; the old one is
overwritten. The papers beside it follow the rehearsals: they are opened before, and sealed after.
"""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

from edgewise.adapters.papers import Papers
from edgewise.adapters.sealing import Sealing
from edgewise.adapters.storage.alone import refuse_unless_alone
from edgewise.adapters.storage.copies import FILE_NAME, drop, drop_copies, settle, workshop
from edgewise.adapters.storage.keys import connected_for_copying, key_of, new_key, write_with
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.adapters.storage.troubles import damaged, told_plainly

if TYPE_CHECKING:
    from pathlib import Path

    from edgewise.adapters.storage.keys import Key
    from edgewise.rehearsal import Rehearsal

_OLD = "old.db"


def lock(folder: Path, passphrase: str, *, before: str = "") -> None:
    """Put a passphrase on all that is kept in a folder, in place of the one there was before, if there was one.

    Nothing that was written before can be read without it from then on. It is stored nowhere: lost is lost.

    Args:
        folder: the data folder.
        passphrase: 8 characters or more.
        before: the passphrase until now.

    Raises:
        PassphraseError: it is too short, or the one before is wrong.
        DataFolderError: nothing is kept there, another window has it open, or there is no room.
        MissingExtraError: SQLCipher is not installed.
    """
    _rewrite(folder, key_of(folder, before), new_key(passphrase))


def unlock(folder: Path, passphrase: str) -> None:
    """Take the passphrase away; all that is kept can be read without it from then on.

    Raises:
        PassphraseError: that is not it.
        DataFolderError: nothing is kept there, another window has it open, or there is no room.
    """
    key = key_of(folder, passphrase)
    if key is not None:
        _rewrite(folder, key, None)


def tidy_up(folder: Path, key: Key) -> None:
    """Make good what a crash while locking left behind: papers not yet sealed, and the old file."""
    Papers(folder, Sealing.under(key)).seal_all()
    if any(folder.glob(f".edgewise-*/{_OLD}")):
        drop_copies(folder)


def _rewrite(folder: Path, old: Key | None, new: Key | None) -> None:
    file = folder.absolute() / FILE_NAME
    with told_plainly(file, kept="All of it is as it was."):
        refuse_unless_alone(file)
        kept = _kept_in(folder, old)
        with workshop(folder) as aside:
            fresh = aside / FILE_NAME
            with closing(connected_for_copying(file, old)) as connection:
                write_with(new, connection, fresh)
            if _kept_in(aside, new) != kept:
                raise damaged(fresh)
            if old is not None:
                Papers(folder, Sealing.under(old)).unseal_all()
            settle(fresh)
            os.link(file, aside / _OLD)
            fresh.replace(file)
            settle(file)
            drop(aside / _OLD)
        drop_copies(folder)
        if new is not None:
            tidy_up(folder, new)


def _kept_in(folder: Path, key: Key | None) -> list[Rehearsal]:
    with closing(SqliteStore(folder, key=key)) as store:
        store.check()
        return [store.load(listed.id) for listed in store.listed()]
