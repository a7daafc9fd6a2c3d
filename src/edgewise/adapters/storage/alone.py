"""Whether this is the only window on the data: what replaces the whole file must not do so under another's hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edgewise.errors import DataFolderError

if TYPE_CHECKING:
    from pathlib import Path

# Where SQLite marks on the file that somebody has it open (https://sqlite.org/lockingv3.html).
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510


def refuse_unless_alone(file: Path) -> None:
    """Go on only if there is data and nobody else has it open.

    Raises:
        DataFolderError: there is none, or another window has it open.
    """
    if not file.is_file():
        raise DataFolderError(
            f"Nothing is kept in {file.parent} yet.",
            kept="Nothing was changed.",
            next_step="If it is elsewhere, say where in EDGEWISE_HOME.",
        )
    if _held_elsewhere(file):
        raise DataFolderError(
            f"Another Edgewise has {file} open.",
            kept="Nothing was changed.",
            next_step="Close every other window, stop the pages, and try again.",
        )


def _held_elsewhere(file: Path) -> bool:
    try:
        import fcntl  # noqa: PLC0415 - not on Windows, where a file in use cannot be replaced anyway
    except ImportError:
        return False
    with file.open("r+b") as opened:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:
            return True
    return False
