"""Models of Ollama, by its own chat API.

Not by the one that talks as OpenAI's does: that one cuts a long prompt without a word, and has no way to ask for room.
"""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from edgewise.adapters.models import faults
from edgewise.adapters.models.estimate import tokens_at_most
from edgewise.adapters.models.hosts import host_of, listens, on_this_machine, reachable
from edgewise.adapters.models.openai_compatible import as_messages
from edgewise.adapters.models.wire import BrokenOffError, Wire
from edgewise.errors import MissingExtraError
from edgewise.ports.language_model import LanguageModel, ModelCard, Said

if TYPE_CHECKING:
    from ollama import AsyncClient

VARIABLE = "OLLAMA_HOST"
_PORT = 11434
#: Tokens of room asked for: a rehearsal's prompt fits well, and more would only take memory. What a model was set to
#: in its own Modelfile counts more.
ROOM = 8192
#: How long Ollama keeps a model ready between two turns: some silences are long.
_READY = "30m"
_LOOK_S, _CONNECT_S, PATIENCE_S = 3.0, 5.0, 120.0
_SET_ROOM = re.compile(r"^num_ctx\s+(\d+)", re.MULTILINE)
#: What stands for a byte that is no UTF-8, once the client has read it.
_UNREADABLE = "\ufffd"
_THINKS_ANYWAY = "gpt-oss"  # it cannot be told not to, only to keep it short


class Ollama:
    """Finds and opens them.

    Args:
        agreed: whether words may be sent to a host; one that is not agreed to is not even asked what it has.
        patience_s: seconds to wait for the next word of an answer.
    """

    name = "ollama"

    def __init__(self, agreed: Callable[[str], bool], *, patience_s: float = PATIENCE_S) -> None:
        self._agreed = agreed
        self._patience_s = patience_s

    def found(self) -> Sequence[ModelCard]:
        """The models Ollama has; its host as one card without a name, where it is not agreed to yet.

        Raises:
            MissingExtraError: Ollama is there, and its client is not installed.
        """
        host = host_of(_address())
        if not (on_this_machine(host) or self._agreed(host)):
            return [ModelCard("", self.name, host, leaves_machine=True, context=0)]
        if on_this_machine(host) and not listens(_address()):
            return []
        _library()
        wire = Wire(lambda wrong: RuntimeError(type(wrong).__name__))
        client = _client(_LOOK_S)
        try:
            return wire.ask(lambda: _looked_at(client))
        except RuntimeError:  # nobody there, or not in time
            return []
        finally:
            wire.close(client.close)

    def open(self, card: ModelCard) -> LanguageModel:
        """The model of this card, its room measured.

        Raises:
            ModelError: it cannot be reached, or is gone.
            MissingExtraError: the client is not installed.
        """
        _library()
        return OllamaModel(card, patience_s=self._patience_s)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What Ollama says about one model.

    Attributes:
        room: tokens it will have.
        talks: whether it answers in words; some only measure texts.
        thinks: whether it would think first.
    """

    room: int
    talks: bool
    thinks: bool


class OllamaModel:
    """One model of Ollama.

    Args:
        card: which model; its room is measured here.
        patience_s: seconds to wait for the next word of an answer.
    """

    def __init__(self, card: ModelCard, *, patience_s: float = PATIENCE_S) -> None:
        self._card = card
        self._wire = Wire(self._in_words)
        self._client = _client(patience_s)
        self._chat: Any = self._client.chat  # pyright: ignore[reportUnknownMemberType] - typed in part only
        try:
            self._shown = self._wire.ask(self._look)
        except Exception:
            self.close()
            raise
        self._card = replace(card, context=self._shown.room)

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return self._card

    def stream(self, said: Sequence[Said], *, most: int, stop: threading.Event | None = None) -> Iterator[str]:
        """Its answer, piece by piece."""
        return self._wire.stream(lambda: self._answer(said, most), most=most, stop=stop)

    def structured(self, said: Sequence[Said], schema: Mapping[str, object], *, most: int) -> str:
        """Its answer as JSON that follows the schema."""

        async def asked() -> str:
            whole: Any = await self._chat(**self._asked(said, most), format=dict(schema))
            return str(whole.message.content or "")

        return self._wire.ask(asked)

    def count(self, text: str) -> int:
        """Tokens in a text, rather too many than too few: Ollama does not count for us."""
        return tokens_at_most(text)

    def close(self) -> None:
        """Let go of Ollama; it keeps the model for a while."""
        self._wire.close(self._client.close)

    async def _look(self) -> _Shown:
        shown, host = await _shown(self._client, self._card.name), host_of(_address())
        if (await _passed_on()).get(self._card.name, host) != self._card.host:
            raise faults.elsewhere(self._card)
        return shown

    async def _answer(self, said: Sequence[Said], most: int) -> AsyncGenerator[str]:
        ended = False
        coming: Any = await self._chat(**self._asked(said, most), stream=True)
        async for part in coming:
            ended = ended or bool(part.done)
            words = str(part.message.content or "")
            if _UNREADABLE in words:
                raise BrokenOffError
            yield words
        if not ended:
            raise BrokenOffError

    def _asked(self, said: Sequence[Said], most: int) -> dict[str, Any]:
        thinking = {"think": "low" if self._card.name.startswith(_THINKS_ANYWAY) else False}
        return {
            "model": self._card.name,
            "messages": as_messages(said),
            "options": {"num_ctx": self._card.context, "num_predict": most},
            "keep_alive": _READY,
            **(thinking if self._shown.thinks else {}),
        }

    def _in_words(self, wrong: BaseException) -> Exception:
        from ollama import ResponseError  # noqa: PLC0415 - loaded by now

        if isinstance(wrong, ResponseError):
            # Without a status it was told in the middle of the answer.
            told = wrong.status_code > 0
            return faults.by_status(self._card, wrong.status_code, {}) if told else faults.cut_off(self._card)
        return faults.in_words(self._card, wrong)


def _address() -> str:
    """Where Ollama is, as its own client would read it."""
    given = os.environ.get(VARIABLE, "").strip()
    scheme, found, rest = given.partition("://")
    if not found:
        scheme, rest = "http", given
    parts = urlsplit(f"{scheme}://{rest}")
    name = parts.hostname or "localhost"
    usual = {"http": 80, "https": 443}.get(scheme, _PORT) if found else _PORT
    shown = f"[{name}]" if ":" in name else name
    return f"{scheme}://{shown}:{parts.port or usual}{parts.path.rstrip('/')}"


def _client(patience_s: float) -> AsyncClient:
    from httpx import Timeout  # noqa: PLC0415 - comes with the client
    from ollama import AsyncClient  # noqa: PLC0415 - an extra

    address = _address()
    return AsyncClient(
        host=reachable(address),
        timeout=Timeout(patience_s, connect=min(patience_s, _CONNECT_S)),
        # Words go to the host that was agreed to and to no other: no redirects, and no proxy between us and ourselves.
        follow_redirects=False,
        trust_env=not on_this_machine(host_of(address)),
    )


async def _looked_at(client: AsyncClient) -> list[ModelCard]:
    async with asyncio.timeout(_LOOK_S):
        return await _listed(client)


async def _listed(client: AsyncClient) -> list[ModelCard]:
    here = host_of(_address())
    passed_on = await _passed_on()
    cards: list[ModelCard] = []
    for name in [one.model or "" for one in (await client.list()).models]:
        with suppress(Exception):  # one that cannot be shown is not offered
            shown = await _shown(client, name)
            host = passed_on.get(name, here)
            if shown.talks:
                cards.append(ModelCard(name, Ollama.name, host, not on_this_machine(host), shown.room))
    return cards


async def _shown(client: AsyncClient, name: str) -> _Shown:
    told = await client.show(name)
    trained = [int(value) for key, value in (told.modelinfo or {}).items() if key.endswith(".context_length")]
    was_set = _SET_ROOM.search(told.parameters or "")
    able = told.capabilities or ["completion"]
    room = int(was_set[1]) if was_set else ROOM
    return _Shown(min([room, *trained]), talks="completion" in able, thinks="thinking" in able)


async def _passed_on() -> dict[str, str]:
    """The models whose words this machine's Ollama only passes on, each with the host it passes them to.

    Asked without the client: it leaves out what is not in its own form, and this is not.
    """
    from httpx import AsyncClient as Http  # noqa: PLC0415 - comes with the client

    address = reachable(_address())
    if not on_this_machine(host_of(address)):
        return {}  # it is elsewhere in any case, and says so
    async with Http(timeout=_CONNECT_S, trust_env=False) as http:
        told: dict[str, Any] = (await http.get(f"{address}/api/tags")).raise_for_status().json()
    models: list[dict[str, Any]] = told.get("models") or []
    return {str(one.get("model")): _host(str(one["remote_host"])) for one in models if one.get("remote_host")}


def _host(address: str) -> str:
    return host_of(address if "://" in address else f"https://{address}")


def _library() -> None:
    try:
        import_module("ollama")
    except ImportError as missing:
        raise MissingExtraError(
            "Ollama is here, and to talk to it a further package is needed.",
            kept="The built-in voice works without it.",
            next_step="Install it: pip install 'edgewise[ollama]'",
        ) from missing
