"""What models there are, which one speaks, and whether words may go there. Nothing is switched on by being found."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from edgewise.adapters.models.choices import Choices, Chosen
from edgewise.adapters.models.gguf import GgufFiles
from edgewise.adapters.models.hosts import on_this_machine
from edgewise.adapters.models.ollama import Ollama
from edgewise.adapters.models.openai_compatible import OpenAICompatible
from edgewise.errors import EdgewiseError, NotAgreedError, UnknownNameError
from edgewise.ports.language_model import LanguageModel, ModelCard, ModelSource, Said

#: The entry points of packages that add a source: each names what makes one, given whether a host was agreed to.
GROUP = "edgewise.models"
#: Whether words may be sent to a host.
Agreed = Callable[[str], bool]

_TRIAL = (
    Said("system", "You are a busy colleague. You answer in two short sentences, as people talk."),
    Said("user", "Do you have ten minutes for me today?"),
)
_TRIAL_TOKENS = 80
_AT_ONCE_S = 0.01  # seconds between the first and the last piece, below which no speed can be told


@dataclass(frozen=True, slots=True)
class Found:
    """What there is on this machine, and at the hosts that were agreed to.

    Attributes:
        cards: the models.
        waiting: hosts that may have models; they are asked which, once you agree that words may go there.
        notes: what is there but cannot be used as it is, one sentence each.
    """

    cards: tuple[ModelCard, ...]
    waiting: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """How a model did when it was tried.

    Attributes:
        said: what it said.
        ready_s: seconds until its first words the first time, with whatever had to be loaded.
        first_words_s: seconds until its first words once it was ready.
        tokens_a_second: how fast the pieces of its answer came after that, which nearly everywhere are tokens; 0 when
            all of it came at once.
    """

    card: ModelCard
    said: str
    ready_s: float
    first_words_s: float
    tokens_a_second: float


def sources_here(agreed: Agreed) -> tuple[ModelSource, ...]:
    """Our own sources, then those of packages installed beside Edgewise, by name."""
    added = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return (Ollama(agreed), OpenAICompatible(agreed), GgufFiles(), *(point.load()(agreed) for point in added))


class Models:
    """The models on this machine, and what was decided about them.

    Args:
        folder: the data folder; what is decided is kept there.
        sources: what makes the sources.
    """

    def __init__(self, folder: Path, sources: Callable[[Agreed], Sequence[ModelSource]] = sources_here) -> None:
        self._choices = Choices(folder)
        self._sources = sources(self._choices.agreed)
        self._opened: tuple[Chosen, LanguageModel] | None = None
        self._lock = threading.Lock()

    def look(self) -> Found:
        """See what there is now. No host is asked that was not agreed to; this machine always is."""
        with ThreadPoolExecutor(max_workers=max(1, len(self._sources))) as threads:
            told = list(threads.map(_told_by, self._sources))
        cards = [card for cards, _ in told for card in cards]
        return Found(
            cards=tuple(card for card in cards if card.name),
            waiting=tuple(dict.fromkeys(card.host for card in cards if card.host and not card.name)),
            notes=tuple(note for _, note in told if note),
        )

    def called(self, name: str) -> ModelCard:
        """The model of this name: as it is listed, or with its place, as "llama3.2:3b at localhost:11434".

        Raises:
            UnknownNameError: there is none, or there are several; says what to do.
        """
        found = self.look()
        fitting = [card for card in found.cards if name in (card.name, in_full(card))]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise UnknownNameError(
                f"There are several models called {name}.",
                next_step=f"Say which: {'; '.join(f'“{in_full(card)}”' for card in fitting)}.",
            )
        waiting = f" Not asked yet: {', '.join(found.waiting)}." if found.waiting else ""
        raise UnknownNameError(
            f"There is no model called {name} here.", next_step=f"See what there is: edgewise models.{waiting}"
        )

    @property
    def chosen(self) -> Chosen | None:
        """The model that was chosen to speak; None for the built-in voice."""
        return self._choices.read().voice

    @property
    def agreed_hosts(self) -> tuple[str, ...]:
        """The hosts that words may be sent to."""
        return tuple(self._choices.read().agreed)

    def may_send_to(self, card: ModelCard) -> bool:
        """Whether words may go to this model: it is on this machine, or its host was agreed to."""
        return not leaves_machine(card) or (card.host is not None and self._choices.agreed(card.host))

    def agree(self, host: str) -> None:
        """From now on words may be sent to this host."""
        self._choices.agree(host)

    def take_back(self, host: str) -> None:
        """From now on nothing is sent to this host."""
        self._choices.take_back(host)
        self._let_go()

    def use(self, card: ModelCard) -> None:
        """Let this model speak from the next conversation on.

        Raises:
            NotAgreedError: words would leave this machine, and its host was not agreed to.
        """
        self._must_be_agreed(card)
        self._choices.speak_with(Chosen(source=card.source, name=card.name, host=card.host or ""))
        self._let_go()

    def use_built_in(self) -> None:
        """Let the built-in voice speak again."""
        self._choices.speak_with(None)
        self._let_go()

    def open(self, card: ModelCard) -> LanguageModel:
        """This model, ready to be asked; whoever opens it closes it.

        Raises:
            NotAgreedError: words would leave this machine, and its host was not agreed to.
            OperatorError: it cannot be reached or loaded.
        """
        self._must_be_agreed(card)
        source = next((one for one in self._sources if one.name == card.source), None)
        if source is None:
            raise UnknownNameError(
                f"{card.name} came from “{card.source}”, which is not installed any more.",
                next_step="Install it again, or choose another model: edgewise models.",
            )
        return source.open(card)

    def speaking(self) -> LanguageModel | None:
        """The model that was chosen to speak, opened when it is first needed; None for the built-in voice.

        Raises:
            NotAgreedError: the agreement for its host was taken back.
            OperatorError: it cannot be reached or loaded now.
        """
        chosen = self.chosen
        if chosen is not None:
            self._must_be_agreed(_card(chosen))
        with self._lock:
            if self._opened is not None and self._opened[0] == chosen:
                return self._opened[1]
            self._close()
            if chosen is None:
                return None
            model = self.open(_card(chosen))
            self._opened = chosen, model
            return model

    def try_out(self, card: ModelCard) -> Tried:
        """Ask a model the same thing twice, nothing of yours, and see how soon and how fast it answers.

        Raises:
            NotAgreedError: its host was not agreed to.
            OperatorError: it cannot be reached or loaded, or does not answer.
        """
        began = time.perf_counter()
        model = self.open(card)
        try:
            opening_s = time.perf_counter() - began
            first = _timed(model)
            again = _timed(model)
            spent = again.last_s - again.first_s
            return Tried(
                card=model.card,
                said=again.text.strip(),
                ready_s=opening_s + first.first_s,
                first_words_s=again.first_s,
                tokens_a_second=(again.pieces - 1) / spent if spent > _AT_ONCE_S else 0.0,
            )
        finally:
            model.close()

    def close(self) -> None:
        """Let go of the model that speaks."""
        self._let_go()

    def _must_be_agreed(self, card: ModelCard) -> None:
        if not self.may_send_to(card):
            raise NotAgreedError(
                consent(card.host or card.name),
                kept="Nothing was sent.",
                next_step="Say yes to that first, once, or choose a model on this machine.",
            )

    def _let_go(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None


@dataclass(frozen=True, slots=True)
class _Timed:
    text: str
    pieces: int
    first_s: float
    last_s: float


def leaves_machine(card: ModelCard) -> bool:
    """Whether words leave this machine: as the source says, or because its host is another one, whatever it says."""
    return card.leaves_machine or (card.host is not None and not on_this_machine(card.host))


def in_full(card: ModelCard) -> str:
    """A model with its place, so that two of one name can be told apart."""
    return f"{card.name} at {card.host}" if card.host else f"{card.name} in {card.source}"


def consent(host: str) -> str:
    """What somebody says yes to before words may be sent to a host."""
    return f"What you say, and what you wrote about them, would be sent to {host}."


def _card(chosen: Chosen) -> ModelCard:
    host = chosen.host or None
    return ModelCard(chosen.name, chosen.source, host, host is not None and not on_this_machine(host), context=0)


def _told_by(source: ModelSource) -> tuple[tuple[ModelCard, ...], str]:
    """What a source has, or the sentence in which it says why not; one that breaks does not hide the others."""
    try:
        return tuple(source.found()), ""
    except EdgewiseError as told:
        return (), str(told)
    except Exception as broke:  # noqa: BLE001 - what others wrote
        return (), f"“{source.name}” broke while it was looked at ({type(broke).__name__})."


def _timed(model: LanguageModel) -> _Timed:
    began = time.perf_counter()
    came = [(piece, time.perf_counter() - began) for piece in model.stream(_TRIAL, most=_TRIAL_TOKENS)]
    return _Timed("".join(piece for piece, _ in came), len(came), came[0][1], came[-1][1])
