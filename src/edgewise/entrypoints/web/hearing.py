"""Their words on the way to the page: heard in the thread in which they are made, sent on as they come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

from edgewise.counterpart import Ear, Part
from edgewise.rehearsal import CounterpartTurn

# A task that nothing refers to may be collected before it is done; the turn it makes must be kept in any case.
_going_on: set[asyncio.Task[None]] = set()


class Hearing:
    """One turn of theirs while it comes; made in a thread, heard in the loop.

    Args:
        answer: makes the turn, telling an ear of each part of it as soon as it may be heard.
    """

    def __init__(self, answer: Callable[[Ear], CounterpartTurn]) -> None:
        self._loop = asyncio.get_running_loop()
        self._came: asyncio.Queue[Part | CounterpartTurn | Exception] = asyncio.Queue()
        self._gone = False
        task = asyncio.create_task(self._listen(answer))
        _going_on.add(task)
        task.add_done_callback(_going_on.discard)

    @property
    def gone(self) -> bool:
        """Whether the page has been left."""
        return self._gone

    def leave(self) -> None:
        """Nobody listens any more: the model is stopped, and the turn is kept as far as it was heard."""
        self._gone = True

    def hear(self, part: Part) -> None:
        """Take in the next part of what they say."""
        self._loop.call_soon_threadsafe(self._came.put_nowait, part)

    async def next(self) -> Part | CounterpartTurn:
        """The next part, or the whole turn when it is over; raises what was raised while it was made."""
        came = await self._came.get()
        if isinstance(came, Exception):
            raise came
        return came

    async def _listen(self, answer: Callable[[Ear], CounterpartTurn]) -> None:
        try:
            turn = await run_in_threadpool(answer, self)
        except Exception as wrong:  # noqa: BLE001 - raised again where it is waited for
            self._came.put_nowait(wrong)
        else:
            self._came.put_nowait(turn)
