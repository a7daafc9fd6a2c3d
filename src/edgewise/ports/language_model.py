"""A language model the person rehearsing already has, and where such models are found."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Said:
    """One message to a model, or of it."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model is, as the person is shown it.

    Attributes:
        name: what it is called where it is; empty for a host that must not be asked before it is agreed to.
        source: which source found it: "ollama", "openai", "gguf", "llm", or another's own.
        host: where words would go; None when it runs in this process.
        leaves_machine: whether words would leave this machine.
        context: tokens it has room for, as its server says; 0 before it was opened, where that is not told earlier.
    """

    name: str
    source: str
    host: str | None
    leaves_machine: bool
    context: int


class LanguageModel(Protocol):
    """A model that can be asked."""

    @property
    def card(self) -> ModelCard:
        """Which model this is, its room measured."""
        ...

    def stream(self, said: Sequence[Said], *, most: int, stop: threading.Event | None = None) -> Iterator[str]:
        """Pieces of text as they come.

        Args:
            said: the messages, the oldest first.
            most: tokens, at most.
            stop: ends the answer soon after it is set.

        Raises:
            ModelError: of the kind that went wrong.
        """
        ...

    def structured(self, said: Sequence[Said], schema: Mapping[str, object], *, most: int) -> str:
        """One JSON text that should follow the schema; it may be broken.

        Raises:
            ModelError: of the kind that went wrong.
        """
        ...

    def count(self, text: str) -> int:
        """Tokens in a text: as the model counts them, else rather too many than too few."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class ModelSource(Protocol):
    """Where models are found. Others can add theirs: an entry point of the group `edgewise.models`."""

    name: str

    def found(self) -> Sequence[ModelCard]:
        """What is there now; nothing where there is nothing, and then at once. A few seconds at most."""
        ...

    def open(self, card: ModelCard) -> LanguageModel:
        """The model of this card, ready to be asked.

        Raises:
            OperatorError: it cannot be reached or loaded.
        """
        ...
