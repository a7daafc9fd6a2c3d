"""A key comes from the environment, else from the system's keyring; this keyring is made for the tests."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from edgewise.adapters.models.keys import keep_key, key_for
from edgewise.adapters.models.models import Models
from edgewise.errors import OperatorError
from tests.adapters.models.test_models import remote


class Drawer(KeyringBackend):
    priority = 1  # pyright: ignore[reportAssignmentType]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def drawer() -> Iterator[Drawer]:
    before, drawer = keyring.get_keyring(), Drawer()
    keyring.set_keyring(drawer)
    yield drawer
    keyring.set_keyring(before)


def test_a_key_that_was_put_into_the_keyring_is_found_there(drawer: Drawer) -> None:
    keep_key("api.openai.com", "sk-kept")
    assert list(drawer.kept.values()) == ["sk-kept"]
    assert key_for("api.openai.com", "NO_SUCH_VARIABLE") == "sk-kept"
    assert key_for("other.example", "NO_SUCH_VARIABLE") is None


def test_a_key_in_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_key("api.openai.com", "sk-kept")
    monkeypatch.setenv("A_KEY", " sk-named\n")
    assert key_for("api.openai.com", "A_KEY") == "sk-named"


def test_with_a_key_in_the_keyring_alone_openai_is_offered(tmp_path_factory: pytest.TempPathFactory) -> None:
    models: Models = remote(tmp_path_factory.mktemp("home"))
    assert models.look().waiting == ()
    keep_key("api.openai.com", "sk-kept")
    assert models.look().waiting == ("api.openai.com",)


def test_where_there_is_no_keyring_that_is_told_and_nothing_breaks() -> None:
    keyring.set_keyring(NoKeyring())
    assert key_for("api.openai.com", "NO_SUCH_VARIABLE") is None
    with pytest.raises(OperatorError, match="cannot be used here"):
        keep_key("api.openai.com", "sk-kept")
