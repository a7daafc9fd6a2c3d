"""Situation files: TOML a person can write by hand, read with errors that point at the line."""

from __future__ import annotations

import tomllib
from typing import Any

import tomli_w
from pydantic import ValidationError

from edgewise.errors import SituationFileError
from edgewise.person import line_of
from edgewise.situation.situation import Situation

LONGEST_FILE = 1_000_000  # characters; a hundred times the longest example, with a character card beside it


def read_situation(text: str, *, called: str = "the situation file") -> Situation:
    """Read a situation from TOML.

    Args:
        text: the file's text.
        called: what to call it in an error.

    Raises:
        SituationFileError: it is not TOML, or holds something a situation does not have; says where, and the next step.
    """
    if len(text) > LONGEST_FILE:
        raise SituationFileError(
            f"{called} is {len(text):,} characters long; the most is {LONGEST_FILE:,}.",
            next_step="Keep what you know of the person in a few lines each and try again.",
        )
    try:
        return Situation.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as broken:
        raise SituationFileError(
            f"{called} cannot be read: {broken}.",
            kept="The file was left as it is.",
            next_step="Mend that line (text goes in quotes, lists in square brackets) and try again.",
        ) from broken
    except ValidationError as wrong:
        raise SituationFileError(
            f"{called} does not fit: {'; '.join(_said(error, text) for error in wrong.errors()[:5])}.",
            kept="The file was left as it is.",
            next_step="Compare it with an example: edgewise examples --show belittling-manager.",
        ) from wrong


def write_situation(situation: Situation) -> str:
    """The situation as TOML that `read_situation` reads back equal."""
    return tomli_w.dumps(situation.model_dump(mode="json", exclude_defaults=True, exclude_none=True) | {"format": 1})


def _said(error: Any, text: str) -> str:
    where = ".".join(str(part) if isinstance(part, str) else f"[{part + 1}]" for part in error["loc"])
    where = where.replace(".[", " [")
    line = line_of(error["loc"], text)
    wrong = "is not something a situation has" if error["type"] == "extra_forbidden" else error["msg"].lower()
    return f"{f'line {line}, ' if line else ''}{where or 'the whole'}: {wrong}"
