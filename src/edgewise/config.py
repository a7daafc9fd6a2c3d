"""Where Edgewise keeps what you rehearse."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

#: Name it in the environment to keep your rehearsals somewhere else: another disk, a folder that is encrypted.
HOME_VARIABLE = "EDGEWISE_HOME"


def data_folder() -> Path:
    """The folder on this machine that holds your rehearsals, and nowhere else does."""
    chosen = os.environ.get(HOME_VARIABLE, "").strip()
    return Path(chosen).expanduser().absolute() if chosen else user_data_path("edgewise", appauthor=False)
