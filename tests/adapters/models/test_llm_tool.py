"""The models of the llm tool, through its own library; its plugin here is made for the test, and its folder empty."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import llm
import pytest

from edgewise.adapters.models.llm_tool import LlmTool
from edgewise.adapters.models.models import GROUP, leaves_machine
from edgewise.errors import ModelMissing, ModelRefusedKey
from edgewise.ports.language_model import ModelCard, Said
from tests.adapters.models.conftest import nobody


class Parrot(llm.Model):
    model_id = "parrot"
    can_stream = True
    seen: ClassVar[list[Any]] = []

    class Options(llm.Options):
        max_tokens: int | None = None

    def execute(self, prompt: Any, stream: bool, response: Any, conversation: Any) -> Iterator[str]:  # noqa: ARG002, FBT001
        self.seen.append(prompt)
        yield from ("You ", "said: ", prompt.prompt)


class Keyed(llm.KeyModel):
    model_id = "keyed"
    needs_key = "somebody"
    key_env_var = "SOMEBODYS_KEY"

    def execute(self, prompt: Any, stream: bool, response: Any, conversation: Any, key: str | None) -> Iterator[str]:  # noqa: ARG002, FBT001
        yield str(bool(key))


class Plugin:
    @llm.hookimpl
    def register_models(self, register: Any) -> None:
        register(Parrot())
        register(Keyed())


@pytest.fixture(autouse=True)
def _plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path / "llm"))
    monkeypatch.delenv("SOMEBODYS_KEY", raising=False)
    plugin = Plugin()
    llm.pm.register(plugin)
    yield
    llm.pm.unregister(plugin)


def card(name: str) -> ModelCard:
    return next(one for one in LlmTool().found() if one.name == name)


def test_models_with_a_key_and_models_that_need_none_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {one.name for one in LlmTool().found()} == {"parrot"}
    monkeypatch.setenv("SOMEBODYS_KEY", "k")
    assert {one.name for one in LlmTool().found()} == {"parrot", "keyed"}
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert card("gpt-4o").host == "api.openai.com"


def test_where_words_go_is_not_known_so_they_count_as_leaving() -> None:
    assert leaves_machine(card("parrot"))


def test_it_is_told_everything_in_both_of_the_forms_that_plugins_read() -> None:
    model = LlmTool().open(card("parrot"))
    said = [Said("system", "You are Dana."), Said("user", "Hello."), Said("assistant", "Hm."), Said("user", "Can we?")]
    assert "".join(model.stream(said, most=30)) == "You said: Hello.\n\nHm.\n\nCan we?"
    prompt = Parrot.seen[-1]
    assert prompt.system == "You are Dana."
    assert [one.role for one in prompt.messages] == ["system", "user", "assistant", "user"]
    assert prompt.options.max_tokens == 30
    model.close()


def test_a_key_that_has_gone_and_a_model_that_has_gone_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMEBODYS_KEY", "k")
    keyed = card("keyed")
    monkeypatch.delenv("SOMEBODYS_KEY")
    model = LlmTool().open(keyed)
    with pytest.raises(ModelRefusedKey):
        list(model.stream([Said("user", "Hello.")], most=5))
    model.close()
    with pytest.raises(ModelMissing):
        LlmTool().open(ModelCard("nobody", "llm", "x", leaves_machine=True, context=0))


def test_it_comes_in_as_any_package_would_add_its_own() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["entry-points"][GROUP]["llm"].partition(":")
    made = getattr(import_module(module), name)(nobody)
    assert "parrot" in {one.name for one in made.found()}
