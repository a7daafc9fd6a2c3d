"""Where your rehearsals are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from edgewise.config import data_folder

if TYPE_CHECKING:
    import pytest


def test_the_folder_named_in_the_environment_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("EDGEWISE_HOME", str(tmp_path / "elsewhere"))
    assert data_folder() == tmp_path / "elsewhere"


def test_a_tilde_means_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("EDGEWISE_HOME", "~/rehearsals")
    assert data_folder() == tmp_path / "rehearsals"


def test_without_one_or_with_an_empty_one_the_platforms_own_folder_is_used(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("EDGEWISE_HOME", raising=False)
    assert data_folder() == user_data_path("edgewise", appauthor=False)
    monkeypatch.setenv("EDGEWISE_HOME", " ")
    assert data_folder() == user_data_path("edgewise", appauthor=False)


def test_asking_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("EDGEWISE_HOME", str(tmp_path / "elsewhere"))
    assert not data_folder().exists()
    assert isinstance(data_folder(), Path)
