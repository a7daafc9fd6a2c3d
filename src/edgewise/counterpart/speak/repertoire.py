"""All the lines there are, read from TOML files and held by what they do."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import Field, ValidationError

from edgewise.counterpart.perceive import Act
from edgewise.counterpart.speak.line import SLOTS, Line
from edgewise.errors import RepertoireError
from edgewise.person import Circle, Record, Relationship, Style, StyleName, Worded, line_of, lines_of
from edgewise.take import Curveball, Mood, Move


class _Written(Worded):
    says: str = ""
    does: str = ""


class _Group(Record):
    move: Move | None = None
    curveball: Curveball | None = None
    moods: frozenset[Mood] = frozenset()
    with_: Annotated[frozenset[Circle | Relationship], Field(alias="with")] = frozenset()
    styles: frozenset[StyleName] = frozenset()
    after: frozenset[Act] = frozenset()
    lines: tuple[_Written, ...]


class _File(Record):
    move: Move | None = None
    group: tuple[_Group, ...] = ()


class Repertoire:
    """Everything a counterpart can say, by the move or the surprise it serves."""

    def __init__(self, lines: Iterable[Line]) -> None:
        by_service: defaultdict[Move | Curveball, list[Line]] = defaultdict(list)
        for line in lines:
            by_service[line.serves].append(line)
        self._by_service = dict(by_service)

    def serving(self, service: Move | Curveball) -> list[Line]:
        """The lines for a move or a surprise."""
        return self._by_service.get(service, [])

    @property
    def lines(self) -> list[Line]:
        """Every line."""
        return [line for lines in self._by_service.values() for line in lines]


def read_repertoire_file(text: str, *, called: str, styles: Collection[str] = frozenset(Style)) -> list[Line]:
    """The lines of one file.

    Args:
        text: the file.
        called: what to call it in an error.
        styles: the ways of talking that lines may be written for.

    Raises:
        RepertoireError: the file is not TOML, or holds what a line file does not; says on which line.
    """
    try:
        return lines_written(tomllib.loads(text), text, called=called, styles=styles)
    except tomllib.TOMLDecodeError as broken:
        raise RepertoireError(f"{called}: {broken}.", next_step="Mend that line of the file.") from broken


def lines_written(
    document: Mapping[str, Any], text: str, *, called: str, styles: Collection[str] = frozenset(Style)
) -> list[Line]:
    """The lines in a document that was parsed from this text.

    Raises:
        RepertoireError: it holds what a line file does not; says on which line.
    """
    try:
        written = _File.model_validate(document)
    except ValidationError as wrong:
        raise not_as_written(wrong, text, called=called, see="docs/repertoire.md") from wrong
    found: list[Line] = []
    begins = lines_of("group", text)  # none where somebody wrote them in line
    for at, group in enumerate(written.group):
        where = f"{called}, line {begins[at] if at < len(begins) else 1}"
        if unknown := sorted(set(group.styles) - set(styles)):
            raise RepertoireError(
                f"{where}: there is no style called {unknown[0]}.",
                next_step=f"The styles are: {', '.join(sorted(styles))}.",
            )
        found += [_line(words, group, group.curveball or group.move or written.move, where) for words in group.lines]
    return found


def not_as_written(wrong: ValidationError, text: str, *, called: str, see: str) -> RepertoireError:
    """What is wrong with a file, and on which line of it."""
    first = wrong.errors()[0]
    line = line_of(first["loc"], text)
    where = ".".join(str(part) for part in first["loc"])
    return RepertoireError(
        f"{called}{f', line {line}' if line else ''}: {where}: {first['msg']}.",
        next_step=f"See {see} for what it can hold.",
    )


def _line(words: _Written, group: _Group, serves: Move | Curveball | None, called: str) -> Line:
    shown = words.says or words.does
    if serves is None:
        raise RepertoireError(
            f"{called}: “{shown}” serves no move.",
            next_step="Write move = … at the top or in its group, or curveball = … in its group.",
        )
    line = Line(
        words.says,
        words.does,
        serves,
        moods=group.moods,
        circles=frozenset(value.value for value in group.with_),
        styles=group.styles,
        after=group.after,
    )
    try:
        unknown = line.slots - SLOTS
    except ValueError as broken:
        raise RepertoireError(f"{called}: “{shown}”: {broken}.", next_step="Close the curly bracket.") from broken
    if unknown or not shown:
        raise RepertoireError(
            f"{called}: “{shown}” has unknown slots {sorted(unknown)}." if unknown else f"{called}: an empty line.",
            next_step="See docs/repertoire.md for the slots there are.",
        )
    return line


@lru_cache(maxsize=1)
def built_in_repertoire() -> Repertoire:
    """The lines that come with Edgewise."""
    folder = files("edgewise.counterpart").joinpath("repertoire")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return Repertoire(
        line for entry in found for line in read_repertoire_file(entry.read_text(encoding="utf-8"), called=entry.name)
    )
