"""Asking a model, in a thread of its own: one that hangs must not keep anybody waiting."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator

from edgewise.errors import EdgewiseError, ModelCutOff, ModelError, ModelSaidNothing

_LOOK_S = 0.05  # seconds between looks whether somebody still listens


class LeftError(Exception):
    """Nobody listens any more."""


class Call:
    """One question to a model, begun at once.

    Args:
        ask: asks it; given what ends the answer.
        name: what the model is called.
    """

    def __init__(self, ask: Callable[[threading.Event], Iterator[str]], name: str) -> None:
        self._ask = ask
        self._name = name
        self._stop = threading.Event()
        self._came: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._listen, name="asking a model", daemon=True)
        self.pieces_taken = 0
        self._thread.start()

    def ended(self, *, within_s: float) -> bool:
        """Whether the model lets go of it within so many seconds."""
        self._thread.join(within_s)
        return not self._thread.is_alive()

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End it; the model stops soon after."""
        self._stop.set()

    def pieces(self, left: Callable[[], float], gone: Callable[[], bool]) -> Iterator[str]:
        """What it says, as it comes.

        Args:
            left: seconds for which somebody still waits; raises when there are none.
            gone: whether nobody listens any more.

        Raises:
            ModelError: of the kind that went wrong.
            LeftError: nobody listens any more.
        """
        while True:
            if gone():
                raise LeftError
            try:
                came = self._came.get(timeout=min(_LOOK_S, left()))
            except queue.Empty:
                continue
            if came is None:
                break
            if isinstance(came, Exception):
                raise self._told(came) from came
            self.pieces_taken += 1
            yield came
        if not self.pieces_taken:
            raise ModelSaidNothing(
                f"{self._name} answered without a word.",
                next_step="If it happens again, try another model: edgewise models.",
            )

    def _listen(self) -> None:
        try:
            for piece in self._ask(self._stop):
                if self._stop.is_set():
                    break
                if piece:
                    self._came.put(piece)
        except Exception as wrong:  # noqa: BLE001 - what others wrote may raise anything, and it is told where it is heard
            self._came.put(wrong)
        else:
            self._came.put(None)

    def _told(self, wrong: Exception) -> Exception:
        if isinstance(wrong, EdgewiseError):
            return wrong
        if isinstance(wrong, ValueError):  # UnicodeDecodeError is one: no UTF-8, no JSON
            return ModelCutOff(
                f"{self._name} sent what cannot be read.", next_step="If it happens again, try another model."
            )
        return ModelError(
            f"{self._name} could not be used ({type(wrong).__name__}).",
            next_step="Choose another model, or the built-in voice: edgewise models use --none.",
        )
