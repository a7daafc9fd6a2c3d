"""What others have written for Edgewise: more lines, more takes, more ways of talking."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self, cast

from pydantic import Field, TypeAdapter, ValidationError

from edgewise.counterpart.speak import Line, Repertoire, built_in_repertoire
from edgewise.counterpart.speak.repertoire import lines_written, not_as_written
from edgewise.errors import RepertoireError
from edgewise.person import Person, Record, ShortText, Style, StyleName, content_stems, line_of
from edgewise.take import Take, preset_names

_SEE = "docs/additions.md"
_MOST_STYLES = 4


class AddedStyle(Record):
    """A way of talking.

    Attributes:
        heard_as: words people use when they describe someone who talks so ("gruff growls grunts").
        like: which of our styles it feels and acts like besides, two at most.
    """

    heard_as: ShortText = ""
    like: Annotated[tuple[Style, ...], Field(max_length=2)] = ()


_TAKES = TypeAdapter(dict[str, Take])
_STYLES = TypeAdapter(dict[Annotated[str, Field(pattern=r"^[a-z][a-z-]{1,30}$")], AddedStyle])


@dataclass(frozen=True)
class Additions:
    """Everything that was added, in the order it was found.

    Attributes:
        lines: what a counterpart can say besides.
        takes: versions of them besides the presets.
        styles: ways of talking besides ours, by name.
    """

    lines: tuple[Line, ...] = ()
    takes: tuple[Take, ...] = ()
    styles: tuple[tuple[str, AddedStyle], ...] = ()

    def __add__(self, other: Self) -> Self:
        """These and others.

        Raises:
            RepertoireError: both add a take or a style of the same name.
        """
        for kind, ours, theirs in (
            ("take", [take.name for take in self.takes], [take.name for take in other.takes]),
            ("style", [name for name, _ in self.styles], [name for name, _ in other.styles]),
        ):
            if twice := sorted(set(ours) & set(theirs)):
                raise RepertoireError(
                    f"Two additions bring a {kind} called {twice[0]}.",
                    next_step="Rename one of them, or take one away.",
                )
        return type(self)(self.lines + other.lines, self.takes + other.takes, self.styles + other.styles)

    @property
    def repertoire(self) -> Repertoire:
        """Our lines and those that were added."""
        return Repertoire([*built_in_repertoire().lines, *self.lines]) if self.lines else built_in_repertoire()

    def styled(self, person: Person) -> Person:
        """The person with the added styles that are heard in the description of their manner, written down."""
        heard = content_stems(person.manner)
        mine = [name for name, style in self.styles if name in person.styles or heard & content_stems(style.heard_as)]
        like = [one for name, style in self.styles if name in mine for one in style.like]
        if not mine:
            return person
        every: dict[StyleName, None] = dict.fromkeys([*mine, *person.talks, *like])
        return person.model_copy(update={"styles": tuple(every)[:_MOST_STYLES]})


def read_additions(text: str, *, called: str, known: Sequence[str] = ()) -> Additions:
    """What one TOML file adds.

    Args:
        text: the file.
        called: what to call it in an error.
        known: styles that other additions bring, which lines in this one may be written for.

    Raises:
        RepertoireError: it is not TOML, or holds what an addition cannot, or a name that is taken; says where.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise RepertoireError(f"{called}: {broken}.", next_step="Mend that line of the file.") from broken
    try:
        styles = _STYLES.validate_python(document.pop("styles", {}))
        takes = _TAKES.validate_python(_named(document.pop("takes", {})))
    except ValidationError as wrong:
        raise not_as_written(wrong, text, called=called, see=_SEE) from wrong
    lines = lines_written(document, text, called=called, styles=frozenset(Style) | set(styles) | set(known))
    found = Additions(tuple(lines), tuple(takes.values()), tuple(styles.items()))
    _refuse_taken(found, text, called)
    return found


def _named(takes: Any) -> Any:
    """Each take with the name it is written under."""
    if not isinstance(takes, dict):
        return takes
    written = cast(dict[str, dict[str, Any]], takes)
    return {name: body | {"name": name} if type(body) is dict else body for name, body in written.items()}


def _refuse_taken(found: Additions, text: str, called: str) -> None:
    taken = [(take.name, "take") for take in found.takes if take.name in preset_names()]
    taken += [(name, "style") for name, _ in found.styles if name in set(Style)]
    for name, kind in taken:
        raise RepertoireError(
            f"{called}, line {line_of((name,), text)}: there is a {kind} called {name} already.",
            next_step="Give yours another name.",
        )
