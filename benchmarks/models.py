"""What a language model costs and is worth in a rehearsal: measured on one llama.cpp server, in one run.

A small real model (`small_model.py`; its words are poor, and the guard must show it) plays a whole rehearsal three
times with the same words of yours, each time recorded on its way:

- ours: through the pages' own API, the prompt as Edgewise lays it out;
- what changes first: the same way, but the direction of the turn stands before the rest, as when mood and task are
  written into the system prompt;
- naive: a chat loop as it is usually written, with the whole conversation after a system prompt that says how they feel
  now. It has no guard and no engine; it is here for its cost.

Printed are tokens of prompt the server worked through for the first line of a turn and the time to the first shown
word, at the beginning and at the end of the rehearsal; what became of the lines; and our own overhead: from the first
byte of an endpoint that answers at once with an authored line, to the first word in the page's stream, in the turns in
which that line was shown.

python -m benchmarks.models [--turns 30] [--overhead-turns 60]
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
import xllamacpp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from benchmarks.small_model import small_model
from edgewise import Edgewise, MemoryStore, example, preset
from edgewise.adapters.models.openai_compatible import Endpoint, OpenAIModel
from edgewise.counterpart.speak.repertoire import built_in_repertoire
from edgewise.entrypoints.web.application import application
from edgewise.ports.language_model import ModelCard
from edgewise.rehearsal import CounterpartTurn
from edgewise.take import Move, Take

DATA = Path(__file__).parent / "data" / "user_turns.jsonl"
NAME, ROOM = "small", 8192
#: Seconds until the built-in voice answers. Longer here than for people: what is measured is the whole answer.
PATIENCE_S = 120.0
OVERHEAD_MS = 15.0
_WINDOW = 5  # turns at the beginning and at the end that are compared
_FLAT = 1.5  # times as many tokens at the end as at the beginning, which still counts as flat
_MOST_TOKENS = 60
#: Moves whose authored lines fit most turns.
_FITTING = (Move.MINIMISE, Move.JUSTIFY, Move.DENY, Move.PRESS)


@dataclass
class Passed:
    """One request on its way to the model, and what came back.

    Attributes:
        first_byte: when the first words of the answer came by, in seconds of the performance counter.
        evaluated: tokens of the prompt worked through for it, as the server says; None when it did not come to that.
    """

    messages: list[dict[str, str]]
    first_byte: float = 0.0
    said: str = ""
    evaluated: int | None = None


@dataclass
class Recorder:
    """Stands between Edgewise and the model.

    Attributes:
        changing_first: put the last message before everything else on its way.
        at_once: answer with lines that fit instead of asking the model.
    """

    behind: str
    changing_first: bool = False
    at_once: bool = False
    passed: list[Passed] = field(default_factory=list)
    _fitting: Iterator[str] = field(default_factory=lambda: itertools.cycle(_authored()))

    def app(self) -> Starlette:
        """What listens for Edgewise."""
        rest = [Route(path, self._through, methods=["GET", "POST"]) for path in ("/v1/models", "/props", "/tokenize")]
        return Starlette(routes=[*rest, Route("/v1/chat/completions", self._chat, methods=["POST"])])

    async def _through(self, request: Request) -> Response:
        async with httpx.AsyncClient(timeout=60) as client:
            body = await request.body()
            told = await client.request(request.method, f"{self.behind}{request.url.path}", content=body)
        return JSONResponse(told.json(), status_code=told.status_code)

    async def _chat(self, request: Request) -> Response:
        body: dict[str, Any] = await request.json()
        if self.changing_first:
            system, *others, last = body["messages"]
            direction = last["content"].rpartition("[")[2]
            body["messages"] = [{**system, "content": f"[{direction}\n{system['content']}"}, *others, last]
        again = (
            self.changing_first and "last try could not" in body["messages"][0]["content"]
        )  # only the first line is measured
        self.passed.append(Passed(body["messages"]))
        stream = self._line() if self.at_once or again else self._answer(body, self.passed[-1])
        return StreamingResponse(stream, media_type="text/event-stream")

    async def _answer(self, body: dict[str, Any], passed: Passed) -> AsyncIterator[bytes]:
        async for piece in _streamed(f"{self.behind}/v1/chat/completions", body, passed):
            yield piece

    async def _line(self) -> AsyncIterator[bytes]:
        passed = self.passed[-1]
        passed.said = next(self._fitting)
        delta = {"index": 0, "delta": {"content": passed.said}, "finish_reason": None}
        end = {"index": 0, "delta": {}, "finish_reason": "stop"}
        part = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": NAME}
        passed.first_byte = time.perf_counter()
        yield b"data: " + json.dumps({**part, "choices": [delta]}).encode() + b"\n\n"
        yield b"data: " + json.dumps({**part, "choices": [end]}).encode() + b"\n\ndata: [DONE]\n\n"


async def _streamed(address: str, body: dict[str, Any], passed: Passed) -> AsyncIterator[bytes]:
    """An answer as it comes, what matters of it noted on the way."""
    async with httpx.AsyncClient(timeout=300) as client, client.stream("POST", address, json=body) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data: {"):
                told = json.loads(line.removeprefix("data: "))
                words = "".join(one["delta"].get("content") or "" for one in told.get("choices", ()))
                if words and not passed.first_byte:
                    passed.first_byte = time.perf_counter()
                passed.said += words
                passed.evaluated = told.get("timings", {}).get("prompt_n", passed.evaluated)
            yield f"{line}\n".encode()


@dataclass(frozen=True)
class Turn:
    """One turn of a rehearsal.

    Attributes:
        first_word_s: seconds from sending your words to their first shown word; None where nothing was said.
        first_word_at: when that was.
        asked: the requests it took.
        shown: what was shown.
        replaced: whether the built-in voice spoke for the model.
    """

    first_word_s: float | None
    first_word_at: float
    asked: tuple[Passed, ...]
    shown: str
    replaced: bool


def main(given: Sequence[str] | None = None) -> None:
    """Print what each part measured."""
    parser = argparse.ArgumentParser(description="What a language model costs and is worth in a rehearsal.")
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--overhead-turns", type=int, default=60)
    asked = parser.parse_args([] if given is None else given)
    yours = [json.loads(line)["text"] or "..." for line in DATA.read_text(encoding="utf-8").splitlines()]
    lines = yours[: asked.turns]
    print(f"{os.cpu_count()} processors; {os.getloadavg()[0]:.1f} programs were running on them before this began\n")
    with _llama() as behind:
        _overhead(behind, yours[-asked.overhead_turns :])
        print(f"\n{'':22} {'tokens worked through a turn':>32} {'s to the first shown word':>32}")
        print(f"{'':22} {'first turns':>16}{'last turns':>16} {'first turns':>16}{'last turns':>16}")
        ours = _rehearsed(Recorder(behind), lines)
        _costs("ours", [_first(turn) for turn in ours], [turn.first_word_s for turn in ours], flat=True)
        _lines(ours)
        changing = _rehearsed(Recorder(behind, changing_first=True), lines)
        _costs("what changes first", [_first(turn) for turn in changing], [turn.first_word_s for turn in changing])
        naive = asyncio.run(_naive(behind, lines, ours))
        _costs("naive chat loop", [one.evaluated for one, _ in naive], [first for _, first in naive])


def _first(turn: Turn) -> int | None:
    return turn.asked[0].evaluated if turn.asked else None


def _costs(name: str, tokens: Sequence[int | None], seconds: Sequence[float | None], *, flat: bool = False) -> None:
    counted, timed = [one for one in tokens if one is not None], [one for one in seconds if one is not None]
    # The first turn has the whole prompt before it, whoever asks.
    early, late = statistics.mean(counted[1 : 1 + _WINDOW]), statistics.mean(counted[-_WINDOW:])
    soon, later = statistics.median(timed[1 : 1 + _WINDOW]), statistics.median(timed[-_WINDOW:])
    aimed = f"   (target flat: {'met' if late <= _FLAT * early else 'MISSED'})" if flat else ""
    print(f"{name:22} {early:16.0f}{late:16.0f} {soon:16.2f}{later:16.2f}{aimed}", flush=True)


def _lines(turns: Sequence[Turn]) -> None:
    spoken = [turn for turn in turns if turn.asked]
    refused = sum(len(turn.asked) - (not turn.replaced) for turn in spoken)
    print(f"  its lines, in {len(spoken)} turns in which it was asked:")
    for name, count, of in (
        ("shown as it came", sum(len(turn.asked) == 1 and not turn.replaced for turn in spoken), len(spoken)),
        ("shown after one rewrite", sum(len(turn.asked) > 1 and not turn.replaced for turn in spoken), len(spoken)),
        ("replaced by the built-in voice", sum(turn.replaced for turn in spoken), len(spoken)),
        ("refused, of all its lines", refused, sum(len(turn.asked) for turn in spoken)),
    ):
        print(f"    {name:32} {count:4} of {of:4}  {count / max(1, of):5.0%}", flush=True)


def _authored() -> list[str]:
    """Lines without anything to fill in, one move after the other."""
    lines = [line for move in _FITTING for line in built_in_repertoire().serving(move)]
    return [line.says for line in lines if line.says and not line.slots]


def _overhead(behind: str, lines: Sequence[str]) -> None:
    recorder = Recorder(behind, at_once=True)
    spent = [
        1000 * (turn.first_word_at - turn.asked[0].first_byte)
        for turn in _rehearsed(recorder, lines)
        if turn.asked and not turn.replaced and turn.shown == turn.asked[0].said
    ]
    p95 = statistics.quantiles(spent, n=20)[-1] if len(spent) > 1 else float("nan")
    met = "met" if p95 <= OVERHEAD_MS else "MISSED"
    print(f"our overhead, endpoint's first byte to the page's first word, {len(spent)} turns of {len(lines)}")
    print(
        f"  p50 {statistics.median(spent):.1f} ms, p95 {p95:.1f} ms   (target p95 ≤ {OVERHEAD_MS:g} ms: {met})",
        flush=True,
    )


def _rehearsed(recorder: Recorder, lines: Sequence[str]) -> list[Turn]:
    """A rehearsal through the pages' API; nobody walks out of it, so that it lasts."""
    take: Take = preset("defensive").model_copy(update={"walks_out": False})
    with _listening(recorder.app()) as address, tempfile.TemporaryDirectory() as folder:
        model = OpenAIModel(ModelCard(NAME, "openai", None, leaves_machine=False, context=0), Endpoint(address))
        edgewise = Edgewise(store=MemoryStore(), language_model=lambda: model, patience_s=PATIENCE_S)
        edgewise.warm_up()
        begun = edgewise.begin(example("belittling-manager"), take, seed=7).rehearsal.id
        with (
            _listening(application(edgewise, Path(folder))) as pages,
            httpx.Client(base_url=pages, timeout=300) as client,
        ):
            turns = [_said(client, edgewise, begun, line, recorder) for line in lines]
        model.close()
        return turns


def _said(client: httpx.Client, edgewise: Edgewise, rehearsal: str, line: str, recorder: Recorder) -> Turn:
    sent = {"text": line, "seen": len(edgewise.rehearsal(rehearsal).turns)}
    before, began, first = len(recorder.passed), time.perf_counter(), 0.0
    asking = {"Accept": "text/event-stream"}
    with client.stream("POST", f"/api/rehearsals/{rehearsal}/turns", json=sent, headers=asking) as answer:
        answer.raise_for_status()
        for told in answer.iter_lines():
            if told == "event: words" and not first:
                first = time.perf_counter()
    asked, turn = tuple(recorder.passed[before:]), edgewise.rehearsal(rehearsal).turns[-1]
    replaced = isinstance(turn, CounterpartTurn) and turn.voiced is not None and turn.voiced.why is not None
    return Turn(first - began if first else None, first, asked, turn.text, replaced)


async def _naive(behind: str, lines: Sequence[str], ours: Sequence[Turn]) -> list[tuple[Passed, float]]:
    """A chat loop as it is usually written; how they feel is taken from what ours was told in the same turn."""
    history: list[dict[str, str]] = []
    told: list[tuple[Passed, float]] = []
    who = next(turn.asked[0].messages[0]["content"] for turn in ours if turn.asked)
    direction = ""
    for line, turn in zip(lines, ours, strict=True):
        if turn.asked:
            direction = turn.asked[0].messages[-1]["content"].rpartition("[")[2].rstrip("]")
        history.append({"role": "user", "content": line})
        messages = [{"role": "system", "content": f"{direction}\n\n{who}"}, *history]
        body = {"model": NAME, "messages": messages, "stream": True, "max_tokens": _MOST_TOKENS}
        passed, began = Passed(messages), time.perf_counter()
        async for _ in _streamed(f"{behind}/v1/chat/completions", body, passed):
            pass
        told.append((passed, passed.first_byte - began))
        history.append({"role": "assistant", "content": passed.said})
    return told


@contextmanager
def _llama() -> Generator[str]:
    """A llama.cpp server with the small model, on all processors but one."""
    params = xllamacpp.CommonParams()
    params.model.path = str(small_model())
    params.model_alias = {NAME}
    params.n_ctx = ROOM
    params.n_parallel = 1
    # Prompts of other rehearsals that are kept in memory would make all of them look cheap.
    params.cache_ram_mib = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = max(1, (os.cpu_count() or 2) - 1)
    params.verbosity = -1
    server = xllamacpp.Server(params)
    yield server.listening_address
    del server


@contextmanager
def _listening(app: Any) -> Iterator[str]:
    """An application, served on this machine."""
    with socket.socket(proto=socket.IPPROTO_TCP) as place:  # named as TCP, small pieces are sent at once
        place.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{place.getsockname()[1]}"
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1:])
