"""What a disk, a folder or a file refused, in words for the person who meant to rehearse."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from edgewise.adapters.storage.records import BrokenSealError
from edgewise.errors import DamagedDatabaseError, DatabaseTooNewError, DataFolderError, OperatorError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

ALL_KEPT = "Every turn that was answered is saved."

_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_NO_ENTRY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
# A plain SQLITE_ERROR is "no such table" or "malformed schema": the statements themselves are the same every day.
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}


@contextmanager
def told_plainly(file: Path, *, kept: str = ALL_KEPT) -> Generator[None]:
    """Whatever goes wrong with this file inside the block is raised as an `OperatorError` that says what to do.

    A mistake of our own (a broken constraint, a closed cursor) is not dressed up: it passes through as it is.
    """
    try:
        yield
    except DBAPIError as exc:
        trouble = _trouble(exc.orig, file, kept)
        if trouble is None:
            raise
        raise trouble from exc
    except (BrokenSealError, UnicodeDecodeError) as exc:
        raise damaged(file) from exc
    except ValidationError as exc:
        raise too_new(file) from exc
    except Exception as exc:
        # SQLCipher's errors are like SQLite's and carry the same codes, but are no relatives of theirs.
        known = isinstance(exc, sqlite3.Error | OSError) or hasattr(exc, "sqlite_errorcode")
        trouble = _trouble(exc, file, kept) if known else None
        if trouble is None:
            raise
        raise trouble from exc


def damaged(file: Path) -> DamagedDatabaseError:
    """The file is there but does not read; it may still be mended, so it is left alone."""
    return DamagedDatabaseError(
        f"The file {file} is damaged, or is not a database of Edgewise.",
        kept="It was left exactly as it is.",
        next_step="Save what can be read with edgewise salvage, or put back a copy from a backup of your own.",
    )


def nothing_left(file: Path) -> DamagedDatabaseError:
    """Not one rehearsal could be read."""
    return DamagedDatabaseError(
        f"Nothing could be read in {file}.",
        kept="It was left exactly as it is.",
        next_step="Put back a copy from a backup of your own, or move the file elsewhere to start a new one.",
    )


def too_new(file: Path) -> DatabaseTooNewError:
    """A newer Edgewise wrote this, and an older one could only spoil it."""
    return DatabaseTooNewError(
        f"The file {file} was written by a newer Edgewise than this one.",
        kept="Nothing in it was changed.",
        next_step="Upgrade Edgewise (pip install --upgrade edgewise) and try again.",
    )


def _trouble(cause: BaseException | None, file: Path, kept: str) -> OperatorError | None:
    if isinstance(cause, OSError):
        return _no_entry(file, kept, str(cause.strerror or cause))
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code in _LOCKED:
        return _locked(file, kept)
    if code in _NO_ROOM:
        return _no_room(file, kept)
    if code in _NO_ENTRY:
        return _no_entry(file, kept, str(cause))
    unreadable = code == 0 and isinstance(cause, sqlite3.OperationalError)  # text that is not UTF-8 carries no code
    return damaged(file) if unreadable or code in _DAMAGED else None


def _locked(file: Path, kept: str) -> DataFolderError:
    return DataFolderError(
        f"Another program is holding {file}, probably another Edgewise window.",
        kept=kept,
        next_step="Close the other window and try again.",
    )


def _no_room(file: Path, kept: str) -> DataFolderError:
    return DataFolderError(
        f"The disk did not take what was to be written to {file}: it is full, or it is failing.",
        kept=kept,
        next_step=f"Free some space on the disk that holds {file.parent} and try again.",
    )


def _no_entry(file: Path, kept: str, why: str) -> DataFolderError:
    return DataFolderError(
        f"The data folder {file.parent} cannot be read and written ({why}).",
        kept=kept,
        next_step="Make it yours to write, or set EDGEWISE_HOME to a folder that is, and try again.",
    )
