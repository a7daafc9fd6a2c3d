"""Connections that say nothing, or say it endlessly, are let go, so that the pages stay open for the person rehearsing.

Any page in the same browser can open connections to this machine, and none needs a passphrase for that. Whoever holds
them open without asking for anything would otherwise use up all the system gives one program.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

MOST = 400  # at once; a system commonly lets one program have 1024 files, and a browser opens six
SAYING_S = 30.0  # seconds to say what is wanted, from the first byte to the last
WAITING = 128  # connections that wait to be let in, taken in at one go


class Punctual(H11Protocol):
    """One connection, closed when what is wanted is not said in time, or when room is needed for another."""

    most = MOST
    saying_s = SAYING_S
    since: float = 0.0
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Let it in; if there are too many, whoever has longest said nothing, or taken no answer, goes."""
        super().connection_made(transport)
        self.since = self.loop.time()
        self._late = self.loop.call_later(self.saying_s, self._let_go)
        if len(self.connections) > self.most:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._said()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in more of what is wanted; the clock runs from the first of it."""
        if self._late is None and not self.is_answered:
            self.since = self.loop.time()
            self._late = self.loop.call_later(self.saying_s, self._let_go)
        super().data_received(data)
        if self.is_answered:
            self._said()

    @property
    def is_answered(self) -> bool:
        """Whether all that is wanted was said, and the answer is on its way."""
        asked = cast(RequestResponseCycle | None, self.cycle)  # none before the first
        return asked is not None and not asked.response_complete and not asked.more_body

    def _said(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _let_go(self) -> None:
        self._late = None
        if not self.is_answered:
            self.transport.abort()

    def _make_room(self) -> None:
        others = cast(set[Punctual], self.connections)
        idle = (one for one in others if one is not self and (not one.is_answered or one.flow.write_paused))
        if oldest := min(idle, key=lambda one: one.since, default=None):
            others.discard(oldest)
            oldest.transport.abort()


def punctual(**how: Any) -> type[Punctual]:
    """The same with other bounds."""
    return type("Bounded", (Punctual,), how)
