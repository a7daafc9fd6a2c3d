"""What a model says aloud. Some think first, in marks of their own; nobody across a table hears that."""

from __future__ import annotations

_OPEN, _CLOSE = "<think>", "</think>"


class Aloud:
    """Keeps back a thought at the beginning of an answer."""

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self._speaking = False

    def of(self, piece: str) -> str:
        """What of this piece is said aloud; empty while it is thought, or cannot be known yet."""
        if self._speaking:
            return piece
        self._held += piece
        if self._thinking:
            return self._after_the_thought()
        began = self._held.lstrip()
        if began.startswith(_OPEN):
            self._thinking = True
            return self._after_the_thought()
        if _OPEN.startswith(began):
            return ""
        self._speaking = True
        return self._held

    def _after_the_thought(self) -> str:
        _, closed, said = self._held.partition(_CLOSE)
        if not closed:
            return ""
        self._thinking, self._held = False, ""
        return self.of(said) if said else ""
