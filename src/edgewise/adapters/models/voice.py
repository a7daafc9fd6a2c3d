"""A model puts their moves into words; the built-in voice does where it cannot, and nobody waits for it too long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace

from edgewise.adapters.models.actor import fitted, messages, orders
from edgewise.adapters.models.line_guard import cleaned, complaint
from edgewise.counterpart import Cue, LearnedReader, Reader, Spoken, Voice
from edgewise.errors import EdgewiseError
from edgewise.ports.language_model import LanguageModel, Said
from edgewise.take import Move

#: Seconds until their words stand there, whoever has them by then.
PATIENCE_S = 4.0
_MOST_TOKENS = 90
_TRIES = 2  # a line, and one more with the reason why the first was refused
_LOADING = "It is still being loaded, so the built-in voice answered."
_SLOW = "It took too long, so the built-in voice answered."
_REFUSED = "Its words did not fit, so the built-in voice answered."


@dataclass(frozen=True, slots=True)
class _Heard:
    text: str
    whole: bool


class ModelVoice:
    """Speaks with a model, under guard.

    Args:
        built_in: gives the pitch of each line, and answers where the model cannot.
        speaking: the model that was chosen; None when none is.
        reader: who reads what a line does.
        patience_s: seconds until their words stand there.
    """

    def __init__(
        self,
        built_in: Voice,
        speaking: Callable[[], LanguageModel | None],
        *,
        reader: Reader | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._built_in = built_in
        self._speaking = speaking
        self._reader = reader or LearnedReader()
        self._patience_s = patience_s
        self._note = threading.local()
        self._threads = ThreadPoolExecutor(1, "opening a model")
        self._opening: Future[LanguageModel | None] | None = None

    @property
    def note(self) -> str:
        """Why the built-in voice spoke last in this thread; empty when it did not have to."""
        return str(getattr(self._note, "text", ""))

    def speak(self, cue: Cue) -> Spoken | None:
        """The words for this cue; None when there are none that have not been said."""
        self._note.text = ""
        pitch = self._built_in.speak(cue)
        if pitch is None or not pitch.text or not cue.aloud or cue.curveball or cue.move is Move.GO_SILENT:
            return pitch
        until = time.monotonic() + self._patience_s
        try:
            model = self._ready(until)
            line = self._line(model, cue, pitch, until) if model is not None else pitch.text
        except TimeoutError:
            self._note.text = _LOADING
            return pitch
        except EdgewiseError as trouble:
            self._note.text = f"{trouble.happened} The built-in voice answered. {trouble.next_step}".strip()
            return pitch
        return replace(pitch, text=line)

    def warm_up(self) -> None:
        """Begin to open the model that was chosen, so that nobody waits for it later."""
        with suppress(TimeoutError, EdgewiseError):
            self._ready(time.monotonic())

    def _ready(self, until: float) -> LanguageModel | None:
        """The model that was chosen, opened in the background: a large one takes longer than anybody should wait."""
        if self._opening is None or self._opening.done():
            self._opening = self._threads.submit(self._speaking)
        return self._opening.result(timeout=max(0.0, until - time.monotonic()))

    def _line(self, model: LanguageModel, cue: Cue, pitch: Spoken, until: float) -> str:
        """The first line that may be shown; the built-in one when there is none in time."""
        refused = ""
        for _ in range(_TRIES):
            said = fitted(
                messages(cue, self._pitch(cue, pitch), refused=refused),
                model.count,
                model.card.context,
                _MOST_TOKENS,
            )
            heard = _heard(model, said, until)
            line = cleaned(heard.text, cue.mind.situation.person.known_as)
            told = " ".join(one.text for one in said)
            refused = complaint(line, cue, self._reader, told, orders(cue))
            if line and not refused:
                return line
            if not heard.whole:
                self._note.text = _SLOW
                return pitch.text
        self._note.text = _REFUSED
        return pitch.text

    def _pitch(self, cue: Cue, pitch: Spoken) -> list[str]:
        """Two authored lines of this move."""
        used = cue.mind.lines | set(pitch.line.split("+"))
        other = self._built_in.speak(replace(cue, mind=replace(cue.mind, lines=used)))
        return [pitch.text, *([other.text] if other and other.text and other.text != pitch.text else [])]


def _heard(model: LanguageModel, said: list[Said], until: float) -> _Heard:
    """What the model said until then; of a line that was not ended in time, the sentences that were."""
    stop = threading.Event()
    timer = threading.Timer(max(0.0, until - time.monotonic()), stop.set)
    timer.start()
    try:
        text = "".join(model.stream(said, most=_MOST_TOKENS, stop=stop))
    finally:
        timer.cancel()
    if not stop.is_set():
        return _Heard(text, whole=True)
    ended = max(text.rfind(mark) for mark in ".!?…")
    return _Heard(text[: ended + 1], whole=False)
