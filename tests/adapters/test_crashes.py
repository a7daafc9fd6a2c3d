"""Rehearsals killed in mid-sentence. A thousand times: `python -m benchmarks.crashes`; here a few."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.crashes import Found, Told, look

from edgewise.adapters.storage.copies import FILE_NAME
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.rehearsal import Ending
from tests.adapters.children import said_by
from tests.contract.rehearsals import a_rehearsal, you


def test_rehearsals_killed_at_random_moments_lose_nothing_that_was_kept(tmp_path: Path):
    said_by(
        """
        import random, sys
        from pathlib import Path
        from benchmarks.crashes import crashes
        found = crashes(Path(sys.argv[1]), 12, random.Random(11))
        assert found.nothing, found
        assert found.in_the_middle, "no kill came while anything was being written"
        assert found.kept > 5, found
        """,
        str(tmp_path),
    )


@pytest.fixture
def kept(tmp_path: Path) -> Told:
    """Two turns, an ending, and all of it said to be kept."""
    with closing(SqliteStore(tmp_path)) as store:
        store.begin(a_rehearsal(turns=(you("One."), you("Two."))))
        store.end("monday-1", Ending.YOU_ENDED)
    told = Told(over={"monday-1"})
    told.turns["monday-1"] = {place: you(words).model_dump_json() for place, words in enumerate(("One.", "Two."))}
    return told


def found_in(folder: Path, told: Told) -> Found:
    found = Found()
    look(folder, told, {"monday-1"}, found)
    return found


@pytest.mark.parametrize(
    ("damage", "wrong"),
    [
        ("SELECT 1", Found()),
        ("DELETE FROM turns; DELETE FROM rehearsals", Found(lost=["monday-1: all of it"])),
    ],
)
def test_the_search_after_a_kill_sees_what_is_missing(tmp_path: Path, kept: Told, damage: str, wrong: Found):
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as plain:
        plain.executescript(damage)
    assert found_in(tmp_path, kept) == wrong


def test_the_search_after_a_kill_sees_what_is_other_than_it_was(tmp_path: Path, kept: Told):
    kept.turns["monday-1"][1] = you("Three.").model_dump_json()
    kept.turns["monday-1"][2] = you("Four.").model_dump_json()
    kept.own_words["monday-1"] = "to be heard"
    assert found_in(tmp_path, kept).lost == ["monday-1: turn 1", "monday-1: turn 2", "monday-1: your own words"]


def test_the_search_after_a_kill_sees_what_has_come_back(tmp_path: Path, kept: Told):
    kept.deleted.add("monday-1")
    assert found_in(tmp_path, kept).back == ["monday-1"]
