"""Their words at the terminal while a model still speaks."""

from __future__ import annotations

from edgewise.counterpart import Part
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.words import as_subject, gesture_seen
from edgewise.rehearsal import CounterpartTurn


class Listening:
    """Shows each sentence as soon as it may be heard.

    Attributes:
        heard: what has been shown; empty while nothing has.
    """

    gone = False  # whoever stops at a terminal stops the program

    def __init__(self, screen: Screen, known_as: str) -> None:
        self._screen = screen
        self._known_as = known_as
        self.heard = ""

    def hear(self, part: Part) -> None:
        """Show the next part of what they say."""
        if not self.heard:
            if part.gesture:
                self._screen.gesture(gesture_seen(self._known_as, part.gesture))
            self._screen.wait(part.silence_s)
        self._show(part.text)

    def end(self, turn: CounterpartTurn) -> None:
        """Show what is left of the turn, now that it is whole."""
        if rest := turn.text.removeprefix(self.heard).strip():
            self._show(rest)
        if turn.leaves:
            self._screen.gesture(f"{as_subject(self._known_as)} has gone.")
        self._screen.say()

    def _show(self, words: str) -> None:
        self._screen.speech(self._known_as, words, goes_on=bool(self.heard))
        self.heard = f"{self.heard} {words}".strip()
