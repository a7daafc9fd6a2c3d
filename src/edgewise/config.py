"""Where Edgewise keeps what you rehearse."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

#: Name it in the environment to keep your rehearsals somewhere else: another disk, a folder that is encrypted.
HOME_VARIABLE = "EDGEWISE_HOME"
#: What opens what is kept, if a passphrase was put on it; named here and never on the command line, where others could
#: read it. It also opens the pages to other machines, for whoever lets them in.
PASSPHRASE_VARIABLE = "EDGEWISE_PASSPHRASE"  # noqa: S105 - where to look, not what is there


def passphrase() -> str:
    """The passphrase in the environment; empty when there is none."""
    return os.environ.get(PASSPHRASE_VARIABLE, "")


def data_folder() -> Path:
    """The folder on this machine that holds your rehearsals, and nowhere else does."""
    chosen = os.environ.get(HOME_VARIABLE, "").strip()
    return Path(chosen).expanduser().absolute() if chosen else user_data_path("edgewise", appauthor=False)
