"""The passphrase on your data, if you chose to have one.

The file is then a SQLCipher 4 database with its usual settings: AES-256, each page with its own checksum, and a key
that 256 000 rounds of PBKDF2 make from the passphrase and a salt, so that guessing is slow. The passphrase itself is
stored nowhere. Whoever has lost it has lost what is in the file: there is no other way in, and that is the point.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from edgewise.adapters.storage.copies import FILE_NAME
from edgewise.errors import MissingExtraError, PassphraseError

SHORTEST = 8  # characters of a passphrase
ROUNDS = 256_000  # of PBKDF2-HMAC-SHA512: what SQLCipher 4 takes, so that its own tools open the file as well
SALT = 16  # bytes, at the beginning of the file
PAGE = 4096  # bytes: SQLite's pages, as SQLCipher seals them

MAGIC = b"SQLite format 3\x00"
# A page that was sealed looks like chance: nearly all of the 256 byte values are in it. In a page of text, or of a
# plain database, there are far fewer.
_VALUES_IN_CHANCE = 240


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a file that a passphrase was put on. It is never shown: not in an error, not in a log."""

    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def pragma(self) -> str:
        """How SQLCipher is told."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"


def is_locked(folder: Path) -> bool:
    """Whether a passphrase is on the data in this folder."""
    file = folder / FILE_NAME
    try:
        with file.open("rb") as opened:
            beginning = opened.read(PAGE)
    except OSError:  # there is none, or it cannot be read: whoever opens it says so
        return False
    return len(beginning) == PAGE and beginning[: len(MAGIC)] != MAGIC and len(set(beginning)) > _VALUES_IN_CHANCE


def key_of(folder: Path, passphrase: str) -> Key | None:
    """The key to the data in this folder; None when no passphrase is on it.

    Raises:
        PassphraseError: there is one, and none was given.
    """
    if not is_locked(folder):
        return None
    if not passphrase:
        raise needed()
    with (folder / FILE_NAME).open("rb") as opened:
        return _derived(passphrase, opened.read(SALT))


def new_key(passphrase: str) -> Key:
    """A key that opens nothing yet.

    Raises:
        PassphraseError: the passphrase is too short to keep anybody out.
    """
    if len(passphrase) < SHORTEST:
        raise PassphraseError(
            f"A passphrase needs {SHORTEST} characters or more.",
            kept="Nothing was changed.",
            next_step="Take a longer one. Four or five words that do not belong together are easy to remember.",
        )
    return _derived(passphrase, secrets.token_bytes(SALT))


@lru_cache(maxsize=4)  # a tenth of a second each, and every window needs it again
def _derived(passphrase: str, salt: bytes) -> Key:
    return Key(hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, ROUNDS, 32), salt)


def needed() -> PassphraseError:
    """The data is locked, and no passphrase was given."""
    return PassphraseError(
        "A passphrase is on what is kept here.",
        kept="Nothing was changed.",
        next_step="Give it when you are asked, or in EDGEWISE_PASSPHRASE.",
    )


def wrong(file: Path) -> PassphraseError:
    """The passphrase does not open the file; or, rarely, the file is damaged where that is seen."""
    return PassphraseError(
        f"That passphrase does not open {file}.",
        kept="Nothing was changed.",
        next_step="Try again. It is taken letter by letter, so look at capitals and the keyboard's language.",
    )


def driver(key: Key | None) -> Any:
    """What speaks to the file: Python's own SQLite, or SQLCipher for one with a passphrase.

    Raises:
        MissingExtraError: SQLCipher is not installed.
    """
    return sqlite3 if key is None else _cipher_driver()


def _cipher_driver() -> Any:
    try:
        from sqlcipher3 import dbapi2  # noqa: PLC0415 - an extra; only a passphrase needs it
    except ImportError as missing:
        raise MissingExtraError(
            "For data with a passphrase on it, a further package is needed.",
            kept="Nothing was changed.",
            next_step="Install it: pip install 'edgewise[passphrase]'",
        ) from missing
    return dbapi2


def unlock(connection: Any, key: Key | None) -> None:
    """Give a connection the key, before anything else is asked of it."""
    if key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would print to the terminal
        connection.execute(f'PRAGMA key = "{key.pragma}"')


@contextmanager
def opening_with(key: Key | None, file: Path) -> Generator[None]:
    """Whatever cannot be read inside the block because of the key is raised as a `PassphraseError`."""
    try:
        yield
    except Exception as exc:
        if key is not None and getattr(exc, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
            raise wrong(file) from exc
        raise


def write_with(key: Key | None, connection: Any, file: Path) -> None:
    """Copy all that a SQLCipher connection has open into another file, under this key or under none."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection.execute("ATTACH DATABASE ? AS copied KEY ?", (str(file), key.pragma if key else ""))
    connection.execute("SELECT sqlcipher_export('copied')").fetchall()
    connection.execute("DETACH DATABASE copied")


def connected(file: Path, key: Key | None, wait_s: float) -> Any:
    """A plain connection to the file, without SQLAlchemy."""
    connection = driver(key).connect(str(file), timeout=wait_s, isolation_level=None)
    unlock(connection, key)
    return connection


def connected_for_copying(file: Path, key: Key | None) -> Any:
    """A connection from which `write_with` can write under any key, whether or not this file has one.

    Raises:
        MissingExtraError: SQLCipher is not installed.
    """
    connection = _cipher_driver().connect(str(file), isolation_level=None)
    unlock(connection, key)
    return connection
