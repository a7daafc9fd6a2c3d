from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import edgewise
from edgewise.counterpart.perceive import Act
from edgewise.counterpart.speak.line import SLOTS
from edgewise.take import Curveball, Mood, Move, preset_names

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs_as_printed() -> None:
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example.group(1)], capture_output=True, text=True, check=True
    )
    assert "Did I say what I came to say?" in done.stdout


def test_the_readme_names_every_take() -> None:
    assert all(f"`{name}`" in README for name in preset_names())


def test_everything_public_is_there_and_nothing_else_is_promised() -> None:
    for name in edgewise.__all__:
        assert getattr(edgewise, name) is not None
    assert set(edgewise._WHERE) == set(edgewise.__all__)


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    declared = re.findall(r'^  "([a-z-]+)[><=]', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert declared
    assert [name for name in declared if name not in reasons] == []


def test_every_move_act_mood_and_slot_is_explained_where_lines_are_written() -> None:
    page = (ROOT / "docs" / "repertoire.md").read_text(encoding="utf-8")
    for word in [*Move, *Act, *Mood, *Curveball]:
        assert f"`{word.value}`" in page, word
    for slot in SLOTS:
        assert f"`{{{slot}}}`" in page, slot
