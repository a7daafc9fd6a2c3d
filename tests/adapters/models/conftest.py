"""A server in any mood, and the two ways of asking it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from edgewise.adapters.models.ollama import Ollama
from edgewise.adapters.models.openai_compatible import OpenAICompatible
from edgewise.ports.language_model import LanguageModel, ModelSource
from tests.adapters.models.fakes import Server

Opened = Callable[[], LanguageModel]
_NAMED = ("OLLAMA_HOST", "OLLAMA_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_API_KEY", "EDGEWISE_GGUF")
PATIENCE_S = 0.5


@pytest.fixture(autouse=True)
def _nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set up on the machine of whoever runs the tests is none of their business."""
    for name in _NAMED:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    begun = Server()
    begun.start()
    yield begun
    begun.stop()


def nobody(host: str) -> bool:  # noqa: ARG001
    """No host was agreed to."""
    return False


@pytest.fixture(params=["ollama", "openai"])
def source(request: pytest.FixtureRequest, server: Server, monkeypatch: pytest.MonkeyPatch) -> ModelSource:
    """Each way of asking such a server; the address is written as people write it, without /v1."""
    if request.param == "ollama":
        monkeypatch.setenv("OLLAMA_HOST", server.host)
        return Ollama(nobody, patience_s=PATIENCE_S)
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://{server.host}")
    return OpenAICompatible(nobody, usual=(), patience_s=PATIENCE_S)


@pytest.fixture
def model(source: ModelSource) -> Iterator[LanguageModel]:
    opened = source.open(source.found()[0])
    yield opened
    opened.close()
