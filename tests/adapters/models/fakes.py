"""A server that talks as Ollama does and as OpenAI's API does, in whatever mood a test wants it."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

WORDS = ("I ", "heard ", "you. ", "Not ", "now.")
NAME = "dana:3b"
#: Moods that are a status, as servers give it.
STATUSES = {"refuses the key": 401, "has no such model": 404, "is busy": 429, "is loading": 503, "breaks": 500}
#: What it says in some moods; its usual words in all others.
TOLD = {"says nothing": ("",), "thinks first": ("<thi", "nk>What do they ", "want?</think>", "\n\n", *WORDS)}


@dataclass
class Heard:
    """One request, as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Server:
    """What it does, and what it heard."""

    mood: str = "well"
    #: What it answers when structured output is asked for.
    structured: str = '{"a": 1}'
    heard: list[Heard] = field(default_factory=list)
    #: What it says about its models, beside their names.
    openai_model: dict[str, Any] = field(default_factory=dict)
    ollama_model: dict[str, Any] = field(default_factory=dict)
    ollama_shown: dict[str, Any] = field(default_factory=dict)
    #: Set when whoever listened to an endless answer has gone.
    left: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def chats(self) -> list[dict[str, Any]]:
        """What was asked of the model."""
        return [one.body for one in self.heard if one.path.endswith(("/api/chat", "/chat/completions"))]

    def start(self) -> None:
        listening = socket.socket(proto=socket.IPPROTO_TCP)
        listening.bind(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self._listening = listening
        self._server = uvicorn.Server(
            uvicorn.Config(
                _as_a_proxy(self._app()),
                log_config=None,
                access_log=False,
                ws="none",
                lifespan="off",
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/tags", self._tags),
                Route("/api/show", self._show, methods=["POST"]),
                Route("/api/chat", self._ollama_chat, methods=["POST"]),
                Route("/elsewhere", self._openai_chat, methods=["POST"]),
                Route("/v1/models", self._models),
                Route("/v1/chat/completions", self._openai_chat, methods=["POST"]),
            ]
        )

    async def _note(self, request: Request) -> dict[str, Any]:
        raw = await request.body()
        body = json.loads(raw) if raw else {}
        self.heard.append(Heard(request.url.path, dict(request.headers), body))
        return body

    async def _tags(self, request: Request) -> Response:
        await self._note(request)
        return JSONResponse({"models": [{"name": NAME, "model": NAME, "size": 1, **self.ollama_model}]})

    async def _show(self, request: Request) -> Response:
        await self._note(request)
        shown = {"capabilities": ["completion"], "model_info": {"llama.context_length": 131072}}
        return JSONResponse({**shown, **self.ollama_shown})

    async def _models(self, request: Request) -> Response:
        await self._note(request)
        others = [{"id": "text-embedding-3", "object": "model"}]
        return JSONResponse({"object": "list", "data": [{"id": NAME, "object": "model", **self.openai_model}, *others]})

    async def _ollama_chat(self, request: Request) -> Response:
        body = await self._note(request)
        if refused := self._refused():
            return refused
        if not body.get("stream"):
            return JSONResponse(
                {"model": NAME, "done": True, "message": {"role": "assistant", "content": self.structured}}
            )
        return StreamingResponse(self._pieces(_ollama_piece, _ollama_end()), media_type="application/x-ndjson")

    async def _openai_chat(self, request: Request) -> Response:
        body = await self._note(request)
        if refused := self._refused():
            return refused
        if self.mood == "knows no schemas" and "response_format" in body:
            return JSONResponse({"error": {"message": "response_format is not supported"}}, status_code=400)
        if self.mood == "wants the newer name" and "max_tokens" in body:
            told = "Unsupported parameter: use 'max_completion_tokens' instead."
            return JSONResponse({"error": {"message": told}}, status_code=400)
        if not body.get("stream"):
            choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": self.structured}}
            return JSONResponse(
                {"id": "x", "object": "chat.completion", "created": 1, "model": NAME, "choices": [choice]}
            )
        return StreamingResponse(self._pieces(_openai_piece, _openai_end()), media_type="text/event-stream")

    def _refused(self) -> Response | None:
        if self.mood == "sends elsewhere":
            return RedirectResponse(f"http://localhost:{self.port}/elsewhere", status_code=307)
        if status := STATUSES.get(self.mood):
            headers = {"retry-after": "7"} if self.mood == "is busy" else {}
            return JSONResponse({"error": "sk-secret is not welcome"}, status_code=status, headers=headers)
        return None

    async def _pieces(self, piece: Callable[[str], bytes], end: bytes) -> AsyncIterator[bytes]:
        if self.mood == "is slow":
            await asyncio.sleep(3)
        if self.mood == "is endless":
            async for part in self._endless(piece):
                yield part
        if broken := self._broken(piece):
            for part in broken:
                yield part
            if self.mood == "is cut off":
                raise ConnectionAbortedError
            return
        for word in TOLD.get(self.mood, WORDS):
            yield piece(word)
        yield end

    async def _endless(self, piece: Callable[[str], bytes]) -> AsyncIterator[bytes]:
        try:
            while True:
                yield piece("and ")
                await asyncio.sleep(0.002)
        finally:
            self.left.set()

    def _broken(self, piece: Callable[[str], bytes]) -> list[bytes]:
        """What it sends in a mood in which no good end comes."""
        openai = piece is _openai_piece
        return {
            "is cut off": [piece("I hea")],
            "stops without an end": [piece("I hea")],
            "breaks in the middle": [piece("I hea"), _openai_trouble() if openai else b'{"error": "out of memory"}\n'],
            "sends no UTF-8": [
                piece("caf xyz").replace(b"xyz", b"\xff\xfe"),
                _openai_end() if openai else _ollama_end(),
            ],
            "sends gibberish": [b"data: {not json}\n\n" if openai else b"{not json}\n"],
        }.get(self.mood, [])


def _as_a_proxy(app: Starlette) -> ASGIApp:
    """Whoever is asked as a proxy hears the whole address; the server behind it hears only its path."""

    async def within(scope: Scope, receive: Receive, send: Send) -> None:
        path = urlsplit(scope["path"]).path
        await app({**scope, "path": path, "raw_path": path.encode()}, receive, send)

    return within


def _ollama_piece(text: str) -> bytes:
    part = {"model": NAME, "done": False, "message": {"role": "assistant", "content": text}}
    return json.dumps(part, ensure_ascii=False).encode() + b"\n"


def _ollama_end() -> bytes:
    part = {"model": NAME, "done": True, "done_reason": "stop", "message": {"role": "assistant", "content": ""}}
    return json.dumps(part).encode() + b"\n"


def _openai_part(choice: dict[str, Any]) -> bytes:
    part = {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": NAME,
        "choices": [{"index": 0, **choice}],
    }
    return b"data: " + json.dumps(part, ensure_ascii=False).encode() + b"\n\n"


def _openai_piece(text: str) -> bytes:
    return _openai_part({"delta": {"content": text}, "finish_reason": None})


def _openai_end() -> bytes:
    return _openai_part({"delta": {}, "finish_reason": "stop"}) + b"data: [DONE]\n\n"


def _openai_trouble() -> bytes:
    return b'data: {"error": {"message": "out of memory", "code": 500}}\n\n'
