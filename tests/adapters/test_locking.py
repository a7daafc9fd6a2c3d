"""With a passphrase on it, nothing that is kept can be read without it; without one, nothing needs it."""

# pyright: reportPrivateUsage=false
from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from edgewise import example
from edgewise.adapters.papers import Papers
from edgewise.adapters.storage import locking
from edgewise.adapters.storage.copies import FILE_NAME, copies
from edgewise.adapters.storage.keys import PAGE, is_locked
from edgewise.adapters.storage.locking import lock, unlock
from edgewise.adapters.storage.salvage import salvage
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.bootstrap import edgewise as open_edgewise
from edgewise.bootstrap import papers
from edgewise.errors import DataFolderError, EdgewiseError, MissingExtraError, PassphraseError
from edgewise.rehearsal import Rehearsal
from tests.adapters.children import said_by
from tests.adapters.test_older_forms import STORED, exported
from tests.adapters.test_sqlite_store import SECRETS, a_secret_rehearsal, found_in
from tests.contract.rehearsals import a_rehearsal, them, you

PASSPHRASE = "žába v mlýně 7"  # noqa: S105 - it opens nothing but this
WRONG = "a wrong one"
ANOTHER = "a long walk by the sea"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with rehearsals, a draft and a kept situation, and nothing locked."""
    with closing(SqliteStore(tmp_path)) as store:
        store.begin(a_secret_rehearsal(size=30))
        store.begin(a_rehearsal(turns=(you(), them())))
    beside = Papers(tmp_path)
    beside.keep_draft(beside.draft_of(example("belittling-manager")))
    beside.keep_situation(example("belittling-manager"))
    return tmp_path


@pytest.fixture
def locked(folder: Path) -> Path:
    lock(folder, PASSPHRASE)
    return folder


def kept_in(folder: Path, passphrase: str = "") -> list[Rehearsal]:
    with closing(SqliteStore(folder, passphrase=passphrase)) as store:
        return [store.load(listed.id) for listed in store.listed()]


def words_of(folder: Path) -> tuple[str, ...]:
    """Words that stand in what is kept there while nothing is locked."""
    situation = next((folder / "situations").glob("*.toml"))
    return (*SECRETS, "secret-1", "Dana", situation.stem, situation.read_text(encoding="utf-8").splitlines()[-1])


def everything_named(folder: Path) -> str:
    return " ".join(str(path.relative_to(folder)) for path in folder.rglob("*"))


# ---- locking


def test_once_locked_no_word_is_in_any_file_or_in_the_name_of_one(folder: Path):
    words = words_of(folder)
    assert {hit.partition(": ")[2] for hit in found_in(folder, *words)} >= {*SECRETS, words[-1]}
    lock(folder, PASSPHRASE)
    assert found_in(folder, *words) == []
    assert not any(word in everything_named(folder) for word in words)
    assert all(b"SQLite" not in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_what_is_written_afterwards_is_in_no_file_either_nor_in_the_log(locked: Path):
    with closing(SqliteStore(locked, passphrase=PASSPHRASE)) as store:
        store.append("monday-1", 2, you("hippopotamus " * 500))
        assert (locked / f"{FILE_NAME}-wal").stat().st_size > 0
        assert found_in(locked, "hippopotamus") == []
        beside = papers(locked, passphrase=PASSPHRASE)
        beside.keep_situation(example("belittling-manager").model_copy(update={"title": "hippopotamus"}))
        assert found_in(locked, "hippopotamus") == []
        assert "hippopotamus" not in everything_named(locked)
        assert sorted(map(beside.called, beside.situation_files())) == sorted(
            [example("belittling-manager").heading, "hippopotamus"]
        )


def test_with_the_passphrase_everything_is_there(folder: Path):
    before, situation, draft = kept_in(folder), example("belittling-manager"), Papers(folder).newest_draft()
    lock(folder, PASSPHRASE)
    assert kept_in(folder, PASSPHRASE) == before
    beside = papers(folder, passphrase=PASSPHRASE)
    assert [beside.situation(path.stem) for path in beside.situation_files()] == [situation]
    assert beside.newest_draft() == draft


@pytest.mark.parametrize("given", ["", "a wrong one", PASSPHRASE.upper(), f"{PASSPHRASE} "])
def test_without_the_passphrase_or_with_another_nothing_is_told_or_changed(locked: Path, given: str):
    before = {path: path.read_bytes() for path in locked.rglob("*") if path.is_file()}
    with pytest.raises(PassphraseError) as refused:
        open_edgewise(locked, passphrase=given)
    assert refused.value.kept
    assert refused.value.next_step
    assert given not in str(refused.value) or not given
    assert {path: path.read_bytes() for path in locked.rglob("*") if path.is_file()} == before


def test_the_papers_are_not_read_without_it(locked: Path):
    beside = Papers(locked)
    assert beside.newest_draft() is None
    with pytest.raises(PassphraseError):
        beside.situation(beside.situation_files()[0].stem)


def test_it_is_a_sqlcipher_database_that_its_own_tools_open(locked: Path):
    with closing(dbapi2.connect(str(locked / FILE_NAME))) as plain:
        plain.execute(f"PRAGMA key = '{PASSPHRASE}'")
        assert plain.execute("SELECT count(*) FROM rehearsals").fetchone() == (2,)


def test_a_passphrase_can_be_changed(locked: Path):
    before = kept_in(locked, PASSPHRASE)
    lock(locked, ANOTHER, before=PASSPHRASE)
    assert kept_in(locked, ANOTHER) == before
    assert papers(locked, passphrase=ANOTHER).newest_draft()
    with pytest.raises(PassphraseError):
        SqliteStore(locked, passphrase=PASSPHRASE)
    assert found_in(locked, *SECRETS) == []


def test_it_can_be_taken_away_again(folder: Path):
    before, names = kept_in(folder), everything_named(folder)
    words = words_of(folder)
    lock(folder, PASSPHRASE)
    unlock(folder, PASSPHRASE)
    assert not is_locked(folder)
    assert kept_in(folder) == before
    assert set(everything_named(folder).split()) == set(names.split())
    assert {hit.partition(": ")[2] for hit in found_in(folder, *words)} >= set(SECRETS)


def test_older_copies_go_when_it_is_locked(folder: Path):
    shutil.copy(folder / FILE_NAME, folder / "edgewise-before-0001.db")
    shutil.copy(folder / FILE_NAME, folder / "edgewise-damaged-1.db")
    lock(folder, PASSPHRASE)
    assert copies(folder) == ()


@pytest.mark.parametrize("short", ["", "1234567"])
def test_a_passphrase_too_short_to_keep_anybody_out_is_refused(folder: Path, short: str):
    with pytest.raises(PassphraseError, match="8 characters"):
        lock(folder, short)
    assert not is_locked(folder)


def test_a_wrong_one_before_changes_nothing(locked: Path):
    with pytest.raises(PassphraseError):
        lock(locked, ANOTHER, before="not this one")
    assert kept_in(locked, PASSPHRASE)


def test_without_sqlcipher_it_is_said_how_to_install_it(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(MissingExtraError, match="further package") as refused:
        lock(folder, PASSPHRASE)
    assert "edgewise[passphrase]" in refused.value.next_step
    assert kept_in(folder)


def test_while_another_window_is_open_it_is_not_locked_under_it(folder: Path):
    told = said_by(
        """
        import subprocess, sys
        from pathlib import Path
        from edgewise.adapters.storage.sqlite_store import SqliteStore
        store = SqliteStore(Path(sys.argv[1]))
        store.listed()
        program = "import sys; from pathlib import Path; from edgewise.adapters.storage.locking import lock\\n"
        program += "lock(Path(sys.argv[1]), 'a long passphrase')"
        done = subprocess.run([sys.executable, "-c", program, sys.argv[1]], capture_output=True, text=True)
        print(done.stderr.splitlines()[-1])
        """,
        str(folder),
    )
    assert "Another Edgewise has" in told
    assert not is_locked(folder)


# ---- what a crash may cost


DIES_AT_STEP = """
    import os, signal, sys
    from pathlib import Path
    from edgewise.adapters.storage import locking
    steps = iter(range(100))
    def dying(do):
        def done(*given, **more):
            if next(steps) == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
            return do(*given, **more)
        return done
    for name in ("write_with", "_kept_in", "settle", "drop", "drop_copies", "tidy_up"):
        setattr(locking, name, dying(getattr(locking, name)))
    change, before, after = sys.argv[3:]
    if change == "lock":
        locking.lock(Path(sys.argv[1]), after, before=before)
    else:
        locking.unlock(Path(sys.argv[1]), before)
"""


@pytest.mark.parametrize("step", range(0, 8, 2))
def test_a_crash_while_it_is_locked_loses_nothing_and_is_made_good_by_opening_again(folder: Path, step: int):
    before = kept_in(folder)
    words = words_of(folder)
    said_by(DIES_AT_STEP, str(folder), str(step), "lock", "", PASSPHRASE, dies=True)
    opened = open_edgewise(folder, passphrase=PASSPHRASE)
    assert [opened.rehearsal(one.id) for one in opened.listed()] == before
    opened.store.close()
    if is_locked(folder):
        assert found_in(folder, *words) == []
    assert papers(folder, passphrase=PASSPHRASE).newest_draft()


@pytest.mark.parametrize("step", [3, 4, 5])
def test_a_crash_while_it_is_unlocked_loses_nothing_either(locked: Path, step: int):
    before = kept_in(locked, PASSPHRASE)
    said_by(DIES_AT_STEP, str(locked), str(step), "unlock", PASSPHRASE, "", dies=True)
    assert kept_in(locked, PASSPHRASE) == before
    assert papers(locked, passphrase=PASSPHRASE).newest_draft()


def test_without_room_it_stays_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch):
    before = kept_in(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(locking, "write_with", full)
    with pytest.raises(DataFolderError) as refused:
        lock(folder, PASSPHRASE)
    assert refused.value.kept == "All of it is as it was."
    assert kept_in(folder) == before
    assert copies(folder) == ()


# ---- everything else works the same


def test_what_is_deleted_while_locked_is_gone(locked: Path):
    with closing(SqliteStore(locked, passphrase=PASSPHRASE)) as store:
        store.delete("secret-1")
        assert [listed.id for listed in store.listed()] == ["monday-1"]


def test_an_older_form_is_copied_and_migrated_under_the_same_passphrase(tmp_path: Path):
    with closing(dbapi2.connect(str(STORED / "0001.db"))) as plain:
        plain.execute(f"ATTACH DATABASE '{tmp_path / FILE_NAME}' AS locked KEY '{PASSPHRASE}'")
        plain.execute("SELECT sqlcipher_export('locked')").fetchall()
    assert {one.id: one for one in kept_in(tmp_path, PASSPHRASE)} == {
        name: Rehearsal.model_validate(then) for name, then in exported("0001").items()
    }
    (copy,) = copies(tmp_path)
    assert found_in(tmp_path, "Zebrafinch") == []
    with closing(dbapi2.connect(str(copy))) as kept:
        kept.execute(f"PRAGMA key = '{PASSPHRASE}'")
        assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def flip(at: int) -> Callable[[bytes], bytes]:
    return lambda held: held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :]


@pytest.mark.parametrize(
    "damage",
    [flip(20), flip(5 * PAGE + 9), lambda held: held[: len(held) - 2 * PAGE]],
    ids=["first page", "a page", "end"],
)
def test_a_damaged_file_is_salvaged_under_the_same_passphrase(locked: Path, damage: Callable[[bytes], bytes]):
    whole = (locked / FILE_NAME).read_bytes()
    before = {one.id: one for one in kept_in(locked, PASSPHRASE)}
    (locked / FILE_NAME).write_bytes(damage(whole))
    salvaged = salvage(locked, passphrase=PASSPHRASE)
    assert salvaged.original is not None
    assert salvaged.original.read_bytes() == damage(whole)
    for one in salvaged.saved:
        assert all(turn in before[one.rehearsal.id].turns for turn in one.rehearsal.turns)
    assert is_locked(locked)
    assert len(kept_in(locked, PASSPHRASE)) == len(salvaged.saved) > 0
    assert found_in(locked, *SECRETS) == []


def test_salvaging_with_a_wrong_passphrase_changes_nothing(locked: Path):
    before = (locked / FILE_NAME).read_bytes()
    with pytest.raises(PassphraseError):
        salvage(locked, passphrase=WRONG)
    assert (locked / FILE_NAME).read_bytes() == before
    assert copies(locked) == ()


def test_a_plain_file_is_never_taken_for_a_locked_one(folder: Path):
    assert not is_locked(folder)
    whole = (folder / FILE_NAME).read_bytes()
    (folder / FILE_NAME).write_bytes(bytes(100) + whole[100:])
    assert not is_locked(folder)
    with pytest.raises(EdgewiseError, match="damaged"):
        SqliteStore(folder)


def test_the_passphrase_is_in_no_error_and_in_nothing_that_is_shown(locked: Path):
    with pytest.raises(PassphraseError) as refused:
        SqliteStore(locked, passphrase=WRONG)
    shown = f"{refused.value!r} {refused.value} {refused.value.__cause__!r}"
    assert WRONG not in shown
    from edgewise.adapters.storage.keys import key_of  # noqa: PLC0415

    key = key_of(locked, PASSPHRASE)
    assert key is not None
    assert key.secret.hex() not in f"{key!r}"
