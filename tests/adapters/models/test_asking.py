"""How servers are found and asked: their room measured, the lengths they want, nothing sent where it should not go."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from edgewise.adapters.models.ollama import Ollama
from edgewise.adapters.models.openai_compatible import SAFE_CONTEXT, OpenAICompatible
from edgewise.errors import ModelUnreachable
from edgewise.ports.language_model import LanguageModel, ModelCard, ModelSource, Said
from tests.adapters.models.conftest import nobody
from tests.adapters.models.fakes import NAME, WORDS, Server

ASKED = (Said("system", "You are Dana."), Said("user", "Can we talk?"))


def test_what_talks_is_found_and_nothing_else(server: Server, source: ModelSource) -> None:
    found = source.found()
    assert [(card.name, card.host, card.leaves_machine) for card in found] == [(NAME, server.host, False)]


def test_words_come_as_they_are_said(server: Server, model: LanguageModel) -> None:
    assert list(model.stream(ASKED, most=50)) == list(WORDS)
    assert server.chats()[0]["messages"] == [
        {"role": "system", "content": "You are Dana."},
        {"role": "user", "content": "Can we talk?"},
    ]


def test_looking_at_what_listens_and_never_answers_ends_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as silent:  # listens and never answers
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{port}")
        for source in (Ollama(nobody), OpenAICompatible(nobody, usual=(f"http://127.0.0.1:{port}",))):
            source.found()  # what it stands on is loaded
            began = time.perf_counter()
            assert source.found() == []
            assert time.perf_counter() - began < 6


class TestOllama:
    @pytest.fixture
    def source(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> ModelSource:
        monkeypatch.setenv("OLLAMA_HOST", server.host)
        return Ollama(nobody)

    def test_room_is_asked_for_with_every_turn_because_it_would_be_cut_without_a_word(
        self, server: Server, model: LanguageModel
    ) -> None:
        list(model.stream(ASKED, most=50))
        assert server.chats()[0]["options"] == {"num_ctx": model.card.context, "num_predict": 50}
        assert not [one for one in server.heard if one.path.startswith("/v1")]

    @pytest.mark.parametrize(
        ("shown", "room"),
        [
            ({}, 8192),
            ({"model_info": {"llama.context_length": 2048}}, 2048),
            ({"parameters": "temperature 1\nnum_ctx 4096\n"}, 4096),
            ({"parameters": "num_ctx 16384\n"}, 16384),
        ],
    )
    def test_the_room_is_what_the_model_has_or_was_set_to(
        self, server: Server, source: ModelSource, shown: dict[str, Any], room: int
    ) -> None:
        server.ollama_shown = shown
        model = source.open(source.found()[0])
        assert model.card.context == room
        model.close()

    def test_a_model_that_only_measures_texts_is_not_offered(self, server: Server, source: ModelSource) -> None:
        server.ollama_shown = {"capabilities": ["embedding"]}
        assert source.found() == []

    def test_a_model_that_thinks_is_asked_not_to(self, server: Server, source: ModelSource) -> None:
        server.ollama_shown = {"capabilities": ["completion", "thinking"]}
        model = source.open(source.found()[0])
        list(model.stream(ASKED, most=50))
        assert server.chats()[0]["think"] is False
        model.close()

    def test_a_model_whose_words_are_passed_on_says_to_where(self, server: Server, source: ModelSource) -> None:
        server.ollama_model = {"remote_host": "https://ollama.com:443", "remote_model": "big"}
        card = source.found()[0]
        assert (card.host, card.leaves_machine) == ("ollama.com", True)

    def test_a_model_that_begins_to_pass_words_on_is_not_asked(self, server: Server, source: ModelSource) -> None:
        card = source.found()[0]
        server.ollama_model = {"remote_host": "https://ollama.com:443"}
        with pytest.raises(ModelUnreachable, match="somewhere else"):
            source.open(card)
        assert server.chats() == []

    def test_an_answer_in_form_is_asked_for_with_its_schema(self, server: Server, model: LanguageModel) -> None:
        assert model.structured(ASKED, {"type": "object"}, most=50) == '{"a": 1}'
        assert server.chats()[0]["format"] == {"type": "object"}


class TestOpenAICompatible:
    @pytest.fixture
    def source(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> ModelSource:
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://{server.host}")
        return OpenAICompatible(nobody, usual=())

    @pytest.mark.parametrize("written", ["http://{}", "http://{}/", "http://{}/v1", "http://{}/v1/", "{}"])
    @pytest.mark.parametrize("variable", ["OPENAI_BASE_URL", "OPENAI_API_BASE"])
    def test_an_address_is_understood_as_people_write_it(
        self, server: Server, monkeypatch: pytest.MonkeyPatch, written: str, variable: str
    ) -> None:
        monkeypatch.setenv(variable, written.format(server.host))
        assert [card.name for card in OpenAICompatible(nobody, usual=()).found()] == [NAME]

    @pytest.mark.parametrize(
        ("told", "room"),
        [
            ({}, SAFE_CONTEXT),
            ({"max_model_len": 32768}, 32768),
            ({"context_length": 16384}, 16384),
            ({"meta": {"n_ctx": 2048, "n_ctx_train": 8192}}, 2048),
            ({"loaded_context_length": 4000, "max_context_length": 99999}, 4000),
            ({"context_length": "much"}, SAFE_CONTEXT),
        ],
    )
    def test_the_room_is_what_the_server_tells_else_what_every_model_has(
        self, server: Server, source: ModelSource, told: dict[str, Any], room: int
    ) -> None:
        server.openai_model = told
        model = source.open(source.found()[0])
        assert model.card.context == room
        model.close()

    def test_a_key_goes_to_the_endpoint_it_was_given_for_and_to_no_other(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-for-somebody-else")
        OpenAICompatible(nobody, usual=(f"http://{server.host}",)).found()
        assert server.heard
        assert not [one for one in server.heard if "sk-for" in str(one.headers)]
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://{server.host}")
        OpenAICompatible(nobody, usual=()).found()
        assert server.heard[-1].headers["authorization"] == "Bearer sk-for-somebody-else"

    def test_a_server_that_wants_the_length_under_its_newer_name_gets_it(
        self, server: Server, model: LanguageModel
    ) -> None:
        server.mood = "wants the newer name"
        assert list(model.stream(ASKED, most=50)) == list(WORDS)
        assert list(model.stream(ASKED, most=50)) == list(WORDS)
        assert [("max_tokens" in body, "max_completion_tokens" in body) for body in server.chats()] == [
            (True, False),
            (False, True),
            (False, True),
        ]

    def test_a_server_that_knows_no_schemas_is_asked_without(self, server: Server, model: LanguageModel) -> None:
        server.mood = "knows no schemas"
        assert model.structured(ASKED, {"type": "object"}, most=50) == '{"a": 1}'

    def test_what_goes_to_this_machine_takes_no_detour_over_a_proxy(
        self, server: Server, source: ModelSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        assert source.found()
        monkeypatch.setenv("OLLAMA_HOST", server.host)
        assert Ollama(nobody).found()


def test_a_model_that_is_gone_from_its_list_is_told(server: Server, source: ModelSource) -> None:
    server.mood = "has no such model"
    card = source.found()[0]
    gone = ModelCard("erin:1b", card.source, card.host, leaves_machine=False, context=0)
    if source.name == "openai":
        with pytest.raises(Exception, match="There is no model called erin:1b"):
            source.open(gone)
