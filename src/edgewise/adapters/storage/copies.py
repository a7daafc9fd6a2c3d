"""Older copies of the data file that lie beside it, and how they go.

There are two kinds: the file as it was before it was brought to a newer form, and a damaged file after what could be
read was saved from it. Both hold your words. So whatever is deleted for good takes all of them along.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

FILE_NAME = "edgewise.db"

_BESIDE = ("", "-wal", "-shm", "-journal")
_CHUNK = 1 << 20
_WORKSHOP = ".edgewise-"


def copy_before(file: Path, revision: str) -> Path:
    """Where the data file of this form is kept when a newer form takes its place."""
    return file.with_name(f"{file.stem}-before-{revision}.db")


def copy_damaged(file: Path) -> Path:
    """Where a damaged data file is kept, under a name nothing has yet."""
    number = 1
    while (path := file.with_name(f"{file.stem}-damaged-{number}.db")).exists():
        number += 1
    return path


def copies(folder: Path) -> tuple[Path, ...]:
    """Every older copy in the data folder, by name, with whatever a crash left half written."""
    stem = Path(FILE_NAME).stem
    shapes = (f"{stem}-before-*.db", f"{stem}-damaged-*.db", f"{_WORKSHOP}*/*.db")
    return tuple(sorted(path for shape in shapes for path in folder.glob(shape)))


@contextmanager
def workshop(folder: Path) -> Generator[Path]:
    """A folder of its own, to write a new data file in before it takes the old one's place; empty again afterwards."""
    aside = Path(tempfile.mkdtemp(prefix=_WORKSHOP, dir=folder))
    try:
        yield aside
    finally:
        drop(aside / FILE_NAME)
        with suppress(OSError):  # left for the next deletion, which takes it along
            aside.rmdir()


def drop_copies(folder: Path) -> None:
    """Take every older copy away for good.

    Raises:
        OSError: one of them could not be removed.
    """
    for copy in copies(folder):
        drop(copy)
        if copy.parent != folder:
            with suppress(OSError):  # more is in it, and goes next
                copy.parent.rmdir()


def drop_older(copy: Path) -> None:
    """Take away the copies made before earlier changes of form; this one is the newest."""
    for older in copy.parent.glob(copy_before(copy.with_name(FILE_NAME), "*").name):
        if older != copy:
            drop(older)


def drop(file: Path) -> None:
    """Overwrite a database file with nothing, with all that SQLite put beside it, and remove it.

    A disk that writes to another place each time (an SSD, a file system with snapshots) may still hold the old bytes
    where no file leads to them; only encryption from the beginning helps against that.
    """
    for path in (file.with_name(f"{file.name}{ending}") for ending in _BESIDE):
        if path.is_file():
            with path.open("r+b") as opened:
                blank(opened.fileno())
            path.unlink()


def blank(descriptor: int) -> None:
    """Overwrite an open file with zeros, as long as it is."""
    left = os.fstat(descriptor).st_size
    os.lseek(descriptor, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(descriptor, bytes(min(left, _CHUNK)))
    os.fsync(descriptor)


def settle(path: Path) -> None:
    """Have a file and its name on the disk, whatever happens next."""
    for one in (path, path.parent):
        descriptor = os.open(one, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError:  # some systems cannot do this with a folder
            if one is path:
                raise
        finally:
            os.close(descriptor)
