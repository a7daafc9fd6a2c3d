"""Questions you can answer or skip."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edgewise.entrypoints.cli.listening import Listener
from edgewise.entrypoints.cli.screen import Screen
from edgewise.person import tidy

_NUMBER = re.compile(r"(\d{1,3})\s*(?:%|/\s*100)?")
_PROMPT = "  > "
_YES, _NO = (
    frozenset({"y", "yes", "ok", "sure", "yeah"}),
    frozenset({"n", "no", "not now", "stop", "q", "quit", "nope"}),
)


class Asker:
    """Asks one thing at a time. Enter always skips; nothing is asked more than twice."""

    def __init__(self, screen: Screen, listener: Listener) -> None:
        self.screen = screen
        self.listener = listener

    def words(self, question: str, hint: str = "") -> str:
        """An answer in your own words; empty when skipped."""
        self._put(question, hint)
        return self.more()

    def more(self) -> str:
        """A further line in answer to the same question."""
        return tidy(self.listener.answer(_PROMPT))

    def percent(self, question: str, hint: str = "") -> int | None:
        """A number from 0 to 100; None when skipped."""
        self._put(question, hint)
        for again in ("A number from 0 to 100, please. Or press Enter and we leave it out.", "We leave it out, then."):
            answer = self.more()
            if not answer:
                return None
            found = _NUMBER.fullmatch(answer)
            if found and int(found[1]) <= 100:  # noqa: PLR2004
                return int(found[1])
            self.screen.quietly(f"  {again}")
        return None

    def one_of(self, names: Sequence[str], *, unless: int = 0) -> int:
        """Which of a numbered list, by number or by name; the one at `unless` when skipped."""
        for again in ("A number from the list, please, or a name.", f"We take {names[unless]}, then."):
            answer = self.more().lower()
            if not answer:
                return unless
            if (place := _place(answer, names)) is not None:
                return place
            self.screen.quietly(f"  {again}")
        return unless

    def several_of(self, names: Sequence[str]) -> tuple[int, ...]:
        """Any of a numbered list, in the order of the list; none when skipped."""
        for again in (
            "Numbers from the list, please, such as 1, 3. Or Enter to leave it out.",
            "We leave it out, then.",
        ):
            answer = self.more().lower()
            places = [_place(part, names) for part in re.split(r"[,;\s]+", answer) if part]
            if None not in places:
                return tuple(sorted({place for place in places if place is not None}))
            self.screen.quietly(f"  {again}")
        return ()

    def agreed(self, question: str, *, unless: bool) -> bool:
        """Yes or no; `unless` when skipped or unclear."""
        self._put(question, "")
        answer = self.more().lower()
        return True if answer in _YES else False if answer in _NO else unless

    def _put(self, question: str, hint: str) -> None:
        self.screen.say()
        self.screen.say(question)
        if hint:
            self.screen.quietly(hint)


def _place(answer: str, names: Sequence[str]) -> int | None:
    if answer.isdecimal():
        return int(answer) - 1 if 1 <= int(answer) <= len(names) else None
    begun = [place for place, name in enumerate(names) if name.lower().startswith(answer)]
    exact = [place for place in begun if names[place].lower() == answer]
    return exact[0] if exact else begun[0] if len(begun) == 1 else None
