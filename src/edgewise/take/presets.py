"""The named takes, read from `presets.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import process

from edgewise.errors import UnknownNameError
from edgewise.take.take import Take


@lru_cache(maxsize=1)
def presets() -> tuple[Take, ...]:
    """Every named take, gentlest first."""
    written = tomllib.loads(files("edgewise.take").joinpath("presets.toml").read_text(encoding="utf-8"))
    return tuple(Take.model_validate({"name": name, **body}) for name, body in written.items())


def preset_names() -> tuple[str, ...]:
    """The names a person can choose from."""
    return tuple(take.name for take in presets())


def preset(name: str) -> Take:
    """The preset of this name.

    Raises:
        UnknownNameError: there is none; names the nearest.
    """
    return take_called(name, presets())


def take_called(name: str, takes: Sequence[Take]) -> Take:
    """The take of this name among these.

    Raises:
        UnknownNameError: there is none; names the nearest.
    """
    wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
    for take in takes:
        if take.name == wanted:
            return take
    names = [take.name for take in takes]
    near = process.extractOne(wanted, names, score_cutoff=60)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UnknownNameError(
        f"There is no take called “{name[:40]}”.",
        next_step=f"{hint}The takes are: {', '.join(names)}.",
    )
