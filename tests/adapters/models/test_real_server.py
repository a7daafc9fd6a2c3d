"""Against a real llama.cpp server and a real model, small and poor of words: the wiring, not the conversation."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import xllamacpp
from benchmarks.small_model import small_model

from edgewise.adapters.models.estimate import tokens_at_most
from edgewise.adapters.models.gguf import GgufFiles
from edgewise.adapters.models.models import Models
from edgewise.adapters.models.openai_compatible import OpenAICompatible
from edgewise.errors import ModelFileError, ModelMissing, ModelRefusedKey
from edgewise.ports.language_model import LanguageModel, Said
from tests.adapters.models.conftest import nobody

KEY = "a-key-of-the-tests"
ROOM = 2048
TURNS = Path(__file__).parents[3] / "benchmarks" / "data" / "user_turns.jsonl"
ASKED = (
    Said("system", "You are Dana, a manager who is short of time. " * 12),
    Said("user", "In the meeting you cut me off."),
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A llama.cpp server on this machine that wants a key."""
    params = xllamacpp.CommonParams()
    params.model.path = str(small_model())
    params.model_alias = {"small"}
    params.api_keys = [KEY]
    params.n_ctx = ROOM
    params.cache_ram_mib = 64
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.endpoint_metrics = True
    params.verbosity = -1
    server = xllamacpp.Server(params)
    yield server.listening_address
    del server


@pytest.fixture
def model(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[LanguageModel]:
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    source = OpenAICompatible(nobody, usual=())
    opened = source.open(source.found()[0])
    yield opened
    opened.close()


def evaluated(address: str) -> int:
    """Tokens of prompts this server has worked through so far."""
    told = httpx.get(f"{address}/metrics", headers={"Authorization": f"Bearer {KEY}"}).text
    line = next(line for line in told.splitlines() if line.startswith("llamacpp:prompt_tokens_total"))
    return int(line.split()[1])


def test_the_room_is_what_the_server_has_and_its_tokens_are_its_own(model: LanguageModel, address: str) -> None:
    assert (model.card.name, model.card.context, model.card.leaves_machine) == ("small", ROOM, False)
    text = "You cut me off, twice, in front of everybody."
    body = {"content": text}
    told = httpx.post(f"{address}/tokenize", json=body, headers={"Authorization": f"Bearer {KEY}"}).json()
    assert model.count(text) == len(told["tokens"])


def test_words_come_one_by_one_and_what_stays_the_same_is_not_worked_through_again(
    model: LanguageModel, address: str
) -> None:
    before = evaluated(address)
    first = list(model.stream(ASKED, most=12))
    between = evaluated(address)
    again = [*ASKED, Said("assistant", "".join(first)), Said("user", "Let me finish.")]
    assert len(list(model.stream(again, most=12))) > 1
    after = evaluated(address)
    assert len(first) > 1
    assert between - before > 100
    assert after - between < 40


def test_an_answer_in_form_follows_the_schema(model: LanguageModel) -> None:
    schema = {"type": "object", "properties": {"colour": {"type": "string"}}, "required": ["colour"]}
    told = json.loads(model.structured([Said("user", "Name a colour as JSON.")], schema, most=60))
    assert isinstance(told["colour"], str)


def test_a_server_that_is_stopped_in_its_answer_is_free_for_the_next_one(model: LanguageModel) -> None:
    stop = threading.Event()
    for place, _ in enumerate(model.stream(ASKED, most=1500, stop=stop)):
        if place == 2:
            stop.set()
    began = time.perf_counter()
    assert list(model.stream(ASKED, most=2))
    assert time.perf_counter() - began < 4  # the whole of the other answer takes half a minute


def test_a_wrong_key_is_told(model: LanguageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong")
    with pytest.raises(ModelRefusedKey) as told:
        OpenAICompatible(nobody, usual=()).open(model.card)
    assert "sk-wrong" not in str(told.value)


def test_no_turn_is_longer_in_tokens_than_is_reckoned_where_nobody_counts(model: LanguageModel) -> None:
    turns = [json.loads(line)["text"] for line in TURNS.read_text(encoding="utf-8").splitlines()[::5]]
    turns += ["Ça suffit, arrête ça tout de suite !", "你总是打断我。", "😡😡😡 why", "x" * 60, "1234567890 1234567890"]
    assert [text for text in turns if model.count(text) > tokens_at_most(text)] == []


def test_a_file_speaks_in_this_process_and_leaves_when_it_is_let_go(tmp_path: Path) -> None:
    (tmp_path / "dana.gguf").symlink_to(small_model())
    models = Models(tmp_path / "home", lambda _: (GgufFiles([tmp_path]),))
    card = models.called("dana")
    assert (card.host, card.leaves_machine) == (None, False)
    tried = models.try_out(card)
    assert tried.said
    assert 0 < tried.first_words_s < tried.ready_s
    assert tried.tokens_a_second > 1
    assert tried.card.context == 8192


def test_what_is_no_model_is_told_and_a_file_that_has_gone_as_well(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF, they said")
    files = GgufFiles([tmp_path])
    card = files.found()[0]
    with pytest.raises(ModelFileError, match=r"broken\.gguf could not be loaded"):
        files.open(card)
    broken.unlink()
    with pytest.raises(ModelMissing):
        files.open(card)
