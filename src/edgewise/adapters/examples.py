"""The situations that come with Edgewise, ready to rehearse at once."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rapidfuzz import process

from edgewise.errors import UnknownNameError
from edgewise.situation import Situation, read_situation


def example_names() -> tuple[str, ...]:
    """The names of the examples."""
    return tuple(
        sorted(entry.name.removesuffix(".toml") for entry in _folder().iterdir() if entry.name.endswith(".toml"))
    )


def example_text(name: str) -> str:
    """An example as it is written, to learn from or to copy.

    Raises:
        UnknownNameError: there is no such example; names the nearest.
    """
    names = example_names()
    if name in names:
        return _folder().joinpath(f"{name}.toml").read_text(encoding="utf-8")
    near = process.extractOne(name, names, score_cutoff=60)
    raise UnknownNameError(
        f"There is no example called “{name[:60]}”.",
        next_step=f"{f'Did you mean {near[0]}? ' if near else ''}The examples are: {', '.join(names)}.",
    )


def example(name: str) -> Situation:
    """The example of this name.

    Raises:
        UnknownNameError: there is no such example; names the nearest.
    """
    return read_situation(example_text(name), called=f"{name}.toml")


def _folder() -> Traversable:
    """Inside the installed package; beside it when Edgewise runs from its source tree."""
    packed = files("edgewise").joinpath("examples")
    return packed if packed.is_dir() else Path(__file__).parents[3] / "examples"
