"""Finding the data file, or making it, before a word is said."""

from __future__ import annotations

import logging
import os
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from edgewise.adapters.storage.copies import FILE_NAME, copy_before, drop_older, settle, workshop
from edgewise.adapters.storage.keys import MAGIC, Key, connected, driver, opening_with, unlock, write_with
from edgewise.adapters.storage.troubles import damaged, too_new

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

#: Every revision this Edgewise can read, oldest first; a test holds it to the files in `migrations/versions`.
REVISIONS = ("0001", "0002", "0003", "0005", "0006")

# FULL: a turn is on the disk, not in the system's memory, when `append` returns. secure_delete: what is deleted is
# overwritten. temp_store: rebuilding the file after a deletion leaves no copy in the machine's temporary folder.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "temp_store=MEMORY")
_LOG = "edgewise"


def open_database(file: Path, *, wait_s: float, key: Key | None = None) -> Engine:
    """The data file, made if it was not there and brought to this version, ready to be written.

    A file in an older form is copied first, and the copy stays beside it until the next newer form or until something
    is deleted for good, whichever comes first.

    Raises:
        DamagedDatabaseError: the file is not one Edgewise wrote, or no longer is.
        DatabaseTooNewError: a newer Edgewise wrote it.
    """
    _make_private(file)
    revision = _revision(file, wait_s, key)
    if revision is not None and revision not in REVISIONS:
        raise too_new(file)
    engine = _engine(file, wait_s, key)
    if revision != REVISIONS[-1]:
        if revision is not None:
            _copy_aside(file, revision, wait_s, key)
        _migrate(engine)
    return engine


def writing(engine: Engine) -> Engine:
    """The same file, for changes: the right to write is taken before reading what the change depends on."""
    return engine.execution_options(writes=True)


def _make_private(file: Path) -> None:
    if not file.parent.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.parent.chmod(0o700)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        with suppress(OSError):  # not there, or not ours to change; what cannot be used is said when it is opened
            file.with_name(name).chmod(0o600)


def _revision(file: Path, wait_s: float, key: Key | None) -> str | None:
    """Which version wrote the file, None for a new one; read without Alembic, whose import is slow."""
    if key is None and not _could_be_a_database(file):
        raise damaged(file)
    with opening_with(key, file), closing(connected(file, key, wait_s)) as connection:
        tables = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise damaged(file)
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None:
        raise damaged(file)
    return str(found[0])


def _could_be_a_database(file: Path) -> bool:
    """Whether it begins like one, or is new. SQLite itself takes the stump of a file for a new one and writes over it,
    and throws away the log beside an emptied file, which may still hold the words.
    """
    with file.open("rb") as opened:
        beginning = opened.read(len(MAGIC))
    log = file.with_name(f"{file.name}-wal")
    is_new = not beginning and not (log.exists() and log.stat().st_size)
    return is_new or beginning == MAGIC


def _copy_aside(file: Path, revision: str, wait_s: float, key: Key | None) -> None:
    """Keep the file as it is, before it is brought to a newer form; the only older copy that then stays."""
    kept = copy_before(file, revision)
    with workshop(file.parent) as aside:
        fresh = aside / FILE_NAME
        with closing(connected(file, key, wait_s)) as connection:
            _copied(connection, fresh, key)
        # Another window may have been quicker; what it has already brought to the newer form is no copy of the older.
        if _revision(fresh, wait_s, key) == revision:
            settle(fresh)
            fresh.replace(kept)
            drop_older(kept)


def _copied(connection: Any, file: Path, key: Key | None) -> None:
    if key is None:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection.execute("VACUUM INTO ?", (str(file),))
    else:
        write_with(key, connection, file)


def _engine(file: Path, wait_s: float, key: Key | None) -> Engine:
    logging.getLogger(f"sqlalchemy.engine.Engine.{_LOG}").addFilter(_without_rows)
    url = URL.create("sqlite", database=str(file))
    engine = create_engine(
        url,
        connect_args={"timeout": wait_s},
        hide_parameters=True,  # no error and no log may quote what is written
        logging_name=_LOG,
        module=driver(key),
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        unlock(connection, key)
        _prepare(connection)

    event.listen(engine, "begin", _on_begin)
    return engine


def _without_rows(record: logging.LogRecord) -> bool:
    """At its loudest, SQLAlchemy writes whatever is read into the log: your words, row by row."""
    return record.levelno > logging.DEBUG


def _prepare(connection: DBAPIConnection) -> None:
    connection.isolation_level = None  # Edgewise says itself where a transaction begins
    # Letters a failing disk spoiled do not fit the seal, and are told so; SQLite's own error would quote the words.
    connection.text_factory = _read_text
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _read_text(held: bytes) -> str:
    return held.decode("utf-8", "replace")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    from edgewise.adapters.storage.migrations import upgrade  # noqa: PLC0415

    try:
        with writing(engine).begin() as connection:
            upgrade(connection)
    except BaseException:
        engine.dispose()
        raise
