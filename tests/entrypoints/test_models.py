"""edgewise models: what you have, listed, tried and chosen from the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from edgewise import read_situation
from tests.adapters.models.fakes import NAME, Server
from tests.entrypoints.conftest import Run

_NAMED = ("OLLAMA_HOST", "OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_API_KEY", "EDGEWISE_GGUF")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """An Ollama on this machine."""
    for name in _NAMED:
        monkeypatch.delenv(name, raising=False)
    begun = Server()
    begun.start()
    monkeypatch.setenv("OLLAMA_HOST", begun.host)
    yield begun
    begun.stop()


def test_what_is_here_is_listed_and_the_built_in_voice_speaks_until_one_is_chosen(run: Run, server: Server) -> None:
    told = run("models")
    assert told.returncode == 0
    assert "Who speaks now: The built-in voice." in told.stdout
    assert f"{NAME}  on this machine, at {server.host}, room for 8192 tokens" in told.stdout


def test_one_is_tried_chosen_and_left_again(run: Run, server: Server) -> None:
    tried = run("models", "try", NAME)
    assert f"{NAME}: I heard you. Not now." in tried.stdout
    assert "First words after" in tried.stdout
    chosen = run("models", "use", NAME)
    assert f"From the next conversation on: {NAME}, on this machine, at {server.host}." in chosen.stdout
    assert f"Who speaks now: {NAME}" in run("models").stdout
    assert "The built-in voice." in run("models", "use", "--none").stdout


def test_a_host_is_agreed_to_once_and_can_be_left_again(
    run: Run, home: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.ollama_model = {"remote_host": "https://ollama.com:443"}
    refused = run("models", "use", NAME, typed="\n")
    assert refused.returncode == 2
    assert "would be sent to ollama.com" in refused.stdout
    assert "Nothing was sent" in refused.stderr
    assert not (home / "models.toml").exists()
    assert "sent to ollama.com." in run("models", "use", NAME, typed="y\n").stdout
    assert "Do you agree" not in run("models", "try", NAME).stdout
    assert "Who speaks now: The built-in voice." in run("models", "forget", "ollama.com").stdout
    monkeypatch.setenv("OPENAI_API_KEY", "sk-x")
    assert "Not asked what it has, because it is another machine: api.openai.com." in run("models").stdout


def test_a_name_that_is_not_there_is_told(run: Run, server: Server) -> None:  # noqa: ARG001
    told = run("models", "try", "nobody")
    assert told.returncode == 2
    assert "There is no model called nobody here." in told.stderr


def test_what_cannot_be_opened_is_not_chosen(run: Run, home: Path, tmp_path: Path, server: Server) -> None:  # noqa: ARG001
    (home / "models").mkdir(parents=True)
    (home / "models" / "broken.gguf").write_bytes(b"GGUF, they said")
    told = run("models", "use", "broken")
    assert told.returncode == 3
    assert "broken.gguf could not be loaded." in told.stderr
    assert "Who speaks now: The built-in voice." in run("models").stdout


def test_the_interview_offers_what_they_might_say_back_and_keeps_what_rings_true(
    run: Run, home: Path, server: Server
) -> None:
    run("models", "use", NAME)
    phrase = "I'm only saying."
    variants = [{"line": "I said what I said.", "because": phrase}, {"line": "Are you done?", "because": phrase}]
    server.structured = json.dumps({"variants": variants})
    before = ["1", "Dana", "my manager", "", "short", "", "", "", phrase, "", "Who says so?", ""]
    told = run("rehearse", typed="\n".join([*before, "y", "2", "/go", "", "", "", "/end"]) + "\n")
    assert "“I said what I said.”" in told.stdout
    (kept,) = (home / "situations").glob("*.toml")
    assert read_situation(kept.read_text(encoding="utf-8")).person.comebacks == ("Who says so?", "Are you done?")


def test_a_model_that_will_not_answer_costs_the_interview_nothing(run: Run, home: Path, server: Server) -> None:
    run("models", "use", NAME)
    server.mood = "is busy"
    before = ["1", "Dana", "my manager", "", "short", "", "", "", "", "Who says so?", ""]
    told = run("rehearse", typed="\n".join([*before, "y", "/go", "", "", "", "/end"]) + "\n")
    assert "takes no more requests just now." in " ".join(told.stdout.split())
    (kept,) = (home / "situations").glob("*.toml")
    assert read_situation(kept.read_text(encoding="utf-8")).person.comebacks == ("Who says so?",)
