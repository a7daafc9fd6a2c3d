"""Whatever a server does, it is told as one kind of trouble, with what to do; nobody waits for ever."""

from __future__ import annotations

import threading
import time

import pytest

from edgewise.errors import (
    ModelBusy,
    ModelCutOff,
    ModelError,
    ModelMissing,
    ModelRefusedKey,
    ModelSaidNothing,
    ModelTooSlow,
    ModelUnreachable,
)
from edgewise.ports.language_model import LanguageModel, ModelSource, Said
from tests.adapters.models.fakes import WORDS, Server

ASKED = (Said("system", "You are Dana."), Said("user", "Can we talk?"))
KINDS: dict[str, type[ModelError]] = {
    "refuses the key": ModelRefusedKey,
    "has no such model": ModelMissing,
    "is busy": ModelBusy,
    "is loading": ModelBusy,
    "breaks": ModelError,
    "sends elsewhere": ModelUnreachable,
    "is slow": ModelTooSlow,
    "is cut off": ModelCutOff,
    "stops without an end": ModelCutOff,
    "breaks in the middle": ModelCutOff,
    "sends no UTF-8": ModelCutOff,
    "sends gibberish": ModelCutOff,
    "says nothing": ModelSaidNothing,
}


@pytest.mark.parametrize("mood", KINDS)
def test_each_trouble_is_told_by_its_kind_and_with_the_next_step(
    server: Server, model: LanguageModel, mood: str
) -> None:
    server.mood = mood
    with pytest.raises(ModelError) as told:
        list(model.stream(ASKED, most=50))
    assert type(told.value) is KINDS[mood]
    assert told.value.next_step
    assert told.value.kept
    assert "secret" not in str(told.value)


def test_words_do_not_follow_a_server_that_sends_them_elsewhere(server: Server, model: LanguageModel) -> None:
    server.mood = "sends elsewhere"
    with pytest.raises(ModelUnreachable, match="somewhere else, and they were not sent"):
        list(model.stream(ASKED, most=50))
    assert "/elsewhere" not in {one.path for one in server.heard}


def test_what_came_before_the_trouble_was_heard(server: Server, model: LanguageModel) -> None:
    server.mood = "is cut off"
    heard: list[str] = []
    with pytest.raises(ModelCutOff):
        heard.extend(model.stream(ASKED, most=50))
    assert heard == ["I hea"]


def test_after_a_trouble_the_next_answer_comes(server: Server, model: LanguageModel) -> None:
    server.mood = "is cut off"
    with pytest.raises(ModelCutOff):
        list(model.stream(ASKED, most=50))
    server.mood = "well"
    assert "".join(model.stream(ASKED, most=50)) == "".join(WORDS)


def test_a_server_that_has_gone_is_told(server: Server, source: ModelSource) -> None:
    model = source.open(source.found()[0])
    server.stop()
    with pytest.raises(ModelUnreachable, match=f"Nothing answers at {server.host}"):
        list(model.stream(ASKED, most=50))
    model.close()
    assert source.found() == []


def test_an_endless_answer_ends_where_it_was_to_end(server: Server, model: LanguageModel) -> None:
    server.mood = "is endless"
    assert len(list(model.stream(ASKED, most=20))) == 20
    assert server.left.wait(2)


def test_whoever_stops_listening_waits_no_longer_and_the_server_is_let_go(server: Server, model: LanguageModel) -> None:
    server.mood = "is endless"
    stop = threading.Event()
    began = time.perf_counter()
    for heard, _ in enumerate(model.stream(ASKED, most=10_000, stop=stop)):
        if heard == 3:
            stop.set()
    assert time.perf_counter() - began < 2
    assert server.left.wait(2)


def test_stopping_before_the_first_word_ends_the_waiting(server: Server, model: LanguageModel) -> None:
    server.mood = "is slow"
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    began = time.perf_counter()
    assert list(model.stream(ASKED, most=50, stop=stop)) == []
    assert time.perf_counter() - began < 0.45


def test_a_busy_server_says_when_it_may_be_asked_again(
    server: Server, source: ModelSource, model: LanguageModel
) -> None:
    server.mood = "is busy"
    with pytest.raises(ModelBusy) as told:
        list(model.stream(ASKED, most=50))
    # Ollama's client does not pass on what the answer's headers say.
    assert told.value.retry_after_s == (7 if source.name == "openai" else None)


def test_a_thought_before_the_answer_is_not_said(server: Server, model: LanguageModel) -> None:
    server.mood = "thinks first"
    assert "".join(model.stream(ASKED, most=50)).strip() == "".join(WORDS)
