"""Models behind any endpoint that talks as OpenAI's does: LM Studio, llama.cpp's server, vLLM, OpenAI and the rest."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cachetools import LRUCache

from edgewise.adapters.models import faults
from edgewise.adapters.models.estimate import tokens_at_most
from edgewise.adapters.models.hosts import host_of, listens, on_this_machine, reachable
from edgewise.adapters.models.keys import key_for
from edgewise.adapters.models.wire import BrokenOffError, Wire
from edgewise.errors import MissingExtraError
from edgewise.ports.language_model import LanguageModel, ModelCard, Said

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_OPENAI = "https://api.openai.com"
_KEY = "OPENAI_API_KEY"
_ADDRESSES = ("OPENAI_BASE_URL", "OPENAI_API_BASE")
#: Where LM Studio, llama.cpp's server and vLLM listen on this machine unless told otherwise.
USUAL = ("http://localhost:1234", "http://localhost:8080", "http://localhost:8000")
#: Seconds to look for what is there, and to wait for the next word of an answer.
_LOOK_S, _CONNECT_S, PATIENCE_S = 3.0, 5.0, 120.0
#: Tokens, where a server does not say: less than any model in use has, more than a rehearsal's prompt needs.
SAFE_CONTEXT = 4096
#: What servers call the room a model has, nearest to what it really is first.
_ROOM = ("loaded_context_length", "max_model_len", "context_window", "context_length", "max_context_length")
#: Parts of the names of models that do not talk.
_NO_TALKERS = ("embed", "whisper", "tts", "dall-e", "moderation", "rerank", "transcribe", "image", "sora", "realtime")
_BAD_REQUEST, _NOT_FOUND, _UNPROCESSABLE = 400, 404, 422
_COUNTED = 2000  # texts whose length is remembered


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One place to ask.

    Attributes:
        address: as it was written.
        key: what lets us in; None where nothing was given.
    """

    address: str
    key: str | None = None

    @property
    def host(self) -> str:
        """The host, as a person is shown it."""
        return host_of(self.address)

    @property
    def bases(self) -> tuple[str, ...]:
        """Where its API may begin, likeliest first: a missing /v1 is the commonest mistake in such an address."""
        given = reachable(self.address).rstrip("/").removesuffix("/chat/completions").rstrip("/")
        if not urlsplit(given).path:
            return (f"{given}/v1",)
        return (given,) if given.endswith("/v1") else (given, f"{given}/v1")


class OpenAICompatible:
    """Finds and opens them.

    Args:
        agreed: whether words may be sent to a host; one that is not agreed to is not even asked what it has.
        usual: addresses on this machine to look at besides what the environment names.
        patience_s: seconds to wait for the next word of an answer.
    """

    name = "openai"

    def __init__(
        self, agreed: Callable[[str], bool], usual: Sequence[str] = USUAL, *, patience_s: float = PATIENCE_S
    ) -> None:
        self._agreed = agreed
        self._usual = usual
        self._patience_s = patience_s

    def found(self) -> Sequence[ModelCard]:
        """The models at every endpoint that is there; a host that is not agreed to yet is one card without a name.

        Raises:
            MissingExtraError: an endpoint that the environment names is there, and the client is not installed.
        """
        endpoints = self._endpoints()
        waiting = [_card(one, "") for one in endpoints if not self._may_ask(one)]
        asked = [one for one in endpoints if self._may_ask(one) and _there(one)]
        if not asked:
            return waiting
        try:
            _client_library()
        except MissingExtraError:
            if {one.host for one in asked} & {one.host for one in _named()}:
                raise
            return waiting  # what listens at a usual port need not be a language model
        return [*waiting, *asyncio.run(_look(asked))]

    def open(self, card: ModelCard) -> LanguageModel:
        """The model of this card, its room measured.

        Raises:
            ModelError: it cannot be reached.
            MissingExtraError: the client is not installed.
        """
        endpoint = next((one for one in self._endpoints() if one.host == card.host), None)
        if endpoint is None:
            raise faults.unreachable(card)
        return OpenAIModel(card, endpoint, patience_s=self._patience_s)

    def _may_ask(self, endpoint: Endpoint) -> bool:
        return on_this_machine(endpoint.host) or self._agreed(endpoint.host)

    def _endpoints(self) -> list[Endpoint]:
        named = _named()
        hosts = {one.host for one in named}
        return [*named, *(one for one in map(Endpoint, self._usual) if one.host not in hosts)]


class OpenAIModel:
    """One model behind such an endpoint.

    Args:
        card: which model; its room is measured here.
        endpoint: where it is.
        patience_s: seconds to wait for the next word of an answer.
    """

    def __init__(self, card: ModelCard, endpoint: Endpoint, *, patience_s: float = PATIENCE_S) -> None:
        _client_library()
        self._card = card
        self._wire = Wire(self._in_words)
        self._lengths: LRUCache[str, int] = LRUCache(maxsize=_COUNTED)
        self._length = "max_tokens"
        self._counts = False
        try:
            self._client, context = self._wire.ask(lambda: _opened(card, endpoint, patience_s))
        except Exception:
            self._wire.close(_nothing)
            raise
        self._card = replace(card, context=context)
        self._counts = self._asked_to_count("Hello there.") is not None

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return self._card

    def stream(self, said: Sequence[Said], *, most: int, stop: threading.Event | None = None) -> Iterator[str]:
        """Its answer, piece by piece."""
        return self._wire.stream(lambda: self._answer(said, most), most=most, stop=stop)

    def structured(self, said: Sequence[Said], schema: Mapping[str, object], *, most: int) -> str:
        """Its answer as JSON; where the server knows no schemas, as it comes."""
        return self._wire.ask(lambda: self._in_form(said, schema, most))

    def count(self, text: str) -> int:
        """Tokens in a text: counted by the server where it does that, else rather too many than too few."""
        if not self._counts:
            return tokens_at_most(text)
        if text not in self._lengths:
            counted = self._asked_to_count(text)
            self._lengths[text] = tokens_at_most(text) if counted is None else counted
        return self._lengths[text]

    def close(self) -> None:
        """Let go of the endpoint."""
        self._wire.close(self._client.close)

    async def _answer(self, said: Sequence[Said], most: int) -> AsyncGenerator[str]:
        ended = False
        async with await self._asked(said, most, stream=True) as coming:
            async for part in coming:
                for choice in part.choices[:1]:
                    if choice.delta.content:
                        yield choice.delta.content
                    ended = ended or choice.finish_reason is not None
        if not ended:
            raise BrokenOffError

    async def _in_form(self, said: Sequence[Said], schema: Mapping[str, object], most: int) -> str:
        from openai import APIStatusError  # noqa: PLC0415 - slow to load; only who uses it waits

        form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema)}}
        try:
            whole = await self._asked(said, most, response_format=form)
        except APIStatusError as refused:
            if refused.status_code not in {_BAD_REQUEST, _UNPROCESSABLE}:
                raise
            whole = await self._asked(said, most)
        return (whole.choices[0].message.content or "") if whole.choices else ""

    async def _asked(self, said: Sequence[Said], most: int, **more: Any) -> Any:
        """One request; asked once more where the server wants the length under its newer name."""
        from openai import BadRequestError  # noqa: PLC0415 - slow to load; only who uses it waits

        if self._counts:  # llama.cpp and vLLM: they let us ask for an answer without a thought before it
            more["extra_body"] = {"chat_template_kwargs": {"enable_thinking": False}}
        asked: dict[str, Any] = {"model": self._card.name, "messages": as_messages(said), **more}
        create: Any = self._client.chat.completions.create
        try:
            return await create(**asked, **{self._length: most})
        except BadRequestError as refused:
            if "max_completion_tokens" not in str(refused) or self._length == "max_completion_tokens":
                raise
            self._length = "max_completion_tokens"
            return await create(**asked, **{self._length: most})

    def _asked_to_count(self, text: str) -> int | None:
        address = f"{_root(str(self._client.base_url))}/tokenize"
        # llama.cpp reads `content` and gives the tokens, vLLM reads `prompt` and gives their number.
        body = {"content": text, "prompt": text, "model": self._card.name}

        async def asked() -> object:
            return await self._client.post(address, cast_to=object, body=body, options={"timeout": _CONNECT_S})

        with suppress(Exception):  # whatever it says to that, it does not count
            told: Any = self._wire.ask(asked)
            return int(told["count"]) if "count" in told else len(told["tokens"])
        return None

    def _in_words(self, wrong: BaseException) -> Exception:
        return in_words(self._card, wrong)


def as_messages(said: Sequence[Said]) -> list[dict[str, str]]:
    """What was said, in the form that every such API takes."""
    return [{"role": one.role, "content": one.text} for one in said]


def in_words(card: ModelCard, wrong: BaseException) -> Exception:
    """What the client raised, told."""
    from openai import APIError, APIResponseValidationError, APIStatusError  # noqa: PLC0415 - loaded by now

    if isinstance(wrong, APIStatusError):
        return faults.by_status(card, wrong.status_code, wrong.response.headers)
    if isinstance(wrong, APIResponseValidationError):
        return faults.cut_off(card)
    cause = wrong.__cause__ if isinstance(wrong, APIError) else None
    if isinstance(wrong, APIError) and cause is None and not _is_connection(wrong):
        return faults.cut_off(card)  # told by the server in the middle of its answer
    return faults.in_words(card, cause or wrong)


def _is_connection(wrong: BaseException) -> bool:
    from openai import APIConnectionError  # noqa: PLC0415 - loaded by now

    return isinstance(wrong, APIConnectionError)


def _there(endpoint: Endpoint) -> bool:
    return not on_this_machine(endpoint.host) or listens(endpoint.bases[0])


def _client_library() -> None:
    try:
        import_module("openai")
    except ImportError as missing:
        raise MissingExtraError(
            "An endpoint for language models is here, and to talk to it a further package is needed.",
            kept="The built-in voice works without it.",
            next_step="Install it: pip install 'edgewise[openai]'",
        ) from missing


def _client(endpoint: Endpoint, base: str, patience_s: float) -> AsyncOpenAI:
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Timeout  # noqa: PLC0415 - slow to load

    here = on_this_machine(endpoint.host)
    return AsyncOpenAI(
        base_url=base,
        api_key=endpoint.key or "none",
        max_retries=0,  # the built-in voice answers sooner than a second try would
        timeout=Timeout(patience_s, connect=min(patience_s, _CONNECT_S)),
        # Words go to the host that was agreed to and to no other: no redirects, and no proxy between us and ourselves.
        http_client=DefaultAsyncHttpxClient(follow_redirects=False, trust_env=not here),
    )


def _named() -> list[Endpoint]:
    """What the environment names; OpenAI's own, where there is nothing but a key."""
    address = next((given for name in _ADDRESSES if (given := os.environ.get(name, "").strip())), "")
    if not address:
        key = key_for(host_of(_OPENAI), _KEY)
        return [Endpoint(_OPENAI, key)] if key else []
    address = address if "://" in address else f"http://{address}"
    return [Endpoint(address, key_for(host_of(address), _KEY))]


def _card(endpoint: Endpoint, name: str, context: int = 0) -> ModelCard:
    return ModelCard(name, OpenAICompatible.name, endpoint.host, not on_this_machine(endpoint.host), context)


async def _look(endpoints: Sequence[Endpoint]) -> list[ModelCard]:
    found = await asyncio.gather(*(_models_at(one) for one in endpoints))
    return [card for cards in found for card in cards]


async def _models_at(endpoint: Endpoint) -> list[ModelCard]:
    """What is there now; nothing where nobody answers in time, or not in the way we understand."""
    with suppress(Exception):
        async with asyncio.timeout(_LOOK_S):
            client, listed = await _listed(endpoint, _LOOK_S)
            await client.close()
        return [_card(endpoint, name, room) for name, room in listed.items() if _talks(name)]
    return []


async def _listed(endpoint: Endpoint, patience_s: float) -> tuple[AsyncOpenAI, dict[str, int]]:
    """A client whose API begins in the right place, and what is listed there with the room each has (0: not told)."""
    from openai import APIStatusError  # noqa: PLC0415 - slow to load

    *likelier, last = endpoint.bases
    for base in likelier:
        client = _client(endpoint, base, patience_s)
        try:
            return client, await _rooms(client)
        except APIStatusError as refused:
            await client.close()
            if refused.status_code != _NOT_FOUND:
                raise
    client = _client(endpoint, last, patience_s)
    try:
        return client, await _rooms(client)
    except Exception:
        await client.close()
        raise


async def _rooms(client: AsyncOpenAI) -> dict[str, int]:
    page = await client.models.list()
    return {one.id: _room(one.model_extra or {}) for one in page.data}


async def _opened(card: ModelCard, endpoint: Endpoint, patience_s: float) -> tuple[AsyncOpenAI, int]:
    client, rooms = await _listed(endpoint, patience_s)
    if card.name not in rooms:
        await client.close()
        raise faults.missing(card)
    return client, rooms[card.name] or await _asked_for_room(client, card.name) or SAFE_CONTEXT


async def _asked_for_room(client: AsyncOpenAI, name: str) -> int:
    """The room as llama.cpp or LM Studio tells it beside the common API; 0 where neither does."""
    root = _root(str(client.base_url))
    for address, read in ((f"{root}/props", _room_in_props), (f"{root}/api/v0/models/{name}", _room)):
        with suppress(Exception):  # whatever it says to that, it is not this server
            told = await client.get(address, cast_to=object, options={"timeout": _CONNECT_S})
            if isinstance(told, dict) and (room := read(told)):  # pyright: ignore[reportUnknownArgumentType]
                return room
    return 0


def _room(told: Mapping[str, Any]) -> int:
    meta: Any = told.get("meta")
    inner = meta.get("n_ctx") if isinstance(meta, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    for value in (inner, *(told.get(name) for name in _ROOM)):  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, int) and value > 0:
            return value
    return 0


def _room_in_props(told: Mapping[str, Any]) -> int:
    settings: Any = told.get("default_generation_settings") or {}
    room: Any = settings.get("n_ctx", 0)
    return room if isinstance(room, int) else 0


def _root(base: str) -> str:
    return base.rstrip("/").removesuffix("/v1")


def _talks(name: str) -> bool:
    return not any(part in name.lower() for part in _NO_TALKERS)


async def _nothing() -> None:
    """There is no client to close yet."""
