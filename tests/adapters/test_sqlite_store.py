"""What the store on disk promises beyond what every store does: privacy, deletion for good, and words after a crash."""

# pyright: reportPrivateUsage=false
from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event

from edgewise.adapters.storage.copies import FILE_NAME
from edgewise.adapters.storage.migrations import migration_config
from edgewise.adapters.storage.opening import REVISIONS
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.adapters.storage.tables import Base
from edgewise.errors import (
    DamagedDatabaseError,
    DatabaseTooNewError,
    DataFolderError,
    EdgewiseError,
    ElsewhereError,
    OperatorError,
    UnknownNameError,
)
from edgewise.progress import Ladder, RunRecord, conversation_key
from edgewise.progress.run_record import Reply, Sentence
from edgewise.rehearsal import Ending, Reflection
from tests.adapters.children import said_by, started
from tests.contract.rehearsals import NOON, a_rehearsal, recalled, them, you

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

SECRET = "zebrafinch"  # noqa: S105 - a word nobody says
SECRETS = (SECRET, "Łódź-żółw", "private 🦓 words")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@contextmanager
def opened(folder: Path, *, wait_s: float = 5.0) -> Generator[SqliteStore]:
    store = SqliteStore(folder, wait_s=wait_s)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def store(folder: Path) -> Iterator[SqliteStore]:
    with opened(folder) as store:
        yield store


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def plain(folder: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None))


def found_in(folder: Path, *words: str) -> list[str]:
    """Every file in the folder that holds one of these words, as UTF-8, as JSON escapes, or as UTF-16."""
    hits: list[str] = []
    for path in folder.rglob("*"):
        held = path.read_bytes() if path.is_file() else path.name.encode()
        for word in words:
            escaped = word.encode("ascii", "backslashreplace")
            shapes = (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), escaped)
            hits += [f"{path.name}: {word}" for shape in shapes if shape in held]
    return hits


def a_secret_rehearsal(name: str = "secret-1", *, size: int = 1):
    words = " ".join(SECRETS) * size
    spoken = a_rehearsal(name, came_to_say=SECRETS[0], turns=(you(words), them(words)))
    return spoken.reflected(Reflection(going_for=SECRETS[2]))


def said_plainly(error: EdgewiseError) -> bool:
    return bool(error.happened and error.kept and error.next_step and error.__cause__)


class TestOnlyYouCanReadIt:
    def test_the_folder_and_every_file_in_it_are_the_owners_alone(self, folder: Path):
        before = os.umask(0o022)
        try:
            with opened(folder) as store:
                store.begin(a_rehearsal(turns=(you(),)))
                files = {path.name: mode(path) for path in folder.iterdir()}
        finally:
            os.umask(before)
        assert mode(folder) == 0o700
        assert files == {FILE_NAME: 0o600, f"{FILE_NAME}-wal": 0o600, f"{FILE_NAME}-shm": 0o600}

    def test_a_file_that_others_could_read_is_closed_to_them_on_opening(self, folder: Path):
        with opened(folder):
            pass
        (folder / FILE_NAME).chmod(0o644)
        with opened(folder):
            assert mode(folder / FILE_NAME) == 0o600

    def test_a_folder_that_was_there_before_keeps_its_own_rights(self, tmp_path: Path):
        tmp_path.chmod(0o755)
        with opened(tmp_path):
            assert mode(tmp_path) == 0o755


class TestOpening:
    def test_folders_on_the_way_are_made(self, tmp_path: Path):
        with opened(tmp_path / "a" / "b ? # % é") as store:
            assert store.listed() == ()

    def test_what_was_kept_is_there_when_opened_again(self, folder: Path):
        rehearsal = a_rehearsal(turns=(you(), them()), ending=Ending.YOU_ENDED)
        with opened(folder) as store:
            store.begin(rehearsal)
        with opened(folder) as store:
            assert store.load("last") == rehearsal

    def test_the_migrations_make_exactly_the_tables_the_store_uses(self, store: SqliteStore):
        with store._engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
            assert context.get_current_revision() == REVISIONS[-1]

    def test_the_revisions_known_at_opening_are_those_in_the_package(self):
        script = ScriptDirectory.from_config(migration_config())
        assert tuple(step.revision for step in script.walk_revisions())[::-1] == REVISIONS
        assert script.get_heads() == [REVISIONS[-1]]

    def test_a_file_from_before_anything_was_remembered_opens_and_remembers(self, folder: Path):
        with opened(folder) as store:
            store.begin(a_rehearsal("old", turns=(you(),)))
        with sqlite3.connect(folder / FILE_NAME) as old:
            for column in ("remembered", "asked", "branch"):
                old.execute(f"ALTER TABLE rehearsals DROP COLUMN {column}")
            for table in ("run_records", "ladders", "real_ones"):
                old.execute(f"DROP TABLE {table}")
            old.execute("UPDATE alembic_version SET version_num = '0001'")
        with opened(folder) as store:
            assert store.load("old") == a_rehearsal("old", turns=(you(),))
            store.begin(a_rehearsal("new").model_copy(update={"remembered": (recalled("old"),)}))
            assert store.load("new").remembered == (recalled("old"),)

    def test_an_existing_file_opens_without_alembic_and_at_once(self, folder: Path):
        with opened(folder) as store:
            store.begin(a_rehearsal())
        took = said_by(
            """
            import sys, time
            from pathlib import Path
            from edgewise.adapters.storage.sqlite_store import SqliteStore
            start = time.perf_counter()
            store = SqliteStore(Path(sys.argv[1]))
            print(time.perf_counter() - start)
            store.close()
            assert "alembic" not in sys.modules
            """,
            str(folder),
        )
        assert float(took) < 0.15

    def test_two_that_open_a_new_folder_in_the_same_moment_both_succeed(self, folder: Path):
        program = """
            import sys
            from pathlib import Path
            from edgewise.adapters.storage.sqlite_store import SqliteStore
            print("ready", flush=True)
            store = SqliteStore(Path(sys.argv[1]))
            print(len(store.listed()))
            store.close()
        """
        children = [started(program, str(folder)) for _ in range(4)]
        said = [child.communicate(timeout=60) for child in children]
        assert [out for out, _ in said] == ["ready\n0\n"] * 4, said

    def test_two_thousand_rehearsals_are_listed_in_a_moment(self, store: SqliteStore):
        from sqlalchemy.orm import Session  # noqa: PLC0415

        from edgewise.adapters.storage.records import row_of, turn_row_of  # noqa: PLC0415

        rehearsal = a_rehearsal(came_to_say="x" * 1_500, turns=tuple(you("word " * 100) for _ in range(10)))
        with Session(store._writer) as session, session.begin():
            for number in range(2_000):
                named = rehearsal.model_copy(update={"id": f"r{number}"})
                session.add(row_of(named, number))
                session.add_all(turn_row_of(named.id, place, turn) for place, turn in enumerate(named.turns))
        asked: list[str] = []
        event.listen(store._engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        start = time.perf_counter()
        shown = store.listed()
        took = time.perf_counter() - start
        assert len(shown) == 2_000
        assert shown[0].turns == 10
        assert sum("SELECT" in statement for statement in asked) == 1
        assert took < 0.3


class TestDeletedForGood:
    def test_the_search_itself_finds_what_is_there(self, folder: Path, store: SqliteStore):
        store.begin(a_secret_rehearsal())
        assert {hit.partition(": ")[2] for hit in found_in(folder, *SECRETS)} == set(SECRETS)

    @pytest.mark.parametrize("size", [1, 90])
    def test_no_word_of_a_deleted_rehearsal_is_in_any_file(self, folder: Path, store: SqliteStore, size: int):
        for number in range(20):
            store.begin(a_rehearsal(f"other-{number}", turns=tuple(you("kept words " * 30) for _ in range(20))))
        store.begin(a_secret_rehearsal(size=size))
        for place in range(2, 30):
            store.append("secret-1", place, you(" ".join(SECRETS) * size))
        store.delete("secret-1")
        assert found_in(folder, *SECRETS, "secret-1") == []
        assert store.load("other-7").turns[19] == you("kept words " * 30)
        store.close()
        assert found_in(folder, *SECRETS, "secret-1") == []

    def test_the_same_when_it_was_written_long_before_and_the_log_was_folded_in(self, folder: Path):
        with opened(folder) as store:
            store.begin(a_secret_rehearsal(size=50))
        assert found_in(folder, SECRET)
        with opened(folder) as store:
            store.delete("secret-1")
            assert found_in(folder, *SECRETS) == []

    def test_what_another_rehearsal_remembers_goes_as_well(self, folder: Path, store: SqliteStore):
        store.begin(a_secret_rehearsal())
        memory = recalled("secret-1", words=SECRET)
        store.begin(a_rehearsal().model_copy(update={"remembered": (memory,)}))
        store.delete("secret-1")
        assert found_in(folder, SECRET, "secret-1") == []

    def test_words_that_were_replaced_go_as_well(self, folder: Path, store: SqliteStore):
        store.begin(a_rehearsal())
        store.reflect("monday-1", Reflection(going_for=SECRET * 100))
        store.reflect("monday-1", Reflection(going_for="something else"))
        store.delete("monday-1")
        assert found_in(folder, SECRET) == []

    def test_what_it_showed_and_the_ladder_go_as_well(self, folder: Path, store: SqliteStore):
        secret = a_secret_rehearsal()
        store.begin(secret)
        reply = Reply(turn=1, move=None, words=SECRET, sentences=(Sentence(words=SECRET),))
        record = RunRecord(rehearsal="secret-1", started=secret.started, take="usual", replies=(reply,))
        store.keep_record(record, made_by="1")
        here = conversation_key(secret.situation.heading, secret.situation.person.known_as)
        store.keep_ladder(here, Ladder().with_rung(SECRET, 40).climbed("own-1", secret.started, "secret-1"))
        assert found_in(folder, SECRET)
        store.delete("secret-1")
        assert found_in(folder, *SECRETS, "secret-1") == []

    def test_a_damaged_record_of_a_run_is_made_anew_and_a_damaged_ladder_is_told(self, folder: Path):
        with opened(folder) as store:
            store.begin(a_rehearsal())
            store.keep_record(RunRecord(rehearsal="monday-1", started=NOON, take="usual"), made_by="1")
            store.keep_ladder("here", Ladder().with_rung("Say hello.", 40))
        with sqlite3.connect(folder / FILE_NAME) as disk:
            disk.execute("UPDATE run_records SET body = replace(body, 'usual', 'harder')")
            disk.execute("UPDATE ladders SET body = replace(body, 'hello', 'sorry')")
        with opened(folder) as store:
            assert store.records(["monday-1"], made_by="1") == {}
            with pytest.raises(DamagedDatabaseError):
                store.ladder("here")

    def test_delete_everything_leaves_no_word_either(self, folder: Path, store: SqliteStore):
        for number in range(10):
            store.begin(a_secret_rehearsal(f"secret-{number}", size=20))
        store.delete_everything()
        assert found_in(folder, *SECRETS, "secret-", "Dana") == []

    def test_the_file_shrinks(self, folder: Path, store: SqliteStore):
        store.begin(a_secret_rehearsal(size=2_000))
        store.delete("secret-1")
        assert (folder / FILE_NAME).stat().st_size < 70_000
        assert (folder / f"{FILE_NAME}-wal").stat().st_size == 0

    def test_while_another_window_reads_it_says_so_and_the_words_go_when_that_one_closes(self, folder: Path):
        with opened(folder, wait_s=0.05) as store:
            store.begin(a_secret_rehearsal(size=20))
            with plain(folder) as reader:
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM turns").fetchone()
                with pytest.raises(DataFolderError, match="Another Edgewise window is reading") as refused:
                    store.delete("secret-1")
                assert "Close the other windows" in refused.value.next_step
            with pytest.raises(UnknownNameError):
                store.load("secret-1")
        assert found_in(folder, *SECRETS) == []

    def test_a_crash_between_deleting_and_wiping_is_made_good_by_opening_again(self, folder: Path):
        with opened(folder) as store:
            store.begin(a_secret_rehearsal(size=20))
        with started(
            """
            import os, signal, sys
            from pathlib import Path
            from edgewise.adapters.storage.sqlite_store import SqliteStore
            SqliteStore._wipe = lambda self: os.kill(os.getpid(), signal.SIGKILL)
            SqliteStore(Path(sys.argv[1])).delete("secret-1")
            """,
            str(folder),
        ) as child:
            child.communicate(timeout=60)
        with opened(folder) as store:
            assert store.listed() == ()
        assert found_in(folder, *SECRETS) == []


class TestDamage:
    @pytest.fixture
    def written(self, folder: Path) -> Path:
        with opened(folder) as store:
            for number in range(8):
                store.begin(a_rehearsal(f"r{number}", turns=tuple(you(f"turn {n} " * 40) for n in range(10))))
        return folder / FILE_NAME

    @staticmethod
    def everything(folder: Path) -> list[object]:
        with opened(folder) as store:
            shown = store.listed()
            return [shown, *(store.load(f"r{number}") for number in range(8))]

    def assert_damage_is_said_and_left(self, file: Path) -> None:
        before = file.read_bytes()
        with pytest.raises(DamagedDatabaseError, match="damaged") as refused:
            self.everything(file.parent)
        assert str(file) in refused.value.happened
        assert "left exactly as it is" in refused.value.kept
        assert refused.value.next_step
        assert file.read_bytes() == before

    @pytest.mark.parametrize("junk", [b"x", b"not a database at all, but a letter " * 400, b"\x00" * 8_192])
    def test_a_file_that_is_no_database_is_named_and_left(self, folder: Path, junk: bytes):
        folder.mkdir()
        (folder / FILE_NAME).write_bytes(junk)
        self.assert_damage_is_said_and_left(folder / FILE_NAME)

    def test_somebody_elses_database_is_left(self, folder: Path):
        folder.mkdir()
        with plain(folder) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")
        self.assert_damage_is_said_and_left(folder / FILE_NAME)

    @pytest.mark.parametrize("left", [0.003, 0.01, 0.2, 0.5, 0.9, 0.999])
    def test_a_truncated_file_is_named_and_left(self, written: Path, left: float):
        whole = written.read_bytes()
        written.write_bytes(whole[: max(1, int(len(whole) * left))])
        self.assert_damage_is_said_and_left(written)

    def test_an_emptied_file_beside_a_log_full_of_words_is_not_taken_for_a_new_one(self, folder: Path):
        with opened(folder) as store:
            store.begin(a_rehearsal(turns=(you(),)))
            log = (folder / f"{FILE_NAME}-wal").read_bytes()
        (folder / FILE_NAME).write_bytes(b"")
        (folder / f"{FILE_NAME}-wal").write_bytes(log)
        with pytest.raises(DamagedDatabaseError), opened(folder):
            pass
        assert (folder / f"{FILE_NAME}-wal").read_bytes() == log

    def test_a_single_changed_letter_in_what_you_said_is_noticed(self, written: Path):
        whole = bytearray(written.read_bytes())
        whole[whole.index(b"turn 3 turn 3") + 1] ^= 0x04
        written.write_bytes(whole)
        self.assert_damage_is_said_and_left(written)

    def test_no_flipped_bit_anywhere_shows_you_words_you_did_not_say(self, written: Path):
        """Whatever bit is lost, what loads is what was kept, or the loss is said; never other words, never a crash."""
        whole = written.read_bytes()
        kept = self.everything(written.parent)[1:]
        step = max(1, len(whole) // 400)
        said, chance = 0, Random(1)
        for at in [*range(0, 100, 3), *range(100, len(whole), step)]:
            flipped = bytearray(whole)
            flipped[at] ^= 1 << chance.randrange(8)
            written.write_bytes(flipped)
            try:
                loaded = self.everything(written.parent)[1:]
            except (OperatorError, UnknownNameError):
                said += 1
            else:
                assert loaded == kept, at
            for name in (f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"):
                written.with_name(name).unlink(missing_ok=True)
        assert said > 50

    def test_letters_that_are_no_longer_text_are_damage_and_are_not_quoted(self, written: Path):
        whole = bytearray(written.read_bytes())
        whole[whole.index(b"turn 3 turn 3") + 1] |= 0x80
        written.write_bytes(whole)
        self.assert_damage_is_said_and_left(written)
        with pytest.raises(DamagedDatabaseError) as refused:
            self.everything(written.parent)
        assert "turn 3 turn" not in f"{refused.value!r} {refused.value.__cause__!r}"

    @pytest.mark.parametrize("lost", [0, 4, 9])
    def test_a_lost_turn_is_noticed_even_the_last(self, written: Path, lost: int):
        with plain(written.parent) as connection:
            connection.execute("DELETE FROM turns WHERE rehearsal_id = 'r3' AND place = ?", (lost,))
        with opened(written.parent) as store:
            with pytest.raises(DamagedDatabaseError):
                store.load("r3")
            assert store.load("r4").turns

    def test_damage_is_never_sealed_as_sound_by_a_later_change(self, written: Path):
        with plain(written.parent) as connection:
            connection.execute("UPDATE rehearsals SET situation = replace(situation, 'report', 'retort')")
        with opened(written.parent) as store:
            changes = (
                lambda: store.append("r3", 10, you()),
                lambda: store.end("r3", Ending.YOU_ENDED),
                lambda: store.reflect("r3", Reflection()),
                lambda: store.load("r3"),
            )
            for change in changes:
                with pytest.raises(DamagedDatabaseError):
                    change()

    def test_a_damaged_rehearsal_can_still_be_deleted(self, written: Path):
        with plain(written.parent) as connection:
            connection.execute("UPDATE rehearsals SET situation = 'x' WHERE id = 'r3'")
        with opened(written.parent) as store:
            store.delete("r3")
            assert len(store.listed()) == 7


class TestFromAnotherVersion:
    def test_a_file_from_a_newer_edgewise_is_left_with_the_advice_to_upgrade(self, folder: Path):
        with opened(folder) as store:
            store.begin(a_rehearsal())
        with plain(folder) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '0999'")
        before = (folder / FILE_NAME).read_bytes()
        with pytest.raises(DatabaseTooNewError, match="newer Edgewise") as refused, opened(folder):
            pass
        assert "pgrade" in refused.value.next_step
        assert "Nothing in it was changed" in refused.value.kept
        assert (folder / FILE_NAME).read_bytes() == before

    def test_a_rehearsal_with_a_move_this_version_does_not_know_was_written_by_a_newer_one(self, folder: Path):
        from edgewise.adapters.storage.records import _seal  # noqa: PLC0415

        with opened(folder) as store:
            store.begin(a_rehearsal(turns=(them(),)))
            with plain(folder) as connection:
                (body,) = connection.execute("SELECT body FROM turns").fetchone()
                newer = body.replace('"deny"', '"levitate"')
                seal = _seal("monday-1", 0, "counterpart", newer)
                connection.execute("UPDATE turns SET body = ?, seal = ?", (newer, seal))
            with pytest.raises(DatabaseTooNewError):
                store.load("monday-1")


class TestADiskThatRefuses:
    def assert_said(self, error: EdgewiseError, *words: str) -> None:
        assert said_plainly(error)
        assert any(word in error.happened for word in words), error.happened

    def test_a_folder_that_is_a_file(self, tmp_path: Path):
        (tmp_path / "data").write_text("a letter")
        with pytest.raises(DataFolderError) as refused:
            SqliteStore(tmp_path / "data")
        self.assert_said(refused.value, "cannot be read and written")
        assert (tmp_path / "data").read_text() == "a letter"

    def test_a_folder_below_a_file(self, tmp_path: Path):
        (tmp_path / "data").write_text("a letter")
        with pytest.raises(DataFolderError) as refused:
            SqliteStore(tmp_path / "data" / "deeper")
        self.assert_said(refused.value, "cannot be read and written")

    def test_a_data_file_that_is_a_folder(self, folder: Path):
        (folder / FILE_NAME).mkdir(parents=True)
        with pytest.raises(DataFolderError) as refused:
            SqliteStore(folder)
        self.assert_said(refused.value, "cannot be read and written")

    @pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no /proc to be refused by")
    def test_a_place_where_no_folder_can_be_made(self):
        with pytest.raises(DataFolderError) as refused:
            SqliteStore(Path("/proc/edgewise"))
        self.assert_said(refused.value, "cannot be read and written")
        assert "EDGEWISE_HOME" in refused.value.next_step

    @pytest.fixture
    def open_to_all(self) -> Iterator[Path]:
        """A folder outside pytest's own, which is closed to every other user."""
        folder = Path(tempfile.mkdtemp(prefix="edgewise-"))
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)
        shutil.rmtree(folder)

    SAYS_WHAT_IS_REFUSED = """
        import os, sys
        from pathlib import Path
        from edgewise.adapters.storage.sqlite_store import SqliteStore
        from edgewise.errors import DataFolderError
        from sqlalchemy import create_engine
        from tests.contract.rehearsals import you
        create_engine("sqlite://").dispose()  # loads the driver while its files can still be read
        if os.geteuid() == 0:  # nothing is read-only for root
            os.setgroups([]), os.setgid(65534), os.setuid(65534)
        try:
            store = SqliteStore(Path(sys.argv[1]))
            store.append("monday-1", 1, you())
        except DataFolderError as refused:
            assert refused.kept and refused.next_step and refused.__cause__
            print("refused:", refused.happened)
    """

    def test_a_read_only_folder_with_nothing_in_it_yet(self, open_to_all: Path):
        open_to_all.chmod(0o555)
        said = said_by(self.SAYS_WHAT_IS_REFUSED, str(open_to_all))
        assert said.startswith("refused: The data folder")
        assert list(open_to_all.iterdir()) == []

    def test_a_read_only_folder_with_rehearsals_in_it(self, open_to_all: Path):
        with opened(open_to_all) as store:
            store.begin(a_rehearsal(turns=(you(),)))
        (open_to_all / FILE_NAME).chmod(0o444)
        open_to_all.chmod(0o555)
        said = said_by(self.SAYS_WHAT_IS_REFUSED, str(open_to_all))
        assert said.startswith("refused: The data folder")

    def test_a_full_disk_keeps_every_turn_before_and_takes_more_once_there_is_room(self, store: SqliteStore):
        store.begin(a_rehearsal(turns=(you("before"),)))

        @event.listens_for(store._engine, "begin")
        def _no_more_pages(connection: Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        def talk_on() -> None:
            for place in range(1, 100):
                store.append("monday-1", place, you("words " * 800))

        with pytest.raises(DataFolderError, match="full") as refused:
            talk_on()
        self.assert_said(refused.value, "full")
        assert "Free some space" in refused.value.next_step
        event.remove(store._engine, "begin", _no_more_pages)
        with store._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        kept = store.load("monday-1").turns
        assert kept[0] == you("before")
        store.append("monday-1", len(kept), you("after"))
        assert store.load("monday-1").turns == (*kept, you("after"))

    def test_a_disk_that_really_stops_taking_bytes(self, folder: Path):
        out = said_by(
            """
            import resource, sys
            from pathlib import Path
            from edgewise.adapters.storage.sqlite_store import SqliteStore
            from edgewise.errors import DataFolderError
            from tests.contract.rehearsals import a_rehearsal, you
            store = SqliteStore(Path(sys.argv[1]))
            store.begin(a_rehearsal())
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
            try:
                for place in range(1000):
                    store.append("monday-1", place, you(f"turn {place} " * 200))
                    print(place)
            except DataFolderError as refused:
                assert refused.kept and refused.next_step and refused.__cause__
                print(refused.happened)
            print(len(store.load("monday-1").turns))
            """,
            str(folder),
        )
        *places, happened, loaded = out.splitlines()
        assert "did not take what was to be written" in happened
        assert 0 < len(places) == int(loaded) < 1000
        with opened(folder) as store:
            assert len(store.load("monday-1").turns) == len(places)

    def test_a_locked_database_names_the_other_window_and_keeps_what_was_said(self, folder: Path):
        with opened(folder, wait_s=0.05) as store:
            store.begin(a_rehearsal(turns=(you(),)))
            with plain(folder) as other:
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(DataFolderError, match="another Edgewise window") as refused:
                    store.append("monday-1", 1, them())
                assert said_plainly(refused.value)
                assert store.load("monday-1").turns == (you(),)
            store.append("monday-1", 1, them())
            assert store.load("monday-1").turns == (you(), them())

    def test_a_mistake_of_our_own_is_not_dressed_up_as_the_disks(self, store: SqliteStore):
        from sqlalchemy.exc import IntegrityError  # noqa: PLC0415

        store.begin(a_rehearsal())
        with pytest.raises(IntegrityError) as raised, store._changing() as session:
            session.execute(Base.metadata.tables["turns"].insert().values(rehearsal_id="ghost", place=0, who=SECRET))
        assert SECRET not in str(raised.value)


class TestTwoWindows:
    def test_each_sees_what_the_other_kept(self, folder: Path):
        with opened(folder) as one, opened(folder) as two:
            one.begin(a_rehearsal())
            two.append("monday-1", 0, you())
            one.append("monday-1", 1, them())
            assert one.load("monday-1") == two.load("monday-1")

    def test_the_second_to_answer_the_same_turn_is_refused_and_loses_nothing_of_the_first(self, folder: Path):
        with opened(folder) as one, opened(folder) as two:
            one.begin(a_rehearsal(turns=(you(),)))
            one.append("monday-1", 1, them("First."))
            with pytest.raises(ElsewhereError, match="Another Edgewise window"):
                two.append("monday-1", 1, them("Second."))
            assert two.load("monday-1").turns == (you(), them("First."))

    def test_both_delete_and_go_on(self, folder: Path):
        with opened(folder) as one, opened(folder) as two:
            one.begin(a_secret_rehearsal())
            two.begin(a_rehearsal())
            assert len(one.listed()) == len(two.listed()) == 2
            one.delete("secret-1")
            assert found_in(folder, *SECRETS) == []
            two.append("monday-1", 0, you())
            assert [shown.turns for shown in one.listed()] == [1]

    def test_eight_threads_that_keep_turns_at_once_lose_none(self, store: SqliteStore):
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        def rehearse(number: int) -> None:
            store.begin(a_rehearsal(f"r{number}"))
            for place in range(10):
                store.append(f"r{number}", place, you(f"{number} {place}"))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(rehearse, range(8)))
        for number in range(8):
            assert store.load(f"r{number}").turns == tuple(you(f"{number} {place}") for place in range(10))


TALKS_UNTIL_KILLED = """
    import sys
    from pathlib import Path
    from edgewise.adapters.storage.sqlite_store import SqliteStore
    from tests.contract.rehearsals import you
    store = SqliteStore(Path(sys.argv[1]))
    place = len(store.load("monday-1").turns)
    while True:
        store.append("monday-1", place, you(f"turn {place}"))
        print(place, flush=True)
        place += 1
"""


def test_a_program_killed_in_mid_turn_twenty_times_loses_no_turn_that_was_kept(folder: Path):
    with opened(folder) as store:
        store.begin(a_rehearsal())
    last = -1
    for kill in range(20):
        with started(TALKS_UNTIL_KILLED, str(folder)) as child:
            assert child.stdout is not None
            for _ in range(1 + kill % 5):
                child.stdout.readline()
            time.sleep(0.0007 * kill)
            child.kill()
            rest, err = child.communicate(timeout=30)
        assert err == ""
        last = max([last, *map(int, rest.split())])
        with opened(folder) as store:
            said = store.load("monday-1").turns
        assert len(said) > last
        assert said == tuple(you(f"turn {place}") for place in range(len(said)))
        with plain(folder) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert last >= 20
