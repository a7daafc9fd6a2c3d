"""A passphrase, put on and taken away at the terminal; and what is saved from a damaged file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from edgewise import example, preset
from edgewise.adapters.storage.copies import FILE_NAME
from edgewise.adapters.storage.keys import is_locked
from edgewise.adapters.storage.locking import lock
from edgewise.bootstrap import edgewise as open_edgewise
from tests.entrypoints.conftest import Run, Terminal

PASSPHRASE = "a long walk by the sea"  # noqa: S105 - it opens nothing but this
ANOTHER = "four words that rhyme"


@pytest.fixture
def rehearsed(home: Path) -> str:
    opened = open_edgewise(home)
    conversation = opened.begin(example("belittling-manager"), preset("usual"), seed=7)
    conversation.say("In the Monday meeting you whistled at me.")
    opened.store.close()
    return conversation.rehearsal.id


def with_passphrase(given: str) -> dict[str, str]:
    return os.environ | {"EDGEWISE_PASSPHRASE": given}


def test_what_a_lost_passphrase_means_is_said_before_it_is_asked_for(terminal: Terminal, home: Path, rehearsed: str):
    sitting = terminal("lock")
    sitting.sees("if you lose it, everything is lost", "A new passphrase")
    sitting.types(PASSPHRASE)
    sitting.sees("Once more:")
    sitting.types(PASSPHRASE)
    sitting.sees("Locked.")
    assert sitting.leaves_with() == 0
    assert PASSPHRASE not in sitting.seen
    assert is_locked(home)
    again = terminal("list")
    again.sees("Passphrase:")
    again.types("not this one")
    again.sees("That is not it.", "Passphrase:")
    again.types(PASSPHRASE)
    again.sees(rehearsed)
    assert again.leaves_with() == 0


@pytest.mark.parametrize("typed", [("",), (PASSPHRASE, ANOTHER), ("short", "short")])
def test_whoever_thinks_better_of_it_or_mistypes_locks_nothing(
    terminal: Terminal, home: Path, rehearsed: str, typed: tuple[str, ...]
):
    sitting = terminal("lock")
    for prompt, line in zip(("A new passphrase", "Once more:"), typed, strict=False):
        sitting.sees(prompt)
        sitting.types(line)
    sitting.leaves_with()
    assert not is_locked(home)
    opened = open_edgewise(home)
    assert opened.rehearsal(rehearsed)
    opened.store.close()


def test_nobody_is_locked_out_or_in_where_nobody_can_type(run: Run, home: Path, rehearsed: str):
    told = run("lock", typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert told.returncode == 2
    assert not is_locked(home)
    lock(home, PASSPHRASE)
    refused = run("show", rehearsed)
    assert refused.returncode == 2
    assert "A passphrase is on what is kept here." in refused.stderr
    assert "EDGEWISE_PASSPHRASE" in refused.stderr
    assert "Monday" not in refused.stdout + refused.stderr


def test_the_passphrase_in_the_environment_opens_everything(run: Run, home: Path, rehearsed: str):
    lock(home, PASSPHRASE)
    assert "Monday meeting" in run("show", rehearsed, env=with_passphrase(PASSPHRASE)).stdout
    wrong = run("show", rehearsed, env=with_passphrase(ANOTHER))
    assert wrong.returncode == 2
    assert "That passphrase does not open" in wrong.stderr
    assert ANOTHER not in wrong.stderr
    run("unlock", env=with_passphrase(PASSPHRASE))
    assert "Monday meeting" in run("show", rehearsed).stdout


def test_there_must_be_a_passphrase_to_take_away(run: Run, rehearsed: str):
    told = run("unlock")
    assert told.returncode == 2
    assert "There is no passphrase" in told.stderr
    assert rehearsed


def test_salvaging_says_what_was_saved_and_where_the_damaged_file_is(run: Run, home: Path, rehearsed: str):
    assert "Nothing is damaged. 1 rehearsal" in run("salvage").stdout
    whole = (home / FILE_NAME).read_bytes()
    (home / FILE_NAME).write_bytes(bytes(100) + whole[100:])
    refused = run("list")
    assert refused.returncode == 3
    assert "edgewise salvage" in refused.stderr
    told = run("salvage")
    assert "Saved: 1 rehearsal, 1 of them whole." in told.stdout
    assert "edgewise-damaged-1.db" in told.stdout.replace("\n", "")
    assert rehearsed in run("list").stdout
    gone = run("delete", rehearsed, "--yes")
    assert "edgewise-damaged-1.db" in gone.stdout
    assert not list(home.glob("edgewise-damaged-*"))


def test_what_was_cut_short_is_said_turn_by_turn(run: Run, home: Path, rehearsed: str):
    whole = (home / FILE_NAME).read_bytes()
    (home / FILE_NAME).write_bytes(whole.replace(b"whistled", b"thistled"))
    told = run("salvage").stdout
    assert f"{rehearsed}  " in told
    assert "1 turn of 3 turns" in " ".join(told.split())
