"""The one place where the story is wired to the outside world."""

from __future__ import annotations

import atexit
from pathlib import Path

from edgewise.adapters.additions import additions
from edgewise.adapters.models.models import Models
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.app import Edgewise
from edgewise.config import data_folder, patience_s


def edgewise(folder: Path | None = None) -> Edgewise:
    """Edgewise as it runs on this machine, keeping rehearsals in `folder` (the data folder unless given).

    Raises:
        OperatorError: the folder or the data in it cannot be used; says what to do.
    """
    folder = folder or data_folder()
    models = Models(folder)
    atexit.register(models.close)
    return Edgewise(
        store=SqliteStore(folder),
        find_additions=lambda: additions(folder),
        language_model=models.speaking,
        patience_s=patience_s(),
    )
