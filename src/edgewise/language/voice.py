"""A language model that speaks for them, a sentence at a time, behind the guard.

What they do is decided before it is asked, and silence, leaving, cutting in and surprises stay with the built-in voice.
Where the model cannot speak, or should not have, the built-in voice does; the turn keeps who spoke, and why.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

from edgewise.counterpart import Cue, Part, Reader, Spoken, Voice
from edgewise.counterpart.speak.actor import Prompt, material, prompt_for
from edgewise.counterpart.speak.guard import Guard
from edgewise.counterpart.speak.voice import Weighs
from edgewise.errors import (
    EdgewiseError,
    ModelBusy,
    ModelCutOff,
    ModelMissing,
    ModelRefusedKey,
    ModelSaidNothing,
    ModelTooSlow,
    ModelUnreachable,
)
from edgewise.language.call import Call, LeftError
from edgewise.language.line import Line
from edgewise.language.room import messages
from edgewise.ports.language_model import LanguageModel
from edgewise.rehearsal import SteppedIn, Voiced
from edgewise.take import Move

#: Seconds until somebody sees the first of their words; after that the built-in voice speaks.
PATIENCE_S = 4.0
_MOST_TOKENS = 100
_TRIES = 2  # a line, and one more with the reason why the first was refused
_STUCK = 2  # calls that never came back, from which no more are begun
#: Seconds a model is given to let go of what it was told to stop.
_LETTING_GO_S = 0.2
_ENGINES_OWN = frozenset({Move.GO_SILENT, Move.WALK_OUT, Move.CUT_OFF})

_WHY: dict[type[EdgewiseError], SteppedIn] = {
    ModelUnreachable: SteppedIn.UNREACHABLE,
    ModelTooSlow: SteppedIn.TOO_SLOW,
    ModelCutOff: SteppedIn.CUT_OFF,
    ModelRefusedKey: SteppedIn.REFUSED_KEY,
    ModelBusy: SteppedIn.BUSY,
    ModelMissing: SteppedIn.MISSING,
    ModelSaidNothing: SteppedIn.SAID_NOTHING,
}
#: Seconds for which a model is not asked again after this; asking sooner would only make somebody wait.
_REST_S = {SteppedIn.REFUSED_KEY: 60.0, SteppedIn.MISSING: 60.0, SteppedIn.BUSY: 20.0, SteppedIn.UNREACHABLE: 10.0}


@dataclass(frozen=True, slots=True)
class _Resting:
    """A model that is left alone for a while, and what went wrong."""

    until: float
    trouble: EdgewiseError


class LanguageVoice:
    """Speaks with a language model, and with the built-in voice wherever that is not to be had.

    Args:
        built_in: the voice that has words for everything.
        speaking: the model that was chosen; None when none is.
        reader: who reads what a line does.
        patience_s: seconds until somebody sees the first words.
        now: seconds, as they pass.
    """

    def __init__(
        self,
        built_in: Voice,
        speaking: Callable[[], LanguageModel | None],
        reader: Reader,
        *,
        patience_s: float = PATIENCE_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._built_in = built_in
        self._speaking = speaking
        self._reader = reader
        self._patience_s = patience_s
        self._now = now
        self._threads = ThreadPoolExecutor(1, "opening a model")
        self._opening: Future[LanguageModel | None] | None = None
        self._calls: list[Call] = []
        self._resting: dict[str, _Resting] = {}
        self._counts: tuple[LanguageModel, Callable[[str], int]] | None = None
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Begin to open the model that was chosen, so that nobody waits for it later."""
        with suppress(TimeoutError, EdgewiseError):
            self._opened(0.0)

    def speak(self, cue: Cue) -> Spoken | None:
        """The words for this cue; None when even the built-in voice has none left.

        The built-in voice is asked first, always: whether it has words left decides which move is made, and that must
        not hang on who speaks.
        """
        spoken = self._built_in.speak(cue)
        if spoken is None or not spoken.text or not cue.aloud or cue.curveball or cue.move in _ENGINES_OWN:
            return spoken
        turn = _Turn(cue, spoken, self._now() + self._patience_s)
        try:
            model = self._opened(self._patience_s)
        except TimeoutError:
            return turn.built_in("The model", SteppedIn.NOT_READY, "The model is still being loaded.")
        except EdgewiseError as trouble:
            return turn.built_in("The model", _why(trouble), _told(trouble))
        if model is None:
            return spoken
        return self._said_by(model, turn)

    def fits(self, cues: Sequence[Cue]) -> list[float]:
        """How well the built-in voice would answer with each move: what they do must not hang on who speaks."""
        return self._built_in.fits(cues) if isinstance(self._built_in, Weighs) else [0.0] * len(cues)

    def _said_by(self, model: LanguageModel, turn: _Turn) -> Spoken:
        name = model.card.name
        line = Line(turn.guard(self._reader), turn.hear)
        try:
            self._refuse_while_resting(name)
            return self._tries(model, turn, line)
        except LeftError:
            return turn.ended(name, line, SteppedIn.NOBODY_LISTENED, "")
        except EdgewiseError as trouble:
            self._let_rest(name, trouble)
            return turn.ended(name, line, _why(trouble), _told(trouble))

    def _tries(self, model: LanguageModel, turn: _Turn, line: Line) -> Spoken:
        name, refused = model.card.name, ""
        for _ in range(_TRIES):
            prompt = turn.prompt(self._pitch(turn), refused)
            line.begin_again(prompt)
            refused = self._one_try(model, turn, line, prompt)
            if line.shown:
                return turn.spoken_by(name, line)
            if self._now() >= turn.until:
                break
        told = f"What {name} said did not fit, so the built-in voice answered. A larger model fits more often."
        return turn.built_in(name, SteppedIn.DID_NOT_FIT, told)

    def _one_try(self, model: LanguageModel, turn: _Turn, line: Line, prompt: Prompt) -> str:
        """Why nothing of it could be shown; empty when something was."""
        call = self._begun(model, prompt)
        try:
            for piece in call.pieces(lambda: self._left(turn, line, model), turn.gone):
                line.take(piece)
                if line.closed:
                    break
            line.end(cut_short=call.pieces_taken >= _MOST_TOKENS)
        finally:
            call.stop()
        return line.refused

    def _left(self, turn: _Turn, line: Line, model: LanguageModel) -> float:
        """Seconds for which somebody still waits; once they have first words, as long again for the rest."""
        until = turn.until + self._patience_s if line.shown else turn.until
        left = until - self._now()
        if left <= 0:
            raise ModelTooSlow(
                f"{model.card.name} took too long, so the built-in voice answered.",
                next_step="If it stays so, try a smaller model: edgewise models try NAME says how fast one is.",
            )
        return left

    def _begun(self, model: LanguageModel, prompt: Prompt) -> Call:
        with self._lock:
            self._calls = [call for call in self._calls if not (call.stopped and call.ended(within_s=_LETTING_GO_S))]
            if len([call for call in self._calls if call.stopped]) >= _STUCK:
                raise ModelTooSlow(
                    f"{model.card.name} is still busy with what it was asked before, so the built-in voice answered.",
                    next_step="If it stays so, start it again, or choose another: edgewise models.",
                )
            count = self._counting(model)
            call = Call(
                lambda stop: model.stream(
                    messages(prompt, count, context=model.card.context, most=_MOST_TOKENS), most=_MOST_TOKENS, stop=stop
                ),
                model.card.name,
            )
            self._calls.append(call)
            return call

    def _counting(self, model: LanguageModel) -> Callable[[str], int]:
        """Tokens in a text, each text counted once: a server that counts for us is asked over the wire."""
        if self._counts is None or self._counts[0] is not model:
            self._counts = model, lru_cache(maxsize=4096)(model.count)
        return self._counts[1]

    def _opened(self, patience_s: float) -> LanguageModel | None:
        """The model that was chosen, opened in the background: a large one takes longer than anybody should wait."""
        if self._opening is None or self._opening.done():
            self._opening = self._threads.submit(self._speaking)
        return self._opening.result(timeout=patience_s)

    def _pitch(self, turn: _Turn) -> list[str]:
        """Two authored lines of this move."""
        cue, pitch = turn.cue, turn.spoken
        used = cue.mind.lines | set(pitch.line.split("+"))
        other = self._built_in.speak(replace(cue, mind=replace(cue.mind, lines=used)))
        return [pitch.text, *([other.text] if other and other.text and other.text != pitch.text else [])]

    def _refuse_while_resting(self, name: str) -> None:
        resting = self._resting.get(name)
        if resting is not None and self._now() < resting.until:
            raise resting.trouble

    def _let_rest(self, name: str, trouble: EdgewiseError) -> None:
        seconds = _REST_S.get(_why(trouble), 0.0)
        if isinstance(trouble, ModelBusy) and trouble.retry_after_s is not None:
            seconds = trouble.retry_after_s
        resting = self._resting.get(name)
        if seconds and (resting is None or resting.trouble is not trouble):
            self._resting[name] = _Resting(self._now() + seconds, trouble)


@dataclass(frozen=True)
class _Turn:
    """One turn of theirs while it is put into words.

    Attributes:
        spoken: what the built-in voice has for it.
        until: when somebody must see the first words.
    """

    cue: Cue
    spoken: Spoken
    until: float

    def prompt(self, pitch: list[str], refused: str) -> Prompt:
        return prompt_for(self.cue, pitch, refused=refused)

    def guard(self, reader: Reader) -> Callable[[Prompt], Guard]:
        situation = self.cue.mind.situation
        person, side = situation.person.model_dump_json(), situation.their_side.model_dump_json()
        known = f"{material(situation.person)} {person} {side} {situation.setting} {self.spoken.text} "

        def for_prompt(prompt: Prompt) -> Guard:
            told = known + " ".join(words for _, words in self.cue.mind.exchanged)
            directions = prompt_for(self.cue, ()).direction + prompt.rules.partition("Notes on who you are")[0]
            return Guard(self.cue, told, directions, reader)

        return for_prompt

    def gone(self) -> bool:
        return self.cue.ear is not None and self.cue.ear.gone

    def hear(self, sentence: str) -> None:
        if self.cue.ear is not None:
            self.cue.ear.hear(Part(sentence, self.spoken.gesture, self.cue.silence_s))

    def spoken_by(self, name: str, line: Line) -> Spoken:
        return replace(self.spoken, text=line.text, voiced=Voiced(model=name, built_in=self.spoken.text))

    def built_in(self, name: str, why: SteppedIn, told: str) -> Spoken:
        return replace(self.spoken, voiced=Voiced(model=name, built_in=self.spoken.text, why=why, told=told))

    def ended(self, name: str, line: Line, why: SteppedIn, told: str) -> Spoken:
        """The turn after the model broke off: what was shown of it makes the move by itself, and stands."""
        if not line.shown:
            return self.built_in(name, why, told)
        told = told and f"{name} broke off. What they had said until then stands."
        voiced = Voiced(model=name, built_in=self.spoken.text, why=why, told=told)
        return replace(self.spoken, text=line.text, voiced=voiced)


def _why(trouble: EdgewiseError) -> SteppedIn:
    return next((why for kind, why in _WHY.items() if isinstance(trouble, kind)), SteppedIn.OTHER)


def _told(trouble: EdgewiseError) -> str:
    """What happened and what to do, once for each cause."""
    said = "" if "built-in voice" in trouble.happened else " The built-in voice answered."
    return f"{trouble.happened}{said} {trouble.next_step}".strip()
