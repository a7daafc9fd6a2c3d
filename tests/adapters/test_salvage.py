"""What can be read of a damaged data file is saved, what is lost is named, and the damaged file is left as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edgewise.adapters.storage.copies import FILE_NAME, copies
from edgewise.adapters.storage.keys import key_of
from edgewise.adapters.storage.pages import rows_in
from edgewise.adapters.storage.records import sealed_rehearsal, sealed_turn
from edgewise.adapters.storage.salvage import Salvaged, salvage
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.adapters.storage.tables import Base, LadderRow, RealRow, RecordRow, RehearsalRow, TurnRow
from edgewise.errors import DamagedDatabaseError, DatabaseTooNewError, DataFolderError, EdgewiseError
from edgewise.progress import Ladder, RealOne, Rung
from edgewise.rehearsal import Ending, Reflection, Rehearsal
from edgewise.situation import Situation
from tests.adapters.children import started
from tests.adapters.test_older_forms import STORED, exported
from tests.adapters.test_sqlite_store import found_in, mode, plain
from tests.contract.rehearsals import a_rehearsal, recalled, rehearsals, them, you

LONG = "a long story about the report " * 400  # goes on over several pages


def written() -> tuple[Rehearsal, ...]:
    """Eight rehearsals of ten turns each, one of them with a turn that no page holds alone."""
    several = [
        a_rehearsal(f"r{number}", turns=tuple(you(f"turn {place} of {number} " * 40) for place in range(10)))
        for number in range(7)
    ]
    told = a_rehearsal("r7", turns=(you(LONG), them("I see. " * 300)), ending=Ending.YOU_ENDED)
    told = told.reflected(Reflection(going_for="to be heard " * 500))
    return (*several, told.model_copy(update={"remembered": (recalled("r0"),)}))


WRITTEN = {rehearsal.id: rehearsal for rehearsal in written()}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A data file with all of them in it."""
    folder = tmp_path_factory.mktemp("sound")
    with closing(SqliteStore(folder)) as store:
        for rehearsal in WRITTEN.values():
            store.begin(rehearsal)
    return (folder / FILE_NAME).read_bytes()


@pytest.fixture
def file(tmp_path: Path, sound: bytes) -> Path:
    (tmp_path / FILE_NAME).write_bytes(sound)
    return tmp_path / FILE_NAME


def is_right(salvaged: Salvaged) -> bool:
    """Whether all that was saved is, turn for turn, the beginning of what was written."""
    for one in salvaged.saved:
        was, turns = WRITTEN[one.rehearsal.id], one.rehearsal.turns
        if one.turns is None:
            assert all(turn in was.turns for turn in turns)
            assert one.rehearsal.take.name == "lost"
        else:
            assert one.rehearsal == was.model_copy(update={"turns": was.turns[: len(turns)]})
            assert one.turns == len(was.turns)
    return bool(salvaged.saved)


def kept_in(folder: Path) -> dict[str, Rehearsal]:
    with closing(SqliteStore(folder)) as store:
        store.check()
        return {listed.id: store.load(listed.id) for listed in store.listed()}


# ---- what is saved


def test_where_nothing_is_wrong_nothing_is_changed(file: Path, sound: bytes):
    salvaged = salvage(file.parent)
    assert [one.rehearsal for one in salvaged.saved] == list(WRITTEN.values())
    assert salvaged.original is None
    assert salvaged.lost == ()
    assert file.read_bytes() == sound
    assert copies(file.parent) == ()


def test_one_changed_letter_costs_the_turns_from_there_on_and_nothing_else(file: Path, sound: bytes):
    file.write_bytes(sound.replace(b"turn 6 of 3", b"turn 6 of 9", 1))
    salvaged = salvage(file.parent)
    assert {one.rehearsal.id: len(one.rehearsal.turns) for one in salvaged.saved if not one.whole} == {"r3": 6}
    assert is_right(salvaged)
    assert kept_in(file.parent) == {one.rehearsal.id: one.rehearsal for one in salvaged.saved}


def test_the_damaged_file_and_its_log_stay_beside_byte_for_byte_for_you_alone(tmp_path: Path):
    with closing(SqliteStore(tmp_path)) as store:
        for rehearsal in WRITTEN.values():
            store.begin(rehearsal)
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for name in (FILE_NAME, f"{FILE_NAME}-wal"):
        (tmp_path / name).write_bytes(before[name])
    damaged = before[FILE_NAME][:100] + b"\xff" * 3000 + before[FILE_NAME][3100:]
    (tmp_path / FILE_NAME).write_bytes(damaged)
    log = bytearray(before[f"{FILE_NAME}-wal"])
    log[40:60] = b"\xff" * 20
    (tmp_path / f"{FILE_NAME}-wal").write_bytes(log)
    salvaged = salvage(tmp_path)
    assert is_right(salvaged)
    assert salvaged.original == tmp_path / "edgewise-damaged-1.db"
    assert salvaged.original.read_bytes() == damaged
    assert salvaged.original.with_name("edgewise-damaged-1.db-wal").read_bytes() == log
    assert mode(salvaged.original) == 0o600


def test_what_stands_only_in_the_log_is_saved(tmp_path: Path):
    with closing(SqliteStore(tmp_path)) as store:
        for rehearsal in WRITTEN.values():
            store.begin(rehearsal)
        log = (tmp_path / f"{FILE_NAME}-wal").read_bytes()
    (tmp_path / FILE_NAME).write_bytes(b"")
    (tmp_path / f"{FILE_NAME}-wal").write_bytes(log)
    salvaged = salvage(tmp_path)
    assert [one.rehearsal for one in salvaged.saved] == list(WRITTEN.values())


@pytest.mark.parametrize("first_bytes", [16, 100, 4096])
def test_without_its_beginning_all_that_stands_elsewhere_is_saved(file: Path, sound: bytes, first_bytes: int):
    file.write_bytes(bytes(first_bytes) + sound[first_bytes:])
    salvaged = salvage(file.parent)
    assert [one.rehearsal for one in salvaged.saved] == list(WRITTEN.values())


@pytest.mark.parametrize("left", [0.5, 0.75, 0.9, 0.999])
def test_of_a_file_cut_short_what_is_left_is_saved(file: Path, sound: bytes, left: float):
    file.write_bytes(sound[: int(len(sound) * left)])
    salvaged = salvage(file.parent)
    assert is_right(salvaged)
    assert {one.rehearsal.id for one in salvaged.saved} <= set(WRITTEN)
    assert not all(one.whole for one in salvaged.saved)
    assert kept_in(file.parent) == {one.rehearsal.id: one.rehearsal for one in salvaged.saved}


def test_where_only_turns_are_left_what_was_said_is_saved_and_nothing_else_is_made_up(file: Path):
    with plain(file.parent) as connection:
        connection.execute("UPDATE rehearsals SET situation = 'x' WHERE id = 'r3'")
    salvaged = salvage(file.parent)
    (bare,) = (one for one in salvaged.saved if not one.whole)
    assert bare.turns is None
    assert bare.rehearsal.turns == WRITTEN["r3"].turns
    assert bare.rehearsal.situation == Situation(title="What was left of a damaged rehearsal")
    assert bare.rehearsal.is_over
    assert len(salvaged.saved) == 8


@pytest.mark.parametrize("form", ["0001", "0002", "0003"])
def test_a_file_in_an_older_form_is_saved_in_todays(tmp_path: Path, form: str):
    whole = (STORED / f"{form}.db").read_bytes()
    (tmp_path / FILE_NAME).write_bytes(bytes(100) + whole[100:])
    salvaged = salvage(tmp_path)
    assert [one.rehearsal for one in salvaged.saved] == [
        Rehearsal.model_validate(one) for one in exported(form).values()
    ]
    assert kept_in(tmp_path).keys() == exported(form).keys()


def test_whatever_is_broken_what_is_saved_is_what_was_written(file: Path, sound: bytes):
    chance, saved = Random(3), 0
    for _ in range(12):
        broken = bytearray(sound)
        for _ in range(chance.randrange(1, 9)):
            at, size = chance.randrange(len(broken)), chance.choice((1, 40, 4096))
            broken[at : at + size] = chance.randbytes(len(broken[at : at + size]))
        for path in file.parent.iterdir():
            path.unlink()
        file.write_bytes(broken)
        salvaged = salvage(file.parent)
        assert is_right(salvaged)
        saved += len(salvaged.saved)
    assert saved > 40


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(rehearsal=rehearsals)
def test_every_row_there_can_be_is_read_off_its_page(tmp_path: Path, rehearsal: Rehearsal):
    shutil.rmtree(tmp_path)
    with closing(SqliteStore(tmp_path)) as store:
        store.begin(rehearsal)
    rows = list(rows_in(tmp_path / FILE_NAME, key_of(tmp_path, "")))
    assert {row.id for values in rows if (row := sealed_rehearsal(values))} == {rehearsal.id}
    assert {row.place for values in rows if (row := sealed_turn(values))} == set(range(len(rehearsal.turns)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(page=st.binary(max_size=300), cells=st.integers(0, 2000))
def test_no_nonsense_on_a_page_is_more_than_nothing(tmp_path: Path, page: bytes, cells: int):
    nonsense = tmp_path / "nonsense.db"
    nonsense.write_bytes((b"\x0d\x00\x00" + cells.to_bytes(2, "big") + page).ljust(4096, page[:1] or b"\x00"))
    assert not any(sealed_turn(values) or sealed_rehearsal(values) for values in rows_in(nonsense, None))


# ---- what is refused


@pytest.mark.parametrize("junk", [b"", b"x", b"a letter " * 4000, bytes(8192)])
def test_where_nothing_can_be_read_the_file_is_left_and_that_is_said(tmp_path: Path, junk: bytes):
    (tmp_path / FILE_NAME).write_bytes(junk)
    (tmp_path / f"{FILE_NAME}-wal").write_bytes(b"junk")
    with pytest.raises(DamagedDatabaseError, match="Nothing could be read") as refused:
        salvage(tmp_path)
    assert refused.value.kept == "It was left exactly as it is."
    assert (tmp_path / FILE_NAME).read_bytes() == junk
    assert copies(tmp_path) == ()


def test_a_file_from_a_newer_edgewise_is_not_damaged(file: Path):
    with plain(file.parent) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(DatabaseTooNewError):
        salvage(file.parent)


def test_where_nothing_is_kept_there_is_nothing_to_save(tmp_path: Path):
    with pytest.raises(DataFolderError, match="Nothing is kept") as refused:
        salvage(tmp_path)
    assert "EDGEWISE_HOME" in refused.value.next_step
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def another_window(file: Path) -> Iterator[None]:
    child = started(
        """
        import sys
        from pathlib import Path
        from edgewise.adapters.storage.sqlite_store import SqliteStore
        store = SqliteStore(Path(sys.argv[1]))
        store.listed()
        print("open", flush=True)
        sys.stdin.read()
        """,
        str(file.parent),
    )
    assert child.stdout is not None
    child.stdout.readline()
    yield
    child.kill()
    child.communicate()


@pytest.mark.usefixtures("another_window")
def test_while_another_window_is_open_nothing_is_replaced_under_it(file: Path):
    with pytest.raises(DataFolderError, match="Another Edgewise") as refused:
        salvage(file.parent)
    assert "Close every other window" in refused.value.next_step


def test_without_room_the_damaged_file_is_as_it_was(file: Path, sound: bytes, monkeypatch: pytest.MonkeyPatch):
    broken = bytes(100) + sound[100:]
    file.write_bytes(broken)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("edgewise.adapters.storage.salvage.settle", full)
    with pytest.raises(EdgewiseError):
        salvage(file.parent)
    assert file.read_bytes() == broken


def test_a_ladder_and_the_real_one_are_saved_with_the_rehearsals(tmp_path: Path):
    ladder = Ladder(rungs=(Rung(id="hello", what="Say hello to her.", predicted=20),))
    real = RealOne(day=date(2026, 3, 4), remember="Breathe")
    with closing(SqliteStore(tmp_path)) as store:
        store.begin(a_rehearsal())
        store.keep_ladder("dana", ladder)
        store.keep_real_one("dana", real)
    file = tmp_path / FILE_NAME
    file.write_bytes(bytes(100) + file.read_bytes()[100:])
    salvage(tmp_path)
    with closing(SqliteStore(tmp_path)) as store:
        assert store.ladder("dana") == ladder
        assert store.real_ones() == {"dana": real}


# ---- afterwards


def test_what_is_deleted_afterwards_goes_from_the_damaged_file_too(file: Path, sound: bytes):
    file.write_bytes(bytes(100) + sound[100:])
    salvage(file.parent)
    assert found_in(file.parent, "turn 2 of 3")
    with closing(SqliteStore(file.parent)) as store:
        store.delete("r3")
        assert found_in(file.parent, "turn 2 of 3") == []
        assert len(store.listed()) == 7


def test_a_second_damage_gets_a_second_name(file: Path, sound: bytes):
    for number in (1, 2):
        file.write_bytes(bytes(100) + sound[100:])
        original = salvage(file.parent).original
        assert original is not None
        assert original.name == f"edgewise-damaged-{number}.db"


def test_the_columns_lie_in_the_file_in_the_order_salvaging_counts_on(file: Path):
    with plain(file.parent) as connection:
        for table in (RehearsalRow, TurnRow, LadderRow, RealRow):
            lie = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table.__tablename__})")]
            assert lie == table.__table__.columns.keys()


def test_every_table_there_is_can_be_salvaged():
    """Whoever adds a table seals its rows and teaches salvaging to read it, or says here that it is made anew."""
    made_anew = {RecordRow.__tablename__}
    salvaged = {row.__tablename__ for row in (RehearsalRow, TurnRow, LadderRow, RealRow)}
    assert set(Base.metadata.tables) - made_anew == salvaged
