"""Days on which the machine is against you: a disk that is really full, a clock put back, two programs at once."""

# ruff: noqa: PT017 - what is refused comes after a number of turns that only the disk knows
from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise import Edgewise, Reflection, example, preset
from edgewise.adapters.storage.copies import FILE_NAME
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.errors import DataFolderError, EdgewiseError
from tests.adapters.children import said_by, started
from tests.adapters.test_sqlite_store import found_in, plain
from tests.contract.rehearsals import a_rehearsal, you
from tests.people import KIND

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

# ---- a disk that is really full


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 KiB."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk; the other tests of full disks need no root")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(tmp_path)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def until_full(store: SqliteStore) -> int:
    """Talk until the disk is full; how many turns were kept."""
    store.begin(a_rehearsal())
    for place in range(1000):
        try:
            store.append("monday-1", place, you(f"turn {place} " * 150))
        except DataFolderError as refused:
            assert "full" in refused.happened
            assert refused.kept == "Every turn that was answered is saved."
            assert "Free some space" in refused.next_step
            return place
    raise AssertionError("it was never full")


def test_a_full_disk_takes_no_turn_that_was_kept_and_takes_more_once_there_is_room(small_disk: Path):
    ballast = small_disk / "holiday.jpg"
    ballast.write_bytes(bytes(150_000))
    with closing(SqliteStore(small_disk)) as store:
        kept = until_full(store)
        assert kept > 10
        assert len(store.load("monday-1").turns) == kept
        ballast.unlink()
        store.append("monday-1", kept, you("And now there is room."))
    with closing(SqliteStore(small_disk)) as store:
        said = [turn.text for turn in store.load("monday-1").turns]
    assert said == [*(f"turn {place} " * 150 for place in range(kept)), "And now there is room."]


def test_on_a_full_disk_deleting_frees_it_or_says_that_it_could_not_and_finishes_later(small_disk: Path):
    ballast = small_disk / "holiday.jpg"
    ballast.write_bytes(bytes(330_000))
    with closing(SqliteStore(small_disk)) as store:
        until_full(store)
        try:
            store.delete("monday-1")
        except DataFolderError as refused:
            assert refused.next_step
        ballast.unlink()
        store.delete_everything()
        assert store.listed() == ()
        assert found_in(small_disk, "turn 3 turn 3") == []


def test_a_disk_too_full_to_begin_with_says_so_and_is_left_as_it_was(small_disk: Path):
    ballast = small_disk / "holiday.jpg"
    ballast.write_bytes(bytes(596 * 1024))
    with pytest.raises(DataFolderError) as refused:
        SqliteStore(small_disk)
    assert refused.value.next_step
    ballast.unlink()
    with closing(SqliteStore(small_disk)) as store:
        store.begin(a_rehearsal())
        assert store.listed()


# ---- a clock put back


@settings(max_examples=12, deadline=None)
@given(jumps=st.lists(st.integers(-400 * 24 * 60, 60), min_size=6, max_size=6))
def test_whatever_the_clock_does_nothing_is_lost_and_nothing_breaks(
    tmp_path_factory: pytest.TempPathFactory, jumps: list[int]
):
    clock, folder = iter(jumps), tmp_path_factory.mktemp("clock")

    def now() -> datetime:
        return NOON + timedelta(minutes=next(clock, 0))

    with closing(SqliteStore(folder)) as store:
        edgewise = Edgewise(store=store, now=now)
        names: list[str] = []
        for _ in range(2):
            talk = edgewise.begin(example("belittling-manager"), preset("usual"))
            talk.say(KIND[0])
            names.append(talk.rehearsal.id)
            assert edgewise.resume(talk.rehearsal.id).rehearsal == talk.rehearsal
            talk.end()
            edgewise.reflect(talk.rehearsal.id, Reflection(going_for="to be heard"))
        assert {listed.id for listed in edgewise.listed()} == set(names)
        for name in names:
            assert edgewise.rehearsal(name).turns[1].text == KIND[0]
            assert edgewise.debrief(name).findings
        edgewise.delete(names[0])
        assert [listed.id for listed in edgewise.listed()] == [names[1]]


# ---- two programs at once


TALKS = """
    import json, sys
    from pathlib import Path
    from edgewise import Edgewise, example, preset
    from edgewise.adapters.storage.sqlite_store import SqliteStore
    from edgewise.errors import ElsewhereError, RehearsalOverError
    from tests.contract.rehearsals import you
    folder, shared, who = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    store = SqliteStore(folder)
    print("ready", flush=True)
    sys.stdin.readline()
    kept, refused = [], 0
    for number in range(25):
        place = len(store.load(shared).turns)
        words = f"{who} says {number}"
        try:
            store.append(shared, place, you(words))
        except ElsewhereError:
            refused += 1
        else:
            kept.append((place, words))
        store.append(who, number, you(words))
    store.close()
    print(json.dumps({"kept": kept, "refused": refused}))
"""


def test_three_programs_on_one_file_lose_nothing_of_one_another(tmp_path: Path):
    who = ("ada", "bo", "cy")
    with closing(SqliteStore(tmp_path)) as store:
        for name in ("shared", *who):
            store.begin(a_rehearsal(name))
    children = [started(TALKS, str(tmp_path), "shared", name, talks=True) for name in who]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    told = [json.loads(child.communicate("go\n", timeout=60)[0]) for child in children]
    kept = {place: words for one in told for place, words in one["kept"]}
    assert sum(len(one["kept"]) + one["refused"] for one in told) == 75
    assert sum(len(one["kept"]) for one in told) == len(kept), "two were told that the same place is theirs"
    with closing(SqliteStore(tmp_path)) as store:
        assert [turn.text for turn in store.load("shared").turns] == [kept[place] for place in range(len(kept))]
        for name in who:
            assert [turn.text for turn in store.load(name).turns] == [f"{name} says {number}" for number in range(25)]
        store.check()


def test_a_program_that_reads_while_another_deletes_sees_all_of_it_or_nothing(tmp_path: Path):
    with closing(SqliteStore(tmp_path)) as store:
        for number in range(30):
            store.begin(a_rehearsal(f"r{number}", turns=tuple(you(f"turn {place} " * 40) for place in range(6))))
        out = started(
            """
            import sys
            from pathlib import Path
            from edgewise.adapters.storage.sqlite_store import SqliteStore
            from edgewise.errors import OperatorError, UnknownNameError
            store = SqliteStore(Path(sys.argv[1]))
            print("ready", flush=True)
            seen = 0
            while store.listed():
                for number in range(30):
                    try:
                        assert len(store.load(f"r{number}").turns) == 6
                        seen += 1
                    except UnknownNameError:
                        pass
            print(seen)
            """,
            str(tmp_path),
        )
        assert out.stdout is not None
        assert out.stdout.readline() == "ready\n"
        for number in range(30):
            try:
                store.delete(f"r{number}")
            except EdgewiseError as refused:
                assert "Another Edgewise window is reading" in refused.happened
        told, err = out.communicate(timeout=60)
    assert out.returncode == 0, err
    assert int(told) > 0
    with plain(tmp_path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert found_in(tmp_path, "turn 3 turn") == []
    assert (tmp_path / FILE_NAME).exists()


# ---- a folder that may only be read, with a passphrase or damage on top


def test_nothing_is_lost_where_only_reading_is_allowed_when_salvaging_is_tried(tmp_path: Path):
    with closing(SqliteStore(tmp_path)) as store:
        store.begin(a_rehearsal(turns=(you("One."),)))
    whole = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(bytes(100) + whole[100:])
    said = said_by(
        """
        import os, sys
        from pathlib import Path
        from edgewise.adapters.storage.salvage import salvage
        from edgewise.errors import DataFolderError, EdgewiseError
        import edgewise.adapters.storage.sqlite_store, edgewise.adapters.storage.migrations
        folder = Path(sys.argv[1])
        for path in (folder, *folder.parents):
            path.chmod(0o755) if path.stat().st_uid == os.getuid() and path != Path("/") else None
        folder.chmod(0o555)
        if os.geteuid() == 0:  # nothing is read-only for root
            os.setgroups([]), os.setgid(65534), os.setuid(65534)
        try:
            salvage(folder)
        except EdgewiseError as refused:
            print("refused:", refused.happened)
        """,
        str(tmp_path),
    )
    tmp_path.chmod(0o755)
    assert said.startswith("refused: The data folder")
    assert (tmp_path / FILE_NAME).read_bytes() == bytes(100) + whole[100:]
