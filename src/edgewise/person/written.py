"""Finding, in a TOML file somebody wrote by hand, the line a complaint is about."""

from __future__ import annotations

import re
from collections.abc import Sequence


def lines_of(name: str, text: str) -> list[int]:
    """The lines, from 1, on which each item of an array of tables begins."""
    header = _header(name)
    return [at + 1 for at, line in enumerate(text.split("\n")) if header.search(line)]


def line_of(place: Sequence[str | int], text: str) -> int | None:
    """The line, from 1, that most likely holds a place in what was read from a text; None when none can be told.

    The standard library forgets positions once a file has parsed, so the names of the place are looked for in turn.

    Args:
        place: names of tables and keys, an array's name followed by the index in it, as pydantic gives them.
        text: the file.
    """
    lines, found = text.split("\n"), None
    for at, name in enumerate(place):
        if isinstance(name, str):
            following = place[at + 1] if at + 1 < len(place) else 0
            nth = following if isinstance(following, int) else 0
            next_found = _nth(lines, name, nth, after=found or 0)
            if next_found is None:
                break
            found = next_found
    return None if found is None else found + 1


def _nth(lines: Sequence[str], name: str, nth: int, *, after: int) -> int | None:
    """The nth header of this name from a line on; the first place it is named when there are not so many."""
    header = _header(name)
    named = re.compile(rf"(?:^\s*\[+(?:[\w\s-]+\.)*\s*|^\s*|[{{,]\s*){re.escape(name)}\s*[=\].]")
    headers = [at for at in range(after, len(lines)) if header.search(lines[at])]
    if nth < len(headers):
        return headers[nth]
    return next((at for at in range(after, len(lines)) if named.search(lines[at])), None)


def _header(name: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*\[\[\s*(?:[\w-]+\s*\.\s*)*{re.escape(name)}\s*\]\]")
