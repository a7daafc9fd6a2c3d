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


#: Name it in the environment to wait longer, or less long, for a model's first words: seconds.
PATIENCE_VARIABLE = "EDGEWISE_PATIENCE"
_SHORTEST_S, _USUAL_S, _LONGEST_S = 0.5, 4.0, 120.0


def patience_s() -> float:
    """Seconds until somebody sees the first words of a model; after that the built-in voice speaks. 4 unless told."""
    try:
        seconds = float(os.environ.get(PATIENCE_VARIABLE, "").strip() or _USUAL_S)
    except ValueError:
        return _USUAL_S
    return min(_LONGEST_S, max(_SHORTEST_S, seconds)) if seconds == seconds else _USUAL_S  # noqa: PLR0124 - not a number
