"""The models of Simon Willison's `llm` tool, with whatever plugins and keys it has been given.

It is also an example: everything a source needs is in this file and in `ports/language_model.py`. `docs/voices.md`
says how to add one of your own.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

from edgewise.adapters.models import faults
from edgewise.adapters.models.estimate import tokens_at_most
from edgewise.adapters.models.hosts import host_of, on_this_machine
from edgewise.adapters.models.wire import Wire, in_a_thread
from edgewise.errors import MissingExtraError
from edgewise.ports.language_model import LanguageModel, ModelCard, Said

#: The tool does not say how much room a model has; this much every model in use has.
ROOM = 4096
#: What plugins call the longest an answer may be.
_LENGTHS = ("max_tokens", "max_output_tokens", "max_completion_tokens", "num_predict")


def source(_: Callable[[str], bool]) -> LlmTool:
    """What the entry point names. Which hosts were agreed to is not needed here: no host is asked to find them."""
    return LlmTool()


class LlmTool:
    """Finds and opens them: those that need no key, and those whose key the tool has."""

    name = "llm"

    def found(self) -> Sequence[ModelCard]:
        """The models the tool could talk with now. None when it is not installed."""
        try:
            library = import_module("llm")
        except ImportError:
            return []
        return [_card(model) for model in library.get_models() if _has_key(model)]

    def open(self, card: ModelCard) -> LanguageModel:
        """The model of this card.

        Raises:
            ModelError: the tool has no such model any more.
            MissingExtraError: the tool is not installed.
        """
        try:
            library: Any = import_module("llm")
        except ImportError as missing:
            raise MissingExtraError(
                "To use the models of the llm tool, it has to be installed beside Edgewise.",
                kept="The built-in voice works without it.",
                next_step="Install it: pip install 'edgewise[llm]'",
            ) from missing
        try:
            return LlmModel(library, library.get_model(card.name), card)
        except library.UnknownModelError as gone:
            raise faults.missing(card) from gone


class LlmModel:
    """One model of the tool. Nothing is written to the tool's own log: only its command does that.

    Args:
        library: the tool.
        model: its model.
        card: what it is called.
    """

    def __init__(self, library: Any, model: Any, card: ModelCard) -> None:
        self._library = library
        self._model = model
        self._card = replace(card, context=ROOM)
        self._wire = Wire(self._in_words)

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return self._card

    def stream(self, said: Sequence[Said], *, most: int, stop: threading.Event | None = None) -> Iterator[str]:
        """Its answer, piece by piece."""
        return self._wire.stream(lambda: in_a_thread(self._asked(said, most)), most=most, stop=stop)

    def structured(self, said: Sequence[Said], schema: Mapping[str, object], *, most: int) -> str:
        """Its answer as JSON; where the model knows no schemas, as it comes."""
        form = {"schema": dict(schema)} if self._model.supports_schema else {}

        async def asked() -> str:
            return str(await asyncio.to_thread(self._asked(said, most, stream=False, **form).text))

        return self._wire.ask(asked)

    def count(self, text: str) -> int:
        """Tokens in a text, rather too many than too few: the tool does not count."""
        return tokens_at_most(text)

    def close(self) -> None:
        """Nothing is held open but our own thread."""
        self._wire.close(_nothing)

    def _asked(self, said: Sequence[Said], most: int, *, stream: bool = True, **more: Any) -> Any:
        """One answer of the tool; it begins when it is read.

        Newer plugins read the messages. Older ones read only the prompt and the system, and hear the rest as one text;
        so the prompt is made here and not by `model.prompt`, which would add the one to the other.
        """
        library, model = self._library, self._model
        forms = {"system": library.system, "user": library.user, "assistant": library.assistant}
        length = next((name for name in _LENGTHS if name in model.Options.model_fields), None)
        prompt = library.Prompt(
            "\n\n".join(one.text for one in said if one.role != "system"),
            model=model,
            system="\n\n".join(one.text for one in said if one.role == "system") or None,
            messages=[forms[one.role](one.text) for one in said],
            options=model.Options(**({length: most} if length else {})),
            **more,
        )
        return library.Response(prompt, model, stream)

    def _in_words(self, wrong: BaseException) -> Exception:
        if isinstance(wrong, self._library.NeedsKeyException):
            return faults.by_status(self._card, 401, {})
        status, response = getattr(wrong, "status_code", None), getattr(wrong, "response", None)
        if isinstance(status, int):  # most plugins let their client's own errors through
            return faults.by_status(self._card, status, getattr(response, "headers", {}))
        return faults.in_words(self._card, wrong)


def _has_key(model: Any) -> bool:
    try:
        return model.needs_key is None or bool(model.get_key())
    except Exception:  # noqa: BLE001 - one that does not know does not speak
        return False


def _card(model: Any) -> ModelCard:
    host = _host(model)
    return ModelCard(str(model.model_id), LlmTool.name, host, not on_this_machine(host), ROOM)


def _host(model: Any) -> str:
    """Where a model's words go. The tool does not say, so all that is not known to stay here counts as leaving."""
    if address := getattr(model, "api_base", None):
        return host_of(str(address))
    if type(model).__module__.startswith("llm.default_plugins.openai"):
        return "api.openai.com"
    return f"wherever llm sends them for {model.needs_key or model.model_id}"


async def _nothing() -> None:
    """There is no client to close."""
