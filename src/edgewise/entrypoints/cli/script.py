"""A rehearsal without a keyboard: your lines from a file, or from another program as it makes them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from edgewise.app import Conversation
from edgewise.debrief import Debrief
from edgewise.entrypoints.cli.listening import length_of_silence
from edgewise.errors import EdgewiseError, ScriptError, TurnError
from edgewise.rehearsal import CounterpartTurn, YourTurn, heard
from edgewise.rehearsal.turn import SILENCE_MARK
from edgewise.take import Move

LARGEST_SCRIPT = 5_000_000  # bytes; a thousand of the longest turns


def read_script(path: Path) -> tuple[str, ...]:
    """The lines of a script, each looked at before the first is said.

    Raises:
        ScriptError: it cannot be read, holds nothing to say, or a line cannot be a turn; names the line.
    """
    text = _decoded(path)
    lines = [(number, line) for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1) if line.strip()]
    if not lines:
        raise ScriptError(
            f"There is nothing to say in {path.name}.", next_step="Write one line for each of your turns."
        )
    for number, line in lines:
        _check(path, number, line)
    return tuple(line for _, line in lines)


def _decoded(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_SCRIPT:
            raise ScriptError(
                f"{path.name} is larger than {LARGEST_SCRIPT:,} bytes.", next_step="Say it in fewer lines, or in parts."
            )
        raw = path.read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = broken.object.count(b"\n", 0, broken.start) + 1
        raise ScriptError(
            f"Line {line} of {path.name} is not text in UTF-8.",
            kept="Nothing was begun.",
            next_step="Save the file as UTF-8 and try again.",
        ) from broken
    except (OSError, ValueError) as refused:
        why = getattr(refused, "strerror", None) or "the system refused"
        raise ScriptError(
            f"The script {path.name} cannot be opened: {why.lower()}.",
            kept="Nothing was begun.",
            next_step="Check its name and that you may read it.",
        ) from refused


def _check(path: Path, number: int, line: str) -> None:
    try:
        heard(line)
    except TurnError as refused:
        raise ScriptError(
            f"Line {number} of {path.name} cannot be said. {refused.happened}",
            kept="Nothing was begun.",
            next_step=refused.next_step,
        ) from refused


def lines_arriving() -> Iterator[str]:
    """Lines as another program writes them."""
    while line := sys.stdin.readline():
        if line.strip():
            yield line


def say_line(conversation: Conversation, line: str) -> CounterpartTurn:
    """Say one line. A silence lasts as long as theirs did, else six seconds, so that it is the same every time."""
    if line.strip() not in {SILENCE_MARK, "…"}:
        return conversation.say(line)
    last = conversation.rehearsal.turns[-1]
    theirs = last.silence_s if isinstance(last, CounterpartTurn) and last.move is Move.GO_SILENT else 0.0
    return conversation.say(SILENCE_MARK, silence_s=length_of_silence(theirs))


def say_all(conversation: Conversation, lines: Iterable[str]) -> None:
    """Say the lines until they run out or they leave, then end it."""
    for line in lines:
        if conversation.rehearsal.is_over:
            break
        say_line(conversation, line)
    conversation.end()


def turn_as_json(turn: YourTurn | CounterpartTurn) -> dict[str, Any]:
    """A turn as one object; without what only the program needs to go on."""
    given = turn.model_dump(mode="json")
    names = ("who", "text", "silence_s") if isinstance(turn, YourTurn) else _SHOWN
    return {"type": "turn", **{name: given[name] for name in names}}


_SHOWN = ("who", "text", "gesture", "move", "mood", "state", "reasons", "silence_s", "curveball")


def debrief_as_json(debrief: Debrief) -> dict[str, Any]:
    """A debrief as one object; without the rehearsal's id, which is another each time."""
    given = debrief.as_json()
    given.pop("rehearsal_id", None)
    return {"type": "debrief", **given}


def error_as_json(error: EdgewiseError) -> dict[str, Any]:
    """An error as one object, for the program that holds the conversation."""
    return {"type": "error", "happened": error.happened, "kept": error.kept, "next_step": error.next_step}


def print_json(thing: dict[str, Any]) -> None:
    """One object on one line, sent at once."""
    sys.stdout.write(json.dumps(thing, ensure_ascii=False) + "\n")
    sys.stdout.flush()
