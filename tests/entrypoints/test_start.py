"""Starting, and the small commands."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from edgewise import __version__, preset_names
from edgewise.entrypoints.cli.app import app
from edgewise.situation import read_situation


def test_the_version_is_said_without_loading_anything_slow():
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "edgewise", "--version"], capture_output=True, text=True, check=True
    )
    assert told.stdout == f"edgewise {__version__}\n"
    for slow in ("typer", "pydantic", "sqlalchemy", "rich", "prompt_toolkit", "rapidfuzz"):
        assert f" {slow}\n" not in told.stderr


def test_asking_for_help_loads_no_database_and_no_terminal_library():
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "edgewise", "--help"], capture_output=True, text=True, check=True
    )
    assert "rehearse" in told.stdout
    for slow in ("sqlalchemy", "alembic", "prompt_toolkit"):
        assert f" {slow}\n" not in told.stderr


def test_the_version_can_also_be_asked_for_among_other_words():
    told = CliRunner().invoke(app, ["--version"])
    assert (told.exit_code, told.output) == (0, f"edgewise {__version__}\n")


@pytest.mark.usefixtures("home")
def test_every_take_is_listed_with_its_promise():
    told = CliRunner().invoke(app, ["takes"])
    assert told.exit_code == 0
    assert all(name in told.output for name in preset_names())


@pytest.mark.usefixtures("home")
def test_an_example_is_printed_so_that_it_can_be_copied():
    assert "belittling-manager" in CliRunner().invoke(app, ["examples"]).output
    told = CliRunner().invoke(app, ["examples", "--show", "belittling-manager"])
    assert read_situation(told.output).person.name


@pytest.mark.usefixtures("home")
def test_an_example_that_is_mistyped_is_guessed_at():
    told = CliRunner().invoke(app, ["examples", "--show", "belitling-manager"])
    assert told.exit_code == 2
    assert "Did you mean belittling-manager?" in told.stderr


@pytest.mark.usefixtures("home")
def test_a_list_with_nothing_in_it_says_how_to_begin():
    assert "edgewise rehearse" in CliRunner().invoke(app, ["list"]).output


def test_an_unknown_command_is_refused_without_a_traceback(run):
    told = run("rehears")
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
