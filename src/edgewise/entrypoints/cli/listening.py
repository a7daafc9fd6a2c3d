"""What you type, and when: the seconds before your first key belong to the conversation."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from typing import Protocol

from edgewise.person import tidy
from edgewise.rehearsal.turn import SILENCE_MARK

#: Seconds a silence lasts when nobody is there to let it pass: in a script, or through a pipe.
UNTIMED_SILENCE_S = 6.0

#: The end of a wait in which you never touched the keys.
_UNTOUCHED = "\x00"


@dataclass(frozen=True, slots=True)
class Said:
    """What you did when it was your turn.

    Attributes:
        text: your words; `...` for a silence.
        silence_s: seconds before your first key, or the whole silence.
        typing_s: seconds from the first key to the last.
        by_itself: whether the silence came about because you let theirs run out.
    """

    text: str
    silence_s: float = 0.0
    typing_s: float = 0.0
    by_itself: bool = False


class Listener(Protocol):
    """Whoever hears what you type. Both methods raise EOFError when nothing more will come.

    Attributes:
        gives_drafts: whether words can be put back to be changed or sent again.
    """

    gives_drafts: bool

    def answer(self, ask: str) -> str:
        """One line in answer to a question; empty when you skip it."""
        ...

    def turn(self, ask: str, *, their_silence_s: float = 0.0, draft: str = "") -> Said:
        """Your turn. In a silence of theirs it may also end by itself, with nothing said.

        Args:
            ask: what stands before your words.
            their_silence_s: how long they stay silent unless you speak; 0 when they are not.
            draft: words to begin with, put back to be changed.
        """
        ...


def listener() -> Listener:
    """A keyboard when there is one, else whatever is piped in."""
    return Keyboard() if sys.stdin.isatty() and sys.stdout.isatty() else Pipe()


def length_of_silence(their_silence_s: float) -> float:
    """How long a silence of yours lasts when nobody measures it: as long as theirs, else six seconds."""
    return their_silence_s or UNTIMED_SILENCE_S


class Pipe:
    """Lines from a file or another program. Nothing is timed: how fast a file can be read says nothing about you."""

    gives_drafts = False

    def answer(self, ask: str) -> str:
        """The next line."""
        sys.stdout.write(ask)
        sys.stdout.flush()
        line = self._line()
        sys.stdout.write("\n")
        return line.strip()

    def turn(self, ask: str, *, their_silence_s: float = 0.0, draft: str = "") -> Said:  # noqa: ARG002
        """The next line that is not blank."""
        while not (line := self._line()).strip():
            pass
        text = tidy(line)
        sys.stdout.write(f"{ask}{text}\n")
        if text in {SILENCE_MARK, "…"}:
            return Said(SILENCE_MARK, silence_s=length_of_silence(their_silence_s))
        return Said(text)

    def _line(self) -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line


class Keyboard:
    """A person at a terminal."""

    gives_drafts = True

    def __init__(self) -> None:
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - loaded only when somebody is there to type
        from prompt_toolkit.history import DummyHistory  # noqa: PLC0415

        self._session: PromptSession[str] = PromptSession(history=DummyHistory())

    def answer(self, ask: str) -> str:
        """What you type before Enter."""
        return self._session.prompt([("", ask)]).strip()

    def turn(self, ask: str, *, their_silence_s: float = 0.0, draft: str = "") -> Said:
        """What you type, timed from the moment you may."""
        first_key: list[float] = []

        def noticed(_: object) -> None:
            if not first_key:
                first_key.append(time.monotonic())

        def let_silence_end() -> None:
            if their_silence_s:
                self._session.app.create_background_task(self._pass_over(their_silence_s, first_key))

        opened = time.monotonic()
        self._session.default_buffer.on_text_changed += noticed
        try:
            text = self._session.prompt([("bold", ask)], default=draft, pre_run=let_silence_end)
        finally:
            self._session.default_buffer.on_text_changed -= noticed
            self._session.app.erase_when_done = False
        sent = time.monotonic()
        return _timed(text, opened, first_key[0] if first_key else sent, sent)

    async def _pass_over(self, seconds: float, first_key: list[float]) -> None:
        await asyncio.sleep(seconds)
        app = self._session.app
        if not first_key and app.is_running and not app.is_done:
            app.erase_when_done = True
            app.exit(result=_UNTOUCHED)


def _timed(text: str, opened: float, first_key: float, sent: float) -> Said:
    if text == _UNTOUCHED:
        return Said(SILENCE_MARK, silence_s=round(sent - opened, 2), by_itself=True)
    if text.strip() in {SILENCE_MARK, "…"}:
        return Said(SILENCE_MARK, silence_s=round(sent - opened, 2))
    return Said(text, silence_s=round(first_key - opened, 2), typing_s=round(sent - first_key, 2))
