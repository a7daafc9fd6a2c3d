"""How soon `edgewise serve` shows a page, how soon it answers a turn, and how many people it can talk with at once.

Measured on this machine, with the server in a process of its own and its data in a folder made for the occasion:

- start: from launching the command to the first page served with 200; a new data folder each time, the median of five;
- first words: from sending a turn to the first event of the answer, one rehearsal, one turn after the other;
- load: 200 rehearsals at once, each sending a turn every half second, or as soon as it has its answer where that takes
  longer. A turn's time ends with its last event. When they walk out, another rehearsal is begun. Afterwards every turn
  that was sent, and every answer that came, is looked for in the data folder: what is not there, or reads otherwise, is
  lost. Then the same 200 at slower and quicker paces, to find the quickest at which the target is kept.

Turns are one or two lines of `data/user_turns.jsonl`. Beside it stands a chat page made with Gradio that says your
words back (`peers/echo.py`) and understands, keeps and decides nothing. It is installed into an environment of its own
in the machine's cache folder, and called as Gradio's documentation says programs call it: one request sends the words,
another has the answer as it comes.

python -m benchmarks.server [--seconds 60] [--without-peer]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import httpx
from platformdirs import user_cache_path

from edgewise.adapters.examples import example_names
from edgewise.bootstrap import edgewise
from edgewise.config import HOME_VARIABLE
from edgewise.rehearsal import CounterpartTurn, heard

DATA = Path(__file__).parent / "data" / "user_turns.jsonl"
ECHO = Path(__file__).parent / "peers" / "echo.py"
STARTS, TURNS, TALKS, EVERY_S = 5, 100, 200, 0.5
RATES, RATE_S = (20, 40, 80, 120, 160, 200, 300), 8.0
#: What is aimed at: seconds, and milliseconds at the 95th percentile.
START_S, FIRST_MS, LOAD_MS = 1.5, 100, 250
_KEPT_UP = 0.95  # share of the turns that were due that must have been taken for a pace to count as kept
_LONGEST_START = 120.0  # seconds
_TRIED = 3  # times to begin another rehearsal, where the server refuses that too
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    pid: int
    address: str
    started_s: float

    def megabytes(self) -> float:
        """What it holds in memory now; not a number where the system does not say."""
        status = Path(f"/proc/{self.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), float("nan"))

    def cpu_s(self) -> float:
        """Processor seconds it has used; not a number where the system does not say."""
        stat = Path(f"/proc/{self.pid}/stat")
        parts = stat.read_text().rpartition(")")[2].split() if stat.exists() else []
        return (int(parts[11]) + int(parts[12])) / _TICKS if parts else float("nan")


@dataclass(frozen=True)
class Answered:
    """One turn that was answered: seconds to the first event and to the last, and whether they left."""

    first_s: float
    whole_s: float
    left: bool = False


class Talk(Protocol):
    """One conversation with a server."""

    async def begin(self) -> None:
        """Begin it, or another one."""
        ...

    async def say(self, text: str) -> Answered:
        """Say something and hear the answer to its end.

        Raises:
            httpx.HTTPError: it was refused, or no answer came.
        """
        ...


@dataclass
class Rehearsed:
    """A talk with `edgewise serve`, and everything that was said in it."""

    client: httpx.AsyncClient
    number: int
    id: str = ""
    seen: int = 0
    begun: int = 0
    said: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)

    async def begin(self) -> None:
        """Begin a rehearsal."""
        self.begun += 1
        names, seed = example_names(), self.number + 1000 * self.begun
        beginning = {"example": names[self.number % len(names)], "seed": seed}
        answer = (await self.client.post("/api/rehearsals", json=beginning)).raise_for_status().json()
        self.id, self.seen = answer["id"], len(answer["turns"])
        self.said[self.id] = []

    async def say(self, text: str) -> Answered:
        """Say something and hear the answer to its end."""
        self.said[self.id].append((text, None))
        began = time.perf_counter()
        try:
            first, told = await self._heard(text)
        except httpx.HTTPStatusError as error:
            if error.response.status_code != httpx.codes.UNPROCESSABLE_ENTITY:
                raise
            # Practice stopped over these words. They are lines of a benchmark: nobody is in danger.
            (await self.client.post("/api/not-meant", json={"said": text})).raise_for_status()
            first, told = await self._heard(text)
        whole = time.perf_counter() - began
        done = json.loads(told.rpartition(b"data: ")[2])
        self.said[self.id][-1] = text, done["text"]
        self.seen += 2
        return Answered(first - began, whole, left=done["leaves"])

    async def _heard(self, text: str) -> tuple[float, bytes]:
        return await _heard(self.client, "POST", f"/api/rehearsals/{self.id}/turns", {"text": text, "seen": self.seen})


@dataclass
class Echoed:
    """A talk with Gradio's echo."""

    client: httpx.AsyncClient

    async def begin(self) -> None:
        """Nothing has to be begun."""

    async def say(self, text: str) -> Answered:
        """Say something and hear it back to its end."""
        began = time.perf_counter()
        sent = (await self.client.post("/gradio_api/call/chat", json={"data": [text]})).raise_for_status().json()
        first, told = await _heard(self.client, "GET", f"/gradio_api/call/chat/{sent['event_id']}")
        if b"event: error" in told:
            raise httpx.DecodingError(told.decode())
        return Answered(first - began, time.perf_counter() - began)


async def _heard(client: httpx.AsyncClient, method: str, path: str, sent: object = None) -> tuple[float, bytes]:
    """When the first event came, and all of them."""
    first, told = 0.0, bytearray()
    async with client.stream(method, path, json=sent, headers={"Accept": "text/event-stream"}) as answer:
        answer.raise_for_status()
        async for part in answer.aiter_raw():
            told += part
            if not first and b"event: " in told:
                first = time.perf_counter()
    return first, bytes(told)


@dataclass(frozen=True)
class Loaded:
    """What became of so many talks at once."""

    answered: tuple[Answered, ...]
    sent: int
    due: float
    took_s: float
    refused: Counter[str]

    def milliseconds(self, percent: int) -> float:
        """How long a turn took to its last event, at this percentile."""
        return _at(percent, [one.whole_s for one in self.answered])

    @property
    def keeps(self) -> bool:
        """Whether the target was met, nothing was refused, and the pace was kept."""
        return self.milliseconds(95) <= LOAD_MS and not self.refused and self.sent >= _KEPT_UP * self.due


async def _load(talks: Sequence[Talk], lines: Sequence[str], every_s: float, seconds: float) -> Loaded:
    """Let all of them talk at once, each at its own moments, evenly spread."""
    answered: list[Answered] = []
    refused = Counter[str]()
    sent, began = 0, time.perf_counter()

    async def hold(number: int, talk: Talk) -> None:
        nonlocal sent
        dice, due = random.Random(number), began + every_s * number / len(talks)
        while due < began + seconds:
            await asyncio.sleep(due - time.perf_counter())
            due = max(due + every_s, time.perf_counter())
            sent += 1
            try:
                answered.append(await talk.say(_words(lines, dice)))
                left = answered[-1].left
            except httpx.HTTPError as error:
                refused[_why(error)] += 1
                left = True
            if left:
                await _begin_another(talk)

    await asyncio.gather(*(hold(number, talk) for number, talk in enumerate(talks)))
    took = max(seconds, time.perf_counter() - began)
    return Loaded(tuple(answered), sent, len(talks) * seconds / every_s, took, refused)


async def _begin_another(talk: Talk) -> None:
    for _ in range(_TRIED):
        with suppress(httpx.HTTPError):
            await talk.begin()
            return


def _why(error: httpx.HTTPError) -> str:
    return str(error.response.status_code) if isinstance(error, httpx.HTTPStatusError) else type(error).__name__


async def _begun(talks: Sequence[Talk]) -> None:
    for talk in talks:
        await talk.begin()


def _words(lines: Sequence[str], dice: random.Random) -> str:
    return " ".join(dice.choice(lines) for _ in range(dice.randint(1, 2)))


def _client(server: Server) -> httpx.AsyncClient:
    # A connection is let go of before the server does that, so that neither talks into a closed one.
    limits = httpx.Limits(max_connections=None, keepalive_expiry=2.0)
    return httpx.AsyncClient(base_url=server.address, timeout=60, limits=limits)


def _lost(folder: Path, talks: Sequence[Rehearsed]) -> tuple[int, int]:
    """How many turns are kept, and how many that were sent are not, or not with the answer that came."""
    kept, lost, store = 0, 0, edgewise(folder).store
    for rehearsal_id, said in ((name, said) for talk in talks for name, said in talk.said.items()):
        turns = store.load(rehearsal_id).turns
        kept += sum(not isinstance(turn, CounterpartTurn) for turn in turns)
        for place, (text, answer) in enumerate(said):
            pair = [turn.text for turn in turns[1 + 2 * place : 3 + 2 * place]]
            lost += answer is None or pair != [heard(text).text, answer]
    return kept, lost


def main(given: Sequence[str] | None = None) -> None:
    """Print what each part measured."""
    parser = argparse.ArgumentParser(description="How quick and how steady the server is.")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long the load lasts")
    parser.add_argument("--without-peer", action="store_true", help="measure Edgewise alone")
    asked = parser.parse_args([] if given is None else given)
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors; {load:.1f} programs were running on them before this began\n")
    python = None if asked.without_peer else _peer()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _start(place, python)
        _first_words(place, python)
        _under_load(place, asked.seconds)
        _paces(place, python)


def _start(place: Path, python: Path | None) -> None:
    ours, theirs = list[float](), list[float]()
    for number in range(STARTS + 1):  # the first of each is not counted: it compiles what the rest find compiled
        with _edgewise(place, f"start-{number}") as server:
            ours.append(server.started_s)
        if python is not None:
            with _echo(place, python) as server:
                theirs.append(server.started_s)
    _row("start to first page, median", statistics.median(ours[1:]), "s", target=START_S)
    if python is not None:
        _row("  Gradio's echo", statistics.median(theirs[1:]), "s")


def _first_words(place: Path, python: Path | None) -> None:
    with _edgewise(place, "words") as server:
        times, began = asyncio.run(_one_talk(server, lambda client: Rehearsed(client, 0)))
    _row("beginning, to the end of their first words", began * 1000, "ms")
    _row("a turn to its first words, p50", _at(50, times), "ms")
    _row("a turn to its first words, p95", _at(95, times), "ms", target=FIRST_MS)
    if python is not None:
        with _echo(place, python) as server:
            times, _ = asyncio.run(_one_talk(server, Echoed))
        _row("  Gradio's echo, p50", _at(50, times), "ms")
        _row("  Gradio's echo, p95", _at(95, times), "ms")


async def _one_talk(server: Server, talk_with: Callable[[httpx.AsyncClient], Talk]) -> tuple[list[float], float]:
    """Seconds to the first words of each turn, and how long it took to begin."""
    dice, lines, times = random.Random(5), _lines(), list[float]()
    async with _client(server) as client:
        talk = talk_with(client)
        before = time.perf_counter()
        await talk.begin()
        began = time.perf_counter() - before
        for _ in range(TURNS):
            answered = await talk.say(_words(lines, dice))
            times.append(answered.first_s)
            if answered.left:
                await talk.begin()
    return times, began


def _under_load(place: Path, seconds: float) -> None:
    with _edgewise(place, "load") as server:
        loaded, talks, told = asyncio.run(_ours_under_load(server, seconds))
    kept, lost = _lost(place / "load", talks)
    due = TALKS / EVERY_S
    print(f"\n{TALKS} rehearsals at once, a turn each {EVERY_S} s ({due:.0f} a second due), {seconds:.0f} s")
    _row("a turn to its last event, p50", loaded.milliseconds(50), "ms")
    _row("a turn to its last event, p95", loaded.milliseconds(95), "ms", target=LOAD_MS)
    _row("turns a second reached", len(loaded.answered) / loaded.took_s, "")
    refused = ", ".join(f"{count} x {what}" for what, count in loaded.refused.items()) or "none"
    print(f"sent {loaded.sent}, answered {len(loaded.answered)}, refused {loaded.refused.total()} ({refused})")
    print(f"kept {kept}; lost {lost}   (target none: {'MISSED' if lost else 'met'}; what was refused counts as lost)")
    for name, value, unit in told:
        _row(name, value, unit)


async def _ours_under_load(
    server: Server, seconds: float
) -> tuple[Loaded, list[Rehearsed], list[tuple[str, float, str]]]:
    async with _client(server) as client:
        talks = [Rehearsed(client, number) for number in range(TALKS)]
        idle = server.megabytes()
        await _begun(talks)
        held, cpu, mine = server.megabytes(), server.cpu_s(), time.process_time()
        loaded = await _load(talks, _lines(), EVERY_S, seconds)
        used, mine = server.cpu_s() - cpu, time.process_time() - mine
        told = [
            ("server's processor time a turn", 1000 * used / max(1, len(loaded.answered)), "ms"),
            ("processors the server kept busy", used / loaded.took_s, ""),
            ("processors this client kept busy", mine / loaded.took_s, ""),
            ("server memory before any rehearsal", idle, "MB"),
            (f"server memory with {TALKS} begun", held, "MB"),
            ("server memory after", server.megabytes(), "MB"),
        ]
    return loaded, talks, told


def _paces(place: Path, python: Path | None) -> None:
    print(f"\n{TALKS} rehearsals at once, so many turns a second between them, {RATE_S:.0f} s each")
    print(f"{'due':>8} {'reached':>8} {'p50 ms':>8} {'p95 ms':>8}")
    with _edgewise(place, "paces") as server:
        ours = asyncio.run(_quickest(server, Rehearsed))
    _row(f"quickest with p95 ≤ {LOAD_MS} ms, turns a second", ours, "")
    if python is not None:
        print("Gradio's echo:")
        with _echo(place, python) as server:
            theirs = asyncio.run(_quickest(server, lambda client, _number: Echoed(client)))
        _row(f"  quickest with p95 ≤ {LOAD_MS} ms, turns a second", theirs, "")


async def _quickest(server: Server, talk_with: Callable[[httpx.AsyncClient, int], Talk]) -> float:
    """The quickest pace that was kept; stops after the second that was not."""
    best, missed = 0.0, 0
    async with _client(server) as client:
        talks = [talk_with(client, number) for number in range(TALKS)]
        await _begun(talks)
        for rate in RATES:
            loaded = await _load(talks, _lines(), TALKS / rate, RATE_S)
            reached = len(loaded.answered) / loaded.took_s
            print(f"{rate:8} {reached:8.1f} {loaded.milliseconds(50):8.0f} {loaded.milliseconds(95):8.0f}", end="")
            print(f"  refused {loaded.refused.total()}" if loaded.refused else "")
            best, missed = (float(rate), 0) if loaded.keeps else (best, missed + 1)
            if missed == 2:
                break
    return best


@contextmanager
def _edgewise(place: Path, name: str) -> Iterator[Server]:
    """`edgewise serve`, with a data folder of this name."""
    port = _free_port()
    command = [sys.executable, "-m", "edgewise", "serve", "--no-browser", "--port", str(port)]
    with _running(command, port, place, {HOME_VARIABLE: str(place / name)}) as server:
        yield server


@contextmanager
def _echo(place: Path, python: Path) -> Iterator[Server]:
    """Gradio's echo."""
    port = _free_port()
    quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"}
    with _running([str(python), str(ECHO), str(port)], port, place, quiet) as server:
        yield server


@contextmanager
def _running(command: list[str], port: int, place: Path, env: dict[str, str]) -> Iterator[Server]:
    """A server, from its first page on; both compile their modules into the same folder, as an installer would."""
    address, base = f"http://127.0.0.1:{port}", {**os.environ, "PYTHONPYCACHEPREFIX": str(place / "compiled")}
    base.pop("PYTHONDONTWRITEBYTECODE", None)
    with (place / f"{port}.log").open("wb") as log:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=base | env, stdout=log, stderr=log)  # noqa: S603 - our own commands
        try:
            _wait(process, address, began)
            yield Server(process.pid, address, time.perf_counter() - began)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, began: float) -> None:
    with httpx.Client() as client:
        while time.perf_counter() - began < _LONGEST_START and process.poll() is None:
            try:
                if client.get(address).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.01)
    raise SystemExit(f"{' '.join(map(str, process.args))} did not start.")  # type: ignore[arg-type]


def _peer() -> Path | None:
    """The Python of an environment that has Gradio in it, made where the machine keeps what can be made again."""
    folder = user_cache_path("edgewise-benchmarks", appauthor=False) / "gradio"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    try:
        if not python.exists():
            _quietly([sys.executable, "-m", "venv", str(folder)])
        if _version(python) is None:
            _quietly([str(python), "-m", "pip", "install", "--quiet", "gradio"])
    except (OSError, subprocess.SubprocessError) as failed:
        print(f"(Gradio could not be installed, so nothing is measured beside it: {failed})\n")
        return None
    print(f"beside Gradio {_version(python)}\n")
    return python


def _version(python: Path) -> str | None:
    asking = "from importlib.metadata import version; print(version('gradio'))"
    told = subprocess.run([str(python), "-c", asking], check=False, capture_output=True, text=True)  # noqa: S603 - our own
    return told.stdout.strip() or None


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=600)  # noqa: S603 - our own commands


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _lines() -> list[str]:
    return [json.loads(line)["text"] or "..." for line in DATA.read_text(encoding="utf-8").splitlines()]


def _at(percent: int, seconds: Sequence[float]) -> float:
    """Milliseconds at this percentile."""
    return statistics.quantiles(seconds, n=100)[percent - 1] * 1000 if len(seconds) > 1 else float("nan")


def _row(name: str, value: float, unit: str, *, target: float | None = None) -> None:
    aimed = "" if target is None else f"   (target ≤ {target:g} {unit}: {'met' if value <= target else 'MISSED'})"
    places = 2 if unit == "s" or (not unit and value < 10) else 0 if unit == "MB" else 1
    print(f"{name:52} {value:9.{places}f} {unit}{aimed}".rstrip())


if __name__ == "__main__":
    main(sys.argv[1:])
