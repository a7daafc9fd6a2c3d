"""What was found is offered; nothing is switched on by itself, and nothing leaves the machine without a yes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.adapters.models.aloud import Aloud
from edgewise.adapters.models.choices import Choices
from edgewise.adapters.models.hosts import host_of, on_this_machine
from edgewise.adapters.models.models import GROUP, Agreed, Models
from edgewise.adapters.models.openai_compatible import OpenAICompatible
from edgewise.errors import NotAgreedError, UnknownNameError
from edgewise.ports.language_model import LanguageModel, ModelCard, ModelSource, Said
from tests.adapters.models.fakes import NAME, WORDS, Server

ELSEWHERE = "models.example"
HERE = ModelCard("small", "fake", "localhost:1", leaves_machine=False, context=100)
FAR = ModelCard("large", "fake", ELSEWHERE, leaves_machine=True, context=100)
LYING = ModelCard("sly", "fake", ELSEWHERE, leaves_machine=False, context=100)
ASKED = (Said("user", "Can we talk?"),)


class FakeModel:
    def __init__(self, card: ModelCard) -> None:
        self.card = card
        self.closed = False

    def stream(self, said: Sequence[Said], *, most: int, stop: threading.Event | None = None) -> Iterator[str]:  # noqa: ARG002
        yield from ("No. ", "Not now.")

    def structured(self, said: Sequence[Said], schema: Mapping[str, object], *, most: int) -> str:  # noqa: ARG002
        return "{}"

    def count(self, text: str) -> int:
        return len(text)

    def close(self) -> None:
        self.closed = True


class FakeSource:
    name = "fake"

    def __init__(self, *cards: ModelCard) -> None:
        self.cards = cards
        self.opened: list[FakeModel] = []

    def found(self) -> Sequence[ModelCard]:
        return self.cards

    def open(self, card: ModelCard) -> LanguageModel:
        self.opened.append(FakeModel(card))
        return self.opened[-1]


class Broken(FakeSource):
    name = "broken"

    def found(self) -> Sequence[ModelCard]:
        raise ZeroDivisionError


def models_of(folder: Path, *sources: ModelSource) -> Models:
    return Models(folder, lambda _: sources)


def test_what_is_found_is_not_switched_on(tmp_path: Path) -> None:
    models = models_of(tmp_path, FakeSource(HERE, FAR))
    assert [card.name for card in models.look().cards] == ["small", "large"]
    assert models.chosen is None
    assert models.speaking() is None


def test_what_was_chosen_speaks_also_the_next_time_until_the_built_in_voice_is_back(tmp_path: Path) -> None:
    source = FakeSource(HERE)
    models_of(tmp_path, source).use(HERE)
    again = models_of(tmp_path, source)
    speaking = again.speaking()
    assert speaking is not None
    assert speaking.card.name == "small"
    assert again.speaking() is speaking
    models_of(tmp_path, source).use_built_in()  # another window
    assert again.speaking() is None
    assert source.opened[-1].closed


@pytest.mark.parametrize("card", [FAR, LYING])
def test_without_a_yes_no_model_on_another_machine_is_opened_tried_or_chosen(tmp_path: Path, card: ModelCard) -> None:
    source = FakeSource(card)
    models = models_of(tmp_path, source)
    for deed in (models.open, models.try_out, models.use):
        with pytest.raises(NotAgreedError, match=f"would be sent to {ELSEWHERE}"):
            deed(card)
    assert source.opened == []
    models.agree(ELSEWHERE)
    models.use(card)
    assert models.speaking() is not None


def test_a_yes_that_is_taken_back_ends_it_at_once(tmp_path: Path) -> None:
    models = models_of(tmp_path, FakeSource(FAR))
    models.agree(ELSEWHERE)
    models.use(FAR)
    assert models.speaking() is not None
    Choices(tmp_path).take_back(ELSEWHERE)
    assert models.speaking() is None


def test_a_host_struck_from_the_file_by_hand_is_asked_no_more(tmp_path: Path) -> None:
    models = models_of(tmp_path, FakeSource(FAR))
    models.agree(ELSEWHERE)
    models.use(FAR)
    assert models.speaking() is not None
    file = tmp_path / "models.toml"
    file.write_text(file.read_text().rpartition("[agreed]")[0])
    with pytest.raises(NotAgreedError):
        models.speaking()


def test_a_broken_file_of_choices_agrees_to_nothing(tmp_path: Path) -> None:
    models = models_of(tmp_path, FakeSource(FAR))
    models.agree(ELSEWHERE)
    (tmp_path / "models.toml").write_text("[agreed\nhalf written")
    assert not models.may_send_to(FAR)
    assert models.speaking() is None


def test_a_source_that_breaks_hides_no_other_and_is_told(tmp_path: Path) -> None:
    found = models_of(tmp_path, Broken(), FakeSource(HERE)).look()
    assert [card.name for card in found.cards] == ["small"]
    assert found.notes == ("“broken” broke while it was looked at (ZeroDivisionError).",)


def test_a_package_adds_a_source_by_naming_what_makes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "theirs-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text(f"[{GROUP}]\ntheirs = tests.adapters.models.test_models:theirs\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert HERE in Models(tmp_path / "home").look().cards


def theirs(agreed: Agreed) -> FakeSource:
    """What the entry point of that package names."""
    assert not agreed(ELSEWHERE)
    return FakeSource(HERE)


def test_two_models_of_one_name_are_told_apart_by_their_place(tmp_path: Path) -> None:
    other = ModelCard("small", "fake", "localhost:2", leaves_machine=False, context=1)
    models = models_of(tmp_path, FakeSource(HERE, other))
    with pytest.raises(UnknownNameError, match="“small at localhost:1”; “small at localhost:2”"):
        models.called("small")
    assert models.called("small at localhost:2") == other


def through_a_proxy(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the test's own server stand for the other machine: what would leave this one comes to it instead."""
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, f"http://{server.host}")
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://{ELSEWHERE}")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-never-to-be-found")


def remote(folder: Path) -> Models:
    def sources(agreed: Agreed) -> tuple[ModelSource, ...]:
        return (OpenAICompatible(agreed, usual=()),)

    return Models(folder, sources)


def test_another_machine_is_not_even_asked_what_it_has_before_a_yes(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    through_a_proxy(server, monkeypatch)
    models = remote(tmp_path)
    assert (models.look().cards, models.look().waiting) == ((), (ELSEWHERE,))
    assert server.heard == []
    models.agree(ELSEWHERE)
    assert [(card.name, card.leaves_machine) for card in models.look().cards] == [(NAME, True)]
    assert server.heard


def test_a_key_is_found_in_no_file(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    through_a_proxy(server, monkeypatch)
    models = remote(tmp_path)
    models.agree(ELSEWHERE)
    models.use(models.called(NAME))
    speaking = models.speaking()
    assert speaking is not None
    assert list(speaking.stream(ASKED, most=20)) == list(WORDS)
    server.mood = "refuses the key"
    with pytest.raises(Exception, match="does not accept the key"):
        list(speaking.stream(ASKED, most=20))
    models.close()
    assert server.heard[-1].headers["authorization"] == "Bearer sk-never-to-be-found"
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if b"sk-never" in path.read_bytes()] == []
    assert "sk-never" not in caplog.text


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost:11434", True),
        ("127.0.0.1", True),
        ("127.8.9.1:80", True),
        ("[::1]:8080", True),
        ("0.0.0.0:11434", True),
        ("dana.localhost", True),
        ("api.openai.com", False),
        ("192.168.1.5:11434", False),
        ("10.0.0.1", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("", False),
        ("wherever llm sends them for openai", False),
    ],
)
def test_only_loopback_is_this_machine(host: str, here: bool) -> None:  # noqa: FBT001
    assert on_this_machine(host) is here


def test_a_host_is_shown_without_what_does_not_say_where_it_is() -> None:
    assert host_of("https://user:secret@api.openai.com/v1") == "api.openai.com"
    assert host_of("http://localhost:1234/v1") == "localhost:1234"
    assert host_of("https://[::1]:8443/") == "[::1]:8443"


@given(st.text("<think/>ab \n", max_size=30), st.lists(st.integers(1, 5), max_size=30))
def test_however_an_answer_is_cut_into_pieces_the_same_is_said_aloud(text: str, lengths: list[int]) -> None:
    aloud, place, said = Aloud(), 0, ""
    for length in [*lengths, len(text) + 1]:
        said += aloud.of(text[place : place + length])
        place += length
    assert said == Aloud().of(text)


@given(st.text(max_size=30))
def test_what_is_thought_first_is_never_said(thought: str) -> None:
    thought = thought.replace("</think>", "")
    assert Aloud().of(f"<think>{thought}</think>No.") == "No."
