"""A server asked in the background, so that whoever listens can stop at any moment and the server stops as well."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from edgewise.adapters.models.aloud import Aloud

Answer = TypeVar("Answer")

#: Seconds one answer may take from its first word asked to its last word heard, however slowly it drips.
LONGEST_S = 180.0
#: Seconds between two looks at whether to stop; what comes is passed on at once.
_LOOK_S = 0.05
#: Characters for each token asked for, beyond which an answer is taken to be endless.
_MOST_A_TOKEN = 16


class NothingSaidError(Exception):
    """The answer ended, and there was no word in it."""


class BrokenOffError(Exception):
    """The answer stopped before its end."""


@dataclass(frozen=True, slots=True)
class _Over:
    """The end of an answer, and what ended it if it was not complete."""

    why: BaseException | None = None


class Wire:
    """One background loop for one model's server.

    Args:
        in_words: turns what went wrong into an error that tells what to do.
    """

    def __init__(self, in_words: Callable[[BaseException], Exception]) -> None:
        self._in_words = in_words
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="a language model", daemon=True)
        self._thread.start()

    def stream(
        self, answer: Callable[[], AsyncGenerator[str]], *, most: int, stop: threading.Event | None
    ) -> Iterator[str]:
        """The pieces of an answer as they come, `most` at most; ends soon after `stop` is set.

        Raises:
            ModelError: as `in_words` tells it.
        """
        pieces: SimpleQueue[str | _Over] = SimpleQueue()
        asked = asyncio.run_coroutine_threadsafe(_pump(answer, pieces), self._loop)
        room = most * _MOST_A_TOKEN
        try:
            for _ in range(most):
                piece = _next(pieces, stop)
                if isinstance(piece, _Over):
                    if piece.why is not None:
                        raise self._in_words(piece.why) from piece.why
                    return
                yield piece[:room]
                room -= len(piece)
                if room <= 0:
                    return
        finally:
            asked.cancel()

    def ask(self, question: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """One answer, waited for.

        Raises:
            ModelError: as `in_words` tells it.
        """

        async def within() -> Answer:
            async with asyncio.timeout(LONGEST_S):
                return await question()

        try:
            return asyncio.run_coroutine_threadsafe(within(), self._loop).result()
        except Exception as wrong:
            raise self._in_words(wrong) from wrong

    def close(self, client: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Let go of the server: close the client, then the loop."""
        if self._loop.is_closed():
            return
        with suppress(Exception):  # it is let go of, whatever it says to that
            asyncio.run_coroutine_threadsafe(client(), self._loop).result(timeout=2)
        asyncio.run_coroutine_threadsafe(_cancel_all(), self._loop).result(timeout=2)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def in_a_thread(pieces: Iterable[str]) -> AsyncGenerator[str]:
    """Pieces that a library gives only to who waits for them, waited for in a thread of their own."""
    coming = iter(pieces)
    while (piece := await asyncio.to_thread(next, coming, None)) is not None:
        yield piece


async def _pump(answer: Callable[[], AsyncGenerator[str]], pieces: SimpleQueue[str | _Over]) -> None:
    aloud, any_word = Aloud(), False
    try:
        async with asyncio.timeout(LONGEST_S), aclosing(answer()) as coming:
            async for piece in coming:
                if heard := aloud.of(piece):
                    any_word = any_word or bool(heard.strip())
                    pieces.put(heard)
        if not any_word:
            raise NothingSaidError  # noqa: TRY301 - it is told below, as everything else
    except Exception as wrong:  # noqa: BLE001 - it is told where it is listened to
        pieces.put(_Over(wrong))
    else:
        pieces.put(_Over())


def _next(pieces: SimpleQueue[str | _Over], stop: threading.Event | None) -> str | _Over:
    while not (stop is not None and stop.is_set()):
        with suppress(Empty):
            return pieces.get(timeout=_LOOK_S)
    return _Over()


async def _cancel_all() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
