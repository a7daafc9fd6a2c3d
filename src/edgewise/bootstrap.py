"""The one place where the story is wired to the outside world."""

from __future__ import annotations

from pathlib import Path

from edgewise.adapters.additions import additions
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.app import Edgewise
from edgewise.config import data_folder


def edgewise(folder: Path | None = None) -> Edgewise:
    """Edgewise as it runs on this machine, keeping rehearsals in `folder` (the data folder unless given).

    Raises:
        OperatorError: the folder or the data in it cannot be used; says what to do.
    """
    folder = folder or data_folder()
    return Edgewise(store=SqliteStore(folder), find_additions=lambda: additions(folder))
