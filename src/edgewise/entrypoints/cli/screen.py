"""What is written on the terminal. Words of yours and theirs are never read as markup."""

from __future__ import annotations

import time
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.text import Text

WIDEST = 84  # columns; longer lines are hard to read
NARROWEST = 24  # columns; below this nothing can be read anyway
_LONGEST_NAME = 40  # characters before a colon
_A_WORD = 0.05  # seconds
_A_BREATH = 0.22  # seconds, after a word that ends a clause


class Screen:
    """The terminal, written to.

    Args:
        unhurried: words come one by one, with the pauses a person makes; only on a real terminal.
    """

    def __init__(self, *, unhurried: bool = False, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, markup=False, emoji=False)
        self._unhurried = unhurried and self._console.is_terminal

    @property
    def width(self) -> int:
        """Columns to write in."""
        return max(NARROWEST, min(WIDEST, self._console.width))

    def say(self, text: str = "", *, style: str = "") -> None:
        """A sentence or an empty line."""
        self._console.print(Text(text, style=style), width=self.width)

    def quietly(self, text: str) -> None:
        """A sentence that keeps out of the way."""
        self.say(text, style="dim")

    def heading(self, text: str) -> None:
        """What comes next, with room above it."""
        self.say()
        self.say(text, style="bold")

    def listing(self, entries: Iterable[tuple[str, str]]) -> None:
        """Numbered choices: each a name and what it means."""
        for number, (name, meaning) in enumerate(entries, 1):
            entry = Text.assemble((f"{number:>3}  ", "dim"), (name, "bold"), f"  {meaning}" if meaning else "")
            self._console.print(entry, width=self.width)

    def show(self, page: RenderableType) -> None:
        """A table, a chart."""
        self._console.print(page, width=self.width)

    def inset(self, text: Text, by: int) -> None:
        """A paragraph set in from the margin."""
        for line in text.wrap(self._console, self.width - by):
            line.rstrip()
            self._console.print(Text(" " * by).append_text(line), width=self.width)

    def gesture(self, sentence: str) -> None:
        """Something that can be seen."""
        self.say(f"({sentence})", style="dim italic")

    def speech(self, who: str, words: str, *, style: str = "bold cyan", goes_on: bool = False) -> None:
        """What somebody says, as it is said; with `goes_on`, more of what they were already saying."""
        if goes_on:
            self.inset(Text(words), by=2)
            return
        who = " ".join(who.split())[:_LONGEST_NAME]
        lines = Text(f"{who}: {words}").wrap(self._console, self.width - 2)
        for number, line in enumerate(lines):
            said = line.plain.rstrip()
            if number == 0:
                self._write(Text(f"{who}:", style=style))
                said = said.removeprefix(f"{who}:")
            else:
                self._write(Text("  "))
            self._stream(said.split(" "))
            self.say()

    def wait(self, seconds: float) -> None:
        """A pause, when there is somebody to notice it."""
        if self._unhurried:
            time.sleep(seconds)

    def _stream(self, words: list[str]) -> None:
        if not self._unhurried:
            self._write(Text(" ".join(words)))
            return
        for number, word in enumerate(words):
            self._write(Text(f" {word}" if number else word))
            self.wait(_A_BREATH if word.endswith((".", "?", "!", ",", ";", ":", "…")) else _A_WORD)

    def _write(self, text: Text) -> None:
        self._console.print(text, end="", soft_wrap=True)
