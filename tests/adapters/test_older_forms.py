"""Data files written by every Edgewise there has been open today, with every word, and are copied before they change.

`tests/fixtures/databases` holds one file for each form, written by the Edgewise of its time, and what that one
exported. Whoever adds a migration stores a file in the form before it.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from edgewise.adapters.storage import opening
from edgewise.adapters.storage.copies import FILE_NAME, copies
from edgewise.adapters.storage.opening import REVISIONS
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.errors import DataFolderError
from edgewise.rehearsal import Rehearsal
from tests.adapters.children import said_by
from tests.adapters.test_sqlite_store import found_in, mode
from tests.contract.rehearsals import a_rehearsal, you

STORED = Path(__file__).parents[1] / "fixtures" / "databases"
FORMS = tuple(sorted(path.stem for path in STORED.glob("*.db")))
OLDER = tuple(form for form in FORMS if form != REVISIONS[-1])
A_WORD = "Zebrafinch"  # said in every stored file


def exported(form: str) -> dict[str, Any]:
    return json.loads((STORED / f"{form}.json").read_text(encoding="utf-8"))


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=OLDER)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder with a file in an older form, opened by today's Edgewise and closed again."""
    shutil.copy(STORED / f"{request.param}.db", tmp_path / FILE_NAME)
    SqliteStore(tmp_path).close()
    return tmp_path


def test_there_is_a_stored_file_for_each_form_up_to_the_newest_of_them():
    assert REVISIONS[: len(FORMS)] == FORMS
    assert len(FORMS) >= 3


def test_every_word_that_was_written_then_is_read_now(form: str, tmp_path: Path):
    shutil.copy(STORED / f"{form}.db", tmp_path / FILE_NAME)
    with closing(SqliteStore(tmp_path)) as store:
        assert {listed.id for listed in store.listed()} == set(exported(form))
        for name, then in exported(form).items():
            assert store.load(name) == Rehearsal.model_validate(then)
        unfinished = store.load("aa000002")
        store.append(unfinished.id, len(unfinished.turns), you("And now?"))
        assert store.load("aa000002").turns == (*unfinished.turns, you("And now?"))


def test_the_file_as_it_was_is_kept_beside_and_still_reads(older: Path):
    (copy,) = copies(older)
    form = copy.stem.removeprefix("edgewise-before-")
    assert mode(copy) == 0o600
    with closing(sqlite3.connect(copy)) as kept, closing(sqlite3.connect(STORED / f"{form}.db")) as then:
        for asked in ("SELECT * FROM rehearsals", "SELECT * FROM turns", "SELECT * FROM alembic_version"):
            assert kept.execute(asked).fetchall() == then.execute(asked).fetchall()
        assert kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_file_already_in_todays_form_is_not_copied(tmp_path: Path):
    for _ in range(2):
        SqliteStore(tmp_path).close()
    assert copies(tmp_path) == ()


def test_what_is_deleted_goes_from_the_copy_as_well(older: Path):
    assert any(hit.startswith("edgewise-before-") for hit in found_in(older, A_WORD))
    with closing(SqliteStore(older)) as store:
        for listed in store.listed():
            if A_WORD in store.load(listed.id).model_dump_json():
                store.delete(listed.id)
        assert found_in(older, A_WORD) == []
        assert store.listed()


def test_deleting_everything_leaves_no_copy_either(older: Path):
    with closing(SqliteStore(older)) as store:
        store.delete_everything()
    assert copies(older) == ()
    assert found_in(older, A_WORD, "cut me off") == []


def test_only_the_newest_copy_is_kept(older: Path):
    (first,) = copies(older)
    stale = first.with_name("edgewise-before-0000.db")
    first.rename(stale)
    shutil.copy(STORED / "0001.db", older / FILE_NAME)
    SqliteStore(older).close()
    assert [copy.name for copy in copies(older)] == ["edgewise-before-0001.db"]


@pytest.mark.parametrize("older_form", OLDER)
def test_a_migration_that_breaks_leaves_the_file_as_it_was(
    tmp_path: Path, older_form: str, monkeypatch: pytest.MonkeyPatch
):
    shutil.copy(STORED / f"{older_form}.db", tmp_path / FILE_NAME)

    def breaks_half_way(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE turns ADD COLUMN loudness INTEGER")
        connection.exec_driver_sql("DELETE FROM turns")
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("edgewise.adapters.storage.migrations.upgrade", breaks_half_way)
    with pytest.raises(Exception, match=r"damaged|disk"):
        SqliteStore(tmp_path)
    monkeypatch.undo()
    with closing(SqliteStore(tmp_path)) as store:
        assert store.load("aa000001") == Rehearsal.model_validate(exported(older_form)["aa000001"])


def test_without_room_for_the_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copy(STORED / "0001.db", tmp_path / FILE_NAME)
    before = (tmp_path / FILE_NAME).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opening, "settle", full)
    with pytest.raises(DataFolderError) as refused:
        SqliteStore(tmp_path)
    assert refused.value.next_step
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert copies(tmp_path) == ()


def test_two_that_open_an_older_file_in_the_same_moment_both_read_it(tmp_path: Path):
    from tests.adapters.children import started  # noqa: PLC0415

    shutil.copy(STORED / "0001.db", tmp_path / FILE_NAME)
    program = """
        import sys
        from pathlib import Path
        from edgewise.adapters.storage.sqlite_store import SqliteStore
        store = SqliteStore(Path(sys.argv[1]))
        print(len(store.listed()))
        store.close()
    """
    children = [started(program, str(tmp_path)) for _ in range(3)]
    said = [child.communicate(timeout=60) for child in children]
    assert [out for out, _ in said] == ["2\n"] * 3, said
    assert [copy.name for copy in copies(tmp_path)] == ["edgewise-before-0001.db"]


def test_a_crash_at_any_moment_of_a_migration_leaves_a_file_that_opens(tmp_path: Path):
    for step in range(6):
        folder = tmp_path / str(step)
        folder.mkdir()
        shutil.copy(STORED / "0001.db", folder / FILE_NAME)
        said_by(DIES_AT_STEP, str(folder), str(step), dies=True)
        with closing(SqliteStore(folder)) as store:
            assert store.load("aa000001") == Rehearsal.model_validate(exported("0001")["aa000001"])
            store.begin(a_rehearsal())
            store.delete_everything()
        assert found_in(folder, A_WORD) == []


DIES_AT_STEP = """
    import os, signal, sys
    from pathlib import Path
    from edgewise.adapters.storage import opening
    from edgewise.adapters.storage.sqlite_store import SqliteStore
    steps = iter(range(100))
    def dying(do):
        def done(*given, **more):
            if next(steps) == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
            return do(*given, **more)
        return done
    for name in ("_copied", "_revision", "settle", "drop_older", "_migrate", "_on_begin"):
        setattr(opening, name, dying(getattr(opening, name)))
    SqliteStore(Path(sys.argv[1])).listed()
"""
