"""The one place where the story is wired to the outside world."""

from __future__ import annotations

import atexit
from pathlib import Path

from edgewise import config
from edgewise.adapters.additions import additions
from edgewise.adapters.models.models import Models
from edgewise.adapters.papers import Papers
from edgewise.adapters.sealing import Sealing
from edgewise.adapters.storage.keys import Key, key_of
from edgewise.adapters.storage.locking import tidy_up
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.app import Edgewise
from edgewise.config import data_folder, patience_s


def edgewise(folder: Path | None = None, *, passphrase: str | None = None) -> Edgewise:
    """Edgewise as it runs on this machine, keeping rehearsals in `folder` (the data folder unless given).

    Args:
        folder: where rehearsals are kept.
        passphrase: what opens them, if a passphrase was put on them; the one in EDGEWISE_PASSPHRASE unless given.

    Raises:
        OperatorError: the folder or the data in it cannot be used; says what to do.
        PassphraseError: there is a passphrase on the data, and this is not it.
    """
    folder = folder or data_folder()
    key = _key(folder, passphrase)
    store = SqliteStore(folder, key=key)
    if key is not None:
        tidy_up(folder, key)
    models = Models(folder)
    atexit.register(models.close)
    return Edgewise(
        store=store,
        find_additions=lambda: additions(folder),
        language_model=models.speaking,
        patience_s=patience_s(),
    )


def papers(folder: Path | None = None, *, passphrase: str | None = None) -> Papers:
    """The interviews begun and the situations kept, under the same passphrase as the rehearsals.

    Raises:
        PassphraseError: there is a passphrase on the data, and none was given.
    """
    folder = folder or data_folder()
    key = _key(folder, passphrase)
    return Papers(folder, Sealing.under(key) if key else None)


def _key(folder: Path, passphrase: str | None) -> Key | None:
    return key_of(folder, config.passphrase() if passphrase is None else passphrase)
